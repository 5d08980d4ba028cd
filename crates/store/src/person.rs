//! People.

use domain::Instant;
use domain::id::PersonId;

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A person as stored; personal data are ciphertext.
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// The number.
    pub phone: Vec<u8>,
    /// The name, once an authority confirmed it.
    pub name: Option<Vec<u8>>,
    /// The document's number, together with the name.
    pub id_number: Option<Vec<u8>>,
    /// Its keyed hash.
    pub id_number_hash: Option<Vec<u8>>,
    /// Whose it is, and what kind of document; together with the name.
    pub nationality: Option<String>,
    /// The kind of document.
    pub document_kind: Option<String>,
    /// Raised by every change.
    pub version: i64,
}

const COLUMNS: &str = "SELECT id, phone, name, id_number, id_number_hash, nationality, document_kind, version FROM person WHERE id = $1";

/// A document that was found to be a person's.
pub struct Document<'a> {
    /// The name on it, ciphertext.
    pub name: &'a [u8],
    /// Its number, ciphertext.
    pub number: &'a [u8],
    /// Keyed hash of what makes it the same document.
    pub hash: &'a [u8; 32],
    /// Whose: `CN`, `HK`, …
    pub nationality: &'a str,
    /// Which.
    pub kind: &'a str,
}

/// Finds the person with a number, or makes one.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_or_insert(
    tx: &mut Tx,
    new: PersonId,
    phone_hash: &[u8; 32],
    phone: &[u8],
    now: Instant,
) -> Result<PersonId> {
    // The idle update makes the existing row come back, and locks it.
    let text = "INSERT INTO person (id, phone_hash, phone, created_us) VALUES ($1, $2, $3, $4)
        ON CONFLICT (phone_hash) DO UPDATE SET version = person.version RETURNING id";
    sql!("person.find_or_insert", text, new, phone_hash, phone, now)
        .one(tx)
        .await?
        .parse("id")
}

/// A person by id.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none.
pub async fn get(at: impl Into<Exec<'_>>, id: PersonId) -> Result<Person> {
    read(&sql!("person.get", COLUMNS, id).one(at).await?)
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none.
pub async fn lock(tx: &mut Tx, id: PersonId) -> Result<Person> {
    read(
        &sql!("person.lock", COLUMNS, id)
            .for_update()
            .one(tx)
            .await?,
    )
}

/// Whether a document belongs to somebody else than `id`.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn document_is_of_another(
    at: impl Into<Exec<'_>>,
    id: PersonId,
    id_number_hash: &[u8; 32],
) -> Result<bool> {
    let text = "SELECT id FROM person WHERE id_number_hash = $1 AND id <> $2";
    Ok(sql!("person.document", text, id_number_hash, id)
        .optional(at)
        .await?
        .is_some())
}

/// The person with a document.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn find_by_document(
    at: impl Into<Exec<'_>>,
    id_number_hash: &[u8; 32],
) -> Result<Option<Person>> {
    let text = "SELECT id, phone, name, id_number, id_number_hash, nationality, document_kind, version FROM person WHERE id_number_hash = $1";
    let row = sql!("person.find_by_document", text, id_number_hash)
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Writes name and document.
///
/// # Errors
/// [`crate::Error::Conflict`] when the document is somebody else's, or when the person has one.
pub async fn put_document(tx: &mut Tx, id: PersonId, document: &Document<'_>) -> Result<()> {
    let text = "UPDATE person SET name = $2, id_number = $3, id_number_hash = $4, nationality = $5, document_kind = $6, version = version + 1 WHERE id = $1 AND name IS NULL";
    sql!(
        "person.put_document",
        text,
        id,
        document.name,
        document.number,
        document.hash,
        document.nationality,
        document.kind
    )
    .execute_one(tx)
    .await
}

/// Whether a person is the legal representative of some unit.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn is_legal_representative(at: impl Into<Exec<'_>>, id: PersonId) -> Result<bool> {
    let text = "SELECT id FROM unit WHERE legal_representative_id = $1 LIMIT 1";
    Ok(sql!("person.is_legal_representative", text, id)
        .optional(at)
        .await?
        .is_some())
}

/// The person with a number, locked until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock_by_phone(tx: &mut Tx, phone_hash: &[u8; 32]) -> Result<Option<PersonId>> {
    let text = "SELECT id FROM person WHERE phone_hash = $1";
    let row = sql!("person.lock_by_phone", text, phone_hash)
        .for_update()
        .optional(tx)
        .await?;
    row.map(|row| row.parse("id")).transpose()
}

/// Gives a person another number.
///
/// # Errors
/// [`crate::Error::Conflict`] when it is somebody else's.
pub async fn put_phone(
    tx: &mut Tx,
    id: PersonId,
    phone_hash: &[u8; 32],
    phone: &[u8],
) -> Result<()> {
    let text = "UPDATE person SET phone_hash = $2, phone = $3, version = version + 1 WHERE id = $1 AND cancelled_us IS NULL";
    sql!("person.put_phone", text, id, phone_hash, phone)
        .execute_one(tx)
        .await
}

/// Takes number, name and document out of a row that others point at, so that all three are free again. `nobody` stands
/// where the hash of the number was and is the hash of none.
///
/// # Errors
/// [`crate::Error::Conflict`] when the account has ended before.
pub async fn forget(tx: &mut Tx, id: PersonId, nobody: &[u8; 32], now: Instant) -> Result<()> {
    let text = "UPDATE person SET phone_hash = $2, phone = $3, name = NULL, id_number = NULL, id_number_hash = NULL,
        nationality = NULL, document_kind = NULL, cancelled_us = $4, version = version + 1 WHERE id = $1 AND cancelled_us IS NULL";
    sql!("person.forget", text, id, nobody, Vec::<u8>::new(), now)
        .execute_one(&mut *tx)
        .await?;
    for query in [
        sql!(
            "password_reset_key.forget",
            "DELETE FROM password_reset_key WHERE person_id = $1",
            id
        ),
        sql!(
            "password.forget_former",
            "DELETE FROM password_former WHERE person_id = $1",
            id
        ),
        sql!(
            "password.forget",
            "DELETE FROM password WHERE person_id = $1",
            id
        ),
        sql!(
            "device.forget",
            "UPDATE device SET name = '' WHERE person_id = $1",
            id
        ),
        sql!(
            "evidence.forget_material",
            "UPDATE evidence SET material = NULL WHERE person_id = $1",
            id
        ),
    ] {
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

fn read(row: &Row) -> Result<Person> {
    Ok(Person {
        id: row.parse("id")?,
        phone: row.blob("phone")?,
        name: row.opt_blob("name")?,
        id_number: row.opt_blob("id_number")?,
        id_number_hash: row.opt_blob("id_number_hash")?,
        nationality: row.opt_text("nationality")?,
        document_kind: row.opt_text("document_kind")?,
        version: row.int("version")?,
    })
}
