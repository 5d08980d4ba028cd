//! The micro-deposit: a small amount that is transferred to the unit's account, and that the unit types back (UNIT-7 to UNIT-9).

mod ask;
mod by_hand;
mod enter;
mod follow;
mod view;

use domain::id::{DepositId, PersonId, UnitId};
use store::Exec;
use store::deposit::Deposit;
use zeroize::Zeroizing;

use crate::{App, Error, Result, feed};

pub use ask::{Asked, NewDeposit, ask, branches};
pub use by_hand::{ByHand, ask_by_hand};
pub use enter::enter;
pub use follow::{FOLLOW_JOB, follow, hint};
pub use providers::deposit::Branch;
pub use view::{Shown, View, view};

pub(crate) use by_hand::settle_by_hand;

const ACCOUNT: &str = "deposit.account";
const WHY: &str = "deposit.why";

/// An account is found by the branch-independent number alone: whoever changes the branch asks for the same account.
fn account_hash(app: &App, account: &str) -> [u8; 32] {
    app.vault.index_hash(ACCOUNT, account.as_bytes())
}

fn seal_account(app: &App, id: DepositId, account: &str) -> Result<Vec<u8>> {
    Ok(app.vault.wrap_text(ACCOUNT, id.as_bytes(), account)?)
}

fn open_account(app: &App, deposit: &Deposit) -> Result<Zeroizing<String>> {
    let sealed = &deposit.account;
    Ok(app
        .vault
        .unwrap_text(ACCOUNT, deposit.id.as_bytes(), sealed)?)
}

fn seal_why(app: &App, id: DepositId, why: &str) -> Result<Vec<u8>> {
    Ok(app.vault.wrap_text(WHY, id.as_bytes(), why)?)
}

/// Tells those whose screens show the unit.
async fn tell(app: &App, unit: UnitId) -> Result<()> {
    let people: Vec<PersonId> =
        store::membership::administrators(Exec::from(&app.db), unit).await?;
    feed::tell(app, unit, &people);
    Ok(())
}

fn bank_unavailable(because: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::unavailable("bank_unavailable").because(because)
}
