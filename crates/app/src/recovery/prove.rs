//! Proving who one is: name, ID number and both sides of the ID card.

use domain::check_digit::IdCard;
use domain::document::MAINLAND;
use domain::id::RecoveryId;
use domain::person::PersonName;
use domain::policy::EvidenceKind;
use domain::recovery::{RecoveryState, STEP_LIFETIME_US, Step, TRIES_MAX};
use domain::review::MaterialRole;
use store::Tx;
use store::person::Person;
use store::recovery::Recovery;

use super::{find, lock, step};
use crate::person::{compare_sides, read_sides};
use crate::{App, Error, Kind, Result, material, personal};

/// What somebody says of themselves.
pub struct Claim<'a> {
    /// Name.
    pub name: &'a str,
    /// ID number.
    pub id_number: &'a str,
    /// They have looked at a name that was not read surely.
    pub name_confirmed: bool,
}

/// Reads the card, compares it with what was typed, and that with the account. Whoever is not its owner, whoever has no
/// mainland document, whoever never handed in a card, and whoever names a number without an account get one answer.
///
/// # Errors
/// `recovery_not_found`, `recovery_expired`, `recovery_order`, `name_invalid`, `id_number_invalid`, `photo_missing` `{role}`,
/// `recovery_limit`, `id_card_unavailable` (nothing counted), `id_card_retake`, `id_card_mismatch`, `id_card_unsure`,
/// `id_card_expired`, `recovery_not_possible`.
pub async fn prove(app: &App, id: RecoveryId, secret: &str, claim: &Claim<'_>) -> Result<()> {
    let found = find(app, &app.db, id, secret).await?;
    if found.state == RecoveryState::Proven {
        return Ok(());
    }
    step(&found, Step::Prove, app.now())?;
    let name = PersonName::parse(claim.name).map_err(|_| Error::invalid("name_invalid"))?;
    let number = IdCard::parse(claim.id_number.trim(), app.now().day())
        .map_err(|_| Error::invalid("id_number_invalid"))?;
    let front = photo(app, id, MaterialRole::DocumentFront).await?;
    let back = photo(app, id, MaterialRole::DocumentBack).await?;
    if !store::recovery::count_try(&app.db, id, TRIES_MAX).await? {
        return Err(Error::conflict("recovery_limit"));
    }
    let read = async {
        let (front, back) = read_sides(app, &front, &back).await?;
        compare_sides(app, (&name, &number), claim.name_confirmed, front, back)
    };
    if let Err(error) = read.await {
        if error.kind() == Kind::Unavailable {
            store::recovery::forgive_try(&app.db, id).await?;
        }
        return Err(error);
    }
    let mut tx = app.db.begin_write("recovery.prove").await?;
    let found = lock(app, &mut tx, id, secret).await?;
    let state = step(&found, Step::Prove, app.now())?;
    let owner = owner(app, &mut tx, &found, &name, &number).await?;
    let proven = Recovery {
        state,
        person_id: Some(
            owner
                .ok_or_else(|| Error::conflict("recovery_not_possible"))?
                .id,
        ),
        expires_at: app.now().plus_micros(STEP_LIFETIME_US),
        ..found.clone()
    };
    store::recovery::put(&mut tx, found.state, &proven).await?;
    Ok(tx.commit().await?)
}

/// The account with the number, if these facts are its own and its card was handed in before.
async fn owner(
    app: &App,
    tx: &mut Tx,
    recovery: &Recovery,
    name: &PersonName,
    number: &IdCard,
) -> Result<Option<Person>> {
    let Some(person) = super::review::holder(tx, recovery).await? else {
        return Ok(None);
    };
    let Some(sealed) = &person.name else {
        return Ok(None);
    };
    let hash = personal::id_number_hash(app, number.as_str());
    let is_theirs = person.nationality.as_deref() == Some(MAINLAND)
        && person.id_number_hash.as_deref() == Some(&hash[..])
        && personal::open_name(app, person.id, sealed)?.as_str() == name.as_str();
    let passed = store::evidence::passed_by_person(tx, person.id).await?;
    let handed_in = passed.contains(&EvidenceKind::IdCard);
    Ok(Some(person).filter(|_| is_theirs && handed_in))
}

async fn photo(app: &App, id: RecoveryId, role: MaterialRole) -> Result<Vec<u8>> {
    let found = store::recovery::find_photo(&app.db, id, role).await?;
    let missing = || Error::invalid("photo_missing").with("role", role.as_str());
    material::open_sealed(app, &found.ok_or_else(missing)?.sealed_sha256).await
}
