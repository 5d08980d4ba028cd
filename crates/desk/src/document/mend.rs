//! A damaged file is written anew before anything is done with it, where nothing was signed: two readers that repair it
//! differently would see two documents under one seal.

use std::sync::Arc;

use pdf_seal::{Document as Pdf, Opened, Refusal};

use super::Facts;
use crate::error::Error;
use crate::files::Received;
use crate::folder::Folder;

/// A file that came in, as it was or written anew.
pub(super) struct Mended {
    pub received: Received,
    pub facts: Facts,
    /// It is not what was given any more; the person is told to read it through.
    pub repaired: bool,
}

impl Mended {
    /// A damaged file that cannot be written anew, since it is signed say, is still shown and judged where that works;
    /// it takes no seal.
    pub fn of(received: Received, folder: &Folder) -> Result<Self, Error> {
        let source = received.map()?;
        let refusal = match Pdf::open_or_repair(Arc::clone(&source), None) {
            Ok(Opened {
                document,
                repaired: Some(_),
                ..
            }) if has_its_end((*source).as_ref()) => return Self::anew(&document, folder),
            Ok(_) => None,
            Err(refusal) => Some(refusal),
        };
        match (Facts::read(received.map()?), refusal) {
            (Ok(facts), _) => Ok(Self {
                received,
                facts,
                repaired: false,
            }),
            // That it is damaged is the less telling of the two.
            (Err(Error::Document(Refusal::Damaged(_))), Some(refusal)) => Err(refusal.into()),
            (Err(error), _) => Err(error),
        }
    }

    fn anew(document: &Pdf, folder: &Folder) -> Result<Self, Error> {
        let mut received = Received::new(folder)?;
        for piece in (**document.source()).as_ref().chunks(1 << 20) {
            received.write(piece)?;
        }
        let facts = Facts::read(received.map()?)?;
        Ok(Self {
            received,
            facts,
            repaired: true,
        })
    }
}

/// A file that breaks off was not copied to its end: what is left of it may be sound, but pages are missing.
fn has_its_end(pdf: &[u8]) -> bool {
    let mark = b"%%EOF";
    let tail = pdf.get(pdf.len().saturating_sub(1024)..).unwrap_or(pdf);
    tail.windows(mark.len()).any(|window| window == mark)
}
