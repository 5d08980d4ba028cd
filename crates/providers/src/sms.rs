//! Text messages.

use domain::Instant;

use crate::Provider;
use crate::answer::Answer;

/// One text message.
pub struct Text {
    /// To which number, E.164.
    pub to: String,
    /// What it says.
    pub text: String,
    /// Now.
    pub at: Instant,
}

/// Sends text messages. A job may send the same one twice; that must do no harm.
pub trait Sms: Provider {
    /// Sends one.
    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, ()>;
}
