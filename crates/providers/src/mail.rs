//! Letters.

use domain::Instant;

use crate::Provider;
use crate::answer::Answer;

/// One letter of plain text.
pub struct Letter {
    /// To which address.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// Now.
    pub at: Instant,
}

/// Sends letters. A job may send the same one twice; that must do no harm.
pub trait Mail: Provider {
    /// Sends one.
    fn send<'a>(&'a self, letter: &'a Letter) -> Answer<'a, ()>;
}
