//! Administrators make operators and see to them.

use app::App;
use app::operator::{self, Change, Item};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Operator, role_words, roles};
use crate::problem::ProblemBody;
use crate::{Json, Problem, path};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(change))
}

/// An operator.
#[derive(Serialize, ToSchema)]
struct OperatorBody {
    operator_id: String,
    name: String,
    roles: Vec<&'static str>,
    locked: bool,
    /// The one-time password was not used yet.
    password_due: bool,
    /// The second factor is there.
    enrolled: bool,
    created_at_us: i64,
}

/// All operators.
#[derive(Serialize, ToSchema)]
struct OperatorsBody {
    items: Vec<OperatorBody>,
}

/// A new operator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OperatorRequest {
    name: String,
    roles: Vec<String>,
}

/// What the administrator tells the new operator.
#[derive(Serialize, ToSchema)]
struct OperatorMadeBody {
    operator_id: String,
    /// For the first sign-in; shown once.
    one_time_password: String,
}

/// What is done to an operator.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
enum OperatorChangeRequest {
    Roles { roles: Vec<String> },
    Lock {},
    Unlock {},
    EndSessions {},
    ResetSecondFactor {},
    ResetPassword {},
}

/// What came of it.
#[derive(Serialize, ToSchema)]
struct OperatorChangedBody {
    /// After `reset_password`; shown once.
    #[serde(skip_serializing_if = "Option::is_none")]
    one_time_password: Option<String>,
}

impl From<Item> for OperatorBody {
    fn from(item: Item) -> Self {
        Self {
            operator_id: item.operator_id.to_string(),
            name: item.name,
            roles: role_words(&item.roles),
            locked: item.locked,
            password_due: item.password_due,
            enrolled: item.enrolled,
            created_at_us: item.created_at.micros(),
        }
    }
}

impl OperatorChangeRequest {
    fn change(self) -> Result<Change, Problem> {
        Ok(match self {
            Self::Roles { roles: words } => Change::Roles(roles(&words)?),
            Self::Lock {} => Change::Lock,
            Self::Unlock {} => Change::Unlock,
            Self::EndSessions {} => Change::EndSessions,
            Self::ResetSecondFactor {} => Change::ResetSecondFactor,
            Self::ResetPassword {} => Change::ResetPassword,
        })
    }
}

/// All operators, in the order of their making. Errors: `duty_missing`.
#[utoipa::path(get, path = "/operator/operators", tag = "operator",
    responses((status = 200, body = OperatorsBody), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Operator(signed): Operator,
) -> Result<Json<OperatorsBody>, Problem> {
    let items = operator::list(&app, &signed.acting).await?;
    let items = items.into_iter().map(OperatorBody::from).collect();
    Ok(Json(OperatorsBody { items }))
}

/// Makes one. Errors: `duty_missing`, `operator_name_invalid`, `operator_exists`, `operator_roles_missing`,
/// `operator_roles_clash`.
#[utoipa::path(post, path = "/operator/operators", tag = "operator", request_body = OperatorRequest,
    responses((status = 201, body = OperatorMadeBody), (status = "4XX", body = ProblemBody)))]
async fn make(
    State(app): State<App>,
    Operator(signed): Operator,
    Json(body): Json<OperatorRequest>,
) -> Result<(StatusCode, Json<OperatorMadeBody>), Problem> {
    let roles = roles(&body.roles)?;
    let made = operator::make(&app, &signed.acting, &body.name, &roles).await?;
    let body = OperatorMadeBody {
        operator_id: made.operator_id.to_string(),
        one_time_password: made.one_time_password.to_string(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Changes one: roles, lock, sessions, second factor, password. All but `unlock` end the operator's sessions.
///
/// Errors: `duty_missing`, `operator_not_found`, `operator_is_self`, `operator_last`, `operator_roles_missing`,
/// `operator_roles_clash`.
#[utoipa::path(post, path = "/operator/operators/{operator_id}/changes", tag = "operator",
    params(("operator_id" = String, Path)), request_body = OperatorChangeRequest,
    responses((status = 200, body = OperatorChangedBody), (status = "4XX", body = ProblemBody)))]
async fn change(
    State(app): State<App>,
    Operator(signed): Operator,
    Path(id): Path<String>,
    Json(body): Json<OperatorChangeRequest>,
) -> Result<Json<OperatorChangedBody>, Problem> {
    let id = path::id(&id, "operator_not_found")?;
    let made = operator::change(&app, &signed.acting, id, &body.change()?).await?;
    Ok(Json(OperatorChangedBody {
        one_time_password: made.map(|made| made.to_string()),
    }))
}
