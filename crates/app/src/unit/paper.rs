//! Papers of a registration: read from a photo, and compared with what was typed (UNIT-1, UNIT-3).

use std::collections::BTreeMap;

use domain::Day;
use domain::id::{MaterialId, PaperId, PersonId};
use domain::review::MaterialRole;
use domain::unit::UnitName;
use providers::ocr::{Document, Field, Reading, Retake};
use serde_json::Value;
use store::paper::Pending;
use store::{Tx, material::Material};

use super::check::offering;
use crate::person::require_verified;
use crate::{App, Caller, Error, Result, material, personal};

const FIELDS: &str = "paper.fields";
/// What the back of an ID card says that never runs out.
const FOR_EVER: &str = "长期";

/// What a paper says.
pub(super) type Fields = BTreeMap<String, String>;

/// A paper that was read.
pub struct Recognised {
    /// By which a registration names it.
    pub paper_id: PaperId,
    /// Every field: name, text, and whether it may be taken without a look.
    pub fields: Vec<Field>,
}

/// What paper a registration's role is, if it is one that can be read.
fn document(role: MaterialRole) -> Option<Document> {
    match role {
        MaterialRole::PowerOfAttorney => Some(Document::PowerOfAttorney),
        MaterialRole::RepresentativeFront => Some(Document::IdCardFront),
        MaterialRole::RepresentativeBack => Some(Document::IdCardBack),
        _ => None,
    }
}

/// Reads a paper of a registration: the power of attorney or a side of the legal representative's card.
///
/// # Errors
/// `not_verified`, `material_not_found`, `paper_role_invalid`, `paper_not_picture`, `paper_retake` `{reason, review_offered}`,
/// `ocr_unavailable` (nothing counted).
pub async fn recognise(
    app: &App,
    caller: &Caller,
    role: MaterialRole,
    photo: MaterialId,
) -> Result<Recognised> {
    let person = caller.person_id;
    require_verified(app, &app.db, person).await?;
    let document = document(role).ok_or_else(|| Error::invalid("paper_role_invalid"))?;
    let found = material::own(&app.db, person, photo).await?;
    let pending = Pending {
        id: app.new_id(),
        person_id: person,
        role,
        material_id: photo,
        at: app.now(),
    };
    store::paper::insert_pending(&app.db, &pending).await?;
    let id = pending.id;
    match read(app, &found, document).await {
        Ok(Reading::Read(fields)) => {
            let texts: BTreeMap<&str, &str> = fields
                .iter()
                .map(|field| (field.name, field.text.as_str()))
                .collect();
            let json = serde_json::to_string(&texts).map_err(Error::internal)?;
            let sealed = app.vault.wrap_text(FIELDS, id.as_bytes(), &json)?;
            store::paper::read(&app.db, id, &sealed).await?;
            Ok(Recognised {
                paper_id: id,
                fields,
            })
        }
        Ok(Reading::Retake(why, _)) => {
            store::paper::fail(&app.db, id).await?;
            offering(app, person, retake(why)).await
        }
        Err(error) => {
            store::paper::forget_pending(&app.db, id).await?;
            Err(error)
        }
    }
}

pub(crate) fn retake(why: Retake) -> Error {
    Error::conflict("paper_retake").with("reason", why.as_str())
}

/// Reads a photo.
///
/// # Errors
/// `paper_not_picture`, `ocr_unavailable`.
pub(crate) async fn read(app: &App, photo: &Material, document: Document) -> Result<Reading> {
    // What reads papers reads pictures.
    if photo.media_type == "application/pdf" {
        return Err(Error::invalid("paper_not_picture"));
    }
    let bytes = material::open(app, photo).await?;
    let reading = app.providers.ocr.read(document, &bytes);
    match tokio::time::timeout(app.providers.photo_patience, reading).await {
        Ok(Ok(reading)) => Ok(reading),
        Ok(Err(unavailable)) => Err(Error::unavailable("ocr_unavailable").because(unavailable)),
        Err(elapsed) => Err(Error::unavailable("ocr_unavailable").because(elapsed)),
    }
}

/// The papers of a registration by an administrator, by the ids that reading them gave.
#[derive(Clone, Copy)]
pub struct Papers {
    /// The power of attorney.
    pub power_of_attorney: PaperId,
    /// The legal representative's card, the side with the portrait.
    pub representative_front: PaperId,
    /// Its other side.
    pub representative_back: PaperId,
}

/// What the papers have to agree with.
pub(super) struct Expected<'a> {
    pub name: &'a str,
    pub uscc: &'a str,
    pub representative_name: &'a str,
    pub representative_number: &'a str,
    /// Who is given power: the caller.
    pub agent_name: &'a str,
    /// The keyed hash of their ID number.
    pub agent_hash: Option<&'a [u8]>,
    pub today: Day,
}

/// The photos of papers that say what was typed; those that do not are counted as failed recognitions.
///
/// # Errors
/// `paper_not_found` `{role}`, `paper_mismatch` `{fields, review_offered}` with fields such as
/// `representative_front.id_number`.
pub(super) async fn compare(
    app: &App,
    person: PersonId,
    papers: Papers,
    expected: &Expected<'_>,
) -> Result<Vec<(MaterialRole, MaterialId)>> {
    let mut tx = app.db.begin_write("unit.compare_papers").await?;
    let (mut wrong, mut materials) = (Vec::new(), Vec::new());
    for (role, id) in [
        (MaterialRole::PowerOfAttorney, papers.power_of_attorney),
        (
            MaterialRole::RepresentativeFront,
            papers.representative_front,
        ),
        (MaterialRole::RepresentativeBack, papers.representative_back),
    ] {
        let (material, fields) = load(app, &mut tx, person, role, id).await?;
        let differing = differing(app, role, &fields, expected);
        if !differing.is_empty() {
            let failed = app.new_id();
            store::paper::insert_failed(&mut tx, failed, person, role, app.now()).await?;
        }
        let named = differing.into_iter();
        wrong.extend(named.map(|field| Value::from(format!("{}.{field}", role.as_str()))));
        materials.push((role, material));
    }
    tx.commit().await?;
    if wrong.is_empty() {
        return Ok(materials);
    }
    let refusal = Error::conflict("paper_mismatch").with("fields", wrong);
    offering(app, person, refusal).await
}

async fn load(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    role: MaterialRole,
    id: PaperId,
) -> Result<(MaterialId, Fields)> {
    let missing = || Error::not_found("paper_not_found").with("role", role.as_str());
    let found = store::paper::find(tx, person, id).await?;
    let paper = found
        .filter(|paper| paper.role == role)
        .ok_or_else(missing)?;
    let json = app
        .vault
        .unwrap_text(FIELDS, id.as_bytes(), &paper.fields)?;
    let fields = serde_json::from_str(&json).map_err(Error::internal)?;
    Ok((paper.material_id, fields))
}

/// Which fields of a paper say something else. What a power of attorney leaves out is no contradiction, but for the company
/// and the person it empowers.
fn differing(
    app: &App,
    role: MaterialRole,
    fields: &Fields,
    expected: &Expected<'_>,
) -> Vec<&'static str> {
    let says = |name: &str| fields.get(name).map(String::as_str);
    let is = |name: &str, wanted: &str| says(name) == Some(wanted);
    let may_be = |name: &str, wanted: &str| says(name).is_none_or(|text| text == wanted);
    let over = says("valid_to").is_some_and(|end| is_over(end, expected.today));
    let agrees: Vec<(&'static str, bool)> = match role {
        MaterialRole::RepresentativeFront => vec![
            ("name", is("name", expected.representative_name)),
            ("id_number", is("id_number", expected.representative_number)),
        ],
        MaterialRole::RepresentativeBack => vec![("valid_to", says("valid_to").is_some() && !over)],
        _ => {
            let company = says("company").map(UnitName::parse);
            let company =
                company.is_some_and(|name| name.is_ok_and(|name| name.as_str() == expected.name));
            let number =
                says("agent_id_number").map(|number| personal::id_number_hash(app, number));
            vec![
                ("company", company),
                ("uscc", may_be("uscc", expected.uscc)),
                (
                    "legal_representative",
                    may_be("legal_representative", expected.representative_name),
                ),
                ("agent", is("agent", expected.agent_name)),
                (
                    "agent_id_number",
                    number.is_some_and(|hash| expected.agent_hash == Some(&hash)),
                ),
                ("valid_to", !over),
            ]
        }
    };
    let wrong = agrees.into_iter().filter(|(_, agrees)| !agrees);
    wrong.map(|(field, _)| field).collect()
}

/// Whether a term that ends on `YYYY-MM-DD` is over today.
pub(crate) fn is_over(end: &str, today: Day) -> bool {
    if end == FOR_EVER {
        return false;
    }
    let mut parts = end.splitn(3, '-');
    let mut next = || parts.next().and_then(|part| part.parse::<i16>().ok());
    let (year, month, day) = (next(), next(), next());
    let narrow = |part: Option<i16>| part.and_then(|part| i8::try_from(part).ok());
    let end = match (year, narrow(month), narrow(day)) {
        (Some(year), Some(month), Some(day)) => Day::new(year, month, day),
        _ => None,
    };
    end.is_none_or(|end| end.start() < today.start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_1_a_card_is_good_until_the_end_of_its_last_day() {
        let today = Day::new(2026, 3, 2).expect("a day");
        for (end, over) in [
            ("2026-03-02", false),
            ("2026-03-01", true),
            ("长期", false),
            ("2040-05-06", false),
            ("2026-13-01", true),
            ("nonsense", true),
        ] {
            assert_eq!(is_over(end, today), over, "{end}");
        }
    }
}
