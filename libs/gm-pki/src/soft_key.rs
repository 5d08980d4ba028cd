//! Keys in memory, and the trait behind which a key may be anywhere.

use crate::wire::bound;
use crate::{Algorithm, Error, public_key};
use core::convert::Infallible;
use pkcs8::{DecodePrivateKey, EncodePrivateKey, SecretDocument};
use rand_core::{CryptoRng, TryCryptoRng, TryRng};
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};
use signature::Signer as _;
use sm2::elliptic_curve::Generate;
use spki::EncodePublicKey;
use zeroize::{Zeroize, Zeroizing};

/// The longest private key file that is read, in bytes.
const MAX_KEY_BYTES: usize = 16 * 1024;

/// How SEC1 keys begin.
const SEC1_BEGINS: [&str; 2] = ["-----BEGIN EC PRIVATE KEY", "-----BEGIN SM2 PRIVATE KEY"];

/// Something that signs: a key in memory, in a module, or in two halves.
pub trait Signer {
    /// The algorithm of the signatures.
    fn algorithm(&self) -> Algorithm;
    /// DER SubjectPublicKeyInfo.
    fn public_key_der(&self) -> &[u8];
    /// A signature over the message, as a BIT STRING holds it: DER `SEQUENCE { r, s }`, or the RSA block.
    ///
    /// # Errors
    /// [`Error::Key`] when the key cannot sign.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error>;
}

/// A whole private key in memory, erased when dropped. Signing with SM2 makes a short-lived copy on the stack that the
/// `sm2` crate does not erase.
pub struct SoftKey {
    secret: Secret,
    spki: Vec<u8>,
}

enum Secret {
    // Not the crate's `SigningKey`, which is not erased when dropped.
    Sm2(sm2::SecretKey),
    Rsa(Box<rsa::PrivateKey>, Zeroizing<[u8; 32]>),
    P256(p256::ecdsa::SigningKey),
}

impl core::fmt::Debug for SoftKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("SoftKey")
            .field("algorithm", &self.algorithm())
            .finish_non_exhaustive()
    }
}

impl SoftKey {
    /// A new key. RSA keys have 3072 bits; see [`SoftKey::generate_rsa`] for other sizes.
    ///
    /// # Errors
    /// [`Error::Key`] when no key could be made.
    pub fn generate<R: CryptoRng + ?Sized>(
        algorithm: Algorithm,
        rng: &mut R,
    ) -> Result<Self, Error> {
        match algorithm {
            Algorithm::Sm2Sm3 => Self::sm2(&sm2::SecretKey::generate_from_rng(rng)),
            Algorithm::P256Sha256 => Self::p256(&p256::SecretKey::generate_from_rng(rng)),
            Algorithm::RsaSha256 => Self::generate_rsa(3072, rng),
        }
    }

    /// A new RSA key of 2048 to 4096 bits with exponent 65537.
    ///
    /// # Errors
    /// [`Error::Key`] for another size.
    pub fn generate_rsa<R: CryptoRng + ?Sized>(bits: usize, rng: &mut R) -> Result<Self, Error> {
        if !public_key::RSA_BITS.contains(&bits) {
            return Err(Error::Key("RSA modulus not between 2048 and 4096 bits"));
        }
        Self::rsa(rsa::PrivateKey::new(rng, bits).map_err(|_| Error::Key("RSA key generation"))?)
    }

    /// Reads PKCS#8 (RFC 5958), unencrypted.
    ///
    /// # Errors
    /// [`Error::Key`] when the bytes are no key of the three families.
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, Error> {
        bound(der, "private key", MAX_KEY_BYTES)?;
        if let Ok(key) = sm2::SecretKey::from_pkcs8_der(der) {
            return Self::sm2(&key);
        }
        if let Ok(key) = p256::SecretKey::from_pkcs8_der(der) {
            return Self::p256(&key);
        }
        let key = rsa::PrivateKey::from_pkcs8_der(der)
            .map_err(|_| Error::Key("not a PKCS#8 key of SM2, P-256 or RSA"))?;
        Self::rsa(key)
    }

    /// Reads an encrypted PKCS#8 key (RFC 5958, 3) under PBES2 with AES or triple DES, PBKDF2 or scrypt.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for a wrong password, [`Error::Unsupported`] for other schemes, [`Error::Key`] as
    /// [`SoftKey::from_pkcs8_der`].
    pub fn from_encrypted_pkcs8_der(der: &[u8], password: &[u8]) -> Result<Self, Error> {
        bound(der, "private key", MAX_KEY_BYTES)?;
        Self::from_pkcs8_der(&crate::pkcs12::shrouded(der, password)?)
    }

    /// Reads PEM: `PRIVATE KEY` (PKCS#8), `RSA PRIVATE KEY` (PKCS#1) or
    /// `EC PRIVATE KEY` and `SM2 PRIVATE KEY` (SEC1, with the curve inside).
    ///
    /// # Errors
    /// [`Error::Key`] when the text is no key of the three families.
    pub fn from_pem(pem: &str) -> Result<Self, Error> {
        bound(pem.as_bytes(), "private key", MAX_KEY_BYTES)?;
        // OpenSSL writes a block of curve parameters before SEC1 keys; the key itself names the curve again.
        let start = SEC1_BEGINS
            .iter()
            .find_map(|begin| pem.find(begin))
            .unwrap_or(0);
        let text = pem.get(start..).unwrap_or(pem).trim_start();
        let (label, document) =
            SecretDocument::from_pem(text).map_err(|_| Error::Key("not PEM"))?;
        let der = document.as_bytes();
        match label {
            "PRIVATE KEY" => Self::from_pkcs8_der(der),
            "RSA PRIVATE KEY" => Self::rsa(
                rsa::PrivateKey::from_pkcs1_der(der).map_err(|_| Error::Key("not a PKCS#1 key"))?,
            ),
            // OpenSSL 3 gives SEC1 keys of SM2 a label of their own.
            "EC PRIVATE KEY" | "SM2 PRIVATE KEY" => {
                if let Ok(key) = sm2::SecretKey::from_sec1_der(der) {
                    return Self::sm2(&key);
                }
                let key = p256::SecretKey::from_sec1_der(der)
                    .map_err(|_| Error::Key("not a SEC1 key of SM2 or P-256"))?;
                Self::p256(&key)
            }
            _ => Err(Error::Key("unknown PEM label")),
        }
    }

    /// Reads PEM of PKCS#8; the same as [`SoftKey::from_pem`].
    ///
    /// # Errors
    /// As [`SoftKey::from_pem`].
    pub fn from_pkcs8_pem(pem: &str) -> Result<Self, Error> {
        Self::from_pem(pem)
    }

    /// PKCS#8, unencrypted.
    ///
    /// # Errors
    /// [`Error::Key`] when the key cannot be written.
    pub fn to_pkcs8_der(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let failed = |_| Error::Key("cannot be written as PKCS#8");
        let document = match &self.secret {
            Secret::Sm2(key) => key.to_pkcs8_der().map_err(failed)?,
            Secret::P256(key) => p256::SecretKey::from(key.as_nonzero_scalar())
                .to_pkcs8_der()
                .map_err(failed)?,
            Secret::Rsa(key, _) => key.to_pkcs8_der().map_err(failed)?,
        };
        Ok(Zeroizing::new(document.as_bytes().to_vec()))
    }

    fn sm2(key: &sm2::SecretKey) -> Result<Self, Error> {
        let spki = key.public_key().to_public_key_der();
        let spki = spki.map_err(|_| Error::Key("SM2 key"))?.into_vec();
        Ok(SoftKey {
            secret: Secret::Sm2(key.clone()),
            spki,
        })
    }

    fn p256(key: &p256::SecretKey) -> Result<Self, Error> {
        let spki = key
            .public_key()
            .to_public_key_der()
            .map_err(|_| Error::Key("P-256 key"))?
            .into_vec();
        Ok(SoftKey {
            secret: Secret::P256(key.into()),
            spki,
        })
    }

    fn rsa(key: rsa::PrivateKey) -> Result<Self, Error> {
        if !public_key::RSA_BITS.contains(&(key.n().as_ref().bit_width_vartime() as usize)) {
            return Err(Error::Key("RSA modulus not between 2048 and 4096 bits"));
        }
        let spki = key
            .to_public_key()
            .to_public_key_der()
            .map_err(|_| Error::Key("RSA key"))?
            .into_vec();
        let pkcs8 = key.to_pkcs8_der().map_err(|_| Error::Key("RSA key"))?;
        let seed = Zeroizing::new(
            Sha256::new()
                .chain_update(b"gm-pki blinding seed")
                .chain_update(pkcs8.as_bytes())
                .finalize()
                .into(),
        );
        Ok(SoftKey {
            secret: Secret::Rsa(Box::new(key), seed),
            spki,
        })
    }
}

impl Signer for SoftKey {
    fn algorithm(&self) -> Algorithm {
        match self.secret {
            Secret::Sm2(_) => Algorithm::Sm2Sm3,
            Secret::Rsa(..) => Algorithm::RsaSha256,
            Secret::P256(_) => Algorithm::P256Sha256,
        }
    }

    fn public_key_der(&self) -> &[u8] {
        &self.spki
    }

    /// Deterministic: SM2 and ECDSA take their nonce as RFC 6979 does, PKCS#1 v1.5 has none.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let failed = Error::Key("signing failed");
        match &self.secret {
            Secret::Sm2(key) => {
                let key = sm2::dsa::SigningKey::new(public_key::DEFAULT_SM2_ID, key)
                    .map_err(|_| failed.clone())?;
                let signature: sm2::dsa::Signature = key.try_sign(message).map_err(|_| failed)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Secret::P256(key) => {
                let signature: p256::ecdsa::Signature =
                    key.try_sign(message).map_err(|_| failed)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Secret::Rsa(key, seed) => {
                let digest = Sha256::digest(message);
                let mut blinding = Blinding::new(seed, &digest);
                key.sign_with_rng(&mut blinding, rsa::Pkcs1v15Sign::new::<Sha256>(), &digest)
                    .map_err(|_| failed)
            }
        }
    }
}

/// The blinding factor of an RSA signature must be unknown outside and fresh for each message, and does not show in the
/// signature. It is drawn from SHA-256 over a secret of the key, the digest and a counter, so that signing needs no
/// random numbers from its caller.
struct Blinding {
    seed: [u8; 32],
    counter: u64,
}

impl Blinding {
    fn new(secret: &[u8; 32], digest: &[u8]) -> Self {
        let seed = Sha256::new()
            .chain_update(secret)
            .chain_update(digest)
            .finalize()
            .into();
        Blinding { seed, counter: 0 }
    }
}

impl Drop for Blinding {
    fn drop(&mut self) {
        self.seed.zeroize();
    }
}

impl TryRng for Blinding {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(32) {
            let block = Sha256::new()
                .chain_update(self.seed)
                .chain_update(self.counter.to_be_bytes())
                .finalize();
            self.counter += 1;
            for (to, from) in chunk.iter_mut().zip(block.iter()) {
                *to = *from;
            }
        }
        Ok(())
    }
}

impl TryCryptoRng for Blinding {}
