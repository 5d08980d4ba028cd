//! X.509, CRL, OCSP, CMS and time-stamp structures with SM2/SM3 beside RSA and ECDSA, and path validation.
//!
//! Invariant: this crate knows nothing of the service around it, of storage, network or clock. Bytes, seconds since 1970
//! and random numbers come in as arguments; bytes and typed errors go out. Every byte that is read is hostile: its length
//! is bounded first, reading never panics, and what was signed is compared as bytes and never re-encoded.

mod algorithm;
mod error;
mod hash;
mod oid;
mod pbe;
mod scheme;
mod soft_key;
mod time;
mod wire;

pub mod certificate;
pub mod cms;
pub mod crl;
pub mod csr;
pub mod name;
pub mod ocsp;
pub mod path;
pub mod pem;
pub mod pkcs12;
pub mod public_key;
pub mod revocation;
pub mod tsp;

pub use algorithm::Algorithm;
pub use der::asn1::ObjectIdentifier;
pub use error::Error;
pub use hash::{Hash, Hasher};
pub use scheme::{Scheme, key_weakness, verify_signed};
pub use soft_key::{Signer, SoftKey};
