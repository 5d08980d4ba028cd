//! Companies from elsewhere: always looked at by an operator, and certified by that (UNIT-5, UNIT-12).

use domain::country::{Country, RegistrationNumber};
use domain::id::{CaseId, MaterialId};
use domain::policy::EvidenceKind;
use domain::review::{CaseKind, CaseState, MaterialRole};
use domain::unit::UnitName;
use store::Tx;
use store::review::Case;
use store::unit::Registration;

use super::create::{Founding, OPERATOR, Representative, found, prove, refuse_existing};
use super::review::{NAME_CHARS_MAX, document_number, fact, refuse_pending};
use crate::person::require_verified;
use crate::review::{self, Facts, NewCase, Told, open_facts};
use crate::text::line;
use crate::{App, Caller, Error, Result, Ticket, feed};

/// A company from elsewhere as somebody states it, as typed.
pub struct Foreign<'a> {
    /// Name.
    pub name: &'a str,
    /// Country or region, two letters.
    pub country: &'a str,
    /// Its number in the register there.
    pub registration_number: &'a str,
    /// The legal representative's name.
    pub representative_name: &'a str,
    /// The number of their document.
    pub representative_number: &'a str,
    /// What proves the company: its certificate of registration.
    pub licence: MaterialId,
    /// The legal representative's document.
    pub representative_front: MaterialId,
    /// Its other side, if it has one.
    pub representative_back: Option<MaterialId>,
    /// The power of attorney, from whoever is not the legal representative.
    pub power_of_attorney: Option<MaterialId>,
}

/// Hands it to an operator.
///
/// # Errors
/// `not_verified`, `unit_name_invalid`, `country_invalid`, `registration_number_invalid`, `representative_name_invalid`,
/// `document_number_invalid`, `unit_exists` `{unit_name}`, `review_open`, `review_limit`, `material_not_found`.
pub async fn register_foreign(
    app: &App,
    caller: &Caller,
    new: &Foreign<'_>,
    ticket: &Ticket,
) -> Result<CaseId> {
    let person_id = caller.person_id;
    require_verified(app, &app.db, person_id).await?;
    let name =
        UnitName::parse_elsewhere(new.name).map_err(|_| Error::invalid("unit_name_invalid"))?;
    let country = Country::parse(new.country).map_err(|_| Error::invalid("country_invalid"))?;
    let number = RegistrationNumber::parse(new.registration_number)
        .map_err(|_| Error::invalid("registration_number_invalid"))?;
    let representative = line(new.representative_name, 1, NAME_CHARS_MAX)
        .ok_or_else(|| Error::invalid("representative_name_invalid"))?;
    let document = document_number(new.representative_number)?;
    let facts: Facts = [
        ("name", name.as_str()),
        ("country", country.as_str()),
        ("registration_number", number.as_str()),
        ("representative_name", representative),
        ("representative_number", &document),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into();
    let optional = [
        (MaterialRole::RepresentativeBack, new.representative_back),
        (MaterialRole::PowerOfAttorney, new.power_of_attorney),
    ];
    let mut materials = vec![
        (MaterialRole::Licence, new.licence),
        (MaterialRole::RepresentativeFront, new.representative_front),
    ];
    materials.extend(
        optional
            .into_iter()
            .filter_map(|(role, id)| Some((role, id?))),
    );
    let mut tx = app.db.begin_write("unit.register_foreign").await?;
    store::person::lock(&mut tx, person_id).await?;
    refuse_existing(&mut tx, &elsewhere(&country, &number)).await?;
    refuse_pending(app, &mut tx, person_id, number.as_str()).await?;
    let case = NewCase {
        kind: CaseKind::UnitForeign,
        person_id,
        unit_id: None,
        facts: &facts,
        materials: &materials,
    };
    let id = review::open(app, &mut tx, &case).await?;
    ticket
        .record(&mut tx, &serde_json::json!({"case_id": id.to_string()}))
        .await?;
    tx.commit().await?;
    feed::tell_people(app, &[person_id]);
    Ok(id)
}

fn elsewhere(country: &Country, number: &RegistrationNumber) -> Registration {
    Registration::Elsewhere {
        country: country.as_str().to_owned(),
        number: number.as_str().to_owned(),
        key: number.key().to_owned(),
    }
}

/// The company is there and certified, or whoever handed it in is told why not.
pub(crate) async fn settle_foreign(
    app: &App,
    tx: &mut Tx,
    case: &Case,
    state: CaseState,
) -> Result<Told> {
    if state != CaseState::Passed {
        return Ok(Told::person(case.person_id));
    }
    let facts = open_facts(app, case)?;
    let country = Country::parse(fact(&facts, "country")?).map_err(Error::internal)?;
    let number =
        RegistrationNumber::parse(fact(&facts, "registration_number")?).map_err(Error::internal)?;
    let materials = store::review::materials(&mut *tx, case.id).await?;
    let founding = Founding {
        registration: elsewhere(&country, &number),
        name: fact(&facts, "name")?,
        founder: case.person_id,
        representative: Representative::Other {
            number: fact(&facts, "representative_number")?,
        },
        representative_name: fact(&facts, "representative_name")?,
        materials: &materials,
    };
    let (unit, _) = found(app, tx, &founding).await?;
    let on = case.id.to_string();
    prove(app, tx, unit, EvidenceKind::Operator, OPERATOR, &on).await?;
    Ok(Told::person(case.person_id))
}
