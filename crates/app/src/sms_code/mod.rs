//! Codes by text message.

mod request;
pub mod send;
mod take;

pub(crate) use request::send_to;
pub use request::{Requested, request};
pub(crate) use take::{Entered, take};

use crate::App;

/// The keyed hash of a code; its row's id makes equal codes differ.
pub(crate) fn code_hash(app: &App, id: domain::id::SmsCodeId, code: &str) -> [u8; 32] {
    app.vault
        .index_hash("sms_code.code", format!("{id}|{code}").as_bytes())
}
