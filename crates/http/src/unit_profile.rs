//! Tax and bank facts of a unit.

use app::App;
use app::unit_profile::{self, View};
use axum::extract::{Path, State};
use domain::unit_profile::UnitProfile;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get, put))
}

/// What members see; an empty text is not known.
#[derive(Serialize, ToSchema)]
struct UnitProfileBody {
    /// The legal representative's name as registered.
    legal_representative: String,
    tax_number: String,
    address: String,
    phone: String,
    bank: String,
    account: String,
    /// Rises with every change.
    version: i64,
    may_edit: bool,
}

/// What an administrator types over a version.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnitProfileRequest {
    /// 6 to 30 letters and digits.
    tax_number: String,
    /// 2 to 100 characters.
    address: String,
    /// 5 to 30 digits and marks.
    phone: String,
    /// 2 to 60 characters.
    bank: String,
    /// 6 to 34 letters and digits.
    account: String,
    /// The version that was seen.
    version: i64,
}

#[derive(Serialize, ToSchema)]
struct WrittenBody {
    version: i64,
}

impl From<View> for UnitProfileBody {
    fn from(view: View) -> Self {
        Self {
            legal_representative: view.legal_representative,
            tax_number: view.facts.tax_number,
            address: view.facts.address,
            phone: view.facts.phone,
            bank: view.facts.bank,
            account: view.facts.account,
            version: view.version,
            may_edit: view.may_edit,
        }
    }
}

/// What the unit has told, for its members. Errors: `unit_not_found`.
#[utoipa::path(get, path = "/units/{unit_id}/profile", tag = "unit", params(("unit_id" = String, Path)),
    responses((status = 200, body = UnitProfileBody), (status = "4XX", body = ProblemBody)))]
async fn get(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
) -> Result<Json<UnitProfileBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    Ok(Json(unit_profile::get(&app, &caller, unit).await?.into()))
}

/// An administrator writes them; an empty text takes a fact back.
///
/// Errors: `not_administrator`, `unit_profile_invalid`, `unit_profile_changed`.
#[utoipa::path(put, path = "/units/{unit_id}/profile", tag = "unit", params(("unit_id" = String, Path)),
    request_body = UnitProfileRequest, responses((status = 200, body = WrittenBody), (status = "4XX", body = ProblemBody)))]
async fn put(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<UnitProfileRequest>,
) -> Result<Json<WrittenBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let typed = UnitProfile {
        tax_number: body.tax_number,
        address: body.address,
        phone: body.phone,
        bank: body.bank,
        account: body.account,
    };
    let version = unit_profile::put(&app, &caller, unit, &typed, body.version).await?;
    Ok(Json(WrittenBody { version }))
}
