//! The library from outside: committed photos, photos drawn on the spot, hostile bytes, and the rules without a picture.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop"
)]

mod fresh;
mod hostile;
mod photos;
mod rules;

use std::sync::OnceLock;

use card_ocr::{Paper, Reader};

/// One reader for all tests of the process.
fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::embedded(None).expect("the models of this crate"))
}

/// A field's text by name; empty when there is no such paper or it was not read.
fn text<'a>(papers: &'a [Paper], name: &str) -> &'a str {
    let fields = papers.first().map(Paper::fields).unwrap_or_default();
    fields
        .iter()
        .find(|(it, _)| *it == name)
        .map_or("", |(_, field)| field.text.as_str())
}
