//! Micro-deposits. What may happen to one is `domain::deposit`'s to say.

use domain::Instant;
use domain::deposit::{Deposit as Rule, DepositState};
use domain::id::{DepositId, PersonId, UnitId};

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// A deposit. Account and reason are ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// Id.
    pub id: DepositId,
    /// To which unit.
    pub unit_id: UnitId,
    /// Who asked for it.
    pub person_id: PersonId,
    /// By whom.
    pub provider: String,
    /// The provider's own number; none until it has answered.
    pub provider_ref: Option<String>,
    /// What the rules look at.
    pub rule: Rule,
    /// The branch's number.
    pub branch_code: String,
    /// Its name.
    pub branch_name: String,
    /// The account's number.
    pub account: Vec<u8>,
    /// Its keyed hash.
    pub account_hash: [u8; 32],
    /// Since when an amount is being compared.
    pub entering_at: Option<Instant>,
    /// Why it came back or was refused.
    pub why: Option<Vec<u8>>,
    /// Rises with every change.
    pub version: i64,
}

macro_rules! columns {
    () => {
        "id, unit_id, person_id, provider, provider_ref, state, branch_code, branch_name, account, account_hash, asked_us, arrived_us, entries, entering_us, why, version"
    };
}

/// Writes one that is about to be asked for, unless one is open already; tells whether it did.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(tx: &mut Tx, new: &Deposit) -> Result<bool> {
    let text = "INSERT INTO deposit (id, unit_id, person_id, provider, state, branch_code, branch_name, account, account_hash, asked_us)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    let query = sql!(
        "deposit.insert",
        text,
        new.id,
        new.unit_id,
        new.person_id,
        &new.provider,
        new.rule.state.as_str(),
        &new.branch_code,
        &new.branch_name,
        &new.account,
        new.account_hash,
        new.rule.asked_at
    );
    Ok(query.execute(tx).await? == 1)
}

/// When a unit asked since then, oldest first.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn requests_of_unit(
    at: impl Into<Exec<'_>>,
    unit_id: UnitId,
    since: Instant,
) -> Result<Vec<Instant>> {
    let text = "SELECT asked_us FROM deposit WHERE unit_id = $1 AND asked_us > $2 ORDER BY asked_us LIMIT 10";
    let rows = sql!("deposit.of_unit_since", text, unit_id, since)
        .all(at)
        .await?;
    rows.iter().map(|row| row.instant("asked_us")).collect()
}

/// When a transfer to an account was asked for since then, oldest first, whichever units they were for.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn requests_to_account(
    at: impl Into<Exec<'_>>,
    account_hash: &[u8; 32],
    since: Instant,
) -> Result<Vec<Instant>> {
    let text = "SELECT asked_us FROM deposit WHERE account_hash = $1 AND asked_us > $2 ORDER BY asked_us LIMIT 10";
    let rows = sql!("deposit.to_account_since", text, account_hash, since)
        .all(at)
        .await?;
    rows.iter().map(|row| row.instant("asked_us")).collect()
}

/// The newest of a unit.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn newest(at: impl Into<Exec<'_>>, unit_id: UnitId) -> Result<Option<Deposit>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM deposit WHERE unit_id = $1 ORDER BY asked_us DESC, id DESC LIMIT 1"
    );
    let row = sql!("deposit.newest", text, unit_id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// One by id.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: DepositId) -> Result<Option<Deposit>> {
    let text = concat!("SELECT ", columns!(), " FROM deposit WHERE id = $1");
    let row = sql!("deposit.find", text, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// One by id, held until the transaction ends.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock(tx: &mut Tx, id: DepositId) -> Result<Option<Deposit>> {
    let text = concat!("SELECT ", columns!(), " FROM deposit WHERE id = $1");
    let row = sql!("deposit.lock", text, id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The one that a provider knows by its own number.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_by_ref(
    at: impl Into<Exec<'_>>,
    provider: &str,
    provider_ref: &str,
) -> Result<Option<DepositId>> {
    let text = "SELECT id FROM deposit WHERE provider = $1 AND provider_ref = $2";
    let row = sql!("deposit.find_by_ref", text, provider, provider_ref)
        .optional(at)
        .await?;
    row.map(|row| row.parse("id")).transpose()
}

/// Writes it as it is now.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster.
pub async fn update(tx: &mut Tx, deposit: &Deposit) -> Result<()> {
    let text = "UPDATE deposit SET provider_ref = $3, state = $4, arrived_us = $5, entries = $6, entering_us = $7, why = $8, version = version + 1
        WHERE id = $1 AND version = $2";
    sql!(
        "deposit.update",
        text,
        deposit.id,
        deposit.version,
        deposit.provider_ref.as_deref(),
        deposit.rule.state.as_str(),
        deposit.rule.arrived_at,
        u32::from(deposit.rule.entries),
        deposit.entering_at,
        deposit.why.as_ref()
    )
    .execute_one(tx)
    .await
}

fn read(row: &Row) -> Result<Deposit> {
    let state = DepositState::parse(&row.text("state")?).ok_or_else(|| Error::Column {
        column: "state".to_owned(),
        expected: "a state of a deposit",
    })?;
    Ok(Deposit {
        id: row.parse("id")?,
        unit_id: row.parse("unit_id")?,
        person_id: row.parse("person_id")?,
        provider: row.text("provider")?,
        provider_ref: row.opt_text("provider_ref")?,
        rule: Rule {
            state,
            asked_at: row.instant("asked_us")?,
            arrived_at: row.opt_instant("arrived_us")?,
            entries: row.u8("entries")?,
        },
        branch_code: row.text("branch_code")?,
        branch_name: row.text("branch_name")?,
        account: row.blob("account")?,
        account_hash: row.array("account_hash")?,
        entering_at: row.opt_instant("entering_us")?,
        why: row.opt_blob("why")?,
        version: row.int("version")?,
    })
}
