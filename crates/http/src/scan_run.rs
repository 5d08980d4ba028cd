//! Continuous runs: the phone begins and ends one, and its asker ends those that it is part of.

use app::App;
use app::scan::{self, Begun};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asker::Asking;
use crate::body::Json;
use crate::path::id;
use crate::problem::ProblemBody;
use crate::{Problem, Signed};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(begin))
        .routes(routes!(end))
        .routes(routes!(end_all))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BeginRun {
    /// The code of a session of this phone in which a certificate is chosen.
    code: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct BegunBody {
    run_id: String,
    /// What it signs with.
    holding_id: String,
    /// Whose codes it takes.
    asker_id: String,
    codes_left: u32,
    /// It is over at this instant if no code comes.
    idle_until_us: i64,
}

impl From<Begun> for BegunBody {
    fn from(begun: Begun) -> Self {
        Self {
            run_id: begun.view.id.to_string(),
            holding_id: begun.holding_id.to_string(),
            asker_id: begun.asker_id.to_string(),
            codes_left: begun.view.codes_left,
            idle_until_us: begun.view.idle_until.micros(),
        }
    }
}

/// Begins a run with the choice of a session: fifty codes of its asker, until nothing happens for five minutes. A repeat
/// gets the same run.
#[utoipa::path(post, path = "/scan-runs", tag = "scan", request_body = BeginRun,
    responses((status = 201, body = BegunBody), (status = 409, body = ProblemBody), (status = 410, body = ProblemBody)))]
async fn begin(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<BeginRun>,
) -> Result<(StatusCode, Json<BegunBody>), Problem> {
    let begun = scan::begin_run(&app, &caller, &body.code).await?;
    Ok((StatusCode::CREATED, Json(begun.into())))
}

/// Ends a run of the caller; codes that wait in it are refused.
#[utoipa::path(delete, path = "/scan-runs/{run_id}", tag = "scan", params(("run_id" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemBody)))]
async fn end(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(run_id): Path<String>,
) -> Result<StatusCode, Problem> {
    scan::end_run(&app, &caller, id(&run_id, "run_not_found")?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends all runs that phones keep with the asker. Signed by the asker's key, over an empty body.
#[utoipa::path(delete, path = "/askers/current/runs", tag = "asker",
    responses((status = 204), (status = 401, body = ProblemBody)))]
async fn end_all(State(app): State<App>, Asking(asker): Asking) -> Result<StatusCode, Problem> {
    scan::end_runs_of_asker(&app, &asker).await?;
    Ok(StatusCode::NO_CONTENT)
}
