//! Papers of a registration, read from photos.

use app::unit::{self, Recognised};
use app::{App, Error};
use axum::extract::State;
use axum::http::StatusCode;
use domain::review::MaterialRole;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(recognise))
}

/// A photo of a paper.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaperRequest {
    /// `power_of_attorney`, `representative_front` or `representative_back`.
    role: String,
    material_id: String,
}

/// What it says.
#[derive(Serialize, ToSchema)]
struct PaperBody {
    paper_id: String,
    fields: Vec<PaperFieldBody>,
}

#[derive(Serialize, ToSchema)]
struct PaperFieldBody {
    name: &'static str,
    text: String,
    /// Whether it may be taken without a person's look at it.
    sure: bool,
}

impl From<Recognised> for PaperBody {
    fn from(recognised: Recognised) -> Self {
        let fields = recognised.fields.into_iter();
        let fields = fields.map(|field| PaperFieldBody {
            name: field.name,
            text: field.text,
            sure: field.sure,
        });
        Self {
            paper_id: recognised.paper_id.to_string(),
            fields: fields.collect(),
        }
    }
}

/// Reads a paper of a registration.
///
/// Errors: `not_verified`, `material_not_found`, `paper_role_invalid`, `paper_not_picture`, `paper_retake`, `ocr_unavailable`.
#[utoipa::path(post, path = "/unit-papers", tag = "unit", request_body = PaperRequest,
    responses((status = 201, body = PaperBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn recognise(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<PaperRequest>,
) -> Result<(StatusCode, Json<PaperBody>), Problem> {
    let role = MaterialRole::parse(&body.role);
    let role = role.ok_or_else(|| Error::invalid("paper_role_invalid"))?;
    let photo = path::id(&body.material_id, "material_not_found")?;
    let recognised = unit::recognise(&app, &caller, role, photo).await?;
    Ok((StatusCode::CREATED, Json(recognised.into())))
}
