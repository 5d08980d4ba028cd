//! Typing the amount back (UNIT-8): three entries, compared one after the other.

use domain::deposit::{self as rule, DepositState, ENTRIES_MAX, NotEntered};
use domain::id::{DepositId, UnitId};
use domain::policy::EvidenceKind;
use domain::time::MINUTE_US;
use domain::{Fen, Instant};
use store::deposit::Deposit;

use super::super::create::prove;
use super::super::standing::require_administrator;
use super::{bank_unavailable, follow, tell};
use crate::{App, Caller, Error, Result};

/// A comparison without an answer holds the next one up for so long; then it was lost with its server.
const ENTERING_US: i64 = MINUTE_US;

/// Compares an amount in yuan with what was transferred. The right one certifies the unit.
///
/// # Errors
/// `not_administrator`, `amount_invalid`, `deposit_not_found`, `deposit_on_its_way`, `deposit_over` `{state}`,
/// `deposit_entry_running`, `amount_wrong` `{left}`, `bank_unavailable` (nothing counted).
pub async fn enter(app: &App, caller: &Caller, unit_id: UnitId, amount: &str) -> Result<()> {
    require_administrator(&app.db, caller.person_id, unit_id).await?;
    let amount = rule::amount(amount).ok_or_else(|| Error::invalid("amount_invalid"))?;
    let newest = store::deposit::newest(&app.db, unit_id).await?;
    let newest = newest.ok_or_else(|| Error::not_found("deposit_not_found"))?;
    if newest.rule.state != DepositState::Arrived {
        // The unit may know of the money before we do.
        follow::advance(app, newest.id).await?;
    }
    let (deposit, provider_ref) = begin(app, unit_id, newest.id).await?;
    let compared = app.providers.deposit.is_amount(&provider_ref, amount.0);
    match tokio::time::timeout(app.providers.patience, compared).await {
        Ok(Ok(right)) => finish(app, &deposit, amount, right).await,
        Ok(Err(unavailable)) => {
            take_back(app, &deposit).await?;
            Err(bank_unavailable(unavailable))
        }
        Err(elapsed) => {
            take_back(app, &deposit).await?;
            Err(bank_unavailable(elapsed))
        }
    }
}

/// Counts the entry before it is compared: whoever goes away in between has used it.
async fn begin(app: &App, unit_id: UnitId, id: DepositId) -> Result<(Deposit, String)> {
    let now = app.now();
    let mut tx = app.db.begin_write("deposit.enter").await?;
    store::unit::lock(&mut tx, unit_id).await?;
    let found = store::deposit::lock(&mut tx, id).await?;
    let mut deposit = found.ok_or_else(|| Error::not_found("deposit_not_found"))?;
    let running = |at: Instant| now.micros_since(at) < ENTERING_US;
    if deposit.rule.state.is_open() && deposit.entering_at.is_some_and(running) {
        return Err(Error::conflict("deposit_entry_running"));
    }
    let may = deposit.rule.enter(now);
    if let (Err(NotEntered::Over(over)), true) = (may, deposit.rule.state.is_open()) {
        // Its time is over, or the server was lost that compared the last entry.
        deposit.rule.state = over;
        deposit.entering_at = None;
        store::deposit::update(&mut tx, &deposit).await?;
        store::unit::touch(&mut tx, deposit.unit_id).await?;
        tx.commit().await?;
        tell(app, deposit.unit_id).await?;
        return Err(over_error(over));
    }
    may.map_err(|refusal| match refusal {
        NotEntered::OnItsWay => Error::conflict("deposit_on_its_way"),
        NotEntered::Over(state) => over_error(state),
    })?;
    deposit.rule.entries = deposit.rule.entries.saturating_add(1);
    deposit.entering_at = Some(now);
    store::deposit::update(&mut tx, &deposit).await?;
    tx.commit().await?;
    let provider_ref = deposit.provider_ref.clone();
    let provider_ref =
        provider_ref.ok_or_else(|| Error::internal("money arrived that nobody sent"))?;
    deposit.version += 1;
    Ok((deposit, provider_ref))
}

fn over_error(state: DepositState) -> Error {
    Error::conflict("deposit_over").with("state", state.as_str())
}

async fn finish(app: &App, entered: &Deposit, amount: Fen, right: bool) -> Result<()> {
    let mut deposit = entered.clone();
    let mut tx = app.db.begin_write("deposit.compared").await?;
    store::unit::lock(&mut tx, deposit.unit_id).await?;
    deposit.rule.state = deposit.rule.compared(right);
    deposit.entering_at = None;
    store::deposit::update(&mut tx, &deposit).await?;
    if right {
        let (unit, on) = (deposit.unit_id, format!("{}|{amount}", deposit.id));
        prove(
            app,
            &mut tx,
            unit,
            EvidenceKind::Deposit,
            &deposit.provider,
            &on,
        )
        .await?;
    } else {
        store::unit::touch(&mut tx, deposit.unit_id).await?;
    }
    tx.commit().await?;
    tell(app, deposit.unit_id).await?;
    match deposit.rule.state {
        DepositState::Passed => Ok(()),
        DepositState::Failed => Err(over_error(DepositState::Failed)),
        _ => {
            let left = ENTRIES_MAX.saturating_sub(deposit.rule.entries);
            Err(Error::conflict("amount_wrong").with("left", left))
        }
    }
}

/// No answer: the entry was none.
async fn take_back(app: &App, entered: &Deposit) -> Result<()> {
    let mut deposit = entered.clone();
    deposit.rule.entries = deposit.rule.entries.saturating_sub(1);
    deposit.entering_at = None;
    let mut tx = app.db.begin_write("deposit.take_back").await?;
    store::deposit::update(&mut tx, &deposit).await?;
    Ok(tx.commit().await?)
}
