//! The public key infrastructure under its public addresses: lists, status, time stamps, and the issuer's key file.

mod crl;
mod issuer_file;
mod ocsp;
mod timestamp;

pub use crl::{Level, crl};
pub use issuer_file::{IssuerError, open_issuer};
pub use ocsp::ocsp;
pub use timestamp::timestamp;
