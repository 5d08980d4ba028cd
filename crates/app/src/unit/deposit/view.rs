//! What an administrator sees of the newest deposit.

use domain::Instant;
use domain::deposit::{DepositState, ENTRIES_MAX};
use domain::id::UnitId;
use domain::review::CaseKind;

use super::super::standing::require_administrator;
use super::{WHY, open_account};
use crate::review::{self, Standing};
use crate::{App, Caller, Result};

/// The newest deposit, and the newest request for one by hand.
pub struct View {
    /// The transfer.
    pub deposit: Option<Shown>,
    /// The request for one by hand, if it is newer than the transfer.
    pub by_hand: Option<Standing>,
}

/// A deposit without what nobody needs to see.
pub struct Shown {
    /// How it stands.
    pub state: DepositState,
    /// The branch's name.
    pub branch_name: String,
    /// The account's last four digits.
    pub account_tail: String,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When the money arrived.
    pub arrived_at: Option<Instant>,
    /// Until when an amount is taken.
    pub deadline: Instant,
    /// Amounts that may still be entered.
    pub entries_left: u8,
    /// Why it came back or was refused.
    pub why: Option<String>,
}

/// How the unit's deposit stands.
///
/// # Errors
/// `not_administrator`.
pub async fn view(app: &App, caller: &Caller, unit_id: UnitId) -> Result<View> {
    require_administrator(&app.db, caller.person_id, unit_id).await?;
    let deposit = store::deposit::newest(&app.db, unit_id).await?;
    let case = store::review::newest_of_unit(&app.db, unit_id, CaseKind::UnitDeposit).await?;
    let asked_at = deposit.as_ref().map(|deposit| deposit.rule.asked_at);
    let newer = case.filter(|case| asked_at.is_none_or(|asked| case.opened_at > asked));
    let by_hand = newer.map(|case| review::standing(app, &case)).transpose()?;
    let Some(deposit) = deposit else {
        return Ok(View {
            deposit: None,
            by_hand,
        });
    };
    let account = open_account(app, &deposit)?;
    let tail = account.len().saturating_sub(4);
    let why = deposit.why.as_ref();
    let why = why.map(|sealed| app.vault.unwrap_text(WHY, deposit.id.as_bytes(), sealed));
    let shown = Shown {
        state: deposit.rule.standing(app.now()),
        account_tail: account.get(tail..).unwrap_or_default().to_owned(),
        asked_at: deposit.rule.asked_at,
        arrived_at: deposit.rule.arrived_at,
        deadline: deposit.rule.deadline(),
        entries_left: ENTRIES_MAX.saturating_sub(deposit.rule.entries),
        why: why.transpose()?.map(|why| why.to_string()),
        branch_name: deposit.branch_name,
    };
    Ok(View {
        deposit: Some(shown),
        by_hand,
    })
}
