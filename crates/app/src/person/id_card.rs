//! Real name, second step: both sides of the ID card, read and compared with what the authority confirmed (IDV-1).

use domain::check_digit::IdCard;
use domain::document::MAINLAND;
use domain::id::{EvidenceId, MaterialId, PersonId};
use domain::id_card_reading::{Finding, Reading, judge};
use domain::person::PersonName;
use domain::policy::EvidenceKind;
use domain::review::MaterialRole;
use providers::ocr::{self, Document, Field};
use store::evidence::Pending;
use store::person::Person;

use super::identify::PENDING_US;
use super::{Standing, standing};
use crate::limit::too_many;
use crate::{App, Caller, Error, Result, material, personal};

/// Photos of a card that a person may hand in on one Shanghai day without success: reading them is work.
const FAILURES_MAX: i64 = 20;

/// Both sides, handed in before.
#[derive(Clone, Copy)]
pub struct Sides {
    /// With the portrait.
    pub front: MaterialId,
    /// With the emblem.
    pub back: MaterialId,
    /// The person has looked at a name that was not read surely, and says that it is theirs.
    pub confirmed: bool,
}

/// Reads and compares both sides. Once they were found good, a repeat changes nothing.
///
/// # Errors
/// `identity_needed` before name and number are known, `material_not_found`, `id_card_limit` `{retry_after_s}`,
/// `id_card_unavailable` (nothing counted), `id_card_retake` `{side, reason}`, `id_card_mismatch` `{field}`,
/// `id_card_unsure` `{read}`, `id_card_expired` `{valid_to}`.
pub async fn check_id_card(app: &App, caller: &Caller, sides: Sides) -> Result<Standing> {
    let person = caller.person_id;
    let front = material::own(&app.db, person, sides.front).await?;
    let back = material::own(&app.db, person, sides.back).await?;
    let Some((check, known)) = begin(app, person).await? else {
        return standing(app, &app.db, person).await;
    };
    let read = async {
        let front = material::open(app, &front).await?;
        read_sides(app, &front, &material::open(app, &back).await?).await
    };
    let (front, back) = match read.await {
        Ok(read) => read,
        Err(error) => {
            store::evidence::forget_pending(&app.db, check).await?;
            return Err(error);
        }
    };
    let known = (&known.name, &known.number);
    match compare_sides(app, known, sides.confirmed, front, back) {
        Ok(()) => accept(app, person, check, sides).await,
        Err(refusal) => {
            store::evidence::fail(&app.db, check).await?;
            Err(refusal)
        }
    }
}

/// Writes the check down, so that checks side by side count each other; none when the card was found good before.
async fn begin(app: &App, person: PersonId) -> Result<Option<(EvidenceId, Known)>> {
    let (now, kind) = (app.now(), EvidenceKind::IdCard);
    let mut tx = app.db.begin_write("person.id_card.begin").await?;
    let found = store::person::lock(&mut tx, person).await?;
    let passed = store::evidence::passed_by_person(&mut tx, person).await?;
    if passed.contains(&kind) {
        return Ok(None);
    }
    let known = Known::of(app, &found)?;
    let (today, pending) = (now.day(), now.plus_micros(-PENDING_US));
    let failed = store::evidence::failures(&mut tx, person, kind, today.start(), pending).await?;
    if failed >= FAILURES_MAX {
        let wait_us = today.next().start().micros_since(now);
        return Err(too_many("id_card_limit", wait_us));
    }
    let check = Pending {
        id: app.new_id(),
        person_id: person,
        kind,
        provider: app.providers.ocr.name(),
        at: now,
    };
    store::evidence::insert_pending(&mut tx, &check).await?;
    tx.commit().await?;
    Ok(Some((check.id, known)))
}

/// What the authority confirmed.
struct Known {
    name: PersonName,
    number: IdCard,
}

impl Known {
    fn of(app: &App, person: &Person) -> Result<Self> {
        let needed = || Error::conflict("identity_needed");
        if person.nationality.as_deref() != Some(MAINLAND) {
            return Err(needed());
        }
        let sealed = person.name.as_deref().zip(person.id_number.as_deref());
        let (name, number) = sealed.ok_or_else(needed)?;
        let name = personal::open_name(app, person.id, name)?;
        let number = personal::open_id_number(app, person.id, number)?;
        Ok(Self {
            name: PersonName::parse(&name).map_err(Error::internal)?,
            number: IdCard::parse(&number, app.now().day()).map_err(Error::internal)?,
        })
    }
}

/// Both sides, read side by side.
///
/// # Errors
/// `id_card_unavailable`.
pub(crate) async fn read_sides(
    app: &App,
    front: &[u8],
    back: &[u8],
) -> Result<(ocr::Reading, ocr::Reading)> {
    tokio::try_join!(
        read_side(app, Document::IdCardFront, front),
        read_side(app, Document::IdCardBack, back)
    )
}

/// One side, read.
///
/// # Errors
/// `id_card_unavailable`.
async fn read_side(app: &App, document: Document, photo: &[u8]) -> Result<ocr::Reading> {
    let asked = app.providers.ocr.read(document, photo);
    match tokio::time::timeout(app.providers.photo_patience, asked).await {
        Ok(Ok(reading)) => Ok(reading),
        Ok(Err(gone)) => Err(Error::unavailable("id_card_unavailable").because(gone)),
        Err(elapsed) => Err(Error::unavailable("id_card_unavailable").because(elapsed)),
    }
}

/// Whether both sides are of the card of this name and number, and good today.
///
/// # Errors
/// `id_card_retake`, `id_card_mismatch`, `id_card_unsure`, `id_card_expired`.
pub(crate) fn compare_sides(
    app: &App,
    (name, number): (&PersonName, &IdCard),
    confirmed: bool,
    front: ocr::Reading,
    back: ocr::Reading,
) -> Result<()> {
    let (front, back) = (fields("front", front)?, fields("back", back)?);
    let reading = Reading {
        name: field(&front, "name"),
        id_number: field(&front, "id_number"),
        valid_to: field(&back, "valid_to"),
    };
    match judge(reading, name, number, confirmed, app.now().day()) {
        Finding::Passed => Ok(()),
        Finding::FrontUnclear => Err(retake("front", ocr::Retake::Unclear)),
        Finding::BackUnclear => Err(retake("back", ocr::Retake::Unclear)),
        Finding::NumberDiffers => Err(Error::conflict("id_card_mismatch").with("field", "number")),
        Finding::NameDiffers => Err(Error::conflict("id_card_mismatch").with("field", "name")),
        Finding::NameUnsure => {
            let read = reading.name.map_or("", |(text, _)| text);
            Err(Error::conflict("id_card_unsure").with("read", read))
        }
        Finding::Expired(last) => {
            Err(Error::conflict("id_card_expired").with("valid_to", last.to_string()))
        }
    }
}

fn fields(side: &'static str, reading: ocr::Reading) -> Result<Vec<Field>> {
    match reading {
        ocr::Reading::Read(fields) => Ok(fields),
        ocr::Reading::Retake(why, _) => Err(retake(side, why)),
    }
}

fn field<'a>(fields: &'a [Field], name: &str) -> Option<(&'a str, bool)> {
    let found = fields.iter().find(|field| field.name == name);
    found.map(|field| (field.text.as_str(), field.sure))
}

fn retake(side: &'static str, why: ocr::Retake) -> Error {
    let refusal = Error::conflict("id_card_retake").with("side", side);
    refusal.with("reason", why.as_str())
}

async fn accept(app: &App, person: PersonId, check: EvidenceId, sides: Sides) -> Result<Standing> {
    let mut tx = app.db.begin_write("person.id_card.accept").await?;
    store::person::lock(&mut tx, person).await?;
    let passed = store::evidence::passed_by_person(&mut tx, person).await?;
    if passed.contains(&EvidenceKind::IdCard) {
        // Another request was faster, with photos that are good as well.
        store::evidence::forget_pending(&mut tx, check).await?;
    } else {
        material::keep(app, &mut tx, person, [sides.front, sides.back]).await?;
        let said = if sides.confirmed {
            "name_confirmed"
        } else {
            ""
        };
        let sealed = app
            .vault
            .wrap_text("evidence.material", check.as_bytes(), said)?;
        store::evidence::pass(&mut tx, check, &sealed).await?;
        let roles = [
            (MaterialRole::DocumentFront, sides.front),
            (MaterialRole::DocumentBack, sides.back),
        ];
        for (role, id) in roles {
            store::evidence::tie(&mut tx, check, role, id).await?;
        }
    }
    let now = standing(app, &mut tx, person).await?;
    tx.commit().await?;
    Ok(now)
}
