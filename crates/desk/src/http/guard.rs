//! Who may talk to the desk: its own page, under its own address, with the cookie of this start.
//!
//! Any page in the browser can send requests to 127.0.0.1. `Host` exactly ours keeps out names that were turned to
//! 127.0.0.1 (DNS rebinding); `Origin` exactly ours on every change keeps out other pages; the cookie is strict and
//! needs the token, which keeps out other programs' and other users' requests.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use super::problem::Problem;
use super::{Context, session};
use crate::error::{Error, Kind};

/// Headers that every answer carries unless its route set its own.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Every request, the page's files too.
pub(super) async fn same_place(
    State(context): State<Context>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match check(&context.host, &request) {
        Ok(()) => next.run(request).await,
        Err(error) => Problem(error).into(),
    };
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

fn check(host: &str, request: &Request) -> Result<(), Error> {
    let headers = request.headers();
    let named = only(headers, &header::HOST);
    // An absolute request target names the host a second time.
    let target = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    if named != Some(host) || target.is_some_and(|target| target != host) {
        return Err(Error::new(Kind::Forbidden, "host_refused"));
    }
    let origin = only(headers, &header::ORIGIN);
    let ours = origin.is_some_and(|origin| origin.strip_prefix("http://") == Some(host));
    let asked = headers.contains_key(header::ORIGIN);
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if !ours && (changes || asked) {
        return Err(Error::new(Kind::Forbidden, "origin_refused"));
    }
    Ok(())
}

/// The header's value, when it stands there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

/// Everything under the API but the exchange of the token.
pub(super) async fn with_cookie(
    State(context): State<Context>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if !session::has_cookie(&context.access, request.headers()) {
        return Err(Problem(Error::new(
            Kind::Unauthenticated,
            "unauthenticated",
        )));
    }
    Ok(next.run(request).await)
}
