//! Binary as text, and digests.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// Bytes that travel as base64url without padding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Base64Url(pub Vec<u8>);

/// The text is not base64url without padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not base64url without padding")]
pub struct NotBase64Url;

impl Base64Url {
    /// Encodes.
    pub fn encode(bytes: &[u8]) -> String {
        Base64UrlUnpadded::encode_string(bytes)
    }

    /// Decodes the one canonical spelling.
    pub fn decode(text: &str) -> Result<Vec<u8>, NotBase64Url> {
        Base64UrlUnpadded::decode_vec(text).map_err(|_| NotBase64Url)
    }

    /// Decodes exactly `N` bytes.
    pub fn decode_array<const N: usize>(text: &str) -> Result<[u8; N], NotBase64Url> {
        Self::decode(text)?.try_into().map_err(|_| NotBase64Url)
    }
}

impl Serialize for Base64Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Self::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64Url {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::decode(&text)
            .map(Self)
            .map_err(serde::de::Error::custom)
    }
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The first 8 bytes of a digest as four groups of four hexadecimal digits: what phone and asker show side by side.
pub fn digest_short(digest: &[u8]) -> String {
    let groups: Vec<String> = digest
        .chunks(2)
        .take(4)
        .map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_only() {
        assert_eq!(Base64Url::encode(&[0xfb, 0xff]), "-_8");
        assert_eq!(Base64Url::decode("-_8"), Ok(vec![0xfb, 0xff]));
        for wrong in ["-_8=", "+/8", "-_9", "-_8 ", "A"] {
            assert_eq!(Base64Url::decode(wrong), Err(NotBase64Url), "{wrong}");
        }
        assert_eq!(Base64Url::decode_array::<3>("-_8"), Err(NotBase64Url));
    }

    #[test]
    fn the_short_form_is_four_groups() {
        assert_eq!(
            digest_short(&[0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01]),
            "0123 4567 89ab cdef"
        );
    }
}
