//! Documents by code: pages with a line of text and, for large ones, an image stream of so many bytes.

use anyhow::Result;
use std::io::Write as _;
use std::path::Path;

/// Writes `pages` pages, each with an image of `image_bytes` bytes unless that is 0.
pub fn write(path: &Path, pages: usize, image_bytes: usize) -> Result<()> {
    let mut out = Counted {
        out: std::io::BufWriter::new(std::fs::File::create(path)?),
        at: 0,
    };
    let mut offsets = Vec::new();
    out.put(b"%PDF-1.7\n")?;
    let kids: Vec<String> = (0..pages)
        .map(|page| format!("{} 0 R", 4 + 3 * page))
        .collect();
    let mut object = |out: &mut Counted, head: &str, stream: Option<&[u8]>| -> Result<()> {
        offsets.push(out.at);
        out.put(format!("{} 0 obj\n{head}\n", offsets.len()).as_bytes())?;
        if let Some(bytes) = stream {
            out.put(b"stream\n")?;
            out.put(bytes)?;
            out.put(b"\nendstream\n")?;
        }
        out.put(b"endobj\n")
    };
    object(&mut out, "<< /Type /Catalog /Pages 2 0 R >>", None)?;
    object(
        &mut out,
        &format!(
            "<< /Type /Pages /Count {pages} /Kids [{}] /MediaBox [0 0 595 842] >>",
            kids.join(" ")
        ),
        None,
    )?;
    object(
        &mut out,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        None,
    )?;
    let mut image = vec![0; image_bytes];
    for page in 0..pages {
        let (content, picture) = (5 + 3 * page, 6 + 3 * page);
        let head = format!(
            "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /Im {picture} 0 R >> >> /Contents {content} 0 R >>"
        );
        object(&mut out, &head, None)?;
        let text = format!("BT /F1 24 Tf 72 760 Td (Page {}) Tj ET", page + 1);
        object(
            &mut out,
            &format!("<< /Length {} >>", text.len()),
            Some(text.as_bytes()),
        )?;
        scramble(&mut image, page);
        let head = format!(
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length {} >>",
            image.len()
        );
        object(&mut out, &head, Some(&image))?;
    }
    let start = out.at;
    out.put(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).as_bytes())?;
    for offset in &offsets {
        out.put(format!("{offset:010} 00000 n \n").as_bytes())?;
    }
    out.put(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
            offsets.len() + 1
        )
        .as_bytes(),
    )?;
    out.out.flush()?;
    Ok(())
}

struct Counted {
    out: std::io::BufWriter<std::fs::File>,
    at: usize,
}

impl Counted {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.write_all(bytes)?;
        self.at += bytes.len();
        Ok(())
    }
}

/// Bytes that look like a compressed scan: nothing in them repeats.
fn scramble(image: &mut [u8], seed: usize) {
    let mut state = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for chunk in image.chunks_mut(8) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        chunk.copy_from_slice(&state.to_le_bytes()[..chunk.len()]);
    }
}
