//! Companies from elsewhere.

use app::App;
use app::unit::{self, Foreign};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::MaterialId;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::review::CaseIdBody;
use crate::problem::ProblemBody;
use crate::{Once, Problem, Signed, path};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create))
}

/// A company from elsewhere as somebody states it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ForeignRequest {
    name: String,
    /// ISO 3166-1, two capital letters.
    country: String,
    registration_number: String,
    representative_name: String,
    /// Of their document.
    representative_number: String,
    /// The certificate of registration.
    licence: String,
    representative_front: String,
    representative_back: Option<String>,
    power_of_attorney: Option<String>,
}

fn file(text: &str) -> Result<MaterialId, Problem> {
    path::id(text, "material_not_found")
}

/// Hands a company from elsewhere to an operator.
///
/// Errors: `not_verified`, `unit_name_invalid`, `country_invalid`, `registration_number_invalid`,
/// `representative_name_invalid`, `document_number_invalid`, `unit_exists`, `review_open`, `review_limit`, `material_not_found`.
#[utoipa::path(post, path = "/foreign-units", tag = "unit", request_body = ForeignRequest,
    responses((status = 201, body = CaseIdBody), (status = "4XX", body = ProblemBody)))]
async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    once: Once<ForeignRequest>,
) -> Result<Response, Problem> {
    once.run(&app, &caller, StatusCode::CREATED, async |body, ticket| {
        let optional = |text: &Option<String>| text.as_deref().map(file).transpose();
        let unread = |problem: Problem| problem.0;
        let new = Foreign {
            name: &body.name,
            country: &body.country,
            registration_number: &body.registration_number,
            representative_name: &body.representative_name,
            representative_number: &body.representative_number,
            licence: file(&body.licence).map_err(unread)?,
            representative_front: file(&body.representative_front).map_err(unread)?,
            representative_back: optional(&body.representative_back).map_err(unread)?,
            power_of_attorney: optional(&body.power_of_attorney).map_err(unread)?,
        };
        let id = unit::register_foreign(&app, &caller, &new, ticket).await?;
        Ok(json!({"case_id": id.to_string()}))
    })
    .await
}
