//! Online certificate status (RFC 6960, nonce by RFC 8954): requests and basic responses, both sides.

mod request;
mod response;
mod verify;

pub use request::{CertId, Request, parse_request, request};
pub use response::{
    Plan, ResponseStatus, SingleResponse, Status, assemble, refusal, respond, to_be_signed,
};
pub(crate) use verify::CLOCK_SKEW_SECONDS;
pub use verify::{Responder, Response, parse_response};

/// The longest request that is read, in bytes.
pub const MAX_REQUEST_BYTES: usize = 16 * 1024;
/// The longest response that is read, in bytes.
pub const MAX_RESPONSE_BYTES: usize = 256 * 1024;
/// The most certificates of one request or response.
pub const MAX_SINGLES: usize = 64;
/// The longest nonce, in bytes: RFC 8954 says 32, RFC 9654 says 128.
pub const MAX_NONCE_BYTES: usize = 128;
