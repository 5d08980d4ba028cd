//! What a vendor gave us to sign with.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Longest secret; the longest of the vendors here has 40 characters.
const SECRET_BYTES_MAX: usize = 256;

/// A secret: wiped when dropped, shown by nothing.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// A text that cannot be a secret. What it was is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret is one line of 1 to 256 visible ASCII characters")]
pub struct SecretInvalid;

impl Secret {
    /// Reads a secret; white space around it, such as the end of a file's line, is dropped.
    ///
    /// # Errors
    /// [`SecretInvalid`].
    pub fn parse(text: &str) -> Result<Self, SecretInvalid> {
        let text = text.trim();
        let fits = (1..=SECRET_BYTES_MAX).contains(&text.len());
        if fits && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(Zeroizing::new(text.to_owned())))
        } else {
            Err(SecretInvalid)
        }
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// HMAC-SHA256 under this secret.
    pub(super) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        hmac_sha256(self.0.as_bytes(), parts)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// HMAC-SHA256 over the parts, one after the other.
pub(super) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes a key of any length; the type cannot say so.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ops_2_a_secret_is_shown_by_nothing() {
        let secret = Secret::parse(" s3cret-of-a-vendor\n").unwrap();
        assert_eq!(secret.reveal(), "s3cret-of-a-vendor");
        assert_eq!(format!("{secret:?}"), "Secret");
        let long = "x".repeat(SECRET_BYTES_MAX + 1);
        for text in ["", "\n", "two words", "密码", "a\nb", long.as_str()] {
            assert_eq!(Secret::parse(text).err(), Some(SecretInvalid), "{text}");
        }
    }
}
