//! The devices on which a person is signed in, and the edition in which this one works.

use app::App;
use app::session::{self, Item};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::EditionWord;
use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(end_one))
        .routes(routes!(end_others))
        .routes(routes!(switch))
}

/// Where the person is signed in.
#[derive(Serialize, ToSchema)]
struct SessionsBody {
    items: Vec<SessionItemBody>,
}

/// A device with a session.
#[derive(Serialize, ToSchema)]
struct SessionItemBody {
    session_id: String,
    /// What the device calls itself.
    device_name: String,
    signed_in_at_us: i64,
    /// Exact to the life of an access token.
    seen_at_us: i64,
    /// The one that asks.
    current: bool,
}

impl From<Item> for SessionItemBody {
    fn from(item: Item) -> Self {
        Self {
            session_id: item.session_id.to_string(),
            device_name: item.device_name,
            signed_in_at_us: item.signed_in_at.micros(),
            seen_at_us: item.seen_at.micros(),
            current: item.current,
        }
    }
}

/// How many ended.
#[derive(Serialize, ToSchema)]
struct SessionsEndedBody {
    ended: u64,
}

/// The edition to work in from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EditionRequest {
    edition: EditionWord,
}

/// The devices on which the person is signed in, this one first.
#[utoipa::path(get, path = "/sessions", tag = "session",
    responses((status = 200, body = SessionsBody), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
) -> Result<Json<SessionsBody>, Problem> {
    let items = session::list(&app, &caller).await?;
    Ok(Json(SessionsBody {
        items: items.into_iter().map(Into::into).collect(),
    }))
}

/// Ends the session of one device.
///
/// Errors: `session_not_found`.
#[utoipa::path(delete, path = "/sessions/{session_id}", tag = "session", params(("session_id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn end_one(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = path::id(&id, "session_not_found")?;
    session::end_one(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the sessions of all other devices.
#[utoipa::path(delete, path = "/sessions/others", tag = "session",
    responses((status = 200, body = SessionsEndedBody), (status = "4XX", body = ProblemBody)))]
async fn end_others(
    State(app): State<App>,
    Signed(caller): Signed,
) -> Result<Json<SessionsEndedBody>, Problem> {
    let ended = session::end_others(&app, &caller).await?;
    Ok(Json(SessionsEndedBody { ended }))
}

/// Switches the edition without a new sign-in.
///
/// Errors: `legal_representative_unknown`.
#[utoipa::path(put, path = "/sessions/current/edition", tag = "session", request_body = EditionRequest,
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn switch(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<EditionRequest>,
) -> Result<StatusCode, Problem> {
    session::switch(&app, &caller, body.edition.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
