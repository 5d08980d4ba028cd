//! The tool's own standing: who signed it in by a login scan, and with which seals.

use domain::Instant;
use domain::id::PersonId;
use store::Exec;
use store::unit::Unit;

use super::Asker;
use crate::seal::{Listed, Usable};
use crate::{App, Result};

/// A sign-in that holds now.
#[derive(Debug)]
pub struct SignedIn {
    /// Who signed the tool in.
    pub person_id: PersonId,
    /// As which unit; none is as themselves.
    pub unit: Option<Unit>,
    /// Until when.
    pub until: Instant,
}

/// The tool's standing as the tool sees it.
#[derive(Debug)]
pub struct Account {
    /// The sign-in, with the person's name.
    pub signed_in: Option<(SignedIn, String)>,
}

impl Account {
    /// Whether a person of a unit vouches for the tool.
    #[must_use]
    pub fn registered(&self) -> bool {
        self.signed_in
            .as_ref()
            .is_some_and(|(signed_in, _)| signed_in.unit.is_some())
    }
}

/// A seal of the person who signed the tool in.
#[derive(Debug)]
pub struct AccountSeal {
    /// The seal with its picture.
    pub listed: Listed,
    /// Why it cannot be used now, if it cannot.
    pub refusal: Option<domain::seal::Refusal>,
}

/// The sign-in of a tool, if it holds now: who has left the unit vouches in its name no more.
///
/// # Errors
/// When the database fails.
pub async fn signed_in(
    app: &App,
    at: impl Into<Exec<'_>>,
    asker: &Asker,
) -> Result<Option<SignedIn>> {
    let Some(sign_in) = asker.sign_in.filter(|sign_in| sign_in.until > app.now()) else {
        return Ok(None);
    };
    let unit = match sign_in.unit_id {
        Some(unit) => match store::unit::find_of_person(at, sign_in.person_id, unit).await? {
            Some(belonging) => Some(belonging.unit),
            None => return Ok(None),
        },
        None => None,
    };
    Ok(Some(SignedIn {
        person_id: sign_in.person_id,
        unit,
        until: sign_in.until,
    }))
}

/// Whether a person of a unit vouches for the tool now. Without one it is shown as 未登记工具.
///
/// # Errors
/// When the database fails.
pub async fn is_registered(app: &App, at: impl Into<Exec<'_>>, asker: &Asker) -> Result<bool> {
    let signed_in = signed_in(app, at, asker).await?;
    Ok(signed_in.is_some_and(|signed_in| signed_in.unit.is_some()))
}

/// The tool's standing.
///
/// # Errors
/// When the database fails.
pub async fn account(app: &App, asker: &Asker) -> Result<Account> {
    let Some(signed_in) = signed_in(app, &app.db, asker).await? else {
        return Ok(Account { signed_in: None });
    };
    let person = crate::person::require_verified(app, &app.db, signed_in.person_id).await?;
    Ok(Account {
        signed_in: Some((signed_in, person.name.to_string())),
    })
}

/// The seals of the identity that the tool is signed in as, each with the answer for document sealing; none for a tool
/// that nobody has signed in.
///
/// # Errors
/// When the database fails.
pub async fn seals(app: &App, asker: &Asker) -> Result<Vec<AccountSeal>> {
    let Some(signed_in) = signed_in(app, &app.db, asker).await? else {
        return Ok(Vec::new());
    };
    let unit = signed_in.unit.map(|unit| unit.id);
    let person = signed_in.person_id;
    let offered = crate::seal::offered((&app.db).into(), app, person, unit, None).await?;
    let opened = offered.into_iter().map(|Usable { seal, refusal }| {
        Ok(AccountSeal {
            listed: Listed::open(app, seal)?,
            refusal,
        })
    });
    opened.collect()
}

/// Ends the sign-in. Twice is once.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(app: &App, asker: &Asker) -> Result<()> {
    Ok(store::asker::sign_out(&app.db, asker.id).await?)
}
