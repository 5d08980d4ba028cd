//! What the sandbox shows of itself: messages that nobody outside got, people and companies that nobody is.

pub use providers::inbox::Message;
use providers::specimen;
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

/// A picture of a specimen's paper, as PNG.
///
/// # Errors
/// `not_found` in production, and for what there is not.
pub async fn paper(app: &App, number: &str, file: &str) -> Result<Vec<u8>> {
    let missing = || Error::not_found("not_found");
    let person = PEOPLE.iter().find(|person| person.id_number == number);
    let company = COMPANIES.iter().find(|company| company.uscc == number);
    let draw: Box<dyn FnOnce() -> Option<Vec<u8>> + Send> = match (file, person, company) {
        _ if app.settings.production => return Err(missing()),
        ("front.png", Some(person), _) => Box::new(|| specimen::id_card_front(person)),
        ("back.png", Some(_), _) => Box::new(|| specimen::id_card_back(false)),
        ("expired.png", Some(_), _) => Box::new(|| specimen::id_card_back(true)),
        ("licence.png", _, Some(company)) => Box::new(|| specimen::licence(company)),
        _ => return Err(missing()),
    };
    let drawn = tokio::task::spawn_blocking(draw).await;
    drawn.map_err(Error::internal)?.ok_or_else(missing)
}
