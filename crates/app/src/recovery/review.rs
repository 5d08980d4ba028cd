//! Recovery by an operator, for whoever the machine refuses (OPS-4).

use domain::Instant;
use domain::application::REASON_CHARS_MAX;
use domain::id::{MaterialId, PersonId, RecoveryId};
use domain::recovery::{REVIEW_LIFETIME_US, Step, answered_after};
use domain::review::{CaseKind, CaseState, MaterialRole};
use serde_json::json;
use store::Tx;
use store::material::Material;
use store::person::Person;
use store::recovery::Recovery;
use store::review::Case;

use super::{lock, step};
use crate::review::{self, Facts, NewCase, Told};
use crate::text::line;
use crate::{App, Error, Result, feed};

/// The job's name; payload `{recovery_id}`.
pub const ANSWER_JOB: &str = "recovery.answer";
/// The reason of such a refusal: the one that operators give most, word for word.
pub(super) const NOT_SAME: &str = "材料与填写的信息不一致";

const NAME_CHARS_MAX: usize = 80;
const NUMBER_CHARS_MAX: usize = 40;

/// What somebody tells the operators.
pub struct Request<'a> {
    /// Name on the document.
    pub name: &'a str,
    /// Its number; an operator compares it, so any form is taken.
    pub document_number: &'a str,
    /// Why the number is lost.
    pub reason: &'a str,
}

/// Asks operators. The answer is the same whether the number has an account or not; without one nobody is asked, and it is
/// refused by itself some hours later.
///
/// # Errors
/// `recovery_not_found`, `recovery_expired`, `recovery_order`, `name_invalid`, `document_number_invalid`, `reason_invalid`
/// `{most}`, `photo_missing` `{role}`.
pub async fn ask_operators(
    app: &App,
    id: RecoveryId,
    secret: &str,
    request: &Request<'_>,
) -> Result<()> {
    let name = line(request.name, 2, NAME_CHARS_MAX);
    let name = name.ok_or_else(|| Error::invalid("name_invalid"))?;
    let number = line(request.document_number, 4, NUMBER_CHARS_MAX);
    let number = number.ok_or_else(|| Error::invalid("document_number_invalid"))?;
    let reason = line(request.reason, 1, REASON_CHARS_MAX);
    let reason =
        reason.ok_or_else(|| Error::invalid("reason_invalid").with("most", REASON_CHARS_MAX))?;
    let mut tx = app.db.begin_write("recovery.ask_operators").await?;
    let found = lock(app, &mut tx, id, secret).await?;
    let state = step(&found, Step::Ask, app.now())?;
    for role in [MaterialRole::DocumentFront, MaterialRole::Handheld] {
        if store::recovery::find_photo(&mut tx, id, role)
            .await?
            .is_none()
        {
            return Err(Error::invalid("photo_missing").with("role", role.as_str()));
        }
    }
    let facts = [
        ("name", name),
        ("document_number", number),
        ("reason", reason),
    ];
    let facts = facts.map(|(fact, text)| (fact.to_owned(), text.to_owned()));
    let person = holder(&mut tx, &found).await?;
    let mut asked = Recovery {
        state,
        expires_at: app.now().plus_micros(REVIEW_LIFETIME_US),
        ..found.clone()
    };
    if let Some(person) = person {
        let materials = hand_over(app, &mut tx, id, person.id).await?;
        let new = NewCase {
            kind: CaseKind::PersonRecovery,
            person_id: person.id,
            unit_id: None,
            facts: &Facts::from(facts),
            materials: &materials,
        };
        asked.person_id = Some(person.id);
        asked.case_id = Some(review::open(app, &mut tx, &new).await?);
    } else {
        answer_later(app, &mut tx, id).await?;
    }
    store::recovery::put(&mut tx, found.state, &asked).await?;
    tx.commit().await?;
    feed::tell_people(app, asked.person_id.as_slice());
    Ok(())
}

/// Has a recovery without an account refused after as long as operators may take, or its beginner would learn from the silence.
async fn answer_later(app: &App, tx: &mut Tx, id: RecoveryId) -> Result<()> {
    let [high, low] = app.random_bytes::<2>();
    let wait_us = answered_after(u16::from_be_bytes([high, low]));
    let now = app.now();
    let payload = json!({ "recovery_id": id.to_string() });
    let job = jobs::New::now(app.new_id(), ANSWER_JOB, payload, now);
    jobs::enqueue(tx, &job.at(now.plus_micros(wait_us)), now).await?;
    Ok(())
}

/// Refuses a recovery that no operator sees. Repeatable; one that was given up or has expired is left alone.
///
/// # Errors
/// When the database fails.
pub async fn answer(app: &App, id: RecoveryId) -> Result<()> {
    let mut tx = app.db.begin_write("recovery.answer").await?;
    let Some(found) = store::recovery::lock(&mut tx, id).await? else {
        return Ok(());
    };
    let now = app.now();
    if found.case_id.is_some() || step(&found, Step::Refuse, now).is_err() {
        return Ok(());
    }
    rule(&mut tx, &found, Step::Refuse, now).await?;
    Ok(tx.commit().await?)
}

/// Takes the step that a word of operators is; its beginner has time to see it.
async fn rule(tx: &mut Tx, found: &Recovery, which: Step, now: Instant) -> Result<()> {
    let ruled = Recovery {
        state: step(found, which, now)?,
        expires_at: now.plus_micros(REVIEW_LIFETIME_US),
        ..found.clone()
    };
    Ok(store::recovery::put(tx, found.state, &ruled).await?)
}

/// The account that has the number of a recovery, held until the transaction ends.
pub(super) async fn holder(tx: &mut Tx, recovery: &Recovery) -> Result<Option<Person>> {
    let Ok(hash) = <[u8; 32]>::try_from(recovery.phone_hash.as_slice()) else {
        return Ok(None);
    };
    let Some(id) = store::person::lock_by_phone(&mut *tx, &hash).await? else {
        return Ok(None);
    };
    Ok(Some(store::person::get(tx, id).await?))
}

/// Photos become the material of a case; the recovery has them no longer, so that no sweep of it takes them.
async fn hand_over(
    app: &App,
    tx: &mut Tx,
    id: RecoveryId,
    person: PersonId,
) -> Result<Vec<(MaterialRole, MaterialId)>> {
    let mut materials = Vec::new();
    for photo in store::recovery::take_photos(tx, id).await? {
        let material = Material {
            id: app.new_id(),
            person_id: person,
            media_type: photo.media_type,
            sealed_sha256: photo.sealed_sha256,
            bytes: photo.bytes,
            created_at: app.now(),
        };
        store::material::insert(&mut *tx, &material).await?;
        materials.push((photo.role, material.id));
    }
    Ok(materials)
}

/// What an operator's word means: the new number's code completes it, or the reason is shown.
///
/// # Errors
/// `recovery_expired` when its beginner has given up.
pub(crate) async fn settle(app: &App, tx: &mut Tx, case: &Case, state: CaseState) -> Result<Told> {
    let told = Told::person(case.person_id);
    let Some(found) = store::recovery::lock_by_case(tx, case.id).await? else {
        return Ok(told);
    };
    let which = match state {
        CaseState::Passed => Step::Pass,
        _ => Step::Refuse,
    };
    rule(tx, &found, which, app.now()).await?;
    Ok(told)
}

/// The account ends: nothing leads to it any more.
pub(crate) async fn forget(tx: &mut Tx, person: PersonId) -> Result<()> {
    Ok(store::recovery::forget_person(tx, person).await?)
}
