//! What happens to every request, whatever its route: an id, a time limit, headers, one line in the log.

use std::time::Duration;

use app::{App, Error};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use crate::Problem;
use crate::problem;

/// Longer than the longest wait that a route offers (25 seconds).
const REQUEST_TIMEOUT: Duration = Duration::from_secs(40);
/// A file of 256 MiB on a line of ten megabits a second.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(240);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Headers that every answer carries unless its route set its own.
const HEADERS: [(HeaderName, &str); 6] = [
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
];

pub(crate) async fn edge(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = app.new_id::<domain::Id>().to_string();
    // The pattern and not the path: paths hold the codes of scan sessions, queries hold phone numbers.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("-", MatchedPath::as_str)
        .to_owned();
    let limit = match route.as_str() {
        "/api/v1/verifications" => UPLOAD_TIMEOUT,
        _ => REQUEST_TIMEOUT,
    };
    let span = tracing::info_span!("request", %id, method = %request.method(), route);
    let mut response = async {
        let response = tokio::time::timeout(limit, next.run(request)).await;
        let response =
            response.unwrap_or_else(|_| Problem(Error::unavailable("timeout")).into_response());
        tracing::info!(status = response.status().as_u16(), "answered");
        response
    }
    .instrument(span)
    .await;
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    problem::stamp(response, &id)
}

pub(crate) async fn not_found() -> Problem {
    Problem(Error::not_found("not_found"))
}

pub(crate) async fn method_not_allowed() -> Response {
    problem::method_not_allowed()
}
