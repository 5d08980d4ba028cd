//! The signed-in person, from `Authorization: Bearer <access token>`.

use app::{App, Caller, Error, session};
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::Problem;

/// Tokens are 43 characters; anything much longer is none.
const TOKEN_CHARS_MAX: usize = 128;

/// Extracts the [`Caller`], or refuses with `unauthenticated`: `Signed(caller): Signed`.
#[derive(Debug, Clone, Copy)]
pub struct Signed(pub Caller);

impl FromRequestParts<App> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = bearer(parts)?;
        Ok(Self(session::authenticate(app, token).await?))
    }
}

/// The token of `Authorization: Bearer`, if it has the length of one.
pub(crate) fn bearer(parts: &Parts) -> Result<&str, Problem> {
    let header = parts.headers.get(header::AUTHORIZATION);
    let token = header
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .filter(|token| token.len() <= TOKEN_CHARS_MAX);
    Ok(token.ok_or_else(|| Error::unauthenticated("unauthenticated"))?)
}
