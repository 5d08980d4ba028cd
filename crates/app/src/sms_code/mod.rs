//! Codes by text message.

mod request;
pub mod send;

pub use request::{Requested, request};

use crate::App;

/// What a sign-in code is for, as the table and the wire say it.
pub(crate) const SIGN_IN: &str = "sign_in";

/// The keyed hash of a code; its row's id makes equal codes differ.
pub(crate) fn code_hash(app: &App, id: domain::id::SmsCodeId, code: &str) -> [u8; 32] {
    app.vault
        .index_hash("sms_code.code", format!("{id}|{code}").as_bytes())
}
