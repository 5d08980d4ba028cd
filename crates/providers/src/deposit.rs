//! The micro-deposit: a small amount that somebody transfers to a unit's account, and that the unit types back (UNIT-7, UNIT-8).

mod branches;
mod sandbox;

pub use sandbox::{Fate, SandboxDeposit, StatementLine};

use crate::Provider;
use crate::answer::Answer;

/// A branch of a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// 联行号: 12 digits (CNAPS).
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The unit that is to get the money.
#[derive(Clone, Copy)]
pub struct Payee<'a> {
    /// Name as registered; also the account's holder.
    pub name: &'a str,
    /// Unified social credit code.
    pub uscc: &'a str,
    /// The legal representative's name.
    pub legal_representative: &'a str,
}

/// A transfer that is asked for.
pub struct Transfer<'a> {
    /// Our own number, stored before the call: a repeat with it is the same transfer. 32 lower-case hexadecimal digits.
    pub deposit_id: &'a str,
    /// To whom.
    pub payee: Payee<'a>,
    /// The account's number: digits.
    pub account: &'a str,
    /// The branch that keeps it.
    pub branch: &'a Branch,
    /// Where the provider reports that something has happened.
    pub callback_url: &'a str,
    /// What [`Deposit::prepare`] answered, if it was asked. With a provider that keeps such files, a transfer without one
    /// may be paid twice when its answer gets lost.
    pub file: Option<&'a str>,
}

/// What became of the request for a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Taken; the provider's own number of it.
    Accepted(String),
    /// Refused for good: the account, holder or branch is wrong. Why, as the provider says it.
    Refused(String),
}

/// Where a transfer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// On its way.
    Waiting,
    /// The money is there, since this unix second.
    Arrived(i64),
    /// It came back. Why, as the bank says it.
    Returned(String),
}

/// A callback that counts for nothing. The provider learns only that it is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the callback is unsigned, too old, or signed by somebody else")]
pub struct CallbackInvalid;

/// Transfers small amounts. How often somebody may ask and guess is ours to count, not the provider's.
/// [`Provider::name`] is the word in `/callbacks/deposits/{provider}` and in storage.
pub trait Deposit: Provider {
    /// Branches whose name has these words, 20 at most.
    fn branches<'a>(&'a self, payee: Payee<'a>, words: &'a str) -> Answer<'a, Vec<Branch>>;

    /// Opens the provider's file of a transfer before anything is paid in it. Kept beside our own number before the
    /// transfer is asked for, it makes a repeat ask what became of the first one. None where our number is enough.
    fn prepare<'a>(&'a self, _payee: Payee<'a>) -> Answer<'a, Option<String>> {
        Box::pin(async { Ok(None) })
    }

    /// Asks for a transfer. The amount is the provider's secret.
    fn transfer<'a>(&'a self, transfer: &'a Transfer<'a>) -> Answer<'a, Asked>;

    /// Where a transfer is.
    fn progress<'a>(&'a self, provider_ref: &'a str) -> Answer<'a, Progress>;

    /// Whether this amount, in fen, is what was transferred.
    fn is_amount<'a>(&'a self, provider_ref: &'a str, amount_fen: i64) -> Answer<'a, bool>;

    /// Judge a callback over the exact bytes that came, and tell which transfer it is about; a hint, never a verdict.
    /// `header` finds a header by its lower-case name; `now_ms` is the time in unix milliseconds.
    ///
    /// # Errors
    /// [`CallbackInvalid`].
    fn read_callback(
        &self,
        header: &dyn Fn(&str) -> Option<String>,
        query: &str,
        body: &[u8],
        now_ms: i64,
    ) -> Result<String, CallbackInvalid>;
}
