//! RC4 and AES in the ways of ISO 32000-2, 7.6.3, and the key of a single object.
//!
//! Encryption in PDF hides and does not protect: nothing here tells whether a byte was changed. What cannot be decrypted
//! cleanly is therefore given as far as it goes, as all readers do; a signature lies over the encrypted bytes.

use aes::cipher::block_padding::{NoPadding, Pkcs7};
use aes::cipher::{
    BlockCipherDecrypt as _, BlockModeDecrypt as _, BlockModeEncrypt as _, KeyInit as _,
    KeyIvInit as _,
};
use md5::{Digest as _, Md5};
use rc4::StreamCipher as _;
use zeroize::Zeroizing;

use crate::object::Ref;

/// Bytes of a block of AES, and of the initialization vector that stands before the blocks.
pub(super) const BLOCK: usize = 16;

/// How a kind of data is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// Not at all.
    Identity,
    /// RC4 with a key for each object.
    Rc4,
    /// AES-128 in CBC mode with a key for each object.
    Aes128,
    /// AES-256 in CBC mode with the key of the file.
    Aes256,
}

/// Algorithm 1: the key of one object. AES-256 takes the key of the file for all (algorithm 1.A).
fn object_key(method: Method, file_key: &[u8], object: Ref) -> Zeroizing<Vec<u8>> {
    if method == Method::Aes256 {
        return Zeroizing::new(file_key.to_vec());
    }
    let mut hash = Md5::new();
    hash.update(file_key);
    hash.update(object.number.to_le_bytes().get(..3).unwrap_or_default());
    hash.update(object.generation.to_le_bytes());
    if method == Method::Aes128 {
        hash.update(b"sAlT");
    }
    let mut key = Zeroizing::new(hash.finalize().to_vec());
    key.truncate(file_key.len() + 5);
    key
}

/// The plain bytes of a string or of the data of a stream.
pub(super) fn decrypt(method: Method, file_key: &[u8], object: Ref, data: &[u8]) -> Vec<u8> {
    let key = object_key(method, file_key, object);
    match method {
        Method::Identity => data.to_vec(),
        Method::Rc4 => rc4(&key, data),
        Method::Aes128 | Method::Aes256 => {
            let Some((iv, blocks)) = data.split_at_checked(BLOCK) else {
                return Vec::new();
            };
            let mut plain = aes_decrypt(&key, iv, blocks);
            let pad = plain.last().map_or(0, |last| usize::from(*last));
            let kept = plain.len().saturating_sub(pad);
            let is_padding = (1..=BLOCK).contains(&pad)
                && plain.get(kept..).is_some_and(|tail| {
                    tail.len() == pad && tail.iter().all(|byte| usize::from(*byte) == pad)
                });
            if is_padding {
                plain.truncate(kept);
            }
            plain
        }
    }
}

/// The other way round; `iv` is for AES only and must not be used twice for different data.
pub(super) fn encrypt(
    method: Method,
    file_key: &[u8],
    object: Ref,
    iv: &[u8; BLOCK],
    data: &[u8],
) -> Vec<u8> {
    let key = object_key(method, file_key, object);
    let blocks = match method {
        Method::Identity => return data.to_vec(),
        Method::Rc4 => return rc4(&key, data),
        Method::Aes128 => cbc::Encryptor::<aes::Aes128>::new_from_slices(&key, iv)
            .map(|cipher| cipher.encrypt_padded_vec::<Pkcs7>(data)),
        Method::Aes256 => cbc::Encryptor::<aes::Aes256>::new_from_slices(&key, iv)
            .map(|cipher| cipher.encrypt_padded_vec::<Pkcs7>(data)),
    };
    // The lengths were settled when the encryption dictionary was read.
    [iv.as_slice(), &blocks.unwrap_or_default()].concat()
}

/// RC4; the same for both ways. A key has 1 to 256 bytes.
pub(super) fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut out = data.to_vec();
    if let Ok(mut cipher) = <rc4::Rc4 as rc4::KeyInit>::new_from_slice(key) {
        cipher.apply_keystream(&mut out);
    }
    out
}

/// AES in CBC mode without padding, the key length telling which AES; a block that breaks off is left out.
pub(super) fn aes_decrypt(key: &[u8], iv: &[u8], blocks: &[u8]) -> Vec<u8> {
    let whole = blocks.len() - blocks.len() % BLOCK;
    let blocks = blocks.get(..whole).unwrap_or_default();
    let plain = match key.len() {
        16 => cbc::Decryptor::<aes::Aes128>::new_from_slices(key, iv)
            .map(|cipher| cipher.decrypt_padded_vec::<NoPadding>(blocks)),
        _ => cbc::Decryptor::<aes::Aes256>::new_from_slices(key, iv)
            .map(|cipher| cipher.decrypt_padded_vec::<NoPadding>(blocks)),
    };
    plain.ok().and_then(Result::ok).unwrap_or_default()
}

/// AES-128 in CBC mode without padding, for algorithm 2.B; `data` is a whole number of blocks.
pub(super) fn aes_128_encrypt(key: &[u8], iv: &[u8], data: &[u8]) -> Vec<u8> {
    cbc::Encryptor::<aes::Aes128>::new_from_slices(key, iv)
        .map(|cipher| cipher.encrypt_padded_vec::<NoPadding>(data))
        .unwrap_or_default()
}

/// One block of AES-256, for `/Perms`.
pub(super) fn aes_256_block(key: &[u8], block: &[u8; BLOCK]) -> [u8; BLOCK] {
    let mut block = (*block).into();
    if let Ok(cipher) = aes::Aes256::new_from_slice(key) {
        cipher.decrypt_block(&mut block);
    }
    block.into()
}
