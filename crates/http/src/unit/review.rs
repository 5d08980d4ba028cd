//! What operators look at about units, from the side of whoever handed it in.

use app::unit::{self, Asked, Handed, Wish};
use app::{App, Error};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(ask))
        .routes(routes!(offer))
        .routes(routes!(find))
}

/// Whether an operator may look.
#[derive(Serialize, ToSchema)]
struct ReviewOfferBody {
    offered: bool,
}

/// What an operator is to look at.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "about", rename_all = "snake_case", deny_unknown_fields)]
enum UnitReviewRequest {
    /// A registration by the legal representative.
    LegalRepresentative { name: String, uscc: String },
    /// A registration by an administrator. Materials, not papers: what could not be read is looked at.
    Administrator {
        name: String,
        uscc: String,
        representative_name: String,
        representative_number: String,
        power_of_attorney: String,
        representative_front: String,
        representative_back: String,
    },
    /// The licence of a unit of the caller's.
    Licence {
        unit_id: String,
        material_id: String,
    },
}

#[derive(Serialize, ToSchema)]
pub(super) struct CaseIdBody {
    pub(super) case_id: String,
}

/// What was handed in.
#[derive(Serialize, ToSchema)]
struct UnitReviewBody {
    /// `unit_registration`, `unit_foreign` or `unit_deposit`.
    kind: &'static str,
    /// `open`, `passed`, `refused` or `withdrawn`.
    state: &'static str,
    /// Why it was refused, or what the operator said with a pass.
    reason: Option<String>,
    /// What was typed.
    facts: BTreeMap<String, String>,
    materials: Vec<UnitReviewMaterialBody>,
    unit_id: Option<String>,
    at_us: i64,
}

#[derive(Serialize, ToSchema)]
struct UnitReviewMaterialBody {
    role: &'static str,
    material_id: String,
}

impl From<Asked> for UnitReviewBody {
    fn from(asked: Asked) -> Self {
        let materials = asked.materials.into_iter();
        let materials = materials.map(|handed| UnitReviewMaterialBody {
            role: handed.role.as_str(),
            material_id: handed.material_id.to_string(),
        });
        Self {
            kind: asked.kind.as_str(),
            state: asked.standing.state.as_str(),
            reason: asked.standing.reason,
            facts: asked.facts,
            materials: materials.collect(),
            unit_id: asked.unit_id.map(|id| id.to_string()),
            at_us: asked.standing.opened_at.micros(),
        }
    }
}

/// Whether an operator may look at the caller's registration: after more than three failed recognitions, or when the
/// register's checks are used up.
#[utoipa::path(get, path = "/unit-reviews/offer", tag = "unit",
    responses((status = 200, body = ReviewOfferBody), (status = "4XX", body = ProblemBody)))]
async fn offer(
    State(app): State<App>,
    Signed(caller): Signed,
) -> Result<Json<ReviewOfferBody>, Problem> {
    let offered = unit::offered(&app, &caller).await?;
    Ok(Json(ReviewOfferBody { offered }))
}

/// Asks an operator to look.
///
/// Errors: `not_verified`, `uscc_invalid`, `unit_name_invalid`, `representative_name_invalid`, `document_number_invalid`,
/// `unit_exists`, `review_not_offered`, `review_open`, `review_limit`, `material_not_found`, `not_administrator`,
/// `licence_not_due`.
#[utoipa::path(post, path = "/unit-reviews", tag = "unit", request_body = UnitReviewRequest,
    responses((status = 201, body = CaseIdBody), (status = "4XX", body = ProblemBody)))]
async fn ask(
    State(app): State<App>,
    Signed(caller): Signed,
    Json(body): Json<UnitReviewRequest>,
) -> Result<(StatusCode, Json<CaseIdBody>), Problem> {
    let file = |text: &str| path::id(text, "material_not_found");
    let wish = match &body {
        UnitReviewRequest::LegalRepresentative { name, uscc } => Wish::Registration {
            name,
            uscc,
            handed: None,
        },
        UnitReviewRequest::Administrator {
            name,
            uscc,
            representative_name,
            representative_number,
            power_of_attorney,
            representative_front,
            representative_back,
        } => Wish::Registration {
            name,
            uscc,
            handed: Some(Handed {
                representative_name,
                representative_number,
                power_of_attorney: file(power_of_attorney)?,
                representative_front: file(representative_front)?,
                representative_back: file(representative_back)?,
            }),
        },
        UnitReviewRequest::Licence {
            unit_id,
            material_id,
        } => Wish::Licence {
            unit_id: unit_id
                .parse()
                .map_err(|_| Error::forbidden("not_administrator"))?,
            licence: file(material_id)?,
        },
    };
    let id = unit::ask_review(&app, &caller, &wish).await?;
    let body = CaseIdBody {
        case_id: id.to_string(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// One of the caller's own, with what was typed. Errors: `case_not_found`.
#[utoipa::path(get, path = "/unit-reviews/{case_id}", tag = "unit", params(("case_id" = String, Path)),
    responses((status = 200, body = UnitReviewBody), (status = "4XX", body = ProblemBody)))]
async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(case_id): Path<String>,
) -> Result<Json<UnitReviewBody>, Problem> {
    let id = path::id(&case_id, "case_not_found")?;
    Ok(Json(unit::asked(&app, &caller, id).await?.into()))
}
