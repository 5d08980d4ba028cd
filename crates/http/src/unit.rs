//! Units: registering one, and the caller's own.

mod attorney;
mod deposit;
mod foreign;
mod paper;
mod review;

use app::unit::{self, Empowered, Item, NewUnit, Papers, PendingItem, Registrant};
use app::{App, Error};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Once, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(find))
        .routes(routes!(licence))
        .merge(attorney::routes())
        .merge(deposit::routes())
        .merge(foreign::routes())
        .merge(paper::routes())
        .merge(review::routes())
}

/// A unit as somebody states it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnitRequest {
    #[serde(rename = "as")]
    as_whom: AsWord,
    name: String,
    /// Unified social credit code.
    uscc: String,
    /// From an administrator.
    representative: Option<NamedRepresentativeRequest>,
    /// From an administrator.
    papers: Option<PapersRequest>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AsWord {
    LegalRepresentative,
    Administrator,
}

/// The legal representative whom an administrator names.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NamedRepresentativeRequest {
    name: String,
    id_number: String,
}

/// Papers, by the ids that reading them gave.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PapersRequest {
    power_of_attorney: String,
    representative_front: String,
    representative_back: String,
}

/// A photo that was handed in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LicenceRequest {
    material_id: String,
}

/// A registered unit. The use case keeps its answer in this very form.
#[derive(Serialize, ToSchema)]
struct RegisteredBody {
    unit_id: String,
    unit_code: String,
    /// As one of the caller's units has it.
    state: String,
    missing_evidence: Vec<String>,
}

/// One of the caller's units.
#[derive(Serialize, ToSchema)]
pub(super) struct UnitBody {
    unit_id: String,
    name: String,
    /// Country or region, two letters.
    country: String,
    /// Unified social credit code, or the registration number elsewhere.
    uscc: String,
    unit_code: String,
    /// `uncertified`, `in_review`, `awaits_deposit`, `deposit_asked`, `not_paid` or `certified`.
    state: &'static str,
    /// `administrator` or `member`.
    role: &'static str,
    legal_representative: bool,
    /// Its picture is at `/units/{unit_id}/avatar`; another one has another id.
    avatar_id: Option<String>,
}

/// The caller's units.
#[derive(Serialize, ToSchema)]
struct UnitsBody {
    /// Oldest first.
    items: Vec<UnitBody>,
    /// Newest first.
    pending: Vec<PendingUnitBody>,
}

/// A unit that is not there yet.
#[derive(Serialize, ToSchema)]
struct PendingUnitBody {
    /// What [`review`] shows more of.
    case_id: String,
    /// `unit_registration` or `unit_foreign`.
    kind: &'static str,
    /// `in_review` or `refused`.
    state: &'static str,
    name: String,
    /// Unified social credit code, or the registration number elsewhere.
    number: String,
    /// Why it was refused.
    reason: Option<String>,
    at_us: i64,
}

impl From<Item> for UnitBody {
    fn from(item: Item) -> Self {
        Self {
            unit_id: item.unit_id.to_string(),
            name: item.name,
            country: item.registration.country().to_owned(),
            uscc: item.registration.number().to_owned(),
            unit_code: item.unit_code,
            state: item.state.as_str(),
            role: item.role.as_str(),
            legal_representative: item.legal_representative,
            avatar_id: item.avatar.map(|id| id.to_string()),
        }
    }
}

impl From<PendingItem> for PendingUnitBody {
    fn from(item: PendingItem) -> Self {
        Self {
            case_id: item.case_id.to_string(),
            kind: item.kind.as_str(),
            state: item.state.as_str(),
            name: item.name,
            number: item.number,
            reason: item.reason,
            at_us: item.at.micros(),
        }
    }
}

fn papers(request: &PapersRequest) -> Result<Papers, Error> {
    let id = |text: &str| {
        let id = text.parse();
        id.map_err(|_| Error::not_found("paper_not_found"))
    };
    Ok(Papers {
        power_of_attorney: id(&request.power_of_attorney)?,
        representative_front: id(&request.representative_front)?,
        representative_back: id(&request.representative_back)?,
    })
}

fn registrant(body: &UnitRequest) -> Result<Registrant<'_>, Error> {
    match (body.as_whom, &body.representative, &body.papers) {
        (AsWord::LegalRepresentative, None, None) => Ok(Registrant::LegalRepresentative),
        (AsWord::Administrator, Some(representative), Some(handed)) => {
            Ok(Registrant::Administrator(Empowered {
                representative_name: &representative.name,
                representative_number: &representative.id_number,
                papers: papers(handed)?,
            }))
        }
        _ => Err(Error::invalid("body_invalid")),
    }
}

/// Registers a unit, as its legal representative or as an administrator with a power of attorney.
///
/// Errors: `not_verified`, `uscc_invalid`, `unit_name_invalid`, `name_invalid`, `id_number_invalid`, `paper_not_found`,
/// `paper_mismatch`, `unit_exists`, `register_not_found`, `register_mismatch`, `register_limit`, `register_unavailable`.
#[utoipa::path(post, path = "/units", tag = "unit", request_body = UnitRequest,
    responses((status = 201, body = RegisteredBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    once: Once<UnitRequest>,
) -> Result<Response, Problem> {
    once.run(&app, &caller, StatusCode::CREATED, async |body, ticket| {
        let new = NewUnit {
            name: &body.name,
            uscc: &body.uscc,
            registrant: registrant(&body)?,
        };
        unit::register(&app, &caller, &new, ticket).await
    })
    .await
}

/// The caller's units, and those that operators look at.
#[utoipa::path(get, path = "/units", tag = "unit",
    responses((status = 200, body = UnitsBody), (status = "4XX", body = ProblemBody)))]
async fn list(State(app): State<App>, Signed(caller): Signed) -> Result<Json<UnitsBody>, Problem> {
    let units = unit::list(&app, &caller).await?;
    let pending = units.pending.into_iter();
    Ok(Json(UnitsBody {
        items: units.items.into_iter().map(UnitBody::from).collect(),
        pending: pending.map(PendingUnitBody::from).collect(),
    }))
}

/// One of them. Errors: `unit_not_found`.
#[utoipa::path(get, path = "/units/{unit_id}", tag = "unit",
    responses((status = 200, body = UnitBody), (status = "4XX", body = ProblemBody)))]
async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
) -> Result<Json<UnitBody>, Problem> {
    let unit_id = path::id(&unit_id, "unit_not_found")?;
    Ok(Json(unit::get(&app, &caller, unit_id).await?.into()))
}

/// Shows the unit's business licence: a photo, which is read and compared.
///
/// Errors: `not_administrator`, `licence_not_due`, `material_not_found`, `paper_not_picture`, `paper_retake`,
/// `licence_mismatch`, `ocr_unavailable`, `register_not_found`, `register_mismatch`, `register_limit`, `register_unavailable`.
#[utoipa::path(post, path = "/units/{unit_id}/licence", tag = "unit", request_body = LicenceRequest,
    responses((status = 200, body = UnitBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn licence(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<LicenceRequest>,
) -> Result<Json<UnitBody>, Problem> {
    let unit_id = path::id(&unit_id, "unit_not_found")?;
    let photo = path::id(&body.material_id, "material_not_found")?;
    let item = unit::show_licence(&app, &caller, unit_id, photo).await?;
    Ok(Json(item.into()))
}
