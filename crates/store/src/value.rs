//! Values bound to a statement.

use domain::{Fen, Id, Instant};

/// A bound value: text, integer or bytes, each of which may be null.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// `TEXT`
    Text(Option<String>),
    /// `BIGINT`
    Int(Option<i64>),
    /// `BLOB`, `BYTEA`
    Blob(Option<Vec<u8>>),
}

/// What can be bound, alone or as an option.
pub trait Bind {
    /// The value, null for `None`.
    fn value(this: Option<Self>) -> Value
    where
        Self: Sized;
}

impl<T: Bind> From<T> for Value {
    fn from(value: T) -> Self {
        T::value(Some(value))
    }
}

impl<T: Bind> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        T::value(value)
    }
}

macro_rules! bind {
    ($($kind:ty => $variant:ident, |$value:ident| $made:expr;)+) => {$(
        impl Bind for $kind {
            fn value(this: Option<Self>) -> Value { Value::$variant(this.map(|$value| $made)) }
        }
    )+};
}

bind! {
    &str => Text, |v| v.to_owned();
    &String => Text, |v| v.clone();
    String => Text, |v| v;
    Id => Text, |v| v.to_string();
    i64 => Int, |v| v;
    i32 => Int, |v| i64::from(v);
    u32 => Int, |v| i64::from(v);
    bool => Int, |v| i64::from(v);
    Instant => Int, |v| v.micros();
    Fen => Int, |v| v.0;
    &[u8] => Blob, |v| v.to_vec();
    &Vec<u8> => Blob, |v| v.clone();
    Vec<u8> => Blob, |v| v;
    [u8; 16] => Blob, |v| v.to_vec();
    [u8; 32] => Blob, |v| v.to_vec();
    &[u8; 16] => Blob, |v| v.to_vec();
    &[u8; 32] => Blob, |v| v.to_vec();
}

macro_rules! bind_ids {
    ($($id:ident)+) => {$(
        impl Bind for domain::id::$id {
            fn value(this: Option<Self>) -> Value { Value::Text(this.map(|v| v.to_string())) }
        }
    )+};
}

bind_ids! {
    PersonId DeviceId SessionId SmsCodeId EvidenceId UnitId MembershipId ApplicationId InvitationId ProductId PlatformId AllianceId PriceId HoldingId
    EntitlementId BalanceId OrderId PaymentId RefundId InstallId CertificateId KeyHalfId CertificateGrantId SealId SealGrantId
    AskerId ScanSessionId ScanRunId OperationId JobId MaterialId CaseId OperatorId ContentId FaultLogId PhoneChangeId CancellationId OperatorSessionId FaceCheckId RecoveryId DepositId PaperId PasswordResetId
}
