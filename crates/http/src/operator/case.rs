//! The work list and its cases.

use app::review::desk::{self, Holder, Item, Listing, Shown};
use app::review::{Ruling, decide};
use app::{App, Error};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::Instant;
use domain::id::CaseId;
use domain::review::{CaseKind, CaseState, Decision};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Operator;
use crate::problem::ProblemBody;
use crate::{Json, Problem, material, path};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(look))
        .routes(routes!(open))
        .routes(routes!(file))
        .routes(routes!(rule))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CasesQuery {
    /// Only this kind.
    kind: Option<String>,
    /// `open` (oldest first; the default), `passed`, `refused` or `withdrawn` (newest first).
    state: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl CasesQuery {
    fn listing(&self) -> Result<Listing, Problem> {
        let invalid = |at: &'static str| Problem(Error::invalid("body_invalid").with("at", at));
        let kind = self.kind.as_deref().map(CaseKind::parse);
        let state = self.state.as_deref().map(CaseState::parse);
        let after = self.after.as_deref().map(cursor);
        Ok(Listing {
            kind: kind
                .map(|kind| kind.ok_or_else(|| invalid("kind")))
                .transpose()?,
            state: state
                .unwrap_or(Some(CaseState::Open))
                .ok_or_else(|| invalid("state"))?,
            after: after
                .map(|after| after.ok_or_else(|| invalid("after")))
                .transpose()?,
        })
    }
}

fn cursor(text: &str) -> Option<(Instant, CaseId)> {
    let (at, id) = text.split_once('.')?;
    Some((Instant::from_micros(at.parse().ok()?), id.parse().ok()?))
}

/// Who has a case at hand.
#[derive(Serialize, ToSchema)]
struct CaseHolderBody {
    operator_id: String,
    name: String,
    until_us: i64,
}

/// A line of the work list.
#[derive(Serialize, ToSchema)]
struct CaseItemBody {
    case_id: String,
    kind: &'static str,
    state: &'static str,
    /// Masked.
    person: String,
    unit: Option<String>,
    opened_at_us: i64,
    decided_at_us: Option<i64>,
    decided_by: Option<String>,
    holder: Option<CaseHolderBody>,
}

/// How many cases of a kind are open.
#[derive(Serialize, ToSchema)]
struct CasesWaitingBody {
    kind: &'static str,
    count: u32,
}

/// Some of the work list.
#[derive(Serialize, ToSchema)]
struct CasesBody {
    items: Vec<CaseItemBody>,
    /// Asks for the next page; absent at the end.
    next: Option<String>,
    waiting: Vec<CasesWaitingBody>,
    /// The server's clock.
    now_us: i64,
}

/// A text that was typed. The name is a word of the program; those that begin with `public_` are never masked.
#[derive(Serialize, ToSchema)]
struct CaseFactBody {
    name: String,
    text: String,
}

/// A file that was handed in.
#[derive(Serialize, ToSchema)]
struct CaseMaterialBody {
    material_id: String,
    role: &'static str,
    media_type: String,
}

/// A case: masked unless `clear_until_us` is there.
#[derive(Serialize, ToSchema)]
struct DeskCaseBody {
    case_id: String,
    kind: &'static str,
    state: &'static str,
    /// The person's proven name.
    person_name: Option<String>,
    person_phone: Option<String>,
    unit_name: Option<String>,
    unit_uscc: Option<String>,
    facts: Vec<CaseFactBody>,
    materials: Vec<CaseMaterialBody>,
    opened_at_us: i64,
    decided_at_us: Option<i64>,
    decided_by: Option<String>,
    reason: Option<String>,
    /// Until when this operator sees it in clear.
    clear_until_us: Option<i64>,
    holder: Option<CaseHolderBody>,
    /// The server's clock.
    now_us: i64,
}

/// Why a case is opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenCaseRequest {
    reason: String,
}

/// What the operator says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CaseDecisionRequest {
    /// `pass` or `refuse`.
    decision: String,
    /// Why; whoever refuses says so.
    #[serde(default)]
    reason: String,
}

/// How the case stands now.
#[derive(Serialize, ToSchema)]
struct CaseDecidedBody {
    state: &'static str,
}

impl From<Holder> for CaseHolderBody {
    fn from(holder: Holder) -> Self {
        Self {
            operator_id: holder.operator_id.to_string(),
            name: holder.name,
            until_us: holder.until.micros(),
        }
    }
}

impl From<Item> for CaseItemBody {
    fn from(item: Item) -> Self {
        Self {
            case_id: item.case_id.to_string(),
            kind: item.kind.as_str(),
            state: item.state.as_str(),
            person: item.person,
            unit: item.unit,
            opened_at_us: item.opened_at.micros(),
            decided_at_us: item.decided_at.map(Instant::micros),
            decided_by: item.decided_by,
            holder: item.holder.map(CaseHolderBody::from),
        }
    }
}

impl From<Shown> for DeskCaseBody {
    fn from(shown: Shown) -> Self {
        let (unit_name, unit_uscc) = shown.unit.unzip();
        let facts = shown.facts.into_iter();
        let materials = shown.materials.into_iter();
        Self {
            case_id: shown.case_id.to_string(),
            kind: shown.kind.as_str(),
            state: shown.state.as_str(),
            person_name: shown.name,
            person_phone: shown.phone,
            unit_name,
            unit_uscc,
            facts: facts
                .map(|(name, text)| CaseFactBody { name, text })
                .collect(),
            materials: materials
                .map(|(role, id, media_type)| CaseMaterialBody {
                    material_id: id.to_string(),
                    role: role.as_str(),
                    media_type,
                })
                .collect(),
            opened_at_us: shown.opened_at.micros(),
            decided_at_us: shown.decided_at.map(Instant::micros),
            decided_by: shown.decided_by,
            reason: shown.reason,
            clear_until_us: shown.clear_until.map(Instant::micros),
            holder: shown.holder.map(CaseHolderBody::from),
            now_us: shown.now.micros(),
        }
    }
}

/// The cases that the operator may decide, at most 50; names and numbers are masked. Errors: `duty_missing`.
#[utoipa::path(get, path = "/operator/cases", tag = "operator", params(CasesQuery),
    responses((status = 200, body = CasesBody), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Operator(signed): Operator,
    Query(query): Query<CasesQuery>,
) -> Result<Json<CasesBody>, Problem> {
    let page = desk::list(&app, &signed.acting, &query.listing()?).await?;
    let waiting = page
        .waiting
        .into_iter()
        .map(|(kind, count)| CasesWaitingBody {
            kind: kind.as_str(),
            count,
        });
    Ok(Json(CasesBody {
        next: page.after.map(|(at, id)| format!("{}.{id}", at.micros())),
        items: page.items.into_iter().map(CaseItemBody::from).collect(),
        waiting: waiting.collect(),
        now_us: page.now.micros(),
    }))
}

/// One of them. Errors: `case_not_found`, `duty_missing`.
#[utoipa::path(get, path = "/operator/cases/{case_id}", tag = "operator", params(("case_id" = String, Path)),
    responses((status = 200, body = DeskCaseBody), (status = "4XX", body = ProblemBody)))]
async fn look(
    State(app): State<App>,
    Operator(signed): Operator,
    Path(id): Path<String>,
) -> Result<Json<DeskCaseBody>, Problem> {
    let id = path::id(&id, "case_not_found")?;
    Ok(Json(desk::look(&app, &signed.acting, id).await?.into()))
}

/// Opens it in clear for fifteen minutes; the reason goes into the audit log. Whoever is first has the case at hand, and
/// the others see that.
///
/// Errors: `case_not_found`, `duty_missing`, `reason_invalid`.
#[utoipa::path(post, path = "/operator/cases/{case_id}/open", tag = "operator", params(("case_id" = String, Path)),
    request_body = OpenCaseRequest,
    responses((status = 200, body = DeskCaseBody), (status = "4XX", body = ProblemBody)))]
async fn open(
    State(app): State<App>,
    Operator(signed): Operator,
    Path(id): Path<String>,
    Json(body): Json<OpenCaseRequest>,
) -> Result<Json<DeskCaseBody>, Problem> {
    let id = path::id(&id, "case_not_found")?;
    let shown = desk::open_in_clear(&app, &signed.acting, id, &body.reason).await?;
    Ok(Json(shown.into()))
}

/// A file of a case that the operator has opened; each look is in the audit log.
///
/// Errors: `case_not_found`, `duty_missing`, `case_not_opened`, `material_not_found`.
#[utoipa::path(get, path = "/operator/cases/{case_id}/materials/{material_id}", tag = "operator",
    params(("case_id" = String, Path), ("material_id" = String, Path)),
    responses((status = 200, content_type = "image/jpeg"), (status = "4XX", body = ProblemBody)))]
async fn file(
    State(app): State<App>,
    Operator(signed): Operator,
    Path((id, material_id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = path::id(&id, "case_not_found")?;
    let material_id = path::id(&material_id, "material_not_found")?;
    let (media_type, bytes) = desk::file(&app, &signed.acting, id, material_id).await?;
    let mut response = material::file(&media_type, bytes);
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    Ok(response)
}

/// Decides it; of two at once, one counts and the other is told.
///
/// Errors: `case_not_found`, `duty_missing`, `case_decided`, `reason_invalid`, and what the case's subject has against it.
#[utoipa::path(post, path = "/operator/cases/{case_id}/decide", tag = "operator", params(("case_id" = String, Path)),
    request_body = CaseDecisionRequest,
    responses((status = 200, body = CaseDecidedBody), (status = "4XX", body = ProblemBody)))]
async fn rule(
    State(app): State<App>,
    Operator(signed): Operator,
    Path(id): Path<String>,
    Json(body): Json<CaseDecisionRequest>,
) -> Result<Json<CaseDecidedBody>, Problem> {
    let invalid = || Problem(Error::invalid("body_invalid").with("at", "decision"));
    let ruling = Ruling {
        decision: Decision::parse(&body.decision).ok_or_else(invalid)?,
        reason: &body.reason,
    };
    let id = path::id(&id, "case_not_found")?;
    let state = decide(&app, &signed.acting, id, &ruling).await?;
    Ok(Json(CaseDecidedBody {
        state: state.as_str(),
    }))
}
