//! Registering a unit, as its legal representative or as an administrator with a power of attorney (UNIT-1 to UNIT-3).

use domain::check_digit::{IdCard, Uscc};
use domain::id::{EvidenceId, MaterialId, PersonId};
use domain::person::PersonName;
use domain::review::MaterialRole;
use domain::unit::UnitName;
use providers::register::Stated;
use serde::Serialize;
use store::Tx;
use store::unit::Registration;

use super::check::check;
use super::create::{Founding, Representative, found};
use super::paper::{Expected, Papers, compare};
use super::standing::{missing, state};
use crate::person::{Verified, require_verified};
use crate::{App, Caller, Error, Result, Ticket, feed, material};

/// A unit as somebody states it, as typed.
pub struct NewUnit<'a> {
    /// Name.
    pub name: &'a str,
    /// Unified social credit code.
    pub uscc: &'a str,
    /// As whom.
    pub registrant: Registrant<'a>,
}

/// As whom somebody registers a unit.
pub enum Registrant<'a> {
    /// As the legal representative that they verifiably are.
    LegalRepresentative,
    /// As an administrator, by the legal representative's power of attorney.
    Administrator(Empowered<'a>),
}

/// What an administrator states beside the unit.
pub struct Empowered<'a> {
    /// The legal representative's name.
    pub representative_name: &'a str,
    /// Their ID number.
    pub representative_number: &'a str,
    /// The papers, read before.
    pub papers: Papers,
}

/// What became of it; kept for repeats in this very form.
#[derive(Clone, Debug, Serialize)]
pub struct Registered {
    /// Id.
    pub unit_id: String,
    /// 单位编码
    pub unit_code: String,
    /// As one of the caller's units has it.
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
    representative: Option<&'a (PersonName, IdCard)>,
    materials: &'a [(MaterialRole, MaterialId)],
}

/// Registers it, with the caller as administrator.
///
/// # Errors
/// `not_verified`, `uscc_invalid`, `unit_name_invalid`, `name_invalid`, `id_number_invalid`, `paper_not_found`,
/// `paper_mismatch` `{fields}`, `unit_exists` `{unit_name}`, `register_limit`, `register_unavailable` (nothing counted),
/// `register_not_found`, `register_mismatch` `{fields}`.
pub async fn register(
    app: &App,
    caller: &Caller,
    new: &NewUnit<'_>,
    ticket: &Ticket,
) -> Result<Registered> {
    let person = caller.person_id;
    let verified = require_verified(app, &app.db, person).await?;
    let (name, uscc) = stated(new.name, new.uscc)?;
    let (representative, materials) = match &new.registrant {
        Registrant::LegalRepresentative => (None, Vec::new()),
        Registrant::Administrator(empowered) => {
            let (who, materials) =
                papers(app, person, &verified, (&name, &uscc), empowered).await?;
            (Some(who), materials)
        }
    };
    let legal_representative = match &representative {
        None => verified.name.as_str(),
        Some((name, _)) => name.as_str(),
    };
    let stated = Stated {
        uscc: uscc.as_str(),
        name: name.as_str(),
        legal_representative,
    };
    let registration = Registration::Uscc(uscc.as_str().to_owned());
    let evidence = check(app, person, stated, Some(&registration)).await?;
    let checked = Checked {
        person,
        verified: &verified,
        name: &name,
        uscc: &uscc,
        evidence,
        representative: representative.as_ref(),
        materials: &materials,
    };
    accept(app, &checked, registration, ticket).await
}

/// Name and code, as far as they can be judged by themselves.
///
/// # Errors
/// `uscc_invalid`, `unit_name_invalid`.
pub(super) fn stated(name: &str, uscc: &str) -> Result<(UnitName, Uscc)> {
    let uscc = Uscc::parse(&uscc.trim().to_ascii_uppercase())
        .map_err(|_| Error::invalid("uscc_invalid"))?;
    let name = UnitName::parse(name).map_err(|_| Error::invalid("unit_name_invalid"))?;
    Ok((name, uscc))
}

async fn papers(
    app: &App,
    person: PersonId,
    verified: &Verified,
    (name, uscc): (&UnitName, &Uscc),
    empowered: &Empowered<'_>,
) -> Result<((PersonName, IdCard), Vec<(MaterialRole, MaterialId)>)> {
    let today = app.now().day();
    let representative = PersonName::parse(empowered.representative_name)
        .map_err(|_| Error::invalid("name_invalid"))?;
    let number = IdCard::parse(empowered.representative_number.trim(), today)
        .map_err(|_| Error::invalid("id_number_invalid"))?;
    let own = store::person::get(&app.db, person).await?;
    let expected = Expected {
        name: name.as_str(),
        uscc: uscc.as_str(),
        representative_name: representative.as_str(),
        representative_number: number.as_str(),
        agent_name: &verified.name,
        agent_hash: own.id_number_hash.as_deref(),
        today,
    };
    let materials = compare(app, person, empowered.papers, &expected).await?;
    Ok(((representative, number), materials))
}

async fn accept(
    app: &App,
    checked: &Checked<'_>,
    registration: Registration,
    ticket: &Ticket,
) -> Result<Registered> {
    let mut tx = app.db.begin_write("unit.register.accept").await?;
    match write(app, &mut tx, checked, registration, ticket).await {
        Ok(registered) => {
            tx.commit().await?;
            feed::tell_people(app, &[checked.person]);
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
    registration: Registration,
    ticket: &Ticket,
) -> Result<Registered> {
    let evidence = checked.evidence;
    let photos: Vec<MaterialId> = checked.materials.iter().map(|(_, id)| *id).collect();
    material::keep(app, tx, checked.person, photos).await?;
    let (representative, representative_name) = match checked.representative {
        None => (Representative::Founder, checked.verified.name.as_str()),
        Some((name, number)) => {
            let number = number.as_str();
            (Representative::Other { number }, name.as_str())
        }
    };
    let founding = Founding {
        registration,
        name: checked.name.as_str(),
        founder: checked.person,
        representative,
        representative_name,
        materials: checked.materials,
    };
    let (unit_id, unit_code) = found(app, tx, &founding).await?;
    let material = app.vault.wrap_text(
        "evidence.material",
        evidence.as_bytes(),
        &format!("{}|{}", checked.uscc, checked.name.as_str()),
    )?;
    store::evidence::pass_for_unit(tx, evidence, unit_id, &material).await?;
    let missing = missing(app, &mut *tx, unit_id).await?;
    let registered = Registered {
        unit_id: unit_id.to_string(),
        unit_code,
        state: state(app, &mut *tx, unit_id, &missing).await?.as_str(),
        missing_evidence: missing.iter().map(|kind| kind.as_str()).collect(),
    };
    ticket.record(tx, &registered).await?;
    Ok(registered)
}
