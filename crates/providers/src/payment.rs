//! Payments: a cashier outside, which tells us by signed callbacks what became of a payment (PAY-1).

mod sandbox;

pub use sandbox::{Outcome, SandboxPayment};

pub use crate::signed::SignedCallback;

use crate::Provider;
use std::future::Future;
use std::pin::Pin;

/// How old a callback may be, and how far its clock may run ahead.
pub const CALLBACK_AGE_MAX_S: i64 = 300;

/// A future of a provider: boxed, so that providers can be chosen at start.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, PaymentError>> + Send + 'a>>;

/// What the cashier is asked to collect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Our own number, stored before the call: the key under which a repeat is the same charge.
    pub payment_id: String,
    /// What the payer reads.
    pub description: String,
    /// How the payer pays: `wechat_pay` or `alipay`.
    pub method: String,
    /// The amount in fen.
    pub amount_fen: i64,
    /// Where our own pages are, for a cashier that lives there.
    pub public_url: String,
}

/// What the provider reports of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Our number of the charge.
    pub payment_id: String,
    /// The provider's own number.
    pub trade_no: String,
    /// Whether money came.
    pub paid: bool,
    /// How much, in fen.
    pub amount_fen: i64,
}

/// What goes back to the payer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Our own number of the refund, under which a repeat is the same refund.
    pub refund_id: String,
    /// The charge that is given back.
    pub payment_id: String,
    /// The amount in fen.
    pub amount_fen: i64,
}

/// A call that the provider did not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentError {
    /// It cannot be reached, or says to try later.
    #[error("the payment provider cannot be reached: {0}")]
    Unavailable(String),
    /// It refuses for good.
    #[error("the payment provider refuses: {0}")]
    Refused(String),
}

/// A callback that counts for nothing. The provider learns only that it is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// No signature, or a header that cannot be read.
    #[error("the callback is not signed")]
    Unsigned,
    /// Older than [`CALLBACK_AGE_MAX_S`], or from the future.
    #[error("the callback is too old or from the future")]
    Age,
    /// The signature does not fit the bytes.
    #[error("the signature of the callback does not fit")]
    Signature,
    /// Signed, and not what we know how to read.
    #[error("the callback cannot be read")]
    Malformed,
}

/// The cashier of one provider.
/// [`Provider::name`] is the word in `/callbacks/payments/{provider}` and in storage.
pub trait Payment: Provider {
    /// Where the payer pays. Repeatable with the same number.
    fn open<'a>(&'a self, charge: &'a Charge) -> Answer<'a, String>;

    /// Judge a callback over the exact bytes that came, before anything in them is parsed. `header` finds a header by its
    /// lower-case name; `now_s` is the time in unix seconds.
    fn read_callback(
        &self,
        header: &dyn Fn(&str) -> Option<String>,
        body: &[u8],
        now_s: i64,
    ) -> Result<Report, CallbackError>;

    /// Give back. Repeatable with the same number.
    fn refund<'a>(&'a self, refund: &'a Refund) -> Answer<'a, ()>;
}
