//! The verification of a PDF, open to everybody.

use std::sync::Arc;
use std::time::Duration;

use app::{App, Error, verification};
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Extension, State};
use axum::http::{HeaderMap, header};
use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{ClientIp, Json, Problem};

/// How many files are received and judged at a time on this node.
const AT_A_TIME: usize = 4;
/// A sender who is silent for this long has gone.
const SILENCE: Duration = Duration::from_secs(20);
/// Pieces of a file that wait to be written.
const PIECES: usize = 8;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(verify))
        // The use case counts for itself, while the file arrives.
        .layer(DefaultBodyLimit::disable())
        .layer(Extension(Arc::new(Semaphore::new(AT_A_TIME))))
}

/// Judges the signatures of a PDF of at most 256 MiB by this server's roots. The file is deleted right after.
#[utoipa::path(post, path = "/verifications", tag = "verification",
    request_body(content = Vec<u8>, content_type = "application/pdf"),
    responses(
        (status = 200, body = Object, description = "As `docs/api/cli/verify.json` describes it"),
        (status = 400, body = crate::problem::ProblemBody), (status = 413, body = crate::problem::ProblemBody),
        (status = 429, body = crate::problem::ProblemBody), (status = 503, body = crate::problem::ProblemBody)
    ))]
async fn verify(
    State(app): State<App>,
    Extension(gate): Extension<Arc<Semaphore>>,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, Problem> {
    check_headers(&headers)?;
    verification::allow(&app, &address).await?;
    let Ok(_place) = gate.try_acquire() else {
        return Err(Error::unavailable("busy").into());
    };
    let (sender, receiver) = mpsc::channel(PIECES);
    let (sent, judged) = tokio::join!(send(body, sender), verification::verify(&app, receiver));
    // What the judge says counts first: when it stops listening, sending fails for that reason.
    let report = judged?;
    sent?;
    Ok(Json(report))
}

fn check_headers(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let media_type = text(header::CONTENT_TYPE).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/pdf") {
        return Err(Error::invalid("content_type_invalid")
            .with("expected", "application/pdf")
            .into());
    }
    let length: Option<u64> = text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    if length.is_some_and(|length| length > verification::FILE_BYTES_MAX) {
        return Err(Error::too_large("body_too_large").into());
    }
    Ok(())
}

/// Hands the body over piece by piece; what is not finished ends without the closing `None`.
async fn send(body: Body, sender: mpsc::Sender<Option<Vec<u8>>>) -> Result<(), Problem> {
    let unreadable = || Problem(Error::invalid("body_unreadable"));
    let mut pieces = body.into_data_stream();
    loop {
        let next = timeout(SILENCE, pieces.next())
            .await
            .map_err(|_| unreadable())?;
        let piece = next
            .transpose()
            .map_err(|_| unreadable())?
            .map(|piece| piece.to_vec());
        let last = piece.is_none();
        sender.send(piece).await.map_err(|_| unreadable())?;
        if last {
            return Ok(());
        }
    }
}
