//! The token of this start, and the cookie that the page gets for it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use protocol::Base64Url;
use serde::Deserialize;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::Context;
use super::problem::{Body, Problem};
use crate::error::{Error, Kind};

/// The cookie's name.
const COOKIE: &str = "hulian_desk";

/// The secrets of one start. They are never logged and last as long as the process.
pub struct Access {
    token: Zeroizing<String>,
    cookie: Zeroizing<String>,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Access")
    }
}

impl Access {
    /// Fresh secrets.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn fresh() -> Result<Self, Error> {
        Ok(Self {
            token: secret()?,
            cookie: secret()?,
        })
    }

    /// The address to open, for the person who started the tool.
    #[must_use]
    pub fn address(&self, port: u16) -> Zeroizing<String> {
        // Behind `#` it is not sent to anybody; the page posts it and takes it out of the address.
        Zeroizing::new(format!("http://127.0.0.1:{port}/#token={}", *self.token))
    }
}

fn secret() -> Result<Zeroizing<String>, Error> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(bytes.as_mut()).map_err(|_| Error::Internal("no randomness"))?;
    Ok(Zeroizing::new(Base64Url::encode(bytes.as_ref())))
}

fn is(secret: &str, given: &str) -> bool {
    secret.as_bytes().ct_eq(given.as_bytes()).into()
}

/// Whether the request carries the cookie of this start.
pub(super) fn has_cookie(access: &Access, headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::COOKIE).iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    let mut values = pairs.filter_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='));
    values.any(|value| is(&access.cookie, value))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Token {
    token: String,
}

/// Exchanges the token. The cookie goes to this API's paths only: cookies know no ports, and other programs on
/// 127.0.0.1 are not meant to see it.
pub(super) async fn begin(
    State(context): State<Context>,
    Body(given): Body<Token>,
) -> Result<impl IntoResponse, Problem> {
    if !is(&context.access.token, &given.token) {
        return Err(Error::new(Kind::Unauthenticated, "token_wrong").into());
    }
    let cookie = format!(
        "{COOKIE}={}; Path=/desk/v1; HttpOnly; SameSite=Strict",
        *context.access.cookie
    );
    let body = Json(serde_json::json!({}));
    Ok((StatusCode::OK, [(header::SET_COOKIE, cookie)], body))
}
