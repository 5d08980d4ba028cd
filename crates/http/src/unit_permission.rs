//! What the legal representative permits a unit's administrators.

use app::App;
use app::unit_permission::{self, View};
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get, put))
}

#[derive(Serialize, ToSchema)]
struct UnitPermissionBody {
    /// Administrators may make, grant and use the legal representative's seal.
    representative_seal: bool,
    /// The caller is the legal representative.
    may_change: bool,
    /// Rises with every change.
    version: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnitPermissionRequest {
    representative_seal: bool,
    /// The version that was seen.
    version: i64,
}

/// The new version.
#[derive(Serialize, ToSchema)]
struct UnitPermissionWrittenBody {
    version: i64,
}

impl From<View> for UnitPermissionBody {
    fn from(view: View) -> Self {
        Self {
            representative_seal: view.representative_seal,
            may_change: view.may_change,
            version: view.version,
        }
    }
}

/// What is permitted, for administrators and the legal representative. Errors: `unit_not_found`, `not_administrator`.
#[utoipa::path(get, path = "/units/{unit_id}/permission", tag = "unit", params(("unit_id" = String, Path)),
    responses((status = 200, body = UnitPermissionBody), (status = "4XX", body = ProblemBody)))]
async fn get(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
) -> Result<Json<UnitPermissionBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    Ok(Json(
        unit_permission::get(&app, &caller, unit).await?.into(),
    ))
}

/// The legal representative gives it or takes it back. Errors: `not_legal_representative`, `unit_permission_changed`.
#[utoipa::path(put, path = "/units/{unit_id}/permission", tag = "unit", params(("unit_id" = String, Path)),
    request_body = UnitPermissionRequest, responses((status = 200, body = UnitPermissionWrittenBody), (status = "4XX", body = ProblemBody)))]
async fn put(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<UnitPermissionRequest>,
) -> Result<Json<UnitPermissionWrittenBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let permitted = body.representative_seal;
    let version = unit_permission::put(&app, &caller, unit, permitted, body.version).await?;
    Ok(Json(UnitPermissionWrittenBody { version }))
}
