//! What operators look at where a machine could not: registrations and licences (UNIT-3), and what whoever handed it in
//! sees of that.

use domain::Instant;
use domain::id::{CaseId, MaterialId, PersonId, UnitId};
use domain::policy::EvidenceKind;
use domain::review::{CaseKind, CaseState, MaterialRole};
use domain::time::DAY_US;
use store::Tx;
use store::review::Case;
use store::unit::Registration;

use super::check::is_review_offered;
use super::create::{Founding, OPERATOR, Representative, found, prove, refuse_existing};
use super::licence::require_due;
use super::register::stated;
use super::require_administrator;
use super::standing::missing;
use crate::person::require_verified;
use crate::review::{self, Facts, NewCase, Standing, Told, open_facts};
use crate::text::line;
use crate::{App, Caller, Error, Result, feed};

pub(super) const NAME_CHARS_MAX: usize = 100;
/// Cases of one person that may be open at a time.
const OPEN_MAX: usize = 5;
/// Cases that are looked through for one person.
pub(super) const CASES_MAX: u32 = 50;
/// How long a refusal is shown.
pub(super) const SHOWN_US: i64 = 30 * DAY_US;
const AS_REPRESENTATIVE: &str = "legal_representative";
const AS_ADMINISTRATOR: &str = "administrator";

/// What somebody asks an operator to look at.
pub enum Wish<'a> {
    /// A registration.
    Registration {
        /// Name.
        name: &'a str,
        /// Unified social credit code.
        uscc: &'a str,
        /// What an administrator hands in; none from the legal representative.
        handed: Option<Handed<'a>>,
    },
    /// The licence of a unit that is registered.
    Licence {
        /// Which.
        unit_id: UnitId,
        /// The licence.
        licence: MaterialId,
    },
}

/// What an administrator states and hands in.
pub struct Handed<'a> {
    /// The legal representative's name.
    pub representative_name: &'a str,
    /// The number of their document.
    pub representative_number: &'a str,
    /// The power of attorney.
    pub power_of_attorney: MaterialId,
    /// The legal representative's document.
    pub representative_front: MaterialId,
    /// Its other side.
    pub representative_back: MaterialId,
}

/// Whether an operator may look at the caller's registration.
///
/// # Errors
/// When the database fails.
pub async fn offered(app: &App, caller: &Caller) -> Result<bool> {
    is_review_offered(app, &app.db, caller.person_id).await
}

/// Asks an operator to look.
///
/// # Errors
/// `not_verified`, `uscc_invalid`, `unit_name_invalid`, `representative_name_invalid`, `document_number_invalid`,
/// `unit_exists` `{unit_name}`, `review_not_offered`, `review_open`, `review_limit`, `material_not_found`,
/// `not_administrator`, `licence_not_due`.
pub async fn ask_review(app: &App, caller: &Caller, wish: &Wish<'_>) -> Result<CaseId> {
    let person = caller.person_id;
    require_verified(app, &app.db, person).await?;
    let mut tx = app.db.begin_write("unit.ask_review").await?;
    store::person::lock(&mut tx, person).await?;
    if !is_review_offered(app, &mut tx, person).await? {
        return Err(Error::conflict("review_not_offered"));
    }
    let id = match wish {
        Wish::Registration { name, uscc, handed } => {
            let stated = (*name, *uscc, handed.as_ref());
            open_registration(app, &mut tx, person, stated).await?
        }
        Wish::Licence { unit_id, licence } => {
            open_licence(app, &mut tx, person, *unit_id, *licence).await?
        }
    };
    tx.commit().await?;
    feed::tell_people(app, &[person]);
    Ok(id)
}

async fn open_registration(
    app: &App,
    tx: &mut Tx,
    person_id: PersonId,
    (name, uscc, handed): (&str, &str, Option<&Handed<'_>>),
) -> Result<CaseId> {
    let (name, uscc) = stated(name, uscc)?;
    refuse_existing(tx, &Registration::Uscc(uscc.as_str().to_owned())).await?;
    refuse_pending(app, tx, person_id, uscc.as_str()).await?;
    let mut facts = Facts::from([
        ("name".to_owned(), name.as_str().to_owned()),
        ("uscc".to_owned(), uscc.as_str().to_owned()),
    ]);
    let registrant = handed.map_or(AS_REPRESENTATIVE, |_| AS_ADMINISTRATOR);
    facts.insert("registrant".to_owned(), registrant.to_owned());
    let mut materials = Vec::new();
    if let Some(handed) = handed {
        let representative = line(handed.representative_name, 1, NAME_CHARS_MAX)
            .ok_or_else(|| Error::invalid("representative_name_invalid"))?;
        let number = document_number(handed.representative_number)?;
        facts.insert("representative_name".to_owned(), representative.to_owned());
        facts.insert("representative_number".to_owned(), number);
        materials = vec![
            (MaterialRole::PowerOfAttorney, handed.power_of_attorney),
            (
                MaterialRole::RepresentativeFront,
                handed.representative_front,
            ),
            (MaterialRole::RepresentativeBack, handed.representative_back),
        ];
    }
    let case = NewCase {
        kind: CaseKind::UnitRegistration,
        person_id,
        unit_id: None,
        facts: &facts,
        materials: &materials,
    };
    review::open(app, tx, &case).await
}

async fn open_licence(
    app: &App,
    tx: &mut Tx,
    person_id: PersonId,
    unit_id: UnitId,
    licence: MaterialId,
) -> Result<CaseId> {
    let unit = require_administrator(&mut *tx, person_id, unit_id).await?;
    store::unit::lock(tx, unit_id).await?;
    require_due(&missing(app, &mut *tx, unit_id).await?)?;
    let kind = CaseKind::UnitRegistration;
    let newest = store::review::newest_of_unit(&mut *tx, unit_id, kind).await?;
    if newest.is_some_and(|case| case.state == CaseState::Open) {
        return Err(Error::conflict("review_open"));
    }
    let facts = Facts::from([
        ("name".to_owned(), unit.name),
        ("uscc".to_owned(), unit.registration.number().to_owned()),
    ]);
    let case = NewCase {
        kind,
        person_id,
        unit_id: Some(unit_id),
        facts: &facts,
        materials: &[(MaterialRole::Licence, licence)],
    };
    store::unit::touch(tx, unit_id).await?;
    review::open(app, tx, &case).await
}

/// # Errors
/// `review_open` when the same number waits already, `review_limit` `{most}`.
pub(super) async fn refuse_pending(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    number: &str,
) -> Result<()> {
    let mut open = 0;
    for case in cases(tx, person).await? {
        if case.state == CaseState::Open {
            open += 1;
            if number_of(&open_facts(app, &case)?) == number {
                return Err(Error::conflict("review_open"));
            }
        }
    }
    if open >= OPEN_MAX {
        return Err(Error::conflict("review_limit").with("most", OPEN_MAX));
    }
    Ok(())
}

/// The cases of units that are not there yet, newest first.
pub(super) async fn cases(at: impl Into<store::Exec<'_>>, person: PersonId) -> Result<Vec<Case>> {
    let mut at = at.into();
    let mut cases = Vec::new();
    for kind in [CaseKind::UnitRegistration, CaseKind::UnitForeign] {
        cases.extend(store::review::without_unit(at.again(), person, kind, CASES_MAX).await?);
    }
    cases.sort_by_key(|case| std::cmp::Reverse(case.opened_at));
    Ok(cases)
}

pub(super) fn number_of(facts: &Facts) -> &str {
    let number = facts
        .get("uscc")
        .or_else(|| facts.get("registration_number"));
    number.map_or("", String::as_str)
}

pub(super) fn fact<'a>(facts: &'a Facts, name: &'static str) -> Result<&'a str> {
    let found = facts.get(name).map(String::as_str);
    found.ok_or_else(|| Error::internal(format!("the case has no {name}")))
}

/// The number of a document of any country, as typed without spaces.
///
/// # Errors
/// `document_number_invalid`.
pub(super) fn document_number(text: &str) -> Result<String> {
    let number: String = text.chars().filter(|c| *c != ' ').collect();
    let number = number.to_ascii_uppercase();
    let spelled = |c: char| c.is_ascii_alphanumeric() || "()-/".contains(c);
    if (4..=40).contains(&number.len()) && number.chars().all(spelled) {
        Ok(number)
    } else {
        Err(Error::invalid("document_number_invalid"))
    }
}

/// What somebody asked an operator to look at, to be looked at or typed again.
pub struct Asked {
    /// What it is about.
    pub kind: CaseKind,
    /// How it stands.
    pub standing: Standing,
    /// What was typed.
    pub facts: Facts,
    /// What was handed in.
    pub materials: Vec<HandedIn>,
    /// Which unit it is about, if there was one already.
    pub unit_id: Option<UnitId>,
}

/// Something that was handed in.
pub struct HandedIn {
    /// As what.
    pub role: MaterialRole,
    /// The file.
    pub material_id: MaterialId,
}

/// One of the caller's own.
///
/// # Errors
/// `case_not_found`, also for those of others and of other kinds.
pub async fn asked(app: &App, caller: &Caller, id: CaseId) -> Result<Asked> {
    let kinds = [
        CaseKind::UnitRegistration,
        CaseKind::UnitForeign,
        CaseKind::UnitDeposit,
    ];
    let found = store::review::find(&app.db, id).await?;
    let own = found.filter(|case| case.person_id == caller.person_id && kinds.contains(&case.kind));
    let case = own.ok_or_else(|| Error::not_found("case_not_found"))?;
    let materials = store::review::materials(&app.db, id).await?;
    let handed = materials.into_iter();
    Ok(Asked {
        kind: case.kind,
        standing: review::standing(app, &case)?,
        facts: open_facts(app, &case)?,
        materials: handed
            .map(|(role, material_id)| HandedIn { role, material_id })
            .collect(),
        unit_id: case.unit_id,
    })
}

/// Whether a decided case is still shown.
pub(super) fn is_shown(case: &Case, now: Instant) -> bool {
    match case.state {
        CaseState::Open => true,
        CaseState::Refused => {
            let decided = case.decided_at.unwrap_or(case.opened_at);
            now < decided.plus_micros(SHOWN_US)
        }
        _ => false,
    }
}

/// The operator stands for the register, or for the reading of the licence; for nothing else.
pub(crate) async fn settle_registration(
    app: &App,
    tx: &mut Tx,
    case: &Case,
    state: CaseState,
) -> Result<Told> {
    let on = case.id.to_string();
    let mut told = Told::person(case.person_id);
    match (case.unit_id, state) {
        (Some(unit), CaseState::Passed) => {
            for (role, material) in store::review::materials(&mut *tx, case.id).await? {
                store::unit_material::put(tx, unit, role, material, app.now()).await?;
            }
            prove(app, tx, unit, EvidenceKind::Licence, OPERATOR, &on).await?;
            told.units.push(unit);
        }
        (Some(unit), _) => {
            store::unit::touch(tx, unit).await?;
            told.units.push(unit);
        }
        (None, CaseState::Passed) => {
            let unit = found_reviewed(app, tx, case).await?;
            prove(app, tx, unit, EvidenceKind::RegisterMatch, OPERATOR, &on).await?;
        }
        (None, _) => {}
    }
    Ok(told)
}

async fn found_reviewed(app: &App, tx: &mut Tx, case: &Case) -> Result<UnitId> {
    let facts = open_facts(app, case)?;
    let own = require_verified(app, &mut *tx, case.person_id).await?;
    let (representative, representative_name) = if facts.contains_key("representative_number") {
        let number = fact(&facts, "representative_number")?;
        let name = fact(&facts, "representative_name")?;
        (Representative::Other { number }, name)
    } else {
        (Representative::Founder, own.name.as_str())
    };
    let materials = store::review::materials(&mut *tx, case.id).await?;
    let founding = Founding {
        registration: Registration::Uscc(fact(&facts, "uscc")?.to_owned()),
        name: fact(&facts, "name")?,
        founder: case.person_id,
        representative,
        representative_name,
        materials: &materials,
    };
    Ok(found(app, tx, &founding).await?.0)
}
