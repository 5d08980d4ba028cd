//! CMS SignedData (RFC 5652): one signer is written, several are read.
//!
//! Written: RFC 5652 types, signed attributes exactly contentType, messageDigest and signingCertificateV2, the time
//! stamp as unsigned attribute. Read: RFC and GM/T 0010 types, SM2 under its three identifiers, with and without signed
//! attributes, DER or raw `r || s`.

mod attributes;
mod build;
mod foreign;
mod parse;
mod verify;

pub use attributes::signed_attributes;
pub(crate) use attributes::signed_attributes_for;
pub use build::{Parts, assemble, sign};
pub(crate) use build::{SignedData, assemble_with};
pub use foreign::Foreign;
pub use parse::{Cms, SignerInfo, certificates, outer_length, parse};
pub use verify::{Content, Verified};

/// The longest CMS that is read, in bytes.
pub const MAX_CMS_BYTES: usize = 1 << 20;
/// The most certificates that are read from one CMS.
pub const MAX_CERTIFICATES: usize = 32;
/// The most signers that are read from one CMS.
pub const MAX_SIGNERS: usize = 16;
/// The most attributes of one signer.
pub const MAX_ATTRIBUTES: usize = 32;
