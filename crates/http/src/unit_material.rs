//! A unit's picture, and what was handed in for its certification.

use app::unit_material::{self, Shown};
use app::{App, Error};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::review::MaterialRole;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::material::file;
use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(avatar, set_avatar))
        .routes(routes!(list))
        .routes(routes!(get))
        .routes(routes!(replace_representative_photos))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AvatarRequest {
    /// A JPEG or PNG of at most 512 KiB that the caller has handed in.
    material_id: String,
}

/// Material of both sides.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RepresentativePhotosRequest {
    front: String,
    back: String,
}

/// Something that was handed in for the unit.
#[derive(Serialize, ToSchema)]
struct UnitMaterialBody {
    /// `licence`, `power_of_attorney`, `representative_front`, `representative_back`, …
    role: &'static str,
    /// Changes with every replacement.
    material_id: String,
    media_type: String,
    since_us: i64,
}

#[derive(Serialize, ToSchema)]
struct UnitMaterialsBody {
    items: Vec<UnitMaterialBody>,
}

impl From<Shown> for UnitMaterialBody {
    fn from(shown: Shown) -> Self {
        Self {
            role: shown.role.as_str(),
            material_id: shown.material_id.to_string(),
            media_type: shown.media_type,
            since_us: shown.since.micros(),
        }
    }
}

/// The unit's picture, for its members. Errors: `unit_not_found`, `material_not_found` while it has none.
#[utoipa::path(get, path = "/units/{unit_id}/avatar", tag = "unit", params(("unit_id" = String, Path)),
    responses((status = 200, content_type = "image/jpeg"), (status = "4XX", body = ProblemBody)))]
async fn avatar(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
) -> Result<Response, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let (media_type, bytes) = unit_material::avatar(&app, &caller, unit).await?;
    Ok(file(&media_type, bytes))
}

/// An administrator gives the unit another picture. Errors: `not_administrator`, `material_not_found`, `avatar_invalid`.
#[utoipa::path(put, path = "/units/{unit_id}/avatar", tag = "unit", params(("unit_id" = String, Path)),
    request_body = AvatarRequest, responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn set_avatar(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<AvatarRequest>,
) -> Result<StatusCode, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let picture = path::id(&body.material_id, "material_not_found")?;
    unit_material::set_avatar(&app, &caller, unit, picture).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What stands for the unit now, for its administrators. Errors: `not_administrator`.
#[utoipa::path(get, path = "/units/{unit_id}/materials", tag = "unit", params(("unit_id" = String, Path)),
    responses((status = 200, body = UnitMaterialsBody), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
) -> Result<Json<UnitMaterialsBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let items = unit_material::list(&app, &caller, unit).await?;
    Ok(Json(UnitMaterialsBody {
        items: items.into_iter().map(UnitMaterialBody::from).collect(),
    }))
}

/// One of them, as it was handed in. Errors: `not_administrator`, `material_not_found`.
#[utoipa::path(get, path = "/units/{unit_id}/materials/{role}", tag = "unit", params(("unit_id" = String, Path), ("role" = String, Path)),
    responses((status = 200, content_type = "image/jpeg"), (status = "4XX", body = ProblemBody)))]
async fn get(
    State(app): State<App>,
    Signed(caller): Signed,
    Path((unit_id, role)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let role = MaterialRole::parse(&role).ok_or_else(|| Error::not_found("material_not_found"))?;
    let (media_type, bytes) = unit_material::get(&app, &caller, unit, role).await?;
    Ok(file(&media_type, bytes))
}

/// Other photos of the legal representative's card, read and compared with the registered name.
///
/// Errors: `not_administrator`, `material_not_found`, `paper_not_picture`, `paper_retake`, `paper_mismatch`,
/// `ocr_unavailable`, `rate_limited`.
#[utoipa::path(put, path = "/units/{unit_id}/representative-photos", tag = "unit", params(("unit_id" = String, Path)),
    request_body = RepresentativePhotosRequest, responses((status = 204), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn replace_representative_photos(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<RepresentativePhotosRequest>,
) -> Result<StatusCode, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let (front, back) = (path::material(&body.front)?, path::material(&body.back)?);
    unit_material::replace_representative_photos(&app, &caller, unit, front, back).await?;
    Ok(StatusCode::NO_CONTENT)
}
