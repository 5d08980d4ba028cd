//! A local key with a certificate of its own, the same for both sides.

use anyhow::Result;
use getrandom::SysRng;
use gm_pki::certificate::{self, IssuerFacts, Plan, Profile};
use gm_pki::name::Subject;
use gm_pki::{Algorithm, Signer as _, SoftKey, cms};
use rand_core::UnwrapErr;

/// Key and self-made chain of two.
pub struct Signer {
    algorithm: Algorithm,
    key: SoftKey,
    certificate: Vec<u8>,
}

impl Signer {
    /// A new key of the kind; RSA has 2048 bits, as the peer's.
    pub fn new(algorithm: Algorithm) -> Result<Self> {
        let rng = &mut UnwrapErr(SysRng);
        let key = match algorithm {
            Algorithm::RsaSha256 => SoftKey::generate_rsa(2048, rng)?,
            _ => SoftKey::generate(algorithm, rng)?,
        };
        let certificate = self_signed(&key)?;
        Ok(Self {
            algorithm,
            key,
            certificate,
        })
    }

    /// Key in PKCS#8 and certificate, both PEM, for the peer.
    pub fn pem(&self) -> Result<(String, String)> {
        let key = gm_pki::pem::encode("PRIVATE KEY", &self.key.to_pkcs8_der()?)?;
        Ok((key, gm_pki::pem::encode("CERTIFICATE", &self.certificate)?))
    }

    /// A detached CMS over the document's digest.
    pub fn cms(&self, digest: &[u8]) -> Result<Vec<u8>> {
        let attributes = cms::signed_attributes(self.algorithm, digest, &self.certificate)?;
        let signature = self.key.sign(&attributes)?;
        Ok(cms::assemble(&cms::Parts {
            algorithm: self.algorithm,
            signed_attributes: &attributes,
            signature: &signature,
            certificates: &[&self.certificate],
            timestamp_token: None,
        })?)
    }
}

/// A certificate that the key signs for itself: enough for both sides to name a signer.
fn self_signed(key: &SoftKey) -> Result<Vec<u8>> {
    let subject = Subject {
        country: Some("CN".to_owned()),
        common_name: Some("Bench".to_owned()),
        ..Subject::default()
    };
    let plan = Plan {
        profile: Profile::SigningLeaf,
        serial: vec![7; 16],
        issuer: Some(IssuerFacts {
            subject_der: subject.to_der()?,
            key_id: certificate::key_identifier(key.public_key_der())?.to_vec(),
        }),
        subject,
        spki_der: key.public_key_der().to_vec(),
        not_before: 1_760_000_000,
        not_after: 1_890_000_000,
        policy: None,
        crl_url: None,
        ocsp_url: None,
        issuer_url: None,
    };
    // Not linted: a certificate for a measurement needs no addresses and no authority above it.
    let tbs = certificate::to_be_signed(&plan, key.algorithm())?;
    Ok(certificate::assemble(&tbs, key.algorithm(), &key.sign(&tbs)?))
}
