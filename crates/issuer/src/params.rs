//! What an authority is made from, and the addresses that go into every certificate.

use crate::Error;
use gm_pki::{Algorithm, ObjectIdentifier};

/// One of the two families of keys; each has its own root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// RSA with SHA-256.
    Rsa,
    /// SM2 with SM3.
    Sm2,
}

impl Family {
    /// Both.
    pub const ALL: [Family; 2] = [Family::Rsa, Family::Sm2];

    /// The word in addresses: `rsa` or `sm2`.
    pub const fn name(self) -> &'static str {
        match self {
            Family::Rsa => "rsa",
            Family::Sm2 => "sm2",
        }
    }

    /// The reverse of [`Family::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// The signature algorithm of the family.
    pub const fn algorithm(self) -> Algorithm {
        match self {
            Family::Rsa => Algorithm::RsaSha256,
            Family::Sm2 => Algorithm::Sm2Sm3,
        }
    }

    /// The family of an algorithm, when there is one.
    pub const fn of(algorithm: Algorithm) -> Option<Self> {
        match algorithm {
            Algorithm::RsaSha256 => Some(Family::Rsa),
            Algorithm::Sm2Sm3 => Some(Family::Sm2),
            Algorithm::P256Sha256 => None,
        }
    }
}

/// What [`crate::Issuer::create`] needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// The plain http address below which the PKI is served; it stands in every certificate and never changes.
    pub pki_url: String,
    /// Two letters.
    pub country: String,
    /// organizationName of the authority's certificates; the common names begin with it.
    pub organization: String,
    /// Bits of the RSA keys: 3072, or 2048 where tests must be fast.
    pub rsa_bits: usize,
    /// The policy that holders' certificates are issued under.
    pub policy: ObjectIdentifier,
    /// The policy that time stamps are made under.
    pub timestamp_policy: ObjectIdentifier,
}

impl Params {
    /// Parameters with the usual sizes. The policies lie under 1.3.6.1.4.1.32473, the enterprise number that RFC 5612
    /// sets aside for examples: an operator with a number of its own puts its own in.
    pub fn new(pki_url: &str, organization: &str) -> Self {
        Params {
            pki_url: pki_url.trim_end_matches('/').to_owned(),
            country: "CN".to_owned(),
            organization: organization.to_owned(),
            rsa_bits: 3072,
            policy: ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1.1"),
            timestamp_policy: ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.2.1"),
        }
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let refuse = |field, reason| Err(Error::Parameter { field, reason });
        // Certificates are checked with the help of these addresses, so https would need a certificate to check one.
        if !self.pki_url.starts_with("http://")
            || self.pki_url.len() > 200
            || !self.pki_url.bytes().all(|byte| byte.is_ascii_graphic())
        {
            return refuse(
                "pki_url",
                "must be a plain http address of at most 200 ASCII characters",
            );
        }
        if self.pki_url.ends_with('/') {
            return refuse("pki_url", "must not end with a slash");
        }
        if self.organization.is_empty() || self.organization.chars().count() > 32 {
            return refuse("organization", "must have 1 to 32 characters");
        }
        Ok(())
    }
}

/// A file or service of the PKI of one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// The root certificate.
    RootCertificate,
    /// The issuing certificate.
    IssuingCertificate,
    /// The root's revocation list.
    RootCrl,
    /// The issuing authority's revocation list.
    IssuingCrl,
    /// The OCSP responder.
    Ocsp,
    /// The time stamper.
    Timestamp,
}

impl Address {
    /// The path below the family: `root.cer` and so on.
    pub const fn path(self) -> &'static str {
        match self {
            Address::RootCertificate => "root.cer",
            Address::IssuingCertificate => "issuing.cer",
            Address::RootCrl => "root.crl",
            Address::IssuingCrl => "issuing.crl",
            Address::Ocsp => "ocsp",
            Address::Timestamp => "tsa",
        }
    }

    /// The whole address.
    pub fn url(self, pki_url: &str, family: Family) -> String {
        format!("{pki_url}/{}/{}", family.name(), self.path())
    }
}
