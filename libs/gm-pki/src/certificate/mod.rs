//! X.509 v3 certificates (RFC 5280): the profiles that are issued, the lint before signing, and reading any.

mod extensions;
mod facts;
mod lint;
mod plan;

pub use facts::{BasicConstraints, Facts, Usages, parse, parse_tbs};
pub use lint::{Finding, lint};
pub use plan::{IssuerFacts, Plan, Profile, assemble, issue, key_identifier, to_be_signed};

pub(crate) use extensions::{authority_key_id, extension};
pub(crate) use facts::{read_authority, read_extensions, read_full_names};

/// The longest certificate that is read, in bytes.
pub const MAX_CERTIFICATE_BYTES: usize = 64 * 1024;
/// The most extensions of one certificate.
pub const MAX_EXTENSIONS: usize = 64;
/// The longest serial number that is read, in bytes; RFC 5280 allows 20, others have written more.
pub const MAX_SERIAL_BYTES: usize = 32;
