//! Says where a text stands: `cargo run --example keyword -- FILE TEXT`.

use std::sync::Arc;

use pdf_seal::Document;
use pdf_seal::keyword::{Occurrence, search};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (file, text) = arguments.next().zip(arguments.next()).ok_or("FILE TEXT")?;
    let document = Document::open(Arc::new(std::fs::read(file)?))?;
    let found = search(&document, &text, None, Occurrence::All)?;
    for hit in &found.hits {
        let (page, x, y) = (hit.page, hit.x_mm, hit.y_mm);
        std::io::Write::write_fmt(
            &mut std::io::stdout(),
            format_args!("page {page}: {} at {x},{y} mm\n", hit.text),
        )?;
    }
    Ok(())
}
