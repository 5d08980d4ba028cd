//! What the sandbox shows of itself: messages that nobody outside got, people and companies that nobody is.

pub use providers::inbox::Message;
pub use providers::specimen::{COMPANIES, Company, PEOPLE, Person};

use crate::{App, Error, Result};

/// The messages to one address, or all of them, newest first.
///
/// # Errors
/// `not_found` in production.
pub fn messages(app: &App, to: Option<&str>) -> Result<Vec<Message>> {
    match &app.providers.inbox {
        Some(inbox) if !app.settings.production => Ok(inbox.messages(to)),
        _ => Err(Error::not_found("not_found")),
    }
}
