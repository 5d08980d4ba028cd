//! Units: registering one as its legal representative, and the caller's own.

use app::unit::{self, Item, NewUnit};
use app::{App, Error};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Once, Problem, Signed};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(find))
}

/// A unit as its legal representative states it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnitRequest {
    #[serde(rename = "as")]
    #[expect(dead_code, reason = "the only way so far")]
    as_whom: AsWord,
    name: String,
    /// Unified social credit code.
    uscc: String,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AsWord {
    LegalRepresentative,
}

/// A registered unit. The use case keeps its answer in this very form.
#[derive(Serialize, ToSchema)]
struct RegisteredBody {
    unit_id: String,
    unit_code: String,
    /// `certified` or `uncertified`.
    state: String,
    missing_evidence: Vec<String>,
}

/// One of the caller's units.
#[derive(Serialize, ToSchema)]
struct UnitBody {
    unit_id: String,
    name: String,
    uscc: String,
    unit_code: String,
    /// `certified` or `uncertified`.
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
    items: Vec<UnitBody>,
}

impl From<Item> for UnitBody {
    fn from(item: Item) -> Self {
        Self {
            unit_id: item.unit_id.to_string(),
            name: item.name,
            uscc: item.uscc,
            unit_code: item.unit_code,
            state: item.state,
            role: item.role.as_str(),
            legal_representative: item.legal_representative,
            avatar_id: item.avatar.map(|id| id.to_string()),
        }
    }
}

/// Registers a unit; the caller's verified name must be the register's legal representative.
///
/// Errors: `not_verified`, `uscc_invalid`, `unit_name_invalid`, `unit_exists`, `register_not_found`,
/// `register_mismatch`, `register_limit`, `register_unavailable`.
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
        };
        unit::register(&app, &caller, &new, ticket).await
    })
    .await
}

/// The caller's units, oldest first.
#[utoipa::path(get, path = "/units", tag = "unit",
    responses((status = 200, body = UnitsBody), (status = "4XX", body = ProblemBody)))]
async fn list(State(app): State<App>, Signed(caller): Signed) -> Result<Json<UnitsBody>, Problem> {
    let items = unit::list(&app, &caller).await?;
    Ok(Json(UnitsBody {
        items: items.into_iter().map(UnitBody::from).collect(),
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
    let unit_id = unit_id
        .parse()
        .map_err(|_| Error::not_found("unit_not_found"))?;
    Ok(Json(unit::get(&app, &caller, unit_id).await?.into()))
}
