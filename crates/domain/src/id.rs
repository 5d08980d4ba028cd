//! Identifiers: UUID version 7 (RFC 9562 section 5.7), lower case text on the wire and in the database.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::time::Instant;

/// A UUIDv7. The typed ids below wrap it, so that a unit cannot stand where a person belongs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Uuid);

/// The text is not a UUIDv7 in the hyphenated lower case form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: a UUIDv7 in lower case is expected")]
pub struct InvalidId;

impl Id {
    /// Makes an id from the moment of creation and ten random bytes. Instants before 1970 count as 1970.
    #[must_use]
    pub fn from_parts(at: Instant, random: [u8; 10]) -> Self {
        let millis = u64::try_from(at.micros().div_euclid(1000)).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// The sixteen bytes in network order.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = InvalidId;

    /// Accepts the one canonical form only, so that equal ids are equal texts.
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let id = Uuid::try_parse(text).map_err(|_| InvalidId)?;
        if id.get_version_num() != 7 || id.as_hyphenated().to_string() != text {
            return Err(InvalidId);
        }
        Ok(Self(id))
    }
}

/// Declares one id type per noun; all of them behave as [`Id`] does and convert to it.
#[macro_export]
macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::id::Id);

        impl $name {
            /// Makes an id from the moment of creation and ten random bytes.
            #[must_use]
            pub fn from_parts(at: $crate::time::Instant, random: [u8; 10]) -> Self {
                Self($crate::id::Id::from_parts(at, random))
            }
            /// The sixteen bytes in network order.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }
        impl From<$crate::id::Id> for $name {
            fn from(id: $crate::id::Id) -> Self { Self(id) }
        }
        impl From<$name> for $crate::id::Id {
            fn from(id: $name) -> Self { id.0 }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { std::fmt::Display::fmt(&self.0, f) }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::id::InvalidId;
            fn from_str(text: &str) -> Result<Self, $crate::id::InvalidId> { text.parse().map(Self) }
        }
    )+};
}

typed_ids! {
    /// A person.
    PersonId,
    /// A device of a person.
    DeviceId,
    /// A sign-in of a person on a device.
    SessionId,
    /// A code sent by text message.
    SmsCodeId,
    /// A change of a person's number that has begun.
    PhoneChangeId,
    /// A reset of a forgotten certificate password.
    PasswordResetId,
    /// A wish to end an account.
    CancellationId,
    /// A fact about a person that an authority or a procedure has proven.
    EvidenceId,
    /// A company or other unit.
    UnitId,
    /// A person's place in a unit.
    MembershipId,
    /// What somebody asks of a unit's administrators.
    ApplicationId,
    /// An invitation into a unit.
    InvitationId,
    /// A certificate product.
    ProductId,
    /// A trading platform.
    PlatformId,
    /// Platforms that recognise each other's certificates.
    AllianceId,
    /// A price of a product on a platform.
    PriceId,
    /// One person's certificate of one product for one unit.
    HoldingId,
    /// The dated right of a holding on a scope.
    EntitlementId,
    /// Bought, not yet installed certificates of a unit.
    BalanceId,
    /// An order.
    OrderId,
    /// A payment of an order.
    PaymentId,
    /// A refund of a payment.
    RefundId,
    /// One way of a certificate to a device.
    InstallId,
    /// An X.509 certificate.
    CertificateId,
    /// The server's half of a key.
    KeyHalfId,
    /// An administrator's permission to hold a product for the unit.
    CertificateGrantId,
    /// A seal.
    SealId,
    /// An administrator's permission to use a seal.
    SealGrantId,
    /// A bid tool or platform that asks for signatures.
    AskerId,
    /// One QR code's life.
    ScanSessionId,
    /// Codes that one unlock of the phone serves.
    ScanRunId,
    /// A finished use of a key.
    OperationId,
    /// A queued piece of work.
    JobId,
    /// A photo or file that somebody handed in.
    MaterialId,
    /// Something that operators decide.
    CaseId,
    /// One visit to the camera page.
    FaceCheckId,
    /// The recovery of an account.
    RecoveryId,
    /// Somebody behind the app.
    OperatorId,
    /// A sign-in at the console.
    OperatorSessionId,
    /// A text that operators write for everybody.
    ContentId,
    /// Faults that a phone has told.
    FaultLogId,
    /// A small transfer to a unit's account.
    DepositId,
    /// A paper of a registration that was read.
    PaperId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips_and_sorts_by_time() {
        let early = Id::from_parts(Instant::from_micros(1_700_000_000_000_000), [0xff; 10]);
        let late = Id::from_parts(Instant::from_micros(1_700_000_000_001_000), [0; 10]);
        assert_eq!(early.to_string().parse::<Id>(), Ok(early));
        assert!(early.to_string() < late.to_string());
        assert_eq!(&early.to_string()[14..15], "7");
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "x",
            "0190F000-0000-7000-8000-000000000000",
            "0190f00000007000800000000000000",
            "00000000-0000-4000-8000-000000000000",
        ] {
            assert_eq!(text.parse::<Id>(), Err(InvalidId), "{text}");
        }
    }
}
