//! Refresh tokens travel in cookies that scripts cannot read and that other origins' pages cannot use.

use app::Error;
use axum::http::{HeaderMap, header};

use crate::Problem;

/// The cookie of one kind of session.
pub(crate) struct Refresh {
    /// Its name.
    pub name: &'static str,
    /// Below which path it is sent.
    pub path: &'static str,
}

impl Refresh {
    /// As a `Set-Cookie` header. `Secure` unless the app is served over plain http, which is only ever so on loopback.
    pub(crate) fn set(&self, plain_http: bool, value: &str, max_age_s: i64) -> String {
        let secure = if plain_http { "" } else { "; Secure" };
        let Self { name, path } = self;
        format!(
            "{name}={value}; Path={path}; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{secure}"
        )
    }

    /// The token in a request's cookies.
    pub(crate) fn read<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let all = headers.get_all(header::COOKIE).iter();
        all.filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(self.name)?.strip_prefix('='))
    }
}

/// A page of another origin has no business here, whatever cookies its browser adds.
pub(crate) fn check_origin(headers: &HeaderMap, ours: &[&String]) -> Result<(), Problem> {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Ok(());
    };
    if ours.iter().any(|url| origin.as_bytes() == url.as_bytes()) {
        Ok(())
    } else {
        Err(Error::forbidden("origin_refused").into())
    }
}
