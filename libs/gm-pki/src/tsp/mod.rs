//! Time stamps (RFC 3161, ESSCertIDv2 by RFC 5816): requests, tokens, responses, and verification.

mod request;
mod response;
mod token;

pub use request::{Imprint, Request, parse_request, request};
pub use response::{Failure, Response, parse_response, refusal, response};
pub use token::{
    Checked, Stamp, TokenPlan, check_token, digest_for, imprint_of, parse_token, token,
    verify_token,
};

/// The longest request that is read, in bytes.
pub const MAX_REQUEST_BYTES: usize = 16 * 1024;
/// The longest response that is read, in bytes.
pub const MAX_RESPONSE_BYTES: usize = 256 * 1024;
/// The longest nonce, in bytes.
pub const MAX_NONCE_BYTES: usize = 64;
