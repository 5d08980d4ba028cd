//! Documents like scans: on every page a picture that does not compress.

use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Result;

/// Writes `pages` A4 pages with a grey picture of about `bytes` bytes on each, the same at every run.
pub fn write(path: &Path, pages: usize, bytes: usize) -> Result<()> {
    let mut out = Counted {
        file: BufWriter::new(std::fs::File::create(path)?),
        len: 0,
    };
    let mut offsets = Vec::new();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    out.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
    let kids: Vec<String> = (0..pages)
        .map(|page| format!("{} 0 R", 3 + 3 * page))
        .collect();
    out.object(&mut offsets, b"<</Type/Catalog/Pages 2 0 R>>")?;
    let tree = format!(
        "<</Type/Pages/Count {pages}/MediaBox[0 0 595 842]/Kids[{}]>>",
        kids.join(" ")
    );
    out.object(&mut offsets, tree.as_bytes())?;
    let (width, height) = (256, bytes / 256);
    for page in 0..pages {
        let (content, image) = (4 + 3 * page, 5 + 3 * page);
        let dict = format!(
            "<</Type/Page/Parent 2 0 R/Resources<</XObject<</I {image} 0 R>>>>/Contents {content} 0 R>>"
        );
        out.object(&mut offsets, dict.as_bytes())?;
        let drawing = "q 595 0 0 842 0 0 cm /I Do Q";
        let stream = format!(
            "<</Length {}>>\nstream\n{drawing}\nendstream",
            drawing.len()
        );
        out.object(&mut offsets, stream.as_bytes())?;
        let length = width * height;
        let mut picture = format!(
            "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8/Length {length}>>\nstream\n"
        )
        .into_bytes();
        for _ in 0..length {
            // xorshift64: any bytes will do that neither repeat nor change between runs.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            picture.push(state.to_le_bytes()[0]);
        }
        picture.extend_from_slice(b"\nendstream");
        out.object(&mut offsets, &picture)?;
    }
    out.end(&offsets)
}

/// What stands once on every page of [`write_cjk`].
pub const KEYWORD: &str = "投标人（盖章）";

/// Writes pages of Chinese, 30 lines of 36 characters each, in a font that is not embedded
/// and says what its codes mean, so that both sides read it whatever is installed.
pub fn write_cjk(path: &Path, pages: usize) -> Result<()> {
    let mut out = Counted {
        file: BufWriter::new(std::fs::File::create(path)?),
        len: 0,
    };
    let mut offsets = Vec::new();
    out.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
    let kids: Vec<String> = (0..pages)
        .map(|page| format!("{} 0 R", 7 + 2 * page))
        .collect();
    out.object(&mut offsets, b"<</Type/Catalog/Pages 2 0 R>>")?;
    let tree = format!(
        "<</Type/Pages/Count {pages}/MediaBox[0 0 595 842]/Kids[{}]>>",
        kids.join(" ")
    );
    out.object(&mut offsets, tree.as_bytes())?;
    for font in [
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor 5 0 R>>",
        "<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    ] {
        out.object(&mut offsets, font.as_bytes())?;
    }
    out.object(&mut offsets, to_unicode().as_bytes())?;
    for page in 0..pages {
        let dict = format!(
            "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            8 + 2 * page
        );
        out.object(&mut offsets, dict.as_bytes())?;
        let mut text = String::from("BT /F 14 Tf 20 TL 60 780 Td\n");
        for line in 0..30 {
            text.push('<');
            let words = if line == 29 {
                KEYWORD.chars().collect()
            } else {
                characters(page * 30 + line)
            };
            words
                .iter()
                .for_each(|c| text.push_str(&format!("{:04X}", u32::from(*c))));
            text.push_str("> Tj T*\n");
        }
        text.push_str("ET");
        let stream = format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
        out.object(&mut offsets, stream.as_bytes())?;
    }
    out.end(&offsets)
}

/// The CMap that says that every code is its own character, for the rows of Unicode that are used.
fn to_unicode() -> String {
    let rows = (0x4e_u8..=0x55).chain([0x62, 0x68, 0x76, 0x7a, 0xff]);
    let ranges: Vec<String> = rows
        .map(|row| format!("<{row:02X}00> <{row:02X}FF> <{row:02X}00>\n"))
        .collect();
    let text = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
         {} beginbfrange\n{}endbfrange\nendcmap end end",
        ranges.len(),
        ranges.concat()
    );
    format!("<</Length {}>>\nstream\n{text}\nendstream", text.len())
}

/// 36 ideographs, among the most common ones, the same at every run.
fn characters(line: usize) -> Vec<char> {
    let at = |index: usize| char::from_u32(0x4e00 + ((line * 36 + index) * 7919 % 2000) as u32);
    (0..36).filter_map(at).collect()
}

struct Counted {
    file: BufWriter<std::fs::File>,
    len: usize,
}

impl Counted {
    /// Table, trailer and end. What is still on its way to the disk would disturb the first measurements.
    fn end(mut self, offsets: &[usize]) -> Result<()> {
        let start = self.len;
        self.put(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).as_bytes())?;
        for offset in offsets {
            self.put(format!("{offset:010} 00000 n \n").as_bytes())?;
        }
        let size = offsets.len() + 1;
        self.put(
            format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
        )?;
        Ok(self.file.into_inner()?.sync_all()?)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes)?;
        self.len += bytes.len();
        Ok(())
    }

    fn object(&mut self, offsets: &mut Vec<usize>, body: &[u8]) -> Result<()> {
        offsets.push(self.len);
        self.put(format!("{} 0 obj\n", offsets.len()).as_bytes())?;
        self.put(body)?;
        self.put(b"\nendobj\n")
    }
}
