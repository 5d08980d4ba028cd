//! Errors on the wire: RFC 9457 problem+json with a stable code. The one place that gives errors their status.

use app::{Error, Kind};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// The media type of RFC 9457.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What a handler returns when the use case refuses; made from [`app::Error`] by `?`.
#[derive(Debug)]
pub struct Problem(pub Error);

/// The body of every error.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemBody {
    /// `urn:hulian:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words; the words for people are the client's.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// Stable, what clients decide by.
    pub code: &'static str,
    /// What the client's words need.
    #[schema(value_type = Object)]
    pub params: Map<String, Value>,
    /// Finds this request in the logs.
    pub request_id: String,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let status = status(error.kind());
        if status.is_server_error() {
            tracing::error!(code = error.code(), error = chain(&error), "request failed");
        }
        let mut response = respond(status, error.code(), error.params().clone());
        if let Kind::TooMany { retry_after_s } = error.kind() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(retry_after_s));
        }
        response
    }
}

/// The path is known, the method is not: a matter of HTTP alone, so no family of [`app::Error`] stands for it.
pub(crate) fn method_not_allowed() -> Response {
    respond(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        Map::new(),
    )
}

fn respond(status: StatusCode, code: &'static str, params: Map<String, Value>) -> Response {
    let body = ProblemBody {
        kind: format!("urn:hulian:problem:{code}"),
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        code,
        params,
        request_id: String::new(),
    };
    let mut response = render(&body);
    // The edge writes the request's id into it.
    response.extensions_mut().insert(body);
    response
}

/// The status of a family.
const fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Gone => StatusCode::GONE,
        Kind::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Writes the request's id into the problem that a handler returned, if it did.
pub(crate) fn stamp(response: Response, request_id: &str) -> Response {
    let Some(body) = response.extensions().get::<ProblemBody>().cloned() else {
        return response;
    };
    let (mut parts, _) = response.into_parts();
    let rendered = render(&ProblemBody {
        request_id: request_id.to_owned(),
        ..body
    });
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, rendered.into_body())
}

fn render(body: &ProblemBody) -> Response {
    let status = StatusCode::from_u16(body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // Strings, numbers and JSON values always serialise.
    let bytes = serde_json::to_vec(body).unwrap_or_default();
    (
        status,
        [(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON))],
        bytes,
    )
        .into_response()
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(inner) = next {
        text = format!("{text}: {inner}");
        next = inner.source();
    }
    text
}
