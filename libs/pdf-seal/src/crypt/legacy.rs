//! Revisions 2 to 4 of the standard handler: RC4 and AES-128 (ISO 32000-2, 7.6.4.3 and 7.6.4.4).

use md5::{Digest as _, Md5};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::Opened;
use super::cipher::rc4;
use super::handler::Handler;
use super::password::{FILLING, filled, without_filling};

/// The key of the file, when `password` is its user password (algorithms 2, 4, 5 and 6).
pub(super) fn user(handler: &Handler, password: &[u8]) -> Option<Opened> {
    let filled = filled(password);
    let mut lengths = handler.key_lengths.iter();
    lengths.find_map(|length| user_with(handler, &filled, *length))
}

/// The key of the file, when `password` is its owner password (algorithm 7): it decrypts the user password.
pub(super) fn owner(handler: &Handler, password: &[u8]) -> Option<Opened> {
    let filled = filled(password);
    let mut lengths = handler.key_lengths.iter();
    lengths.find_map(|length| {
        let mut key = Zeroizing::new(Md5::digest(*filled).to_vec());
        if handler.revision >= 3 {
            (0..50).for_each(|_| *key = Md5::digest(&*key).to_vec());
        }
        key.truncate(*length);
        let mut user = Zeroizing::new(handler.owner.get(..32)?.to_vec());
        let rounds = if handler.revision >= 3 { 20 } else { 1 };
        for round in (0..rounds).rev() {
            *user = rc4(&turned(&key, round), &user);
        }
        user_with(handler, user.first_chunk()?, *length)
    })
}

fn user_with(handler: &Handler, filled: &[u8; 32], length: usize) -> Option<Opened> {
    let mut hash = Md5::new();
    hash.update(filled);
    hash.update(handler.owner.get(..32)?);
    hash.update(handler.permissions.to_le_bytes());
    hash.update(&handler.id);
    if handler.revision >= 4 && !handler.encrypt_metadata {
        hash.update([0xff; 4]);
    }
    let mut key = Zeroizing::new(hash.finalize().to_vec());
    if handler.revision >= 3 {
        for _ in 0..50 {
            *key = Md5::digest(key.get(..length)?).to_vec();
        }
    }
    key.truncate(length);
    let (expected, compared) = if handler.revision >= 3 {
        let mut hash = Md5::new();
        hash.update(FILLING);
        hash.update(&handler.id);
        let first = hash.finalize().to_vec();
        let code = (0..20).fold(first, |code, round| rc4(&turned(&key, round), &code));
        (code, 16)
    } else {
        (rc4(&key, &FILLING), 32)
    };
    let is_right = expected
        .get(..compared)?
        .ct_eq(handler.user.get(..compared)?);
    bool::from(is_right).then(|| Opened {
        key,
        password: without_filling(filled),
    })
}

/// The key of a round: every byte XORed with its number.
fn turned(key: &[u8], round: u8) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(key.iter().map(|byte| byte ^ round).collect())
}
