//! `hulian pdf page`: a page as a picture.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use pdf_seal::raster::{self, Wish};
use serde_json::json;

use super::output::Output;
use super::refused::Refused;
use super::{Said, in_time, open_with};

/// `hulian pdf page FILE N OUT.png`.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// The PDF.
    file: PathBuf,
    /// The page, from 1.
    number: u32,
    /// The PNG to write.
    out: PathBuf,
    /// Dots per inch, 8 to 1200.
    #[arg(long, default_value_t = 150)]
    dpi: u32,
    /// A file with the password of the PDF.
    #[arg(long)]
    password_file: Option<PathBuf>,
    /// Say it as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(args: &PageArgs) -> Result<Said, Refused> {
    let document = open_with(&args.file, args.password_file.as_deref())?;
    let wish = Wish {
        dpi: args.dpi,
        cjk_font: Some(Arc::new(eseal::font_file())),
    };
    let number = args.number;
    let slow = || {
        let message = format!(
            "{}: page {number} takes too long to draw; ask for fewer dots per inch",
            args.file.display()
        );
        Refused::new("too_slow", message)
    };
    let drawn = in_time(move || raster::draw(&document, number, &wish)).ok_or_else(slow)?;
    let of_file = |refusal| Refused::of_file(&args.file, &refusal);
    let picture = drawn.map_err(of_file)?;
    let mut output = Output::create(&args.out)?;
    output.write(&picture.to_png(args.dpi).map_err(of_file)?)?;
    output.publish()?;
    let mut lines = vec![format!(
        "{}: page {number}, {} x {} pixels",
        args.out.display(),
        picture.width,
        picture.height
    )];
    lines.extend(picture.notes.iter().map(|note| format!("note: {note}")));
    let json = json!({
        "out": args.out.to_string_lossy(), "page": number, "dpi": args.dpi,
        "width_px": picture.width, "height_px": picture.height,
        "missing_characters": picture.missing_characters, "notes": picture.notes,
    });
    Ok(Said {
        exit: 0,
        json,
        lines,
    })
}
