//! What the sandbox shows of itself: messages that nobody outside got, people and companies that nobody is.

use domain::person::PersonName;
use domain::unit::UnitName;
pub use providers::inbox::Message;
pub use providers::register::Registered;
use providers::register::SandboxRegister;
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
    let entry = match company {
        Some(company) if file == "licence.png" => register(app)?.entry(company).await,
        _ => Ok(Registered::default()),
    };
    let entry = entry.map_err(Error::internal)?;
    let draw: Box<dyn FnOnce() -> Option<Vec<u8>> + Send> = match (file, person, company) {
        _ if app.settings.production => return Err(missing()),
        ("front.png", Some(person), _) => Box::new(|| specimen::id_card_front(person)),
        ("back.png", Some(_), _) => Box::new(|| specimen::id_card_back(false)),
        ("expired.png", Some(_), _) => Box::new(|| specimen::id_card_back(true)),
        ("licence.png", _, Some(company)) => {
            Box::new(move || specimen::licence(company.uscc, &entry))
        }
        (file, _, Some(company)) => {
            // `attorney-` and the ID number of the specimen who is empowered.
            let number = file.strip_prefix("attorney-");
            let number = number.and_then(|rest| rest.strip_suffix(".png"));
            let agent = PEOPLE.iter().find(|agent| Some(agent.id_number) == number);
            let agent = agent.ok_or_else(missing)?;
            Box::new(|| specimen::power_of_attorney(company, agent))
        }
        _ => return Err(missing()),
    };
    let drawn = tokio::task::spawn_blocking(draw).await;
    drawn.map_err(Error::internal)?.ok_or_else(missing)
}

/// A company of the sandbox's register, as it stands there now.
pub struct Entry {
    /// The specimen.
    pub company: &'static Company,
    /// What the register says of it.
    pub registered: Registered,
}

fn register(app: &App) -> Result<&SandboxRegister> {
    let register = app.providers.specimen_register.as_deref();
    register
        .filter(|_| !app.settings.production)
        .ok_or_else(|| Error::not_found("not_found"))
}

/// The sandbox's register.
///
/// # Errors
/// `not_found` wherever there is no sandbox.
pub async fn entries(app: &App) -> Result<Vec<Entry>> {
    let register = register(app)?;
    let mut entries = Vec::with_capacity(COMPANIES.len());
    for company in &COMPANIES {
        let registered = register.entry(company).await.map_err(Error::internal)?;
        entries.push(Entry {
            company,
            registered,
        });
    }
    Ok(entries)
}

/// Changes what the register says of a specimen company, as if the company had done so there.
///
/// # Errors
/// `not_found` wherever there is no sandbox, and for others; `unit_name_invalid`, `name_invalid`.
pub async fn change_entry(app: &App, uscc: &str, name: &str, representative: &str) -> Result<()> {
    let register = register(app)?;
    let company = COMPANIES.iter().find(|company| company.uscc == uscc);
    let company = company.ok_or_else(|| Error::not_found("not_found"))?;
    let name = UnitName::parse(name).map_err(|_| Error::invalid("unit_name_invalid"))?;
    let representative =
        PersonName::parse(representative).map_err(|_| Error::invalid("name_invalid"))?;
    let to = Registered {
        name: name.as_str().to_owned(),
        legal_representative: representative.as_str().to_owned(),
    };
    let changed = register.change(company, &to).await;
    changed.map_err(Error::internal)
}
