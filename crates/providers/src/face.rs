//! The camera page that finds out whether a living person looks like the authority's picture (IDV-1).

mod sandbox;

pub use sandbox::{SandboxCheck, SandboxFace};

use crate::Provider;
use crate::answer::Answer;

/// A person who is to show their face.
pub struct Subject<'a> {
    /// Our own number of the check, stored before the call: 32 lower-case hexadecimal digits.
    pub check_id: &'a str,
    /// Name, as checked against the authority before.
    pub name: &'a str,
    /// ID number, as checked before.
    pub id_number: &'a str,
    /// Where the person's browser goes when the camera page is done.
    pub return_url: &'a str,
    /// Where the provider reports that something has happened; a hint, never a verdict.
    pub callback_url: &'a str,
    /// The user agent of the person's browser; some providers choose their camera page by it.
    pub user_agent: &'a str,
    /// Where our own pages are, for a camera page that lives there.
    pub public_url: &'a str,
}

/// A camera page that waits for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The provider's own number of the check.
    pub provider_ref: String,
    /// Where the person's browser goes now.
    pub url: String,
}

/// Why a face check did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Another face.
    Mismatch,
    /// No living person was seen.
    Liveness,
    /// The authority has no picture to compare with; only an operator helps.
    NoPicture,
    /// The person gave up, or the page ran out of time.
    GivenUp,
    /// Too often on one day, at the provider.
    TooMany,
}

impl Failure {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mismatch => "mismatch",
            Self::Liveness => "liveness",
            Self::NoPicture => "no_picture",
            Self::GivenUp => "given_up",
            Self::TooMany => "too_many",
        }
    }
}

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet.
    Pending,
    /// A living person who looks like the picture.
    Passed,
    /// It did not pass.
    Failed(Failure),
}

/// Checks faces. [`Provider::name`] is the word in `/callbacks/faces/{provider}` and in storage.
pub trait Face: Provider {
    /// Opens a camera page. A repeat with the same number is the same check.
    fn open<'a>(&'a self, subject: &'a Subject<'a>) -> Answer<'a, Opened>;

    /// What came of it: the only place that verdicts are taken from.
    fn find<'a>(&'a self, provider_ref: &'a str) -> Answer<'a, Verdict>;

    /// Which check a callback is about, read from the query of its address; none when it is not of this provider's making.
    fn read_callback(&self, query: &str) -> Option<String>;
}
