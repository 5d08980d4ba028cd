//! Real name, first step: name and ID number against the authority (IDV-1).

use domain::check_digit::IdCard;
use domain::document::{DocumentKind, MAINLAND};
use domain::id::{EvidenceId, PersonId};
use domain::person::PersonName;
use domain::policy::EvidenceKind::IdentityTwoFactor;
use domain::time::MINUTE_US;
use providers::identity::Verdict;
use store::Tx;
use store::evidence::Pending;
use store::person::{Document, Person};

use super::{Standing, standing};
use crate::limit::too_many;
use crate::{App, Caller, Error, Result, personal};

/// Failed checks that a person may make in one Shanghai day.
const FAILURES_MAX: i64 = 5;
/// A check without an answer counts as failed for so long; then it was lost with its server.
pub(crate) const PENDING_US: i64 = MINUTE_US;

/// What a person states, as typed.
pub struct Facts<'a> {
    /// `CN`
    pub nationality: &'a str,
    /// Name.
    pub name: &'a str,
    /// ID number.
    pub id_number: &'a str,
}

/// Checks the facts and keeps them when they are right. The same facts again get the same answer.
///
/// # Errors
/// `nationality_not_offered`, `name_invalid`, `id_number_invalid`, `already_verified` (with other facts),
/// `identity_limit`, `identity_unavailable` (nothing counted), `identity_mismatch`, `document_in_use`.
pub async fn identify(app: &App, caller: &Caller, facts: &Facts<'_>) -> Result<Standing> {
    if facts.nationality != MAINLAND {
        return Err(Error::invalid("nationality_not_offered"));
    }
    let name = PersonName::parse(facts.name).map_err(|_| Error::invalid("name_invalid"))?;
    let number = IdCard::parse(facts.id_number.trim(), app.now().day())
        .map_err(|_| Error::invalid("id_number_invalid"))?;
    let person = caller.person_id;
    let Some(check) = begin(app, person, &name, &number).await? else {
        return standing(app, &app.db, person).await;
    };
    let asked = app.providers.identity.check(name.as_str(), number.as_str());
    match tokio::time::timeout(app.providers.patience, asked).await {
        Ok(Ok(Verdict::Match)) => accept(app, person, check, &name, &number).await,
        Ok(Ok(Verdict::Mismatch)) => {
            store::evidence::fail(&app.db, check).await?;
            Err(Error::conflict("identity_mismatch"))
        }
        Ok(Err(unavailable)) => {
            store::evidence::forget_pending(&app.db, check).await?;
            Err(Error::unavailable("identity_unavailable").because(unavailable))
        }
        Err(elapsed) => {
            store::evidence::forget_pending(&app.db, check).await?;
            Err(Error::unavailable("identity_unavailable").because(elapsed))
        }
    }
}

/// Writes the check down, so that checks side by side count each other; none when these facts are on record already.
async fn begin(
    app: &App,
    person: PersonId,
    name: &PersonName,
    number: &IdCard,
) -> Result<Option<EvidenceId>> {
    let now = app.now();
    let mut tx = app.db.begin_write("person.identify.begin").await?;
    let found = store::person::lock(&mut tx, person).await?;
    if is_on_record(app, &found, name, number)? {
        return Ok(None);
    }
    let failed = store::evidence::failures(
        &mut tx,
        person,
        IdentityTwoFactor,
        now.day().start(),
        now.plus_micros(-PENDING_US),
    )
    .await?;
    if failed >= FAILURES_MAX {
        return Err(too_many(
            "identity_limit",
            now.day().next().start().micros_since(now),
        ));
    }
    let provider = app.providers.identity.name();
    let check = Pending {
        id: app.new_id(),
        person_id: person,
        kind: IdentityTwoFactor,
        provider,
        at: now,
    };
    store::evidence::insert_pending(&mut tx, &check).await?;
    tx.commit().await?;
    Ok(Some(check.id))
}

/// # Errors
/// `already_verified` when other facts are on record.
fn is_on_record(app: &App, found: &Person, name: &PersonName, number: &IdCard) -> Result<bool> {
    let Some(sealed) = &found.name else {
        return Ok(false);
    };
    let same_name = personal::open_name(app, found.id, sealed)?.as_str() == name.as_str();
    let same_number =
        found.id_number_hash.as_deref() == Some(&personal::id_number_hash(app, number.as_str()));
    if same_name && same_number {
        Ok(true)
    } else {
        Err(Error::conflict("already_verified"))
    }
}

async fn accept(
    app: &App,
    person: PersonId,
    check: EvidenceId,
    name: &PersonName,
    number: &IdCard,
) -> Result<Standing> {
    let mut tx = app.db.begin_write("person.identify.accept").await?;
    let written = write(app, &mut tx, person, check, name, number).await;
    match written {
        Ok(()) => tx.commit().await?,
        Err(error) => {
            tx.rollback().await?;
            store::evidence::forget_pending(&app.db, check).await?;
            return Err(error);
        }
    }
    standing(app, &app.db, person).await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    check: EvidenceId,
    name: &PersonName,
    number: &IdCard,
) -> Result<()> {
    let found = store::person::lock(tx, person).await?;
    if is_on_record(app, &found, name, number)? {
        // The same request was faster elsewhere.
        return Ok(store::evidence::forget_pending(tx, check).await?);
    }
    let hash = personal::id_number_hash(app, number.as_str());
    if store::person::document_is_of_another(&mut *tx, person, &hash).await? {
        return Err(Error::conflict("document_in_use"));
    }
    let sealed_name = personal::seal_name(app, person, name.as_str())?;
    let sealed_number = personal::seal_id_number(app, person, number.as_str())?;
    let document = Document {
        name: &sealed_name,
        number: &sealed_number,
        hash: &hash,
        nationality: MAINLAND,
        kind: DocumentKind::IdCard.as_str(),
    };
    match store::person::put_document(tx, person, &document).await {
        // Another account was faster with the same document.
        Err(store::Error::Conflict(_)) => return Err(Error::conflict("document_in_use")),
        other => other?,
    }
    let material = app
        .vault
        .wrap("evidence.material", check.as_bytes(), hash.as_slice())?;
    Ok(store::evidence::pass(tx, check, &material).await?)
}
