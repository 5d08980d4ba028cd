//! What a caller asks for.

use crate::limits;
use crate::place::{Artwork, Mark, MultiPage};
use crate::refusal::Refusal;

/// One seal: picture, places and what the signature dictionary says.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The picture; with [`Artwork::None`] the signature is invisible and the marks do not matter.
    pub artwork: Artwork<'a>,
    /// Where it shows; without marks the signature is invisible.
    pub marks: Vec<Mark>,
    /// How several widgets are tied to the one signature.
    pub multi_page: MultiPage,
    /// `/Name`: who signs, for readers that show it without looking at the certificate.
    pub signer_name: Option<String>,
    /// `/Reason`.
    pub reason: Option<String>,
    /// `/M`, the claimed time: seconds since 1970 in UTC.
    pub time_unix: i64,
    /// The largest CMS in bytes that will fit; chain and time stamp take 6 000 to 16 000.
    pub contents_bytes: usize,
    /// Written beside the own record in the signature dictionary, for the caller to know its seals again.
    pub seal_tag: Option<Vec<u8>>,
    /// What the seal is called, as its owner calls it; written beside the own record and told by every report while it
    /// stands under the signature. At most 200 characters.
    pub seal_name: Option<String>,
    /// What kind of seal it is, in a word of the caller; as [`Request::seal_name`].
    pub seal_kind: Option<String>,
}

impl Default for Request<'_> {
    fn default() -> Self {
        Self {
            artwork: Artwork::None,
            marks: Vec::new(),
            multi_page: MultiPage::Auto,
            signer_name: None,
            reason: None,
            time_unix: 0,
            contents_bytes: 16 << 10,
            seal_tag: None,
            seal_name: None,
            seal_kind: None,
        }
    }
}

impl Request<'_> {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if !(256..=limits::CONTENTS_BYTES).contains(&self.contents_bytes) {
            return Err(Refusal::BadRequest(
                "the place for the signature must hold 256 bytes to one megabyte",
            ));
        }
        if self.marks.len() > limits::MARKS {
            return Err(Refusal::Limits("marks of one seal"));
        }
        let texts = [&self.signer_name, &self.reason];
        if texts
            .into_iter()
            .flatten()
            .any(|text| text.chars().count() > 1000)
        {
            return Err(Refusal::BadRequest(
                "name and reason may have 1000 characters each",
            ));
        }
        let seal = [&self.seal_name, &self.seal_kind];
        if seal
            .into_iter()
            .flatten()
            .any(|text| text.chars().count() > 200)
        {
            return Err(Refusal::BadRequest(
                "name and kind of the seal may have 200 characters each",
            ));
        }
        if self.seal_tag.as_ref().is_some_and(|tag| tag.len() > 1024) {
            return Err(Refusal::BadRequest("the tag may have 1024 bytes"));
        }
        // Years 1970 to 9999, since a date has four digits for the year.
        if !(0..253_402_300_800).contains(&self.time_unix) {
            return Err(Refusal::BadRequest("the time is out of range"));
        }
        Ok(())
    }
}
