//! Signatures by device keys and password proof keys.

/// Whether `signature` (ECDSA P-256 with SHA-256, `r || s`) over `message` is by this key (SEC1).
pub(crate) fn is_by(public_key: &[u8], message: &[u8], signature: &[u8; 64]) -> bool {
    cosign::verify_p256(public_key, message, signature).is_ok()
}
