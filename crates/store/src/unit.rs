//! Units and who belongs to them.

use domain::Instant;
use domain::id::{MembershipId, PersonId, UnitId};
use domain::unit::{Role, UnitQuery};

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// A unit that is about to be registered.
pub struct NewUnit<'a> {
    /// Id.
    pub id: UnitId,
    /// Unified social credit code.
    pub uscc: &'a str,
    /// Name as registered.
    pub name: &'a str,
    /// 单位编码
    pub unit_code: &'a str,
    /// The legal representative.
    pub legal_representative_id: PersonId,
    /// Their name as registered, ciphertext.
    pub legal_representative_name: &'a [u8],
    /// Now.
    pub at: Instant,
}

/// A unit as stored.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Id.
    pub id: UnitId,
    /// Unified social credit code.
    pub uscc: String,
    /// Name as registered.
    pub name: String,
    /// 单位编码
    pub unit_code: String,
    /// The legal representative.
    pub legal_representative_id: PersonId,
}

/// A unit and what one of its people is in it.
#[derive(Clone, Debug)]
pub struct Belonging {
    /// The unit.
    pub unit: Unit,
    /// The role.
    pub role: Role,
}

/// Registers a unit unless its USCC or code is taken; tells whether it did.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(tx: &mut Tx, unit: &NewUnit<'_>) -> Result<bool> {
    // Nothing is raised on a conflict, since PostgreSQL would give up the transaction.
    let text = "INSERT INTO unit (id, uscc, name, unit_code, legal_representative_id, legal_representative_name, created_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let NewUnit {
        id,
        uscc,
        name,
        unit_code,
        legal_representative_id,
        legal_representative_name,
        at,
    } = *unit;
    let query = sql!(
        "unit.insert",
        text,
        id,
        uscc,
        name,
        unit_code,
        legal_representative_id,
        legal_representative_name,
        at
    );
    Ok(query.execute(tx).await? == 1)
}

/// The unit with a USCC.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_by_uscc(at: impl Into<Exec<'_>>, uscc: &str) -> Result<Option<Unit>> {
    let text =
        "SELECT id, uscc, name, unit_code, legal_representative_id FROM unit WHERE uscc = $1";
    sql!("unit.find_by_uscc", text, uscc)
        .optional(at)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// A unit by id.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn get(at: impl Into<Exec<'_>>, id: UnitId) -> Result<Unit> {
    let text = "SELECT id, uscc, name, unit_code, legal_representative_id FROM unit WHERE id = $1";
    read(&sql!("unit.get", text, id).one(at).await?)
}

/// A unit by id, if there is one.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: UnitId) -> Result<Option<Unit>> {
    match get(at, id).await {
        Ok(unit) => Ok(Some(unit)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// A unit by id, held until the transaction ends: whatever changes who belongs to it waits here.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock(tx: &mut Tx, id: UnitId) -> Result<Option<Unit>> {
    let text = "SELECT id, uscc, name, unit_code, legal_representative_id FROM unit WHERE id = $1";
    let row = sql!("unit.lock", text, id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Units whose name or code begins as asked, or whose unit code it is, by name.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn search(at: impl Into<Exec<'_>>, query: &UnitQuery, most: u32) -> Result<Vec<Unit>> {
    // A query has none of the characters that mean something to LIKE.
    let text = "SELECT id, uscc, name, unit_code, legal_representative_id FROM unit
        WHERE name LIKE $1 OR uscc LIKE $2 OR unit_code = $3 ORDER BY name, id LIMIT $4";
    let code = query.as_code();
    let name = format!("{}%", query.as_name());
    let uscc = code.as_ref().map(|code| format!("{code}%"));
    sql!("unit.search", text, name, uscc, code, most)
        .all(at)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Lets a person in.
///
/// # Errors
/// [`Error::Conflict`] when they are in.
pub async fn insert_membership(
    tx: &mut Tx,
    id: MembershipId,
    unit_id: UnitId,
    person_id: PersonId,
    role: Role,
    by_right: bool,
    now: Instant,
) -> Result<()> {
    let text = "INSERT INTO membership (id, unit_id, person_id, role, by_right, joined_us) VALUES ($1, $2, $3, $4, $5, $6)";
    sql!(
        "membership.insert",
        text,
        id,
        unit_id,
        person_id,
        role.as_str(),
        by_right,
        now
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// The units a person belongs to, oldest first, 200 at most.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn of_person(at: impl Into<Exec<'_>>, person_id: PersonId) -> Result<Vec<Belonging>> {
    let text = "SELECT u.id, u.uscc, u.name, u.unit_code, u.legal_representative_id, m.role
        FROM membership m JOIN unit u ON u.id = m.unit_id WHERE m.person_id = $1 AND m.ended_us IS NULL ORDER BY m.id LIMIT 200";
    sql!("unit.of_person", text, person_id)
        .all(at)
        .await?
        .iter()
        .map(read_belonging)
        .collect()
}

/// One of the units a person belongs to.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_of_person(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    unit_id: UnitId,
) -> Result<Option<Belonging>> {
    let text = "SELECT u.id, u.uscc, u.name, u.unit_code, u.legal_representative_id, m.role
        FROM membership m JOIN unit u ON u.id = m.unit_id WHERE m.person_id = $1 AND m.ended_us IS NULL AND u.id = $2";
    sql!("unit.find_of_person", text, person_id, unit_id)
        .optional(at)
        .await?
        .as_ref()
        .map(read_belonging)
        .transpose()
}

fn read(row: &Row) -> Result<Unit> {
    Ok(Unit {
        id: row.parse("id")?,
        uscc: row.text("uscc")?,
        name: row.text("name")?,
        unit_code: row.text("unit_code")?,
        legal_representative_id: row.parse("legal_representative_id")?,
    })
}

fn read_belonging(row: &Row) -> Result<Belonging> {
    let role = Role::parse(&row.text("role")?).ok_or_else(|| Error::Column {
        column: "role".to_owned(),
        expected: "a role",
    })?;
    Ok(Belonging {
        unit: read(row)?,
        role,
    })
}
