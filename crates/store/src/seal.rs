//! Seals and the grants under which members use them.

use std::collections::HashMap;

use domain::Instant;
use domain::id::{PersonId, SealGrantId, SealId, UnitId};
use domain::seal::{Grant, Kind};

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// A seal. Parameters and artwork are sealed by the vault.
#[derive(Clone, Debug)]
pub struct Seal {
    /// Its id.
    pub id: SealId,
    /// Its unit, for a unit's seal.
    pub unit_id: Option<UnitId>,
    /// Its owner, for a personal seal.
    pub person_id: Option<PersonId>,
    /// What it is.
    pub kind: Kind,
    /// Wrapped JSON of text and style.
    pub parameters: Vec<u8>,
    /// Wrapped JSON of the picture.
    pub artwork: Vec<u8>,
    /// Micrometres.
    pub width_um: i64,
    /// Micrometres.
    pub height_um: i64,
    /// Who made it.
    pub made_by: PersonId,
    /// When.
    pub made_at: Instant,
    /// Since when it is void.
    pub voided_at: Option<Instant>,
}

/// Most seals that one list shows.
const LIST_MAX: &str = "SELECT * FROM seal WHERE unit_id = $1 ORDER BY made_at_us, id LIMIT 200";

/// Writes a new seal.
///
/// # Errors
/// [`Error`] when the database fails or an owner does not exist.
pub async fn insert(at: impl Into<Exec<'_>>, seal: &Seal) -> Result<()> {
    let text = "INSERT INTO seal (id, unit_id, person_id, kind, parameters, artwork, width_um, height_um, made_by, made_at_us) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    sql!(
        "seal.insert",
        text,
        seal.id,
        seal.unit_id,
        seal.person_id,
        seal.kind.as_str(),
        &seal.parameters,
        &seal.artwork,
        seal.width_um,
        seal.height_um,
        seal.made_by,
        seal.made_at
    )
    .execute_one(at)
    .await
}

/// The seal of an id.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: SealId) -> Result<Option<Seal>> {
    let row = sql!("seal.find", "SELECT * FROM seal WHERE id = $1", id)
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The seal of an id, held until the transaction ends.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock(tx: &mut Tx, id: SealId) -> Result<Option<Seal>> {
    let row = sql!("seal.lock", "SELECT * FROM seal WHERE id = $1", id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The seals of a unit, oldest first.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn of_unit(at: impl Into<Exec<'_>>, unit_id: UnitId) -> Result<Vec<Seal>> {
    sql!("seal.of_unit", LIST_MAX, unit_id)
        .all(at)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// The personal seals of a person, oldest first.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn of_person(at: impl Into<Exec<'_>>, person_id: PersonId) -> Result<Vec<Seal>> {
    let text = "SELECT * FROM seal WHERE person_id = $1 ORDER BY made_at_us, id LIMIT 200";
    sql!("seal.of_person", text, person_id)
        .all(at)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Voids a seal.
///
/// # Errors
/// [`Error::Conflict`] when it is unknown or was void before.
pub async fn void(at: impl Into<Exec<'_>>, id: SealId, now: Instant) -> Result<()> {
    let text = "UPDATE seal SET voided_at_us = $2, version = version + 1 WHERE id = $1 AND voided_at_us IS NULL";
    sql!("seal.void", text, id, now).execute_one(at).await
}

/// The newest grant of a person for a seal.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn newest_grant(
    at: impl Into<Exec<'_>>,
    seal_id: SealId,
    person_id: PersonId,
) -> Result<Option<Grant>> {
    let text = "SELECT until_us, recalled_at_us FROM seal_grant WHERE seal_id = $1 AND person_id = $2 ORDER BY granted_at_us DESC, id DESC LIMIT 1";
    let row = sql!("seal_grant.newest", text, seal_id, person_id)
        .optional(at)
        .await?;
    row.as_ref().map(read_grant).transpose()
}

/// The newest grant of a person for each seal of a unit that was ever lent to them.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lent_to(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
) -> Result<HashMap<SealId, Grant>> {
    let text = "SELECT g.seal_id, g.until_us, g.recalled_at_us FROM seal_grant g JOIN seal s ON s.id = g.seal_id
        WHERE s.unit_id = $1 AND g.person_id = $2 ORDER BY g.granted_at_us, g.id";
    let rows = sql!("seal_grant.lent_to", text, unit, person)
        .all(at)
        .await?;
    rows.iter()
        .map(|row| Ok((row.parse("seal_id")?, read_grant(row)?)))
        .collect()
}

/// Lends a seal to a person until an instant.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn grant(
    at: impl Into<Exec<'_>>,
    id: SealGrantId,
    seal_id: SealId,
    person_id: PersonId,
    until: Instant,
    by: PersonId,
    now: Instant,
) -> Result<()> {
    let text = "INSERT INTO seal_grant (id, seal_id, person_id, until_us, granted_by, granted_at_us) VALUES ($1, $2, $3, $4, $5, $6)";
    sql!(
        "seal_grant.insert",
        text,
        id,
        seal_id,
        person_id,
        until,
        by,
        now
    )
    .execute_one(at)
    .await
}

/// Recalls all grants of a person for the seals of a unit.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn recall_all(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE seal_grant SET recalled_at_us = $3, version = version + 1
        WHERE person_id = $2 AND recalled_at_us IS NULL AND seal_id IN (SELECT id FROM seal WHERE unit_id = $1)";
    sql!("seal_grant.recall_all", text, unit, person, now)
        .execute(at)
        .await
        .map(|_| ())
}

/// The legal representative's seals of a unit end: void, and every grant recalled.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn end_of_representative(tx: &mut Tx, unit: UnitId, now: Instant) -> Result<()> {
    let text = "UPDATE seal_grant SET recalled_at_us = $2, version = version + 1
        WHERE recalled_at_us IS NULL AND seal_id IN (SELECT id FROM seal WHERE unit_id = $1 AND kind = 'legal_representative')";
    sql!("seal_grant.end_of_representative", text, unit, now)
        .execute(&mut *tx)
        .await?;
    let text = "UPDATE seal SET voided_at_us = $2, version = version + 1
        WHERE unit_id = $1 AND kind = 'legal_representative' AND voided_at_us IS NULL";
    sql!("seal.end_of_representative", text, unit, now)
        .execute(tx)
        .await
        .map(|_| ())
}

fn read_grant(row: &Row) -> Result<Grant> {
    Ok(Grant {
        until: row.instant("until_us")?,
        recalled_at: row.opt_instant("recalled_at_us")?,
    })
}

fn read(row: &Row) -> Result<Seal> {
    let kind = Kind::parse(&row.text("kind")?);
    Ok(Seal {
        id: row.parse("id")?,
        unit_id: row.opt_parse("unit_id")?,
        person_id: row.opt_parse("person_id")?,
        kind: kind.ok_or_else(|| Error::Column {
            column: "kind".to_owned(),
            expected: "a kind of seal",
        })?,
        parameters: row.blob("parameters")?,
        artwork: row.blob("artwork")?,
        width_um: row.int("width_um")?,
        height_um: row.int("height_um")?,
        made_by: row.parse("made_by")?,
        made_at: row.instant("made_at_us")?,
        voided_at: row.opt_instant("voided_at_us")?,
    })
}
