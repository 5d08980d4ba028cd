//! What the issuer refuses, and why.

use gm_pki::certificate::Finding;

/// Why something was not issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Parameters that an authority cannot be made of.
    #[error("{field}: {reason}")]
    Parameter {
        /// The parameter.
        field: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A certificate request that the profile does not allow.
    #[error("the request is refused: {0}")]
    Refused(Refusal),
    /// The stored key material cannot be read.
    #[error("stored issuer: {0}")]
    Stored(&'static str),
    /// A structure could not be made or read.
    #[error("{0}")]
    Pki(#[source] gm_pki::Error),
}

impl From<gm_pki::Error> for Error {
    fn from(error: gm_pki::Error) -> Self {
        match error {
            gm_pki::Error::Lint(findings) => Error::Refused(Refusal::Lint(findings)),
            other => Error::Pki(other),
        }
    }
}

/// Why a leaf certificate is not prepared or not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The key is not of the family that would sign it.
    #[error("the key is not of this family")]
    KeyFamily,
    /// The key is one of the authority's own.
    #[error("the key belongs to the authority")]
    AuthorityKey,
    /// The certificate would outlive the issuing certificate, or begin before it.
    #[error("the validity is not within that of the issuing certificate")]
    Validity,
    /// The recorded bytes name another issuer.
    #[error("the recorded bytes are not of this issuer")]
    Issuer,
    /// The recorded bytes are not those of a holder's certificate.
    #[error("the recorded bytes are not a holder's certificate")]
    Profile,
    /// The lint found broken rules.
    #[error("the lint found {} broken rule(s), first: {}", .0.len(), .0.first().map_or("none", |finding| finding.rule))]
    Lint(Vec<Finding>),
}
