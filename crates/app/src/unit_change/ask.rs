//! An administrator states new facts with proof.

use domain::id::{EvidenceId, MaterialId, PersonId, UnitId};
use domain::review::{CaseKind, CaseState, MaterialRole};
use domain::time::DAY_US;
use serde::Serialize;
use store::Tx;
use store::unit::Unit;

use super::apply::apply;
use super::check::{is_review_offered, register};
use super::paper::{Papers, compare};
use super::stated::{Representative, Stated};
use crate::person::require_verified;
use crate::review::{self, NewCase};
use crate::unit::require_administrator;
use crate::{App, Caller, Error, Result, Ticket, feed, limit, material};

/// Requests of one person in a day: reading papers is work.
const REQUESTS_A_DAY: i64 = 40;

/// What somebody hands in.
pub struct Wish<'a> {
    /// The unit's new name.
    pub name: Option<&'a str>,
    /// The legal representative who is named.
    pub representative: Option<Representative<'a>>,
    /// What proves it.
    pub papers: Papers,
    /// An operator is to look, where that is offered.
    pub review: bool,
}

/// What became of it; kept for repeats in this very form.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// `passed`, or `open` with an operator.
    pub state: &'static str,
}

/// Checks papers and register, and changes the facts; or asks an operator.
///
/// # Errors
/// `not_administrator`, `not_verified`, `rate_limited`, `unit_name_invalid`, `name_invalid`, `id_number_invalid`,
/// `change_empty`, `paper_missing` `{role}`, `review_open`, `review_not_offered`, `representative_unknown`; and with
/// `review_offered`: `paper_not_picture`, `paper_retake` `{role, reason}`, `paper_mismatch` `{fields}`, `ocr_unavailable`,
/// `register_not_found`, `register_mismatch` `{fields}`, `register_limit`, `register_unavailable`.
pub async fn ask(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    wish: &Wish<'_>,
    ticket: &Ticket,
) -> Result<Asked> {
    let person = caller.person_id;
    let unit = require_administrator(&app.db, person, unit).await?;
    require_verified(app, &app.db, person).await?;
    let stated = Stated::of(app, &app.db, &unit, wish.name, wish.representative.as_ref()).await?;
    let papers = wish.papers.of(&stated)?;
    let key = person.to_string();
    limit::check(app, "unit_change", key.as_bytes(), DAY_US, REQUESTS_A_DAY).await?;
    refuse_open(app, unit.id).await?;
    // No register here knows a unit from elsewhere.
    if wish.review || unit.registration.uscc().is_none() {
        return open(app, person, &unit, &stated, &papers, ticket).await;
    }
    match automatic(app, person, &unit, &stated, &papers).await {
        Ok(evidence) => accept(app, person, &unit, &stated, &papers, evidence, ticket).await,
        Err(refusal) => {
            let offered = is_review_offered(app, &app.db, person, unit.id).await?;
            Err(refusal.with("review_offered", offered))
        }
    }
}

async fn refuse_open(app: &App, unit: UnitId) -> Result<()> {
    let kind = CaseKind::UnitChange;
    let newest = store::review::newest_of_unit(&app.db, unit, kind).await?;
    if newest.is_some_and(|case| case.state == CaseState::Open) {
        return Err(Error::conflict("review_open"));
    }
    Ok(())
}

/// Papers first: they are free.
async fn automatic(
    app: &App,
    person: PersonId,
    unit: &Unit,
    stated: &Stated,
    papers: &[(MaterialRole, MaterialId)],
) -> Result<EvidenceId> {
    if let Err(refusal) = compare(app, person, unit, stated, papers).await {
        if matches!(
            refusal.code(),
            "paper_retake" | "paper_mismatch" | "paper_not_picture"
        ) {
            store::unit_change::fail(&app.db, unit.id, person, app.now()).await?;
        }
        return Err(refusal);
    }
    register(app, person, unit, stated).await
}

/// The facts that were checked become the unit's. Where they cannot, the check is taken back.
async fn accept(
    app: &App,
    person: PersonId,
    seen: &Unit,
    stated: &Stated,
    papers: &[(MaterialRole, MaterialId)],
    evidence: EvidenceId,
    ticket: &Ticket,
) -> Result<Asked> {
    let mut tx = app.db.begin_write("unit_change.accept").await?;
    match write(app, &mut tx, person, (seen, stated), papers, evidence).await {
        Ok(told) => {
            let asked = Asked {
                state: CaseState::Passed.as_str(),
            };
            ticket.record(&mut tx, &asked).await?;
            tx.commit().await?;
            feed::tell(app, seen.id, &told);
            Ok(asked)
        }
        Err(error) => {
            tx.rollback().await?;
            store::evidence::forget_pending(&app.db, evidence).await?;
            Err(error)
        }
    }
}

/// Only while it is still the unit that they were checked about.
async fn write(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    (seen, stated): (&Unit, &Stated),
    papers: &[(MaterialRole, MaterialId)],
    evidence: EvidenceId,
) -> Result<Vec<PersonId>> {
    let unit = lock(tx, person, seen.id).await?;
    if unit.name != seen.name || unit.legal_representative_id != seen.legal_representative_id {
        return Err(Error::conflict("conflict"));
    }
    let files = papers.iter().map(|(_, id)| *id).collect::<Vec<_>>();
    material::keep(app, tx, person, files).await?;
    let what = format!("{}|{}", unit.registration.number(), stated.name);
    let sealed = app
        .vault
        .wrap_text("evidence.material", evidence.as_bytes(), &what)?;
    store::evidence::pass_for_unit(tx, evidence, unit.id, &sealed).await?;
    apply(app, tx, &unit, stated, papers).await
}

async fn lock(tx: &mut Tx, person: PersonId, unit: UnitId) -> Result<Unit> {
    store::unit::lock(&mut *tx, unit).await?;
    require_administrator(tx, person, unit).await
}

async fn open(
    app: &App,
    person_id: PersonId,
    unit: &Unit,
    stated: &Stated,
    materials: &[(MaterialRole, MaterialId)],
    ticket: &Ticket,
) -> Result<Asked> {
    let mut tx = app.db.begin_write("unit_change.open").await?;
    let unit = lock(&mut tx, person_id, unit.id).await?;
    let elsewhere = unit.registration.uscc().is_none();
    if !elsewhere && !is_review_offered(app, &mut tx, person_id, unit.id).await? {
        return Err(Error::conflict("review_not_offered"));
    }
    let kind = CaseKind::UnitChange;
    let newest = store::review::newest_of_unit(&mut tx, unit.id, kind).await?;
    if newest.is_some_and(|case| case.state == CaseState::Open) {
        return Err(Error::conflict("review_open"));
    }
    let new = NewCase {
        kind,
        person_id,
        unit_id: Some(unit.id),
        facts: &stated.facts(),
        materials,
    };
    review::open(app, &mut tx, &new).await?;
    let asked = Asked {
        state: CaseState::Open.as_str(),
    };
    ticket.record(&mut tx, &asked).await?;
    tx.commit().await?;
    feed::tell(app, unit.id, &[person_id]);
    Ok(asked)
}
