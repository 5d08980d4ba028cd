//! What proves that a certificate was good: other certificates, revocation lists, OCSP responses.

use crate::document::Document;
use crate::refusal::Refusal;

use super::Store;

/// Validation material in DER, without an order that matters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Material {
    /// Certificates.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists (RFC 5280).
    pub crls: Vec<Vec<u8>>,
    /// Complete OCSP responses (RFC 6960).
    pub ocsps: Vec<Vec<u8>>,
}

/// The material that belongs to one signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The key of the signature's entry in `/VRI`, as [`super::Held::vri_key`] gives it; without one the material goes to
    /// the common lists only.
    pub vri_key: Option<String>,
    /// What proves its chains.
    pub material: Material,
}

impl Material {
    /// Takes what the other has and this has not.
    pub fn add(&mut self, other: &Material) {
        for (own, others) in [
            (&mut self.certificates, &other.certificates),
            (&mut self.crls, &other.crls),
            (&mut self.ocsps, &other.ocsps),
        ] {
            for der in others {
                if !own.contains(der) {
                    own.push(der.clone());
                }
            }
        }
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.crls.is_empty() && self.ocsps.is_empty()
    }
}

impl Document {
    /// The material that the file carries in its document security store (ISO 32000-2 12.8.4.3). Nothing of it is
    /// verified; entries that cannot be read are left out.
    ///
    /// # Errors
    /// A [`Refusal`] when the catalog cannot be read.
    pub fn material(&self) -> Result<Material, Refusal> {
        Ok(Store::read(self)?.material())
    }
}
