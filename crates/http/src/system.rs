//! Whether the service lives, and whether it can work.

use app::App;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{Json, Problem};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(healthz))
        .routes(routes!(readyz))
        .routes(routes!(describe))
}

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "system", responses((status = 204)))]
async fn healthz() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The database answers.
#[utoipa::path(get, path = "/readyz", tag = "system", responses((status = 204), (status = 503, body = crate::problem::ProblemBody)))]
async fn readyz(State(app): State<App>) -> Result<StatusCode, Problem> {
    app.ready().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The description of this API, as clients are generated from.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "system", responses((status = 200, content_type = "application/json")))]
async fn describe() -> Json<utoipa::openapi::OpenApi> {
    Json(crate::router::openapi())
}
