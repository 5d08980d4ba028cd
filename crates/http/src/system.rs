//! Whether the service lives, and whether it can work.

use app::App;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{Json, Problem};

/// What everybody may know of this server.
#[derive(Serialize, ToSchema)]
struct SystemBody {
    public_url: String,
    phone_url: String,
    /// Of this server and of the phone app that it serves.
    version: &'static str,
    /// Calling codes from which people may sign in.
    areas: Vec<String>,
    /// Whether stand-ins play the outside world.
    sandbox: bool,
    server_time_us: i64,
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(healthz))
        .routes(routes!(readyz))
        .routes(routes!(show))
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

/// What a tool needs before anybody has signed in.
#[utoipa::path(get, path = "/api/v1/system", tag = "system", responses((status = 200, body = SystemBody)))]
async fn show(State(app): State<App>) -> Json<SystemBody> {
    Json(SystemBody {
        public_url: app.settings.public_url.clone(),
        phone_url: app.settings.phone_url.clone(),
        version: env!("CARGO_PKG_VERSION"),
        areas: app.settings.areas.codes(),
        sandbox: !app.settings.production,
        server_time_us: app.now().micros(),
    })
}

/// The description of this API, as clients are generated from.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "system", responses((status = 200, content_type = "application/json")))]
async fn describe() -> Json<utoipa::openapi::OpenApi> {
    Json(crate::router::openapi())
}
