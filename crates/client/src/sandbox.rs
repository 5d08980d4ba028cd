//! What a newcomer does on the sandbox page, by program: reads the inbox, takes specimens, pays at the cashier.

use crate::{Api, Error, api::Auth};
use serde::Deserialize;

/// A specimen person of the sandbox authority.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// ID number with a right check digit.
    pub id_number: String,
    /// A mainland number to sign in with.
    pub phone: String,
}

/// A specimen company of the sandbox register.
#[derive(Clone, Debug, Deserialize)]
pub struct Company {
    /// Registered name.
    pub name: String,
    /// Unified social credit code.
    pub uscc: String,
    /// Name of its legal representative.
    pub legal_representative: String,
}

/// What the sandbox offers to copy from. Refusing and failing specimens are listed apart by the page.
#[derive(Clone, Debug, Deserialize)]
pub struct Specimens {
    /// People.
    pub people: Vec<Person>,
    /// Companies.
    pub companies: Vec<Company>,
}

#[derive(Deserialize)]
struct Inbox {
    items: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    text: String,
}

/// Reads the specimens.
pub async fn specimens(api: &Api) -> Result<Specimens, Error> {
    api.get(Auth::None, "/sandbox/specimens.json").await
}

/// Waits for the newest message to `to` (E.164) and takes the six digits out of it.
pub async fn newest_code(api: &Api, to: &str) -> Result<String, Error> {
    let path = format!("/sandbox/inbox.json?to={}", to.replace('+', "%2B"));
    for _ in 0..100 {
        let inbox: Inbox = api.get(Auth::None, &path).await?;
        if let Some(code) = inbox
            .items
            .first()
            .and_then(|message| six_digits(&message.text))
        {
            return Ok(code);
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err(Error::Local("no message came to the sandbox inbox"))
}

/// Pays (or `fail`, `late`, `twice`) at the sandbox cashier.
pub async fn cashier(api: &Api, payment_id: &str, action: &str) -> Result<(), Error> {
    api.post_form(
        &format!("/sandbox/cashier/{payment_id}"),
        &format!("action={action}"),
    )
    .await
}

fn six_digits(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|run| run.len() == 6)
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_code_is_the_run_of_six_digits() {
        assert_eq!(
            super::six_digits("【互连】验证码 012345，5 分钟内有效。"),
            Some("012345".to_owned())
        );
        assert_eq!(super::six_digits("no 12345 and 1234567"), None);
    }
}
