//! Seals on PDF files by appended revisions: read, place, sign in two steps, un-seal, verify.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use pdf_seal::{DigestAlgorithm, Document, Request};
//! let document = Document::open(std::sync::Arc::new(std::fs::read("bid.pdf")?))?;
//! let mut prepared = document.prepare(&Request { time_unix: 1_795_477_310, ..Request::default() })?;
//! let digest = prepared.digest(DigestAlgorithm::Sha256);
//! # let sign_elsewhere = |_: &[u8]| Vec::new();
//! prepared.embed(&sign_elsewhere(&digest))?;
//! prepared.write_to(&mut std::fs::File::create("sealed.pdf")?)?;
//! # Ok(()) }
//! ```
//!
//! Invariant: this crate knows no network, no clock, no storage and no key. It takes anything that lends bytes,
//! never writes into them, and gives back what is to be appended. It knows nothing of the service around it.
//! Whatever it reads is hostile: every parse is bounded (`limits.rs`), and what is not yet known to be safe is refused
//! with a [`Refusal`], never guessed. A damaged file is repaired only when it is asked for ([`Document::open_or_repair`])
//! and only by writing it anew before the first signature, so that nobody who reads it later has anything to repair.
//!
//! # Why an object reader of its own
//! `hayro-syntax` 0.9 was weighed and not taken for sealing. It repairs broken files silently, at opening or later
//! at the first bad object, and keeps the fact private; the trailer, `/Prev`, `/Size` and the place of an object in
//! the file are private too. A signer needs just these: two readers that repair differently see two different
//! documents under one signature, and an append-only writer must know offsets. Reading all pages of a file of 1000
//! pages takes this crate a few milliseconds and less than a megabyte, because only dictionaries are read. For
//! text, where repair is welcome, hayro is the better choice, and [`keyword`] uses it behind one module.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod crypt;
mod document;
mod form;
pub mod keyword;
mod limits;
pub mod longterm;
mod object;
mod page;
mod place;
#[cfg(feature = "render")]
pub mod raster;
mod reader;
mod refusal;
mod repair;
mod sign;
mod tail;
mod verify;
mod write;

pub use crypt::{Encryption, OpenedBy};
pub use document::{Document, Info, SignatureInfo, Source};
pub use page::PageInfo;
pub use place::straddle;
pub use place::{Artwork, Edge, Mark, MultiPage, Picture, Slice};
pub use reader::THREAD as READER_THREAD;
pub use refusal::{Error, Refusal};
pub use repair::{Opened, Repaired};
pub use sign::{DigestAlgorithm, Midstate, Prepared, Request};
pub use tail::XrefKind;
pub use verify::{
    Chain, Changes, Cost, Indication, Integrity, Level, Modification, Outcome, Policy, Reason,
    Report, SignatureKind, SignatureReport, SignatureTime, SubIndication,
};
