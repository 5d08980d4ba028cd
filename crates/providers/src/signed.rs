//! How the stand-ins sign their callbacks: Ed25519 over time stamp, nonce and body, one line each.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use rand_core::{Rng as _, UnwrapErr};

use crate::payment::{CALLBACK_AGE_MAX_S, CallbackError};

const TIMESTAMP: &str = "hulian-sandbox-timestamp";
const NONCE: &str = "hulian-sandbox-nonce";
const SIGNATURE: &str = "hulian-sandbox-signature";

/// A callback, ready to be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCallback {
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// The exact bytes that are signed.
    pub body: Vec<u8>,
}

/// A fresh key. It lives as long as the process: reports are signed when they are delivered.
pub(crate) fn fresh_key() -> SigningKey {
    // A system without randomness cannot go on in any way that is safe.
    let mut seed = [0; 32];
    UnwrapErr(getrandom::SysRng).fill_bytes(&mut seed);
    SigningKey::from_bytes(&seed)
}

/// Signs a body at `now_s`.
pub(crate) fn sign(key: &SigningKey, body: Vec<u8>, now_s: i64, nonce: [u8; 16]) -> SignedCallback {
    let nonce = Base64UrlUnpadded::encode_string(&nonce);
    let signature = key.sign(&signed_bytes(&now_s.to_string(), &nonce, &body));
    let headers = vec![
        (TIMESTAMP, now_s.to_string()),
        (NONCE, nonce),
        (
            SIGNATURE,
            Base64UrlUnpadded::encode_string(&signature.to_bytes()),
        ),
    ];
    SignedCallback { headers, body }
}

/// Judges a callback over the exact bytes that came.
pub(crate) fn verify(
    key: &VerifyingKey,
    header: &dyn Fn(&str) -> Option<String>,
    body: &[u8],
    now_s: i64,
) -> Result<(), CallbackError> {
    let [timestamp, nonce, signature] = [TIMESTAMP, NONCE, SIGNATURE].map(header);
    let (Some(timestamp), Some(nonce), Some(signature)) = (timestamp, nonce, signature) else {
        return Err(CallbackError::Unsigned);
    };
    let mut bytes = [0; 64];
    Base64UrlUnpadded::decode(&signature, &mut bytes).map_err(|_| CallbackError::Unsigned)?;
    let signature = Signature::from_bytes(&bytes);
    key.verify_strict(&signed_bytes(&timestamp, &nonce, body), &signature)
        .map_err(|_| CallbackError::Signature)?;
    let signed_at_s: i64 = timestamp.parse().map_err(|_| CallbackError::Unsigned)?;
    match now_s.checked_sub(signed_at_s) {
        Some(age_s) if age_s.abs() <= CALLBACK_AGE_MAX_S => Ok(()),
        _ => Err(CallbackError::Age),
    }
}

fn signed_bytes(timestamp: &str, nonce: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{timestamp}\n{nonce}\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes.push(b'\n');
    bytes
}
