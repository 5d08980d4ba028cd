//! The vendors' protocols behind the nouns of this crate: what is sent is signed byte for byte, what comes is bounded
//! before it is read, and neither secrets nor what was asked about stands in an error or a log.
//!
//! Nothing here asks twice: whoever called decides whether to try again, since only the caller knows what was counted.

pub mod aliyun;
mod date;
pub mod esign;
mod http;
mod outside;
mod paper;
mod secret;
pub mod smtp;
pub mod tencent;
mod url;
mod with_local;

pub use http::{Endpoint, EndpointInvalid};
pub use outside::{Clock, Outside};
pub use secret::{Secret, SecretInvalid};
pub use with_local::WithLocal;
