//! Registering a unit as its legal representative (UNIT-2, UNIT-3).

use domain::check_digit::Uscc;
use domain::id::{EvidenceId, PersonId, UnitId};
use domain::policy::EvidenceKind::RegisterMatch;
use domain::unit::{self, REGISTER_FAILURES_MAX, Role, UnitName};
use providers::register::{Stated, Verdict};
use serde::Serialize;
use serde_json::Value;
use store::Tx;
use store::evidence::Pending;

use super::standing::{missing, state};
use crate::limit::too_many;
use crate::person::{Verified, require_verified};
use crate::{App, Caller, Error, Result, Ticket};

/// A check without an answer counts as failed for so long; then it was lost with its server.
const PENDING_US: i64 = domain::time::MINUTE_US;
/// Unit codes are drawn from nine thousand million; this many collisions in a row do not happen.
const CODE_DRAWS_MAX: usize = 4;

/// A unit as its legal representative states it, as typed.
pub struct NewUnit<'a> {
    /// Name.
    pub name: &'a str,
    /// Unified social credit code.
    pub uscc: &'a str,
}

/// What became of it; kept for repeats in this very form.
#[derive(Clone, Debug, Serialize)]
pub struct Registered {
    /// Id.
    pub unit_id: String,
    /// 单位编码
    pub unit_code: String,
    /// `certified` or `uncertified`.
    pub state: &'static str,
    /// What certification still needs.
    pub missing_evidence: Vec<&'static str>,
}

struct Checked<'a> {
    person: PersonId,
    verified: &'a Verified,
    name: &'a UnitName,
    uscc: &'a Uscc,
    evidence: EvidenceId,
}

/// Registers it, with the caller as administrator by right.
///
/// # Errors
/// `not_verified`, `uscc_invalid`, `unit_name_invalid`, `unit_exists` `{unit_name}`, `register_limit`,
/// `register_unavailable` (nothing counted), `register_not_found`, `register_mismatch` `{fields}`.
pub async fn register(
    app: &App,
    caller: &Caller,
    new: &NewUnit<'_>,
    ticket: &Ticket,
) -> Result<Registered> {
    let person = caller.person_id;
    let verified = require_verified(app, &app.db, person).await?;
    let uscc = Uscc::parse(&new.uscc.trim().to_ascii_uppercase())
        .map_err(|_| Error::invalid("uscc_invalid"))?;
    let name = UnitName::parse(new.name).map_err(|_| Error::invalid("unit_name_invalid"))?;
    let evidence = begin(app, person, &uscc).await?;
    let stated = Stated {
        uscc: uscc.as_str(),
        name: name.as_str(),
        legal_representative: &verified.name,
    };
    match tokio::time::timeout(app.providers.patience, app.providers.register.check(stated)).await {
        Ok(Ok(Verdict::Match)) => {
            let checked = Checked {
                person,
                verified: &verified,
                name: &name,
                uscc: &uscc,
                evidence,
            };
            accept(app, &checked, ticket).await
        }
        Ok(Ok(Verdict::NotFound)) => {
            store::evidence::fail(&app.db, evidence).await?;
            Err(Error::conflict("register_not_found"))
        }
        Ok(Ok(Verdict::Mismatch(fields))) => {
            store::evidence::fail(&app.db, evidence).await?;
            let fields: Vec<Value> = fields
                .into_iter()
                .map(|field| field.as_str().into())
                .collect();
            Err(Error::conflict("register_mismatch").with("fields", fields))
        }
        Ok(Err(unavailable)) => {
            store::evidence::forget_pending(&app.db, evidence).await?;
            Err(Error::unavailable("register_unavailable").because(unavailable))
        }
        Err(elapsed) => {
            store::evidence::forget_pending(&app.db, evidence).await?;
            Err(Error::unavailable("register_unavailable").because(elapsed))
        }
    }
}

/// Writes the check down, so that checks side by side count each other.
async fn begin(app: &App, person: PersonId, uscc: &Uscc) -> Result<EvidenceId> {
    let now = app.now();
    let mut tx = app.db.begin_write("unit.register.begin").await?;
    store::person::lock(&mut tx, person).await?;
    refuse_existing(&mut tx, uscc).await?;
    let failed = store::evidence::failures(
        &mut tx,
        person,
        RegisterMatch,
        now.day().start(),
        now.plus_micros(-PENDING_US),
    )
    .await?;
    if failed >= REGISTER_FAILURES_MAX {
        return Err(too_many(
            "register_limit",
            now.day().next().start().micros_since(now),
        ));
    }
    let provider = app.providers.register.name();
    let check = Pending {
        id: app.new_id(),
        person_id: person,
        kind: RegisterMatch,
        provider,
        at: now,
    };
    store::evidence::insert_pending(&mut tx, &check).await?;
    tx.commit().await?;
    Ok(check.id)
}

async fn refuse_existing(tx: &mut Tx, uscc: &Uscc) -> Result<()> {
    match store::unit::find_by_uscc(tx, uscc.as_str()).await? {
        Some(unit) => Err(Error::conflict("unit_exists").with("unit_name", unit.name)),
        None => Ok(()),
    }
}

async fn accept(app: &App, checked: &Checked<'_>, ticket: &Ticket) -> Result<Registered> {
    let mut tx = app.db.begin_write("unit.register.accept").await?;
    match write(app, &mut tx, checked, ticket).await {
        Ok(registered) => {
            tx.commit().await?;
            Ok(registered)
        }
        Err(error) => {
            tx.rollback().await?;
            store::evidence::forget_pending(&app.db, checked.evidence).await?;
            Err(error)
        }
    }
}

async fn write(
    app: &App,
    tx: &mut Tx,
    checked: &Checked<'_>,
    ticket: &Ticket,
) -> Result<Registered> {
    let Checked {
        person, evidence, ..
    } = *checked;
    let (unit_id, unit_code) = insert(app, tx, checked).await?;
    let material = app.vault.wrap_text(
        "evidence.material",
        evidence.as_bytes(),
        &format!("{}|{}", checked.uscc, checked.name.as_str()),
    )?;
    store::evidence::pass_for_unit(tx, evidence, unit_id, &material).await?;
    store::unit::insert_membership(
        tx,
        app.new_id(),
        unit_id,
        person,
        Role::Administrator,
        true,
        app.now(),
    )
    .await?;
    let missing = missing(app, &mut *tx, unit_id).await?;
    let registered = Registered {
        unit_id: unit_id.to_string(),
        unit_code,
        state: state(&missing),
        missing_evidence: missing.iter().map(|kind| kind.as_str()).collect(),
    };
    ticket.record(tx, &registered).await?;
    Ok(registered)
}

async fn insert(app: &App, tx: &mut Tx, checked: &Checked<'_>) -> Result<(UnitId, String)> {
    let id: UnitId = app.new_id();
    let representative = app.vault.wrap_text(
        "unit.legal_representative_name",
        id.as_bytes(),
        &checked.verified.name,
    )?;
    for _ in 0..CODE_DRAWS_MAX {
        let unit_code = unit::unit_code(u64::from_le_bytes(app.random_bytes()));
        let new = store::unit::NewUnit {
            id,
            uscc: checked.uscc.as_str(),
            name: checked.name.as_str(),
            unit_code: &unit_code,
            legal_representative_id: checked.person,
            legal_representative_name: &representative,
            at: app.now(),
        };
        if store::unit::insert(tx, &new).await? {
            return Ok((id, unit_code));
        }
        refuse_existing(tx, checked.uscc).await?;
    }
    Err(Error::internal("no unit code is free"))
}
