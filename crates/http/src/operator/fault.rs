//! What phones have told of their faults (ACC-9, OPS-1).

use app::App;
use app::fault::{self, Item};
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Operator;
use crate::problem::ProblemBody;
use crate::{Json, Problem, path};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
}

/// A phone's log.
#[derive(Serialize, ToSchema)]
struct ToldFaultsBody {
    fault_log_id: String,
    person_id: String,
    app_version: String,
    lines: i64,
    at_us: i64,
}

#[derive(Serialize, ToSchema)]
struct ToldFaultsListBody {
    items: Vec<ToldFaultsBody>,
}

/// The lines of one.
#[derive(Serialize, ToSchema)]
struct FaultLinesBody {
    /// Oldest first; the first one tells of the browser.
    lines: Vec<String>,
}

impl From<Item> for ToldFaultsBody {
    fn from(item: Item) -> Self {
        Self {
            fault_log_id: item.id.to_string(),
            person_id: item.person_id.to_string(),
            app_version: item.app_version,
            lines: item.lines,
            at_us: item.at.micros(),
        }
    }
}

/// The newest logs, 200 at most; they are kept for 90 days. Errors: `duty_missing`.
#[utoipa::path(get, path = "/operator/fault-logs", tag = "operator",
    responses((status = 200, body = ToldFaultsListBody), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Operator(signed): Operator,
) -> Result<Json<ToldFaultsListBody>, Problem> {
    let items = fault::list(&app, &signed.acting).await?;
    let items = items.into_iter().map(Into::into).collect();
    Ok(Json(ToldFaultsListBody { items }))
}

/// The lines of one; reading them is in the audit log. Errors: `duty_missing`, `fault_log_not_found`.
#[utoipa::path(get, path = "/operator/fault-logs/{fault_log_id}", tag = "operator", params(("fault_log_id" = String, Path)),
    responses((status = 200, body = FaultLinesBody), (status = "4XX", body = ProblemBody)))]
async fn read(
    State(app): State<App>,
    Operator(signed): Operator,
    Path(id): Path<String>,
) -> Result<Json<FaultLinesBody>, Problem> {
    let id = path::id(&id, "fault_log_not_found")?;
    let lines = fault::read(&app, &signed.acting, id).await?;
    Ok(Json(FaultLinesBody { lines }))
}
