//! Members that travel as text: binary, ids, digests.

use app::Error;
use protocol::Base64Url;
use std::str::FromStr;

use crate::Problem;

/// Exactly `N` bytes of base64url.
pub(crate) fn bytes<const N: usize>(text: &str) -> Result<[u8; N], Problem> {
    Base64Url::decode_array(text).map_err(|_| invalid())
}

/// At most `max` bytes of base64url.
pub(crate) fn bytes_up_to(text: &str, max: usize) -> Result<Vec<u8>, Problem> {
    if text.len() > max.saturating_mul(4) / 3 + 4 {
        return Err(invalid());
    }
    Base64Url::decode(text).map_err(|_| invalid())
}

/// An id of any noun.
pub(crate) fn id<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse()
        .map_err(|_| Problem(Error::invalid("body_invalid").with("at", "id")))
}

fn invalid() -> Problem {
    Problem(Error::invalid("body_invalid").with("at", "base64url"))
}

/// Micrometres of the database as millimetres of the wire.
#[allow(
    clippy::cast_precision_loss,
    reason = "a seal is a few centimetres wide"
)]
pub(crate) fn millimetres(um: i64) -> f64 {
    um as f64 / 1000.0
}
