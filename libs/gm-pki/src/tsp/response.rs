//! Responses around tokens.

use super::MAX_RESPONSE_BYTES;
use crate::Error;
use crate::wire::{BIT_STRING, Cursor, INTEGER, SEQUENCE, UTF8, bound, sequence, tlv};

const WHAT: &str = "time stamp response";

/// `PKIFailureInfo`: why no token was made. The value is the number of the bit (RFC 3161 2.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Failure {
    /// The digest is none that is stamped.
    BadAlgorithm = 0,
    /// The request is not permitted or supported.
    BadRequest = 2,
    /// The request cannot be read.
    BadDataFormat = 5,
    /// The policy asked for is not offered.
    UnacceptedPolicy = 15,
    /// An extension is not known.
    UnacceptedExtension = 16,
    /// The stamper has a fault.
    SystemFailure = 25,
}

/// A response as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// 0 granted, 1 granted with changes, others refuse.
    pub status: u64,
    /// The first text that came along.
    pub text: Option<String>,
    /// DER token, present when granted.
    pub token: Option<Vec<u8>>,
}

/// DER TimeStampResp with a token.
pub fn response(token: &[u8]) -> Vec<u8> {
    sequence(&[&sequence(&[&tlv(INTEGER, &[0])]), token])
}

/// DER TimeStampResp that refuses (status 2, rejection).
pub fn refusal(failure: Failure, text: &str) -> Vec<u8> {
    let number = failure as usize;
    let mut bits = vec![0_u8; number / 8 + 1];
    if let Some(last) = bits.last_mut() {
        *last = 0x80 >> (number % 8);
    }
    let unused = [7 - (number % 8) as u8];
    let failure = tlv(BIT_STRING, &[&unused[..], &bits].concat());
    let text = sequence(&[&tlv(UTF8, text.as_bytes())]);
    sequence(&[&sequence(&[&tlv(INTEGER, &[2]), &text, &failure])])
}

/// Reads a DER TimeStampResp.
///
/// # Errors
/// [`Error::Malformed`] or [`Error::TooLarge`].
pub fn parse_response(der: &[u8]) -> Result<Response, Error> {
    bound(der, WHAT, MAX_RESPONSE_BYTES)?;
    let mut cursor = Cursor::sequence(der, WHAT)?;
    let mut info = cursor.enter(SEQUENCE)?;
    let status = info.small()?;
    let text = match info.enter_optional(SEQUENCE)? {
        Some(mut texts) => texts
            .optional(UTF8)?
            .and_then(|element| core::str::from_utf8(element.content).ok())
            .map(str::to_owned),
        None => None,
    };
    info.optional(BIT_STRING)?;
    info.finish()?;
    let token = cursor
        .optional(SEQUENCE)?
        .map(|element| element.raw.to_vec());
    cursor.finish()?;
    if (status <= 1) == token.is_some() {
        Ok(Response {
            status,
            text,
            token,
        })
    } else {
        Err(cursor.malformed())
    }
}
