//! Documents to seal, made by code.

use std::fmt::Write as _;
use std::path::Path;

/// Writes a plain document of so many A4 pages.
pub fn write(path: &Path, pages: usize) {
    let mut bytes = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    let mut object = |bytes: &mut String, body: String| {
        offsets.push(bytes.len());
        let number = offsets.len();
        write!(bytes, "{number} 0 obj\n{body}\nendobj\n").expect("written");
    };
    object(&mut bytes, "<< /Type /Catalog /Pages 2 0 R >>".to_owned());
    let kids: Vec<String> = (0..pages)
        .map(|page| format!("{} 0 R", 4 + 2 * page))
        .collect();
    object(
        &mut bytes,
        format!(
            "<< /Type /Pages /Count {pages} /Kids [{}] /MediaBox [0 0 595 842] >>",
            kids.join(" ")
        ),
    );
    object(
        &mut bytes,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    );
    for page in 0..pages {
        let text = format!(
            "BT /F1 24 Tf 72 760 Td (Bid document, page {}) Tj ET",
            page + 1
        );
        let content = 5 + 2 * page;
        object(
            &mut bytes,
            format!(
                "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
            ),
        );
        object(
            &mut bytes,
            format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        );
    }
    let start = bytes.len();
    write!(
        bytes,
        "xref\n0 {}\n0000000000 65535 f \n",
        offsets.len() + 1
    )
    .expect("written");
    for offset in &offsets {
        writeln!(bytes, "{offset:010} 00000 n ").expect("written");
    }
    write!(
        bytes,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        offsets.len() + 1
    )
    .expect("written");
    std::fs::write(path, bytes).expect("written");
}
