//! Faults that phones tell (ACC-9).

use app::{App, fault};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed};

/// 400 lines of 400 characters, with their JSON.
const BODY_BYTES_MAX: usize = 512 * 1024;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(tell))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FaultLogRequest {
    app_version: String,
    /// At most 400, oldest first. The server takes out again whatever may lead to somebody.
    lines: Vec<String>,
}

#[derive(Serialize, ToSchema)]
struct FaultLogBody {
    /// What customer service asks for.
    fault_log_id: String,
}

/// Hands in the phone's log of faults, on its owner's word.
#[utoipa::path(post, path = "/fault-logs", tag = "content", request_body = FaultLogRequest,
    responses((status = 201, body = FaultLogBody), (status = 400, body = ProblemBody), (status = 429, body = ProblemBody)))]
async fn tell(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(log): Json<FaultLogRequest>,
) -> Result<(StatusCode, Json<FaultLogBody>), Problem> {
    let id = fault::tell(&app, &caller, &log.app_version, &log.lines).await?;
    let body = FaultLogBody {
        fault_log_id: id.to_string(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}
