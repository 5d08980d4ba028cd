//! Decryption, server first: the server gives `D = [d2^-1]C1` with a proof that it used the key's share; only the phone
//! can finish. The proof tells "the server answered wrongly" from "the envelope is damaged".

use super::keys::{ClientKey, ServerKey};
use super::point::{self, PointBytes, ProjectivePoint};
use super::proof::{self, Proof};
use crate::Error;
use crate::message::{self, Kind, Reader};
use der::{
    Decode, Sequence,
    asn1::{OctetStringRef, UintRef},
};
use rand_core::CryptoRng;
use sm3::{Digest, Sm3};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const ANSWER: &str = "hulian/cosign/v1/sm2/decrypt/answer";

/// The longest plaintext, in bytes. What is encrypted to an SM2 key is a content key, not a document.
pub const PLAINTEXT_MAX_BYTES: usize = 64 * 1024;

/// `C1 || C3 || C2` of GB/T 32918.4, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ciphertext {
    c1: PointBytes,
    c3: [u8; 32],
    c2: Vec<u8>,
}

/// `SM2Cipher` of GB/T 35276.
#[derive(Sequence)]
struct Sm2Cipher<'a> {
    x: UintRef<'a>,
    y: UintRef<'a>,
    hash: &'a OctetStringRef,
    cipher: &'a OctetStringRef,
}

impl Ciphertext {
    /// Reads `C1 || C3 || C2` with `C1` uncompressed.
    pub fn from_c1c3c2(bytes: &[u8]) -> Result<Self, Error> {
        let (c1, rest) = bytes
            .split_first_chunk()
            .ok_or(Error::Malformed("ciphertext too short"))?;
        let (c3, c2) = rest
            .split_first_chunk()
            .ok_or(Error::Malformed("ciphertext too short"))?;
        Self::new(*c1, *c3, c2)
    }

    /// Reads the DER form `SEQUENCE { x, y, hash, cipher }`.
    pub fn from_der(bytes: &[u8]) -> Result<Self, Error> {
        let cipher = Sm2Cipher::from_der(bytes).map_err(|_| Error::Malformed("ciphertext DER"))?;
        let c3 = cipher
            .hash
            .as_bytes()
            .try_into()
            .map_err(|_| Error::Malformed("ciphertext hash"))?;
        let mut c1 = [4u8; 65];
        let (_, coordinates) = c1.split_at_mut(1);
        let (x, y) = coordinates.split_at_mut(32);
        right_align(cipher.x.as_bytes(), x)?;
        right_align(cipher.y.as_bytes(), y)?;
        Self::new(c1, c3, cipher.cipher.as_bytes())
    }

    fn new(c1: PointBytes, c3: [u8; 32], c2: &[u8]) -> Result<Self, Error> {
        point::point(&c1)?;
        if c2.is_empty() || c2.len() > PLAINTEXT_MAX_BYTES {
            return Err(Error::Range("ciphertext length"));
        }
        Ok(Self {
            c1,
            c3,
            c2: c2.to_vec(),
        })
    }

    /// The ciphertext's point, the only part the server sees.
    #[must_use]
    pub fn c1(&self) -> &[u8; 65] {
        &self.c1
    }
}

fn right_align(number: &[u8], out: &mut [u8]) -> Result<(), Error> {
    let start = out
        .len()
        .checked_sub(number.len())
        .ok_or(Error::Range("coordinate too long"))?;
    let (zeros, rest) = out.split_at_mut(start);
    zeros.fill(0);
    rest.copy_from_slice(number);
    Ok(())
}

/// Phone to server: session and `C1` (83 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    sid: [u8; 16],
    c1: PointBytes,
}

impl Request {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        message::encode(Kind::Sm2DecryptRequest, &[&self.sid, &self.c1])
    }

    /// Reads the message.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::Sm2DecryptRequest)?;
        let (sid, c1) = (reader.array()?, reader.array()?);
        reader.finish()?;
        point::point(&c1)?;
        Ok(Self { sid, c1 })
    }
}

/// Server to phone: `D` and the proof `log_G(P2) = log_C1(D)` (131 bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    d: PointBytes,
    proof: Proof,
}

impl Reply {
    /// The message's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let Proof {
            challenge,
            response,
        } = &self.proof;
        message::encode(Kind::Sm2DecryptReply, &[&self.d, challenge, response])
    }

    /// Reads the message; ranges and the curve are checked here, the proof by [`finish`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, Kind::Sm2DecryptReply)?;
        let d = reader.array()?;
        let proof = Proof {
            challenge: reader.array()?,
            response: reader.array()?,
        };
        reader.finish()?;
        point::point(&d)?;
        point::nonzero(&proof.challenge)?;
        point::scalar(&proof.response)?;
        Ok(Self { d, proof })
    }
}

/// The phone asks for the server's part of one ciphertext in session `sid`.
#[must_use]
pub fn request(sid: [u8; 16], ciphertext: &Ciphertext) -> Request {
    Request {
        sid,
        c1: ciphertext.c1,
    }
}

/// The server's part. `sid` and `expected_c1` are the server's own, from the envelope it knows: it is no oracle for
/// points of somebody's choice. The caller has checked that this envelope may be opened now.
pub fn server_answer<R: CryptoRng + ?Sized>(
    key: &ServerKey,
    sid: [u8; 16],
    expected_c1: &[u8; 65],
    request: &Request,
    rng: &mut R,
) -> Result<Reply, Error> {
    if !bool::from(request.sid.ct_eq(&sid)) {
        return Err(Error::Check("another session"));
    }
    if !bool::from(request.c1.ct_eq(expected_c1)) {
        return Err(Error::Check("another ciphertext"));
    }
    let c1 = point::point(&request.c1)?;
    let d = point::affine(&(ProjectivePoint::from(c1) * *key.d2_inverse))?;
    let d = point::point_bytes(&d)?;
    let p2 = key.p2()?;
    let statement: [&[u8]; 5] = [&sid, &key.public.bytes, &p2.bytes, expected_c1, &d];
    let proof = proof::prove_equal(ANSWER, &statement, &c1, &key.d2_inverse, rng)?;
    Ok(Reply { d, proof })
}

/// Checks the server's proof, then opens the ciphertext. [`Error::Proof`] blames the server, [`Error::Sealed`] the envelope.
pub fn finish(
    key: &ClientKey,
    sid: [u8; 16],
    ciphertext: &Ciphertext,
    reply: &Reply,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let c1 = point::point(&ciphertext.c1)?;
    let d = point::point(&reply.d)?;
    let statement: [&[u8]; 5] = [
        &sid,
        &key.public.bytes,
        &key.p2.bytes,
        &ciphertext.c1,
        &reply.d,
    ];
    proof::verify_equal(ANSWER, &statement, &c1, &key.p2.point, &d, &reply.proof)?;
    let inverse = point::invert(&key.d1)?;
    let shared = point::affine(&(ProjectivePoint::from(d) * *inverse - ProjectivePoint::from(c1)))?;
    let shared = Zeroizing::new(point::point_bytes(&shared)?);
    let [_, coordinates @ ..] = &*shared;
    let (x, y) = coordinates.split_at(32);
    let mut message = key_stream(coordinates, ciphertext.c2.len());
    if message.iter().all(|byte| *byte == 0) {
        return Err(Error::Sealed);
    }
    for (byte, cipher) in message.iter_mut().zip(&ciphertext.c2) {
        *byte ^= cipher;
    }
    let hash = Sm3::new()
        .chain_update(x)
        .chain_update(message.as_slice())
        .chain_update(y)
        .finalize();
    if bool::from(hash.as_slice().ct_eq(&ciphertext.c3)) {
        Ok(message)
    } else {
        Err(Error::Sealed)
    }
}

/// The key derivation of GB/T 32918.4, clause 5.4.3.
fn key_stream(seed: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(length + 32));
    let mut counter: u32 = 1;
    while out.len() < length {
        let block = Sm3::new()
            .chain_update(seed)
            .chain_update(counter.to_be_bytes())
            .finalize();
        out.extend_from_slice(&block);
        counter += 1;
    }
    out.truncate(length);
    out
}
