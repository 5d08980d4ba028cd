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
    /// How it is registered.
    pub registration: Registration,
    /// Name as registered.
    pub name: &'a str,
    /// 单位编码
    pub unit_code: &'a str,
    /// The legal representative, if it is known that they have an account.
    pub legal_representative_id: Option<PersonId>,
    /// Their name as registered, ciphertext.
    pub legal_representative_name: &'a [u8],
    /// The keyed hash of their document's number, while it is not known whether they have an account.
    pub legal_representative_hash: Option<[u8; 32]>,
    /// Now.
    pub at: Instant,
}

/// The number that a register gave a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Unified social credit code.
    Uscc(String),
    /// Registered elsewhere.
    Elsewhere {
        /// Country or region, two letters.
        country: String,
        /// The number as it is shown.
        number: String,
        /// The number as it is compared.
        key: String,
    },
}

impl Registration {
    /// The number by which people know the unit.
    #[must_use]
    pub fn number(&self) -> &str {
        match self {
            Self::Uscc(number) | Self::Elsewhere { number, .. } => number,
        }
    }

    /// The unified social credit code, if it has one.
    #[must_use]
    pub fn uscc(&self) -> Option<&str> {
        match self {
            Self::Uscc(uscc) => Some(uscc),
            Self::Elsewhere { .. } => None,
        }
    }

    /// Country or region: `CN` on the mainland.
    #[must_use]
    pub fn country(&self) -> &str {
        match self {
            Self::Uscc(_) => "CN",
            Self::Elsewhere { country, .. } => country,
        }
    }
}

/// A unit as stored.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Id.
    pub id: UnitId,
    /// How it is registered.
    pub registration: Registration,
    /// Name as registered.
    pub name: String,
    /// 单位编码
    pub unit_code: String,
    /// The legal representative, once it is known that they have an account.
    pub legal_representative_id: Option<PersonId>,
    /// Their name as registered, ciphertext.
    pub legal_representative_name: Vec<u8>,
    /// The keyed hash of their document's number, until then.
    pub legal_representative_hash: Option<Vec<u8>>,
}

macro_rules! columns {
    () => {
        "u.id, u.uscc, u.country, u.registration_number, u.registration_key, u.name, u.unit_code, u.legal_representative_id, u.legal_representative_name, u.legal_representative_hash"
    };
}

/// A unit and what one of its people is in it.
#[derive(Clone, Debug)]
pub struct Belonging {
    /// The unit.
    pub unit: Unit,
    /// The role.
    pub role: Role,
}

/// Registers a unit unless its number or code is taken; tells whether it did.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(tx: &mut Tx, unit: &NewUnit<'_>) -> Result<bool> {
    // Nothing is raised on a conflict, since PostgreSQL would give up the transaction.
    let text = "INSERT INTO unit (id, uscc, country, registration_number, registration_key, name, unit_code,
            legal_representative_id, legal_representative_name, legal_representative_hash, created_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
    let (number, key) = match &unit.registration {
        Registration::Uscc(_) => (None, None),
        Registration::Elsewhere { number, key, .. } => (Some(number), Some(key)),
    };
    let query = sql!(
        "unit.insert",
        text,
        unit.id,
        unit.registration.uscc(),
        unit.registration.country(),
        number,
        key,
        unit.name,
        unit.unit_code,
        unit.legal_representative_id,
        unit.legal_representative_name,
        unit.legal_representative_hash,
        unit.at
    );
    Ok(query.execute(tx).await? == 1)
}

/// The unit with a register's number.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_registered(
    at: impl Into<Exec<'_>>,
    registration: &Registration,
) -> Result<Option<Unit>> {
    let query = match registration {
        Registration::Uscc(uscc) => {
            let text = concat!("SELECT ", columns!(), " FROM unit u WHERE u.uscc = $1");
            sql!("unit.find_by_uscc", text, uscc)
        }
        Registration::Elsewhere { country, key, .. } => {
            let text = concat!(
                "SELECT ",
                columns!(),
                " FROM unit u WHERE u.country = $1 AND u.registration_key = $2"
            );
            sql!("unit.find_elsewhere", text, country, key)
        }
    };
    query.optional(at).await?.as_ref().map(read).transpose()
}

/// A unit by id.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn get(at: impl Into<Exec<'_>>, id: UnitId) -> Result<Unit> {
    let text = concat!("SELECT ", columns!(), " FROM unit u WHERE u.id = $1");
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
    let text = concat!("SELECT ", columns!(), " FROM unit u WHERE u.id = $1");
    let row = sql!("unit.lock", text, id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Lets the unit's version rise: whoever looks at it looks again.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn touch(tx: &mut Tx, id: UnitId) -> Result<()> {
    let text = "UPDATE unit SET version = version + 1 WHERE id = $1";
    sql!("unit.touch", text, id).execute_one(tx).await
}

/// Writes down that the legal representative has an account.
///
/// # Errors
/// [`Error::Conflict`] when that is known already.
pub async fn set_legal_representative(tx: &mut Tx, id: UnitId, person: PersonId) -> Result<()> {
    let text = "UPDATE unit SET legal_representative_id = $2, legal_representative_hash = NULL, version = version + 1
        WHERE id = $1 AND legal_representative_id IS NULL";
    sql!("unit.set_legal_representative", text, id, person)
        .execute_one(tx)
        .await
}

/// Units whose name or code begins as asked, or whose unit code or registration number it is, by name.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn search(at: impl Into<Exec<'_>>, query: &UnitQuery, most: u32) -> Result<Vec<Unit>> {
    // A query has none of the characters that mean something to LIKE.
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM unit u WHERE u.name LIKE $1 OR u.uscc LIKE $2 OR u.unit_code = $3 OR u.registration_key = $4
        ORDER BY u.name, u.id LIMIT $5"
    );
    let code = query.as_code();
    let name = format!("{}%", query.as_name());
    let uscc = code.as_ref().map(|code| format!("{code}%"));
    let key = query.as_registration_key();
    sql!("unit.search", text, name, uscc, code, key, most)
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
    let text = concat!(
        "SELECT ",
        columns!(),
        ", m.role FROM membership m JOIN unit u ON u.id = m.unit_id
        WHERE m.person_id = $1 AND m.ended_us IS NULL ORDER BY m.id LIMIT 200"
    );
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
    let text = concat!(
        "SELECT ",
        columns!(),
        ", m.role FROM membership m JOIN unit u ON u.id = m.unit_id
        WHERE m.person_id = $1 AND m.ended_us IS NULL AND u.id = $2"
    );
    sql!("unit.find_of_person", text, person_id, unit_id)
        .optional(at)
        .await?
        .as_ref()
        .map(read_belonging)
        .transpose()
}

fn read(row: &Row) -> Result<Unit> {
    let registration = match row.opt_text("uscc")? {
        Some(uscc) => Registration::Uscc(uscc),
        None => Registration::Elsewhere {
            country: row.text("country")?,
            number: row.text("registration_number")?,
            key: row.text("registration_key")?,
        },
    };
    Ok(Unit {
        id: row.parse("id")?,
        registration,
        name: row.text("name")?,
        unit_code: row.text("unit_code")?,
        legal_representative_id: row.opt_parse("legal_representative_id")?,
        legal_representative_name: row.blob("legal_representative_name")?,
        legal_representative_hash: row.opt_blob("legal_representative_hash")?,
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
