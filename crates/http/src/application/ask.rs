//! A member asks for certificates and seals (CERT-9, SEAL-6).

use app::App;
use app::application::{self, AskableProduct};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Day;
use domain::id::{ProductId, SealId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

/// A product that a member may ask for.
#[derive(Serialize, ToSchema)]
pub(super) struct AskableProductBody {
    product_id: String,
    name: String,
    brand: String,
    /// `rsa` or `sm2`.
    algorithm: &'static str,
    /// Where its certificates work, by name.
    platforms: Vec<String>,
    /// `open`, `pending` (asked for) or `granted`.
    standing: &'static str,
}

#[derive(Serialize, ToSchema)]
pub(super) struct AskableProductsBody {
    items: Vec<AskableProductBody>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskCertificatesRequest {
    /// 1 to 20.
    product_ids: Vec<String>,
    /// Up to 200 characters.
    reason: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskSealsRequest {
    /// 1 to 20, of this unit.
    seal_ids: Vec<String>,
    /// The last day, `YYYY-MM-DD` in Asia/Shanghai: today or later, ten years ahead at most.
    until: String,
    /// Up to 200 characters.
    reason: String,
}

impl From<AskableProduct> for AskableProductBody {
    fn from(one: AskableProduct) -> Self {
        Self {
            product_id: one.product.id.to_string(),
            name: one.product.name,
            brand: one.product.brand,
            algorithm: one.product.algorithm.as_str(),
            platforms: one.platforms,
            standing: match (one.granted, one.pending) {
                (true, _) => "granted",
                (false, true) => "pending",
                (false, false) => "open",
            },
        }
    }
}

/// What certificates a member of the unit may ask for. Errors: `not_verified`, `unit_not_found`.
#[utoipa::path(get, path = "/units/{unit_id}/certificate-products", tag = "application", params(("unit_id" = String, Path)),
    responses((status = 200, body = AskableProductsBody), (status = "4XX", body = ProblemBody)))]
pub(super) async fn products(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
) -> Result<Json<AskableProductsBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let found = application::askable_products(&app, &caller, unit).await?;
    Ok(Json(AskableProductsBody {
        items: found.into_iter().map(AskableProductBody::from).collect(),
    }))
}

/// A member asks for the unit's certificates of products; what is asked for already is left out.
///
/// Errors: `not_verified`, `unit_not_found`, `selection_invalid`, `reason_invalid`, `rate_limited`, `product_not_supported`,
/// `application_not_needed`, `unit_not_certified`, `certificate_granted_already`, `asked_already`, `application_limit`.
#[utoipa::path(post, path = "/units/{unit_id}/certificate-requests", tag = "application", params(("unit_id" = String, Path)),
    request_body = AskCertificatesRequest, responses((status = 204), (status = "4XX", body = ProblemBody)))]
pub(super) async fn certificates(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<AskCertificatesRequest>,
) -> Result<StatusCode, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let read = |id: &String| path::named::<ProductId>(id, "product_not_supported");
    let products = body.product_ids.iter().map(read);
    let products = products.collect::<Result<Vec<_>, _>>()?;
    application::ask_certificates(&app, &caller, unit, &products, &body.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A member asks for seals of the unit until a day; what is asked for already is left out.
///
/// Errors: `not_verified`, `unit_not_found`, `selection_invalid`, `reason_invalid`, `rate_limited`, `seal_not_found`,
/// `application_not_needed`, `seal_voided`, `until_invalid`, `asked_already`, `application_limit`.
#[utoipa::path(post, path = "/units/{unit_id}/seal-requests", tag = "application", params(("unit_id" = String, Path)),
    request_body = AskSealsRequest, responses((status = 204), (status = "4XX", body = ProblemBody)))]
pub(super) async fn seals(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<AskSealsRequest>,
) -> Result<StatusCode, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let read = |id: &String| path::id::<SealId>(id, "seal_not_found");
    let seals = body.seal_ids.iter().map(read);
    let seals = seals.collect::<Result<Vec<_>, _>>()?;
    let until = path::named::<Day>(&body.until, "until_invalid")?;
    application::ask_seals(&app, &caller, unit, (&seals, until), &body.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
