//! Indications and sub-indications of ETSI EN 319 102-1, 5.1.3 (tables 5 and 6).

use gm_pki::path::PathError;

/// The main indication of the standard. It speaks of the signature alone; what a relying party that named its roots makes
/// of it is [`super::Outcome`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indication {
    /// The cryptographic checks and everything asked of signer and format succeeded.
    TotalPassed,
    /// The checks failed, or the signature is not of its format.
    TotalFailed,
    /// What is known does not suffice to say either.
    Indeterminate,
}

impl Indication {
    /// The words of the standard.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TotalPassed => "TOTAL-PASSED",
            Self::TotalFailed => "TOTAL-FAILED",
            Self::Indeterminate => "INDETERMINATE",
        }
    }
}

/// Why the main indication is not "passed"; the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SubIndication {
    /// Not in the form that the standard of its format asks for: ranges, holes, encodings, later changes of the document.
    FormatFailure,
    /// The digest of what is covered is not the signed one.
    HashFailure,
    /// The signature value does not verify with the signer's key.
    SigCryptoFailure,
    /// The signer's certificate was revoked before the signature was made.
    Revoked,
    /// The signature was made after the signer's certificate had expired.
    Expired,
    /// The signature was made before the signer's certificate was valid.
    NotYetValid,
    /// The signer's certificate is not in the signature, or is not the one that it names.
    NoSigningCertificateFound,
    /// No path leads from the signer's certificate to a trusted root.
    NoCertificateChainFound,
    /// A path was found, but a certificate of it could not be read or does not verify.
    CertificateChainGeneralFailure,
    /// A certificate is used for what it may not be.
    ChainConstraintsFailure,
    /// Attributes or kind of the signature are not what is asked.
    SigConstraintsFailure,
    /// An algorithm or a key length is not considered safe, or not known.
    CryptoConstraintsFailure,
    /// The signer's certificate is revoked, and nothing proves that the signature was there before.
    RevokedNoPoe,
    /// An authority's certificate is revoked, and nothing proves that the signature was there before.
    RevokedCaNoPoe,
    /// The signer's certificate is out of its validity, and nothing proves that the signature was made inside it.
    OutOfBoundsNoPoe,
    /// The order of the time stamps contradicts what they prove.
    TimestampOrderFailure,
    /// Nothing proves when the signature was made.
    NoPoe,
    /// Fresher revocation data is needed.
    TryLater,
    /// A policy could not be applied.
    PolicyProcessingError,
    /// What was signed is not at hand.
    SignedDataNotFound,
}

impl SubIndication {
    /// The name in the standard.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FormatFailure => "FORMAT_FAILURE",
            Self::HashFailure => "HASH_FAILURE",
            Self::SigCryptoFailure => "SIG_CRYPTO_FAILURE",
            Self::Revoked => "REVOKED",
            Self::Expired => "EXPIRED",
            Self::NotYetValid => "NOT_YET_VALID",
            Self::NoSigningCertificateFound => "NO_SIGNING_CERTIFICATE_FOUND",
            Self::NoCertificateChainFound => "NO_CERTIFICATE_CHAIN_FOUND",
            Self::CertificateChainGeneralFailure => "CERTIFICATE_CHAIN_GENERAL_FAILURE",
            Self::ChainConstraintsFailure => "CHAIN_CONSTRAINTS_FAILURE",
            Self::SigConstraintsFailure => "SIG_CONSTRAINTS_FAILURE",
            Self::CryptoConstraintsFailure => "CRYPTO_CONSTRAINTS_FAILURE",
            Self::RevokedNoPoe => "REVOKED_NO_POE",
            Self::RevokedCaNoPoe => "REVOKED_CA_NO_POE",
            Self::OutOfBoundsNoPoe => "OUT_OF_BOUNDS_NO_POE",
            Self::TimestampOrderFailure => "TIMESTAMP_ORDER_FAILURE",
            Self::NoPoe => "NO_POE",
            Self::TryLater => "TRY_LATER",
            Self::PolicyProcessingError => "POLICY_PROCESSING_ERROR",
            Self::SignedDataNotFound => "SIGNED_DATA_NOT_FOUND",
        }
    }

    /// The main indication that it belongs to.
    #[must_use]
    pub const fn indication(self) -> Indication {
        match self {
            Self::FormatFailure
            | Self::HashFailure
            | Self::SigCryptoFailure
            | Self::Revoked
            | Self::Expired
            | Self::NotYetValid => Indication::TotalFailed,
            _ => Indication::Indeterminate,
        }
    }

    /// Of a chain that does not hold.
    ///
    /// `reference` tells what the time is that the chain was looked at. The signer's own claim proves nothing for the
    /// signer, but it counts against: whoever claims to have signed with a revoked or expired certificate is believed.
    pub(super) fn of_path(error: &PathError, reference: Reference) -> Self {
        let judged_later = reference == Reference::Later;
        match error {
            PathError::Untrusted => Self::NoCertificateChainFound,
            PathError::Unreadable(_) | PathError::BadSignature | PathError::TooMany => {
                Self::CertificateChainGeneralFailure
            }
            PathError::NotYetValid { .. } | PathError::Expired { .. } if judged_later => {
                Self::OutOfBoundsNoPoe
            }
            PathError::NotYetValid { .. } => Self::NotYetValid,
            PathError::Expired { .. } => Self::Expired,
            PathError::Revoked { depth: 1.., .. } => Self::RevokedCaNoPoe,
            PathError::Revoked { .. } if judged_later => Self::RevokedNoPoe,
            PathError::Revoked { .. } => Self::Revoked,
            PathError::Constraint(_) => Self::ChainConstraintsFailure,
            _ => Self::CertificateChainGeneralFailure,
        }
    }
}

/// What a chain was looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// The time of the signature, proven by a stamp or claimed by the signer.
    Signing,
    /// Another time, at which nothing proves that the signature was there before.
    Later,
}
