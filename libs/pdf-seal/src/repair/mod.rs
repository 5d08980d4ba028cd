//! Damaged files: found out before a seal is put on them, and written anew where nothing was signed.
//!
//! A seal is a promise about bytes, and two readers that repair a damaged file differently see two documents under one
//! signature. So nothing is appended to such a file: its objects are looked for from the first byte to the last, of
//! several with one number the last counts, as in every reader that repairs, and all are written once more under their
//! numbers with a table that is right. From then on there is nothing left to repair. A file that carries a signature is
//! refused instead, since every byte of it may be signed.

mod catalog;
mod heads;
mod rewrite;
mod scan;
mod streams;
mod writer;

use std::sync::Arc;

use crate::document::{Care, Document, Source};
use crate::refusal::Refusal;
use crate::sign::Request;

/// A file that was written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repaired {
    /// The whole new file; nothing of the old one is needed beside it.
    pub bytes: Vec<u8>,
    /// What was wrong with the old one: plain sentences without a full stop. Empty when nothing was found.
    pub reasons: Vec<String>,
}

/// A document that can carry a seal.
#[derive(Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The document: over the bytes that were given, or over new ones when they were damaged.
    pub document: Document,
    /// What was wrong, when the file was written anew: the document is then over other bytes than were given.
    pub repaired: Option<Vec<String>>,
}

impl Document {
    /// Writes a damaged file anew: the same objects under the same numbers, one cross-reference table, one revision.
    /// An encrypted file stays encrypted as it is.
    ///
    /// Memory grows with the length of the file, and time with it too.
    ///
    /// # Errors
    /// [`Refusal::DamagedSigned`] when the file holds a signature, [`Refusal::DamagedEncrypted`] when it is encrypted
    /// and its objects would have to be encrypted anew, [`Refusal::Damaged`] when no catalog is found in it, and those of
    /// [`Document::open_with_password`] but `damaged`.
    pub fn repair(source: &Source, password: Option<&[u8]>) -> Result<Repaired, Refusal> {
        let reason = match sealable(Arc::clone(source), password, Care::Whole) {
            Ok(_) => None,
            Err(Refusal::Damaged(reason)) => Some(reason),
            Err(other) => return Err(other),
        };
        rewrite::rewrite(&scan::scan((**source).as_ref())?, reason)
    }

    /// Opens a PDF that shall be sealed, and writes it anew ([`Document::repair`]) when it is damaged where a seal
    /// would have to rely on it. [`Document::open`] alone finds only a part of that.
    ///
    /// A file that cannot be written anew is still opened as it is when all its objects stand in their places.
    ///
    /// # Errors
    /// As [`Document::open_with_password`] and [`Document::repair`].
    pub fn open_or_repair(source: Source, password: Option<&[u8]>) -> Result<Opened, Refusal> {
        let open = |source: &Source, care| sealable(Arc::clone(source), password, care);
        let kept = |document| Opened {
            document,
            repaired: None,
        };
        match open(&source, Care::Whole) {
            Err(Refusal::Damaged(_)) => {}
            other => return other.map(kept),
        }
        let anew = || {
            let repaired = Self::repair(&source, password)?;
            Ok(Opened {
                document: open(&(Arc::new(repaired.bytes) as Source), Care::Whole)?,
                repaired: Some(repaired.reasons),
            })
        };
        anew().or_else(|refusal| {
            let as_it_is = open(&source, Care::Place).map(kept);
            as_it_is.map_err(|damage| match refusal {
                // The pages were in the part that is missing: that it is damaged is what the person has to know.
                Refusal::NoPages => damage,
                other => other,
            })
        })
    }
}

/// Opens the file and puts an invisible signature on it in thought, which reads all that any seal has to rely on but
/// single pages.
fn sealable(source: Source, password: Option<&[u8]>, care: Care) -> Result<Document, Refusal> {
    let document = Document::open_with_password(source, password)?;
    document.check_objects(care)?;
    match document.prepare(&Request::default()) {
        Err(Refusal::Damaged(reason)) => Err(Refusal::Damaged(reason)),
        // What else speaks against a seal is said when one is asked for.
        _ => Ok(document),
    }
}
