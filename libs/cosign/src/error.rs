/// Why a message, key or password was refused. No variant carries a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a message of the expected form.
    #[error("malformed: {0}")]
    Malformed(&'static str),
    /// The first byte names a version this crate does not speak.
    #[error("unknown version {0}")]
    Version(u8),
    /// A proof of knowledge, a commitment or a proof of equality does not hold.
    #[error("proof does not hold: {0}")]
    Proof(&'static str),
    /// A check of the protocol failed; nothing may be released.
    #[error("check failed: {0}")]
    Check(&'static str),
    /// A value lies outside its range: zero, the group's order or more, the point at infinity, too long.
    #[error("out of range: {0}")]
    Range(&'static str),
    /// The signature does not verify.
    #[error("signature does not verify")]
    Signature,
    /// An authenticated decryption failed: wrong password, wrong device, or damaged bytes.
    #[error("cannot be opened")]
    Sealed,
}
