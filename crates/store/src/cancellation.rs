//! Accounts that are to end, and what stands in the way of that.

use domain::Instant;
use domain::account::State;
use domain::id::{CancellationId, OrderId, PersonId, UnitId};

use crate::db::{Exec, Tx};
use crate::error::Result;
use crate::row::Row;
use crate::sql;

/// A wish that waits.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// Id.
    pub id: CancellationId,
    /// Whose account.
    pub person_id: PersonId,
    /// When it ends.
    pub due_at: Instant,
}

const WAITING: &str =
    "SELECT id, person_id, due_us FROM cancellation WHERE person_id = $1 AND state = 'waiting'";

/// Writes a wish down in the state it has at once.
///
/// # Errors
/// [`crate::Error::Conflict`] when one waits already.
pub async fn insert(tx: &mut Tx, wish: &Waiting, state: State, now: Instant) -> Result<()> {
    let settled = (state != State::Waiting).then_some(now);
    let text = "INSERT INTO cancellation (id, person_id, asked_us, due_us, state, settled_us) VALUES ($1, $2, $3, $4, $5, $6)";
    sql!(
        "cancellation.insert",
        text,
        wish.id,
        wish.person_id,
        now,
        wish.due_at,
        state.as_str(),
        settled
    )
    .execute_one(tx)
    .await
}

/// A person's waiting wish, locked until the transaction ends.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn lock_waiting(tx: &mut Tx, person_id: PersonId) -> Result<Option<Waiting>> {
    let row = sql!("cancellation.lock", WAITING, person_id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Writes what became of a waiting wish.
///
/// # Errors
/// [`crate::Error::Conflict`] when it waits no more.
pub async fn settle(tx: &mut Tx, id: CancellationId, state: State, now: Instant) -> Result<()> {
    let text = "UPDATE cancellation SET state = $2, settled_us = $3, version = version + 1 WHERE id = $1 AND state = 'waiting'";
    sql!("cancellation.settle", text, id, state.as_str(), now)
        .execute_one(tx)
        .await
}

/// When the person's last wish was withdrawn by a sign-in, if that is what became of it, after `since`.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn withdrawn_after(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    since: Instant,
) -> Result<Option<Instant>> {
    let text = "SELECT state, settled_us FROM cancellation WHERE person_id = $1 ORDER BY asked_us DESC, id DESC LIMIT 1";
    let row = sql!("cancellation.last", text, person_id)
        .optional(at)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let withdrawn = row.text("state")? == State::Withdrawn.as_str();
    let at = row.opt_instant("settled_us")?;
    Ok(at.filter(|at| withdrawn && *at > since))
}

/// The units whose last administrator a person is: others whose account is about to end count for nobody. Locks all
/// units that the person administers, so that two administrators cannot leave at the same moment.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn left_without_administrator(
    tx: &mut Tx,
    person_id: PersonId,
) -> Result<Vec<(UnitId, String)>> {
    let text = "SELECT id, name FROM unit WHERE id IN (SELECT unit_id FROM membership
        WHERE person_id = $1 AND role = 'administrator' AND ended_us IS NULL) ORDER BY id LIMIT 200";
    let administered = sql!("unit.lock_administered", text, person_id)
        .for_update()
        .all(&mut *tx)
        .await?;
    let mut left = Vec::new();
    for row in &administered {
        let unit: UnitId = row.parse("id")?;
        let text = "SELECT m.id FROM membership m WHERE m.unit_id = $1 AND m.person_id <> $2 AND m.role = 'administrator' AND m.ended_us IS NULL
            AND NOT EXISTS (SELECT 1 FROM cancellation c WHERE c.person_id = m.person_id AND c.state = 'waiting') LIMIT 1";
        let other = sql!("membership.other_administrator", text, unit, person_id)
            .optional(&mut *tx)
            .await?;
        if other.is_none() {
            left.push((unit, row.text("name")?));
        }
    }
    Ok(left)
}

/// The orders of a person that wait for their payment, 200 at most.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn unpaid_orders(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    now: Instant,
) -> Result<Vec<OrderId>> {
    let text = "SELECT id FROM orders WHERE person_id = $1 AND state = 'unpaid' AND close_at_us > $2 ORDER BY id LIMIT 200";
    sql!("order.unpaid", text, person_id, now)
        .all(at)
        .await?
        .iter()
        .map(|row| row.parse("id"))
        .collect()
}

/// Takes a person out of everything: units, grants, the tools that they signed in. Their own seals are void from now on.
///
/// # Errors
/// [`crate::Error`] when the database fails.
pub async fn leave_everything(tx: &mut Tx, person_id: PersonId, now: Instant) -> Result<()> {
    for query in [
        sql!(
            "certificate_grant.recall_all",
            "UPDATE certificate_grant SET recalled_us = $2, version = version + 1 WHERE person_id = $1 AND recalled_us IS NULL",
            person_id,
            now
        ),
        sql!(
            "seal_grant.recall_all",
            "UPDATE seal_grant SET recalled_at_us = $2, version = version + 1 WHERE person_id = $1 AND recalled_at_us IS NULL",
            person_id,
            now
        ),
        sql!(
            "seal.void_own",
            "UPDATE seal SET voided_at_us = $2, version = version + 1 WHERE person_id = $1 AND voided_at_us IS NULL",
            person_id,
            now
        ),
        sql!(
            "membership.end_all",
            "UPDATE membership SET ended_us = $2, ended_why = 'left', version = version + 1 WHERE person_id = $1 AND ended_us IS NULL",
            person_id,
            now
        ),
        sql!(
            "application.lapse_all",
            "UPDATE application SET state = 'lapsed', decided_us = $2, version = version + 1 WHERE state = 'pending' AND (applicant_id = $1 OR subject_id = $1)",
            person_id,
            now
        ),
        sql!(
            "holding.end_all",
            "UPDATE holding SET ended_us = $2, version = version + 1 WHERE person_id = $1 AND ended_us IS NULL",
            person_id,
            now
        ),
        sql!(
            "asker.sign_out_of",
            "UPDATE asker SET signed_in_person_id = NULL, unit_id = NULL, signed_in_until_us = NULL, version = version + 1 WHERE signed_in_person_id = $1",
            person_id
        ),
    ] {
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

fn read(row: &Row) -> Result<Waiting> {
    Ok(Waiting {
        id: row.parse("id")?,
        person_id: row.parse("person_id")?,
        due_at: row.instant("due_us")?,
    })
}
