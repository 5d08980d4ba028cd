//! Operators: rows whose names, passwords and secrets are ciphertext.

mod session;
mod sign_in;

pub use session::{
    Found, Session, end, end_all, find_by_access, insert, insert_access, lock_by_refresh, rotate,
    sweep_access,
};
pub use sign_in::{
    Ticket, Try, count_try, drop_ticket, find_ticket, forget_tries, put_ticket, sweep_tickets,
    sweep_tries,
};

use domain::Instant;
use domain::id::OperatorId;
use domain::operator::OperatorRole;

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// Somebody behind the app.
#[derive(Clone, PartialEq, Eq)]
pub struct Operator {
    /// Id.
    pub id: OperatorId,
    /// The name.
    pub name: Vec<u8>,
    /// What for.
    pub roles: Vec<OperatorRole>,
    /// Hash of the password.
    pub password: Vec<u8>,
    /// It was made by somebody else.
    pub password_due: bool,
    /// The secret of the second factor, once enrolled.
    pub totp: Option<Vec<u8>>,
    /// The step of the newest code that was used.
    pub totp_step: i64,
    /// Kept out by an administrator.
    pub locked: bool,
    /// When made.
    pub created_at: Instant,
    /// Rises with every change.
    pub version: i64,
}

macro_rules! columns {
    () => {
        "o.id, o.name, o.roles, o.password, o.password_due, o.totp, o.totp_step, o.locked, o.created_us, o.version"
    };
}
use columns;

/// Makes one, unless the name is taken; tells whether it did.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert_new(tx: &mut Tx, new: &Operator, name_hash: &[u8; 32]) -> Result<bool> {
    let text = "INSERT INTO operator (id, name_hash, name, roles, password, password_due, created_us) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (name_hash) DO NOTHING";
    let made = sql!(
        "operator.insert",
        text,
        new.id,
        name_hash,
        &new.name,
        words(&new.roles),
        &new.password,
        new.password_due,
        new.created_at
    )
    .execute(tx)
    .await?;
    Ok(made == 1)
}

/// One by id.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: OperatorId) -> Result<Option<Operator>> {
    let text = concat!("SELECT ", columns!(), " FROM operator o WHERE o.id = $1");
    let row = sql!("operator.find", text, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// One by name.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_by_name(
    at: impl Into<Exec<'_>>,
    name_hash: &[u8; 32],
) -> Result<Option<Operator>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM operator o WHERE o.name_hash = $1"
    );
    let row = sql!("operator.find_by_name", text, name_hash)
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// One by id, held until the transaction ends.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock(tx: &mut Tx, id: OperatorId) -> Result<Option<Operator>> {
    let text = concat!("SELECT ", columns!(), " FROM operator o WHERE o.id = $1");
    let row = sql!("operator.lock", text, id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// All of them in the order of their making, `most` at most.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn all(at: impl Into<Exec<'_>>, most: u32) -> Result<Vec<Operator>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM operator o ORDER BY o.created_us, o.id LIMIT $1"
    );
    let rows = sql!("operator.all", text, most).all(at).await?;
    rows.iter().map(read).collect()
}

/// All of them, held until the transaction ends: for rules about who is left.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock_all(tx: &mut Tx, most: u32) -> Result<Vec<Operator>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM operator o ORDER BY o.created_us, o.id LIMIT $1"
    );
    let rows = sql!("operator.lock_all", text, most)
        .for_update()
        .all(tx)
        .await?;
    rows.iter().map(read).collect()
}

/// Writes everything of one that can change.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster.
pub async fn update(tx: &mut Tx, operator: &Operator) -> Result<()> {
    let text = "UPDATE operator SET roles = $2, password = $3, password_due = $4, totp = $5, totp_step = $6, locked = $7, version = version + 1 WHERE id = $1 AND version = $8";
    sql!(
        "operator.update",
        text,
        operator.id,
        words(&operator.roles),
        &operator.password,
        operator.password_due,
        operator.totp.clone(),
        operator.totp_step,
        operator.locked,
        operator.version
    )
    .execute_one(tx)
    .await
}

fn words(roles: &[OperatorRole]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    words.join(",")
}

fn read(row: &Row) -> Result<Operator> {
    let wrong = || Error::Column {
        column: "roles".to_owned(),
        expected: "roles of an operator",
    };
    let words = row.text("roles")?;
    let roles = words.split(',').map(OperatorRole::parse);
    Ok(Operator {
        id: row.parse("id")?,
        name: row.blob("name")?,
        roles: roles.collect::<Option<_>>().ok_or_else(wrong)?,
        password: row.blob("password")?,
        password_due: row.bool("password_due")?,
        totp: row.opt_blob("totp")?,
        totp_step: row.int("totp_step")?,
        locked: row.bool("locked")?,
        created_at: row.instant("created_us")?,
        version: row.int("version")?,
    })
}
