//! The micro-deposit, and what its provider reports.

use app::unit::deposit::{self, Branch, ByHand, NewDeposit, Shown, View};
use app::{App, Error, unit};
use axum::body::Bytes;
use axum::extract::{Path, Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::id::UnitId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::UnitBody;
use super::review::CaseIdBody;
use crate::problem::ProblemBody;
use crate::{Json, Once, Problem, Signed};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(branches))
        .routes(routes!(find, ask))
        .routes(routes!(enter))
        .routes(routes!(by_hand))
        .routes(routes!(callback))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Words {
    /// Parts of the branch's name, with spaces between; 2 to 40 characters.
    words: String,
}

#[derive(Serialize, ToSchema)]
struct BranchBody {
    code: String,
    name: String,
}

/// Branches, 20 at most.
#[derive(Serialize, ToSchema)]
struct BranchesBody {
    items: Vec<BranchBody>,
}

/// Where the money is to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DepositRequest {
    branch_code: String,
    branch_name: String,
    /// 6 to 34 digits.
    account: String,
}

/// The use case keeps its answer in this very form.
#[derive(Serialize, ToSchema)]
struct AskedBody {
    deposit_id: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AmountRequest {
    /// In yuan, such as `0.37`: from 0.01 to 2.00.
    amount: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ByHandRequest {
    /// Bank and branch in one's own words.
    bank: String,
    account: String,
}

/// How the unit's deposit stands.
#[derive(Serialize, ToSchema)]
struct DepositViewBody {
    /// The newest transfer.
    deposit: Option<DepositBody>,
    /// The request for one by hand, if it is newer.
    by_hand: Option<ByHandBody>,
}

#[derive(Serialize, ToSchema)]
struct DepositBody {
    /// `asking`, `waiting`, `arrived`, `passed`, `failed`, `expired`, `returned` or `refused`.
    state: &'static str,
    branch_name: String,
    account_tail: String,
    asked_at_us: i64,
    arrived_at_us: Option<i64>,
    /// Until when an amount is taken.
    deadline_us: i64,
    entries_left: u8,
    /// Why it came back or was refused, as the bank says it.
    why: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct ByHandBody {
    case_id: String,
    /// `open`, `passed`, `refused` or `withdrawn`.
    state: &'static str,
    reason: Option<String>,
    at_us: i64,
}

impl From<Shown> for DepositBody {
    fn from(shown: Shown) -> Self {
        Self {
            state: shown.state.as_str(),
            branch_name: shown.branch_name,
            account_tail: shown.account_tail,
            asked_at_us: shown.asked_at.micros(),
            arrived_at_us: shown.arrived_at.map(domain::Instant::micros),
            deadline_us: shown.deadline.micros(),
            entries_left: shown.entries_left,
            why: shown.why,
        }
    }
}

impl From<View> for DepositViewBody {
    fn from(view: View) -> Self {
        Self {
            deposit: view.deposit.map(DepositBody::from),
            by_hand: view.by_hand.map(|standing| ByHandBody {
                case_id: standing.case_id.to_string(),
                state: standing.state.as_str(),
                reason: standing.reason,
                at_us: standing.opened_at.micros(),
            }),
        }
    }
}

fn id(text: &str) -> Result<UnitId, Error> {
    text.parse()
        .map_err(|_| Error::forbidden("not_administrator"))
}

/// Branches of banks by parts of their name. Errors: `not_administrator`, `branch_query_invalid`, `rate_limited`,
/// `bank_unavailable`.
#[utoipa::path(get, path = "/units/{unit_id}/bank-branches", tag = "unit", params(("unit_id" = String, Path), Words),
    responses((status = 200, body = BranchesBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn branches(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Query(query): Query<Words>,
) -> Result<Json<BranchesBody>, Problem> {
    let found = deposit::branches(&app, &caller, id(&unit_id)?, &query.words).await?;
    let items = found.into_iter();
    let items = items.map(|Branch { code, name }| BranchBody { code, name });
    Ok(Json(BranchesBody {
        items: items.collect(),
    }))
}

/// How the unit's deposit stands. Errors: `not_administrator`.
#[utoipa::path(get, path = "/units/{unit_id}/deposit", tag = "unit", params(("unit_id" = String, Path)),
    responses((status = 200, body = DepositViewBody), (status = "4XX", body = ProblemBody)))]
async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
) -> Result<Json<DepositViewBody>, Problem> {
    Ok(Json(
        deposit::view(&app, &caller, id(&unit_id)?).await?.into(),
    ))
}

/// Asks for a transfer, at most twice within 24 hours per account and per unit.
///
/// Errors: `not_administrator`, `branch_invalid`, `account_invalid`, `deposit_not_due`, `deposit_open`, `deposit_limit`.
#[utoipa::path(post, path = "/units/{unit_id}/deposit", tag = "unit", params(("unit_id" = String, Path)), request_body = DepositRequest,
    responses((status = 201, body = AskedBody), (status = "4XX", body = ProblemBody)))]
async fn ask(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    once: Once<DepositRequest>,
) -> Result<Response, Problem> {
    once.run(&app, &caller, StatusCode::CREATED, async |body, ticket| {
        let new = NewDeposit {
            branch_code: &body.branch_code,
            branch_name: &body.branch_name,
            account: &body.account,
        };
        deposit::ask(&app, &caller, id(&unit_id)?, &new, ticket).await
    })
    .await
}

/// Types the amount back: three times at most, within five days of the transfer. The right one certifies the unit.
///
/// Errors: `not_administrator`, `amount_invalid`, `deposit_not_found`, `deposit_on_its_way`, `deposit_over`,
/// `deposit_entry_running`, `amount_wrong`, `bank_unavailable`.
#[utoipa::path(post, path = "/units/{unit_id}/deposit/amount", tag = "unit", params(("unit_id" = String, Path)), request_body = AmountRequest,
    responses((status = 200, body = UnitBody), (status = "4XX", body = ProblemBody), (status = 503, body = ProblemBody)))]
async fn enter(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<AmountRequest>,
) -> Result<Json<UnitBody>, Problem> {
    let unit_id = id(&unit_id)?;
    deposit::enter(&app, &caller, unit_id, &body.amount).await?;
    Ok(Json(unit::get(&app, &caller, unit_id).await?.into()))
}

/// Hands the deposit to an operator, where the bank cannot be found.
///
/// Errors: `not_administrator`, `bank_invalid`, `account_invalid`, `deposit_not_due`, `deposit_open`, `review_open`.
#[utoipa::path(post, path = "/units/{unit_id}/deposit/by-hand", tag = "unit", params(("unit_id" = String, Path)), request_body = ByHandRequest,
    responses((status = 201, body = CaseIdBody), (status = "4XX", body = ProblemBody)))]
async fn by_hand(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<ByHandRequest>,
) -> Result<(StatusCode, Json<CaseIdBody>), Problem> {
    let new = ByHand {
        bank: &body.bank,
        account: &body.account,
    };
    let case_id = deposit::ask_by_hand(&app, &caller, id(&unit_id)?, &new).await?;
    let body = CaseIdBody {
        case_id: case_id.to_string(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Where a deposit provider hints that something has happened. Errors: `callback_invalid`.
#[utoipa::path(post, path = "/callbacks/deposits/{provider}", tag = "callbacks", params(("provider" = String, Path)),
    responses((status = 204), (status = 400, body = ProblemBody)))]
async fn callback(
    State(app): State<App>,
    Path(provider): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned)
    };
    let query = query.unwrap_or_default();
    deposit::hint(&app, &provider, &header, &query, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
