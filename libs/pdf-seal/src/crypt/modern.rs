//! Revisions 5 and 6 of the standard handler: AES-256 (ISO 32000-2, 7.6.4.3.3 and 7.6.4.3.4).
//!
//! Revision 5 was an extension of one maker with a plain SHA-256; revision 6 is the standard's.

use sha2::{Digest as _, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::Opened;
use super::cipher::{aes_128_encrypt, aes_256_block, aes_decrypt};
use super::handler::Handler;

/// Rounds that algorithm 2.B makes at least.
const ROUNDS: u32 = 64;

/// The key of the file, when `password` is its user password (algorithm 2.A, d and e).
pub(super) fn user(handler: &Handler, password: &[u8]) -> Option<Opened> {
    open(handler, password, &handler.user, &handler.user_key, &[])
}

/// The key of the file, when `password` is its owner password (algorithm 2.A, c).
pub(super) fn owner(handler: &Handler, password: &[u8]) -> Option<Opened> {
    let user = handler.user.get(..48)?;
    open(handler, password, &handler.owner, &handler.owner_key, user)
}

/// `entry` is hash, validation salt and key salt; `key` the encrypted key of the file.
fn open(
    handler: &Handler,
    password: &[u8],
    entry: &[u8],
    key: &[u8],
    user: &[u8],
) -> Option<Opened> {
    let (expected, salts) = entry.get(..48)?.split_at_checked(32)?;
    let (validation, key_salt) = salts.split_at_checked(8)?;
    let hash = |salt: &[u8]| match handler.revision {
        5 => plain_hash(password, salt, user),
        _ => hash(password, salt, user),
    };
    if !bool::from(hash(validation).ct_eq(expected)) {
        return None;
    }
    let key = aes_decrypt(&*hash(key_salt), &[0; 16], key.get(..32)?);
    Some(Opened {
        key: Zeroizing::new(key),
        password: Zeroizing::new(password.to_vec()),
    })
}

/// Whether `/Perms` says the same as `/P` and `/EncryptMetadata` (algorithm 13).
pub(super) fn permissions_agree(handler: &Handler, key: &[u8]) -> bool {
    let Some(perms) = handler.perms.first_chunk() else {
        return false;
    };
    let plain = aes_256_block(key, perms);
    let metadata = if handler.encrypt_metadata { b'T' } else { b'F' };
    let [a, b, c, d, _, _, _, _, encrypts, mark @ .., _, _, _, _] = plain;
    mark == *b"adb" && [a, b, c, d] == handler.permissions.to_le_bytes() && encrypts == metadata
}

fn plain_hash(password: &[u8], salt: &[u8], user: &[u8]) -> Zeroizing<[u8; 32]> {
    let hash = Sha256::new()
        .chain_update(password)
        .chain_update(salt)
        .chain_update(user);
    Zeroizing::new(hash.finalize().into())
}

/// Algorithm 2.B. It ends: a last byte is at most 255, so that round 287 is the last at the latest.
pub(super) fn hash(password: &[u8], salt: &[u8], user: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new(plain_hash(password, salt, user).to_vec());
    let mut round = 0;
    loop {
        let once = Zeroizing::new([password, &key, user].concat());
        let repeated = Zeroizing::new(once.repeat(64));
        let (cipher_key, rest) = key.split_at_checked(16).unwrap_or_default();
        let iv = rest.get(..16).unwrap_or_default();
        let encrypted = Zeroizing::new(aes_128_encrypt(cipher_key, iv, &repeated));
        // The first 16 bytes as a number modulo 3: 256 is 1 modulo 3, so that the sum of the bytes will do.
        let sum: u32 = encrypted.iter().take(16).map(|byte| u32::from(*byte)).sum();
        *key = match sum % 3 {
            0 => Sha256::digest(&*encrypted).to_vec(),
            1 => Sha384::digest(&*encrypted).to_vec(),
            _ => Sha512::digest(&*encrypted).to_vec(),
        };
        round += 1;
        let last = encrypted.last().map_or(0, |last| u32::from(*last));
        if round >= ROUNDS && last <= round - 32 {
            return Zeroizing::new(key.first_chunk().copied().unwrap_or_default());
        }
    }
}
