//! Memberships: who belongs to which unit, and who did.

use domain::Instant;
use domain::id::{MembershipId, PersonId, UnitId};
use domain::membership::Place;
use domain::unit::Role;

use crate::{Error, Exec, Result, Row, Tx, sql};

/// Most members that one list shows.
pub const LIST_MAX: u32 = 1000;

/// A living membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// Of which unit.
    pub unit_id: UnitId,
    /// Whose.
    pub person_id: PersonId,
    /// What the person is there.
    pub place: Place,
    /// Since when.
    pub joined_at: Instant,
    /// Raised with each change.
    pub version: u32,
}

/// A living membership with what others see of the person, as ciphertext.
pub struct Member {
    /// The membership.
    pub membership: Membership,
    /// The name, once it is proven.
    pub name: Option<Vec<u8>>,
    /// The number.
    pub phone: Vec<u8>,
}

/// Why a membership ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By the member.
    Left,
    /// By an administrator.
    Removed,
}

impl Ended {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Removed => "removed",
        }
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT m.id, m.unit_id, m.person_id, m.role, m.by_right, m.joined_us, m.version FROM membership m ",
            $tail
        )
    };
}

/// The living membership of a person in a unit.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
) -> Result<Option<Membership>> {
    let text = select!("WHERE m.unit_id = $1 AND m.person_id = $2 AND m.ended_us IS NULL");
    let row = sql!("membership.find", text, unit, person)
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// A living membership of a unit by its id.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_by_id(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    id: MembershipId,
) -> Result<Option<Membership>> {
    let text = select!("WHERE m.id = $1 AND m.unit_id = $2 AND m.ended_us IS NULL");
    let row = sql!("membership.find_by_id", text, id, unit)
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Everybody who belongs to a unit: administrators first and the legal representative before them, then by how long they
/// have been there.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn of_unit(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Vec<Member>> {
    let text = "SELECT m.id, m.unit_id, m.person_id, m.role, m.by_right, m.joined_us, m.version, p.name, p.phone
        FROM membership m JOIN person p ON p.id = m.person_id WHERE m.unit_id = $1 AND m.ended_us IS NULL
        ORDER BY m.role, m.by_right DESC, m.joined_us, m.id LIMIT $2";
    let read_member = |row: &Row| {
        Ok(Member {
            membership: read(row)?,
            name: row.opt_blob("name")?,
            phone: row.blob("phone")?,
        })
    };
    sql!("membership.of_unit", text, unit, LIST_MAX)
        .all(at)
        .await?
        .iter()
        .map(read_member)
        .collect()
}

/// All living memberships of a unit.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn living(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Vec<Membership>> {
    let text = select!("WHERE m.unit_id = $1 AND m.ended_us IS NULL ORDER BY m.id");
    let rows = sql!("membership.living", text, unit).all(at).await?;
    rows.iter().map(read).collect()
}

/// The people who administer a unit.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn administrators(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<Vec<PersonId>> {
    let text = select!(
        "WHERE m.unit_id = $1 AND m.role = 'administrator' AND m.ended_us IS NULL ORDER BY m.id"
    );
    sql!("membership.administrators", text, unit)
        .all(at)
        .await?
        .iter()
        .map(|row| row.parse("person_id"))
        .collect()
}

/// Whether a person has left a unit since an instant.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn has_left(
    at: impl Into<Exec<'_>>,
    unit: UnitId,
    person: PersonId,
    since: Instant,
) -> Result<bool> {
    let text =
        "SELECT id FROM membership WHERE unit_id = $1 AND person_id = $2 AND ended_us > $3 LIMIT 1";
    let row = sql!("membership.has_left", text, unit, person, since)
        .optional(at)
        .await?;
    Ok(row.is_some())
}

/// Writes what somebody is from now on over the row of the same version.
///
/// # Errors
/// [`Error::Conflict`] when the row moved on.
pub async fn set_place(tx: &mut Tx, membership: &Membership, place: Place) -> Result<()> {
    let text = "UPDATE membership SET role = $3, by_right = $4, version = version + 1 WHERE id = $1 AND version = $2 AND ended_us IS NULL";
    sql!(
        "membership.set_place",
        text,
        membership.id,
        membership.version,
        place.role.as_str(),
        place.by_right
    )
    .execute_one(tx)
    .await
}

/// Ends a membership of the same version.
///
/// # Errors
/// [`Error::Conflict`] when the row moved on.
pub async fn end(tx: &mut Tx, membership: &Membership, why: Ended, now: Instant) -> Result<()> {
    let text = "UPDATE membership SET ended_us = $3, ended_why = $4, version = version + 1 WHERE id = $1 AND version = $2 AND ended_us IS NULL";
    sql!(
        "membership.end",
        text,
        membership.id,
        membership.version,
        now,
        why.as_str()
    )
    .execute_one(tx)
    .await
}

/// A number that rises with every change of a unit, its memberships, applications and cases: no such row is ever deleted.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn version_of_unit(at: impl Into<Exec<'_>>, unit: UnitId) -> Result<i64> {
    let text = "SELECT CAST(coalesce((SELECT sum(version) FROM membership WHERE unit_id = $1), 0)
        + coalesce((SELECT sum(version) FROM application WHERE unit_id = $1), 0)
        + coalesce((SELECT sum(version) FROM review_case WHERE unit_id = $1), 0)
        + coalesce((SELECT version FROM unit WHERE id = $1), 0) AS BIGINT) AS version";
    sql!("membership.version_of_unit", text, unit)
        .one(at)
        .await?
        .int("version")
}

/// The same for what one person belongs to and has asked for, of administrators or of operators.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn version_of_person(at: impl Into<Exec<'_>>, person: PersonId) -> Result<i64> {
    let text = "SELECT CAST(coalesce((SELECT sum(version) FROM membership WHERE person_id = $1), 0)
        + coalesce((SELECT sum(version) FROM application WHERE applicant_id = $1), 0)
        + coalesce((SELECT sum(version) FROM review_case WHERE person_id = $1), 0)
        + coalesce((SELECT sum(version) FROM face_check WHERE person_id = $1), 0)
        + coalesce((SELECT sum(version) FROM unit WHERE id IN (SELECT unit_id FROM membership WHERE person_id = $1)), 0) AS BIGINT) AS version";
    sql!("membership.version_of_person", text, person)
        .one(at)
        .await?
        .int("version")
}

fn read(row: &Row) -> Result<Membership> {
    let role = Role::parse(&row.text("role")?).ok_or_else(|| Error::Column {
        column: "role".to_owned(),
        expected: "a role",
    })?;
    Ok(Membership {
        id: row.parse("id")?,
        unit_id: row.parse("unit_id")?,
        person_id: row.parse("person_id")?,
        place: Place {
            role,
            by_right: row.bool("by_right")?,
        },
        joined_at: row.instant("joined_us")?,
        version: row.u32("version")?,
    })
}
