//! The administrator's place, asked of the operators.

use app::App;
use app::review::Standing;
use app::takeover::{self, View, Wish};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::unit::Role;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::poll::Wait;
use crate::problem::ProblemBody;
use crate::{Json, Once, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get, ask))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TakeoverRequest {
    /// Up to 200 characters.
    reason: String,
    /// Material: what the legal representative has signed.
    authorisation: String,
    /// Material: the unit's licence; only who is a member may leave it out.
    licence: Option<String>,
}

/// The use case keeps its answer in this very form.
#[derive(Serialize, ToSchema)]
struct TakeoverAskedBody {
    case_id: String,
    /// `open`.
    state: String,
}

/// A case as whoever opened it sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseBody {
    case_id: String,
    /// `open`, `passed`, `refused` or `withdrawn`.
    state: &'static str,
    opened_at_us: i64,
    /// What the operator says.
    reason: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct TakeoverBody {
    /// Rises with every change.
    version: i64,
    unit_name: String,
    /// What the caller is there: `administrator`, `member`, or null for somebody from outside.
    role: Option<&'static str>,
    /// The caller's newest request.
    newest: Option<CaseBody>,
}

impl From<Standing> for CaseBody {
    fn from(standing: Standing) -> Self {
        Self {
            case_id: standing.case_id.to_string(),
            state: standing.state.as_str(),
            opened_at_us: standing.opened_at.micros(),
            reason: standing.reason,
        }
    }
}

impl From<View> for TakeoverBody {
    fn from(view: View) -> Self {
        Self {
            version: view.version,
            unit_name: view.unit_name,
            role: view.role.map(Role::as_str),
            newest: view.newest.map(CaseBody::from),
        }
    }
}

/// How the caller's newest request stands; waits for a change if asked to. Errors: `unit_not_found`.
#[utoipa::path(get, path = "/units/{unit_id}/takeover", tag = "membership", params(("unit_id" = String, Path), Wait),
    responses((status = 200, body = TakeoverBody), (status = "4XX", body = ProblemBody)))]
async fn get(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Query(wait): Query<Wait>,
) -> Result<Json<TakeoverBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let view = takeover::view(&app, &caller, unit, wait.wish()).await?;
    Ok(Json(view.into()))
}

/// Asks the operators for the administrator's place, as a member or from outside.
///
/// Errors: `not_verified`, `reason_invalid`, `unit_not_found`, `administrator_already`, `review_open`, `licence_missing`,
/// `material_not_found`, `rate_limited`.
#[utoipa::path(post, path = "/units/{unit_id}/takeover", tag = "membership", params(("unit_id" = String, Path)),
    request_body = TakeoverRequest, responses((status = 201, body = TakeoverAskedBody), (status = "4XX", body = ProblemBody)))]
async fn ask(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    once: Once<TakeoverRequest>,
) -> Result<Response, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    once.run(&app, &caller, StatusCode::CREATED, async |body, ticket| {
        let licence = match &body.licence {
            Some(id) => Some(path::material(id)?),
            None => None,
        };
        let wish = Wish {
            reason: &body.reason,
            authorisation: path::material(&body.authorisation)?,
            licence,
        };
        takeover::ask(&app, &caller, unit, &wish, ticket).await
    })
    .await
}
