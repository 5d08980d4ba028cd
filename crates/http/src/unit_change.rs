//! A unit's name or legal representative changes.

use app::unit_change::{self, Papers, Representative, View, Wish};
use app::{App, Error};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::MaterialId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::poll::Wait;
use crate::problem::ProblemBody;
use crate::takeover::CaseBody;
use crate::{Json, Once, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get, ask))
}

/// The legal representative who is named.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RepresentativeRequest {
    name: String,
    /// Number of the ID card.
    id_number: String,
}

/// Material of each role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangePapersRequest {
    licence: String,
    representative_front: Option<String>,
    representative_back: Option<String>,
    authorisation: Option<String>,
    proof: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnitChangeRequest {
    /// The new name; null leaves it.
    name: Option<String>,
    /// Null leaves the legal representative; card and authorisation are needed with one.
    legal_representative: Option<RepresentativeRequest>,
    papers: ChangePapersRequest,
    /// An operator is to look, where that is offered.
    review: bool,
}

/// The use case keeps its answer in this very form.
#[derive(Serialize, ToSchema)]
struct UnitChangeAskedBody {
    /// `passed`, or `open` with an operator.
    state: String,
}

#[derive(Serialize, ToSchema)]
struct RemakeCertificateBody {
    person_name: String,
    product: String,
}

#[derive(Serialize, ToSchema)]
struct RemakeSealBody {
    seal_id: String,
    kind: &'static str,
    /// The name on it.
    name: String,
}

/// What carries another name than the unit has now.
#[derive(Serialize, ToSchema)]
struct RemakeBody {
    certificates: Vec<RemakeCertificateBody>,
    seals: Vec<RemakeSealBody>,
}

#[derive(Serialize, ToSchema)]
struct UnitChangeBody {
    /// Rises with every change.
    version: i64,
    name: String,
    legal_representative: String,
    /// The newest request to an operator.
    newest: Option<CaseBody>,
    /// The caller may ask an operator now.
    review_offered: bool,
    remake: RemakeBody,
}

impl From<View> for UnitChangeBody {
    fn from(view: View) -> Self {
        let certificates = view.remake.certificates.into_iter();
        let seals = view.remake.seals.into_iter();
        Self {
            version: view.version,
            name: view.name,
            legal_representative: view.legal_representative,
            newest: view.newest.map(CaseBody::from),
            review_offered: view.review_offered,
            remake: RemakeBody {
                certificates: certificates
                    .map(|one| RemakeCertificateBody {
                        person_name: one.person_name,
                        product: one.product,
                    })
                    .collect(),
                seals: seals
                    .map(|one| RemakeSealBody {
                        seal_id: one.seal_id.to_string(),
                        kind: one.kind.as_str(),
                        name: one.name,
                    })
                    .collect(),
            },
        }
    }
}

impl ChangePapersRequest {
    fn read(&self) -> Result<Papers, Error> {
        Ok(Papers {
            licence: path::material(&self.licence)?,
            representative_front: material(self.representative_front.as_deref())?,
            representative_back: material(self.representative_back.as_deref())?,
            authorisation: material(self.authorisation.as_deref())?,
            proof: material(self.proof.as_deref())?,
        })
    }
}

fn material(text: Option<&str>) -> Result<Option<MaterialId>, Error> {
    text.map(path::material).transpose()
}

/// How the newest change stands, and what is to be made anew; waits for a change if asked to. Errors: `not_administrator`.
#[utoipa::path(get, path = "/units/{unit_id}/change", tag = "unit", params(("unit_id" = String, Path), Wait),
    responses((status = 200, body = UnitChangeBody), (status = "4XX", body = ProblemBody)))]
async fn get(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Query(wait): Query<Wait>,
) -> Result<Json<UnitChangeBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let view = unit_change::view(&app, &caller, unit, wait.wish()).await?;
    Ok(Json(view.into()))
}

/// States new facts with proof: checked at once, or by an operator where that is offered.
///
/// Errors: `not_administrator`, `not_verified`, `rate_limited`, `unit_name_invalid`, `name_invalid`, `id_number_invalid`,
/// `change_empty`, `paper_missing`, `material_not_found`, `review_open`, `review_not_offered`, `representative_unknown`;
/// with `review_offered` `paper_not_picture`, `paper_retake`, `paper_mismatch`, `ocr_unavailable`, `register_not_found`,
/// `register_mismatch`, `register_limit`, `register_unavailable`.
#[utoipa::path(post, path = "/units/{unit_id}/change", tag = "unit", params(("unit_id" = String, Path)),
    request_body = UnitChangeRequest, responses((status = 201, body = UnitChangeAskedBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn ask(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    once: Once<UnitChangeRequest>,
) -> Result<Response, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    once.run(&app, &caller, StatusCode::CREATED, async |body, ticket| {
        let named = body.legal_representative.as_ref();
        let wish = Wish {
            name: body.name.as_deref(),
            representative: named.map(|one| Representative {
                name: &one.name,
                id_number: &one.id_number,
            }),
            papers: body.papers.read()?,
            review: body.review,
        };
        unit_change::ask(&app, &caller, unit, &wish, ticket).await
    })
    .await
}
