//! Errors as problem+json (RFC 9457), and bodies whose faults become such.

use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::error::{Error, Kind};

/// What a handler returns when the desk refuses.
pub(super) struct Problem(pub Error);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<Problem> for Response {
    fn from(problem: Problem) -> Self {
        problem.into_response()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let status = status(error.kind());
        let (code, params) = error.told();
        let request_id = request_id();
        if status.is_server_error() {
            tracing::error!(code, request_id, %error, "request failed");
        }
        let body = json!({
            "type": format!("urn:hulian:problem:{code}"), "title": status.canonical_reason().unwrap_or("Error"),
            "status": status.as_u16(), "code": code, "params": params, "request_id": request_id,
        });
        let headers = [
            (header::CONTENT_TYPE, "application/problem+json".to_owned()),
            (HeaderName::from_static("x-request-id"), request_id),
        ];
        (status, headers, body.to_string()).into_response()
    }
}

const fn status(kind: Option<Kind>) -> StatusCode {
    match kind {
        Some(Kind::Invalid) => StatusCode::BAD_REQUEST,
        Some(Kind::Unauthenticated) => StatusCode::UNAUTHORIZED,
        Some(Kind::Forbidden) => StatusCode::FORBIDDEN,
        Some(Kind::NotFound) => StatusCode::NOT_FOUND,
        Some(Kind::Conflict) => StatusCode::CONFLICT,
        Some(Kind::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        Some(Kind::Unprocessable) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(Kind::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        None => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Finds the answer in the log.
fn request_id() -> String {
    let mut bytes = [0; 8];
    // Without randomness answers are merely not told apart.
    let _ = getrandom::fill(&mut bytes);
    hex::encode(bytes)
}

pub(super) async fn not_found() -> Problem {
    Problem(Error::not_found("not_found"))
}

pub(super) async fn method_not_allowed() -> Response {
    let mut response = Problem(Error::invalid("method_not_allowed")).into_response();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

/// A JSON body.
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(JsonRejection::BytesRejection(_)) => {
                Err(Error::new(Kind::TooLarge, "body_too_large").into())
            }
            Err(_) => Err(Error::invalid("body_invalid").into()),
        }
    }
}

/// An id in a path: what is none names nothing.
pub(super) fn id(text: &str, code: &'static str) -> Result<uuid::Uuid, Problem> {
    let id = uuid::Uuid::try_parse(text);
    id.map_err(|_| Problem(Error::not_found(code)))
}
