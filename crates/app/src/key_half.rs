//! The server's halves of keys: opened for one act, erased with it.

use domain::id::{HoldingId, InstallId};
use domain::product::Algorithm;
use domain::usability::Status;
use store::certificate::Certificate;
use store::{Exec, Vault};
use zeroize::Zeroizing;

use crate::{App, Error, Result};

/// The purpose under which halves are sealed.
const PURPOSE: &str = "key_half";

/// A half, erased when dropped.
#[expect(
    clippy::large_enum_variant,
    reason = "one at a time, for one act; boxing would copy the secret once more"
)]
pub enum ServerKey {
    /// Of an SM2 key.
    Sm2(cosign::sm2::ServerKey),
    /// Of a composite RSA key.
    Rsa(cosign::rsa::ServerKey),
}

impl ServerKey {
    /// The joint public key, DER SubjectPublicKeyInfo.
    #[must_use]
    pub fn spki_der(&self) -> Vec<u8> {
        match self {
            Self::Sm2(key) => key.public_key().to_spki_der(),
            Self::Rsa(key) => key.public_key().to_spki_der(),
        }
    }

    pub(crate) fn seal(
        &self,
        vault: &Vault,
        holding: HoldingId,
        install: InstallId,
    ) -> Result<Vec<u8>> {
        let bytes: Zeroizing<Vec<u8>> = match self {
            Self::Sm2(key) => key.to_bytes(),
            Self::Rsa(key) => key.to_bytes(),
        };
        Ok(vault.wrap(PURPOSE, &aad(holding, install), &bytes)?)
    }

    fn open(
        vault: &Vault,
        algorithm: Algorithm,
        holding: HoldingId,
        install: InstallId,
        sealed: &[u8],
    ) -> Result<Self> {
        let bytes = vault.unwrap(PURPOSE, &aad(holding, install), sealed)?;
        match algorithm {
            Algorithm::Sm2 => cosign::sm2::ServerKey::from_bytes(&bytes).map(Self::Sm2),
            Algorithm::Rsa => cosign::rsa::ServerKey::from_bytes(&bytes).map(Self::Rsa),
        }
        .map_err(Error::internal)
    }
}

/// What a sealed half is bound to: moved to another holding or install it does not open.
fn aad(holding: HoldingId, install: InstallId) -> Vec<u8> {
    format!("{holding}|{install}").into_bytes()
}

/// The half of a certificate's key.
///
/// # Errors
/// `certificate_revoked` when the certificate is not good, or its half is gone.
pub async fn server_key(
    app: &App,
    at: impl Into<Exec<'_>>,
    certificate: &Certificate,
) -> Result<ServerKey> {
    let half = store::key_half::find(at, certificate.id)
        .await?
        .filter(|_| certificate.status == Status::Good);
    let half = half.ok_or_else(|| Error::conflict("certificate_revoked"))?;
    ServerKey::open(
        &app.vault,
        half.algorithm,
        half.holding_id,
        half.install_id,
        &half.sealed,
    )
}
