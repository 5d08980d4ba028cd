//! What the right password unlocks: a key that proves it, and a key that wraps the shares on the phone.

use crate::Error;
use crate::message::{self, Kind, Reader, framed};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use elliptic_curve::array::Array;
use elliptic_curve::consts::U48;
use elliptic_curve::ops::Reduce;
use hkdf::Hkdf;
use p256::ecdsa::{Signature, SigningKey};
use p256::{NonZeroScalar, Scalar};
use rand_core::CryptoRng;
use sha2::Sha256;
use signature::Signer;
use zeroize::Zeroizing;

const SALT: &[u8] = b"hulian/cosign/v1/password";
const PROOF_KEY: &[u8] = b"proof-key";
const WRAPPING_KEY: &[u8] = b"wrapping-key";
const INNER: &[u8] = b"hulian/cosign/v1/password/inner";
const OUTER: &[u8] = b"hulian/cosign/v1/password/outer";

/// The longest share that is wrapped, in bytes; an RSA half is below two kilobytes.
pub const SHARE_MAX_BYTES: usize = 8 * 1024;

/// The keys of one person and epoch, as long as the password is needed. Erased on drop.
pub struct Unlocked {
    proof_key: SigningKey,
    wrapping_key: Zeroizing<[u8; 32]>,
}

impl Unlocked {
    /// Derives both keys from the OPRF output: HKDF-SHA256 with the salt `hulian/cosign/v1/password` and the info
    /// `label, person id, epoch` (four bytes), each part behind its length of four bytes. The proof key is 48 bytes of
    /// output reduced modulo the order of P-256 (as RFC 9380 hashes to a field), the wrapping key 32 bytes.
    pub fn from_oprf(output: &[u8; 32], person_id: &str, epoch: u32) -> Result<Self, Error> {
        let hkdf = Hkdf::<Sha256>::new(Some(SALT), output);
        let expand = |label: &[u8], out: &mut [u8]| {
            let info = framed(&[label, person_id.as_bytes(), &epoch.to_be_bytes()]);
            hkdf.expand(&info, out)
                .map_err(|_| Error::Range("key derivation"))
        };
        let mut wide = Zeroizing::new([0u8; 48]);
        expand(PROOF_KEY, wide.as_mut_slice())?;
        let mut wrapping_key = Zeroizing::new([0u8; 32]);
        expand(WRAPPING_KEY, wrapping_key.as_mut_slice())?;
        let wide: Zeroizing<Array<u8, U48>> = Zeroizing::new(Array(*wide));
        let scalar = Zeroizing::new(Scalar::reduce(&*wide));
        let scalar: NonZeroScalar =
            Option::from(NonZeroScalar::new(*scalar)).ok_or(Error::Range("scalar is zero"))?;
        let scalar = Zeroizing::new(scalar);
        Ok(Self {
            proof_key: SigningKey::from(*scalar),
            wrapping_key,
        })
    }

    /// The proof key's public half, `04 || x || y`.
    #[must_use]
    pub fn proof_public_key(&self) -> [u8; 65] {
        let encoded = self.proof_key.verifying_key().to_sec1_point(false);
        // An uncompressed point of P-256 has 65 bytes; the zeros are never taken.
        encoded.as_bytes().try_into().unwrap_or([0; 65])
    }

    /// Proves the password over a statement: ECDSA P-256 with SHA-256 and the nonce of RFC 6979, `r || s`.
    #[must_use]
    pub fn prove(&self, statement: &[u8]) -> [u8; 64] {
        let signature: Signature = self.proof_key.sign(statement);
        signature.to_bytes().into()
    }

    /// Wraps a share twice, under the password's key and then under the device's:
    /// `version, kind, iv2, AES-GCM_device(iv1, AES-GCM_password(share))`.
    pub fn wrap<R: CryptoRng + ?Sized>(
        &self,
        device_key: &[u8; 32],
        aad: &[u8],
        share: &[u8],
        rng: &mut R,
    ) -> Result<Vec<u8>, Error> {
        if share.len() > SHARE_MAX_BYTES {
            return Err(Error::Range("share too long"));
        }
        let inner = seal(&self.wrapping_key, INNER, aad, share, rng)?;
        let outer = seal(device_key, OUTER, aad, &inner, rng)?;
        Ok(message::encode(Kind::WrappedShare, &[&outer]))
    }

    /// Opens [`Self::wrap`]; one error for a wrong password, a wrong device and damaged bytes.
    pub fn unwrap(
        &self,
        device_key: &[u8; 32],
        aad: &[u8],
        blob: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        if blob.len() > SHARE_MAX_BYTES + 64 {
            return Err(Error::Range("blob too long"));
        }
        let outer = Reader::new(blob, Kind::WrappedShare)?.remainder();
        let inner = open(device_key, OUTER, aad, outer)?;
        open(&self.wrapping_key, INNER, aad, &inner)
    }
}

fn seal<R: CryptoRng + ?Sized>(
    key: &[u8; 32],
    label: &[u8],
    aad: &[u8],
    plain: &[u8],
    rng: &mut R,
) -> Result<Vec<u8>, Error> {
    let mut iv = [0u8; 12];
    rng.fill_bytes(&mut iv);
    let aad = framed(&[label, aad]);
    let sealed = Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key))
        .encrypt(
            &Nonce::from(iv),
            Payload {
                msg: plain,
                aad: &aad,
            },
        )
        .map_err(|_| Error::Range("share too long"))?;
    Ok([iv.as_slice(), &sealed].concat())
}

fn open(
    key: &[u8; 32],
    label: &[u8],
    aad: &[u8],
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (iv, sealed) = bytes
        .split_first_chunk::<12>()
        .ok_or(Error::Malformed("blob too short"))?;
    let aad = framed(&[label, aad]);
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key))
        .decrypt(
            &Nonce::from(*iv),
            Payload {
                msg: sealed,
                aad: &aad,
            },
        )
        .map(Zeroizing::new)
        .map_err(|_| Error::Sealed)
}
