//! How a file is encrypted, for people and programs.

use super::cipher::Method;
use super::handler::{Filters, Handler};

/// Bits 4 and 6 of `/P` (table 22): to change the file, and to make form fields, which a seal does both.
const SEAL_BITS: u32 = 1 << 3 | 1 << 5;

/// How a file is encrypted, and as whom it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Encryption {
    /// `RC4`, `AES-128`, `AES-256`, or `none` when only attachments are encrypted.
    pub method: &'static str,
    /// Bits of the key of the file.
    pub key_bits: u16,
    /// Revision of the standard security handler, 2 to 6.
    pub revision: u8,
    /// By which password.
    pub opened_by: OpenedBy,
    /// `/P`, as 32 bits (ISO 32000-2, table 22).
    pub permissions: u32,
    /// Whether the author's permissions allow a new signature field (bits 4 and 6, or the owner password). They are a
    /// wish that readers respect: this crate seals all the same, as other signers do, and tells.
    pub seal_permitted: bool,
}

impl Encryption {
    pub(super) fn new(
        handler: &Handler,
        filters: &Filters,
        key_len: usize,
        opened_by: OpenedBy,
    ) -> Self {
        Self {
            method: match (filters.streams, filters.strings) {
                (Method::Identity, Method::Identity) => "none",
                (Method::Rc4, _) | (Method::Identity, Method::Rc4) => "RC4",
                (Method::Aes128, _) | (Method::Identity, Method::Aes128) => "AES-128",
                (Method::Aes256, _) | (Method::Identity, Method::Aes256) => "AES-256",
            },
            key_bits: u16::try_from(key_len * 8).unwrap_or(0),
            revision: handler.revision,
            opened_by,
            permissions: handler.permissions,
            seal_permitted: opened_by == OpenedBy::Owner || permits_seal(handler.permissions),
        }
    }
}

/// The password that opened an encrypted file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenedBy {
    /// None was needed: the user password is empty.
    Nothing,
    /// The user password ("open password").
    User,
    /// The owner password ("permissions password"), to which no permission is denied.
    Owner,
}

impl OpenedBy {
    /// The word in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::User => "user",
            Self::Owner => "owner",
        }
    }
}

/// Whether permissions `p` allow a new signature field.
pub(super) const fn permits_seal(p: u32) -> bool {
    p & SEAL_BITS == SEAL_BITS
}
