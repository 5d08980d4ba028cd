//! The certificate that a session signs with, and whose it is.

use domain::id::{CertificateId, HoldingId, UnitId};
use domain::product::Algorithm as Family;
use gm_pki::Algorithm;
use store::Exec;
use store::certificate::Certificate;

use crate::{App, Error, Result};

/// A certificate with what its holding says.
#[derive(Clone, Debug)]
pub struct SigningCertificate {
    /// The row.
    pub row: Certificate,
    /// For which unit the holding is; none is the person's own.
    pub unit_id: Option<UnitId>,
}

impl SigningCertificate {
    /// The certificate of an id with its holding's unit.
    pub(super) async fn find(mut at: Exec<'_>, id: CertificateId) -> Result<Self> {
        let missing = || Error::internal("a session names a certificate that is not there");
        let row = store::certificate::find(at.again(), id)
            .await?
            .ok_or_else(missing)?;
        let holding = store::holding::find(at, row.holding_id)
            .await?
            .ok_or_else(missing)?;
        Ok(Self {
            row,
            unit_id: holding.unit_id,
        })
    }

    /// The certificate in force of a holding.
    pub(super) async fn in_force(mut at: Exec<'_>, holding: HoldingId) -> Result<Option<Self>> {
        let Some(row) = crate::certificate::in_force(at.again(), holding).await? else {
            return Ok(None);
        };
        let found = store::holding::find(at, holding).await?;
        Ok(found.map(|holding| Self {
            row,
            unit_id: holding.unit_id,
        }))
    }

    /// The algorithm of its signatures.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match self.row.ca {
            Family::Rsa => Algorithm::RsaSha256,
            Family::Sm2 => Algorithm::Sm2Sm3,
        }
    }

    /// Issuing and root certificate, DER.
    #[must_use]
    pub fn chain(&self, app: &App) -> [Vec<u8>; 2] {
        crate::certificate::chain(app, self.row.ca)
    }

    /// The signed attributes over a document's digest.
    pub(super) fn attributes(&self, digest: &[u8]) -> Result<Vec<u8>> {
        gm_pki::cms::signed_attributes(self.algorithm(), digest, &self.row.der)
            .map_err(|_| Error::invalid("digest_invalid"))
    }
}
