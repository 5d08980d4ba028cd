//! Who belongs to a unit: finding one, coming in, the list, removing, leaving, transferring.

use app::membership::{self, Found, MemberView, Members, Wish};
use app::{App, Error};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::MembershipId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::poll::Wait;
use crate::problem::ProblemBody;
use crate::{Json, Once, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(search))
        .routes(routes!(join))
        .routes(routes!(list))
        .routes(routes!(remove))
        .routes(routes!(ask_removal))
        .routes(routes!(leave))
        .routes(routes!(transfer))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Search {
    /// How the name begins (two characters or more), or the code (six or more).
    text: String,
}

/// A unit that one may ask to join.
#[derive(Serialize, ToSchema)]
struct FoundBody {
    unit_id: String,
    name: String,
    uscc: String,
    /// What the caller is to it: `none`, `pending` or `member`.
    standing: &'static str,
}

#[derive(Serialize, ToSchema)]
struct FoundsBody {
    items: Vec<FoundBody>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JoinRequest {
    /// Up to 200 characters; may be empty with an invitation that needs no approval.
    reason: String,
    /// What the invitation's link carried.
    invitation: Option<String>,
}

/// The use case keeps its answer in this very form.
#[derive(Serialize, ToSchema)]
struct JoinedBody {
    application_id: String,
    /// `pending`, or `passed` by an administrator's invitation.
    state: String,
}

/// A colleague.
#[derive(Serialize, ToSchema)]
struct MemberBody {
    member_id: String,
    name: String,
    phone_masked: String,
    /// `administrator` or `member`.
    role: &'static str,
    /// The legal representative, administrator by right.
    by_right: bool,
    /// It is the caller.
    me: bool,
    joined_at_us: i64,
}

#[derive(Serialize, ToSchema)]
struct MembersBody {
    /// Rises with every change.
    version: i64,
    /// Administrators first.
    items: Vec<MemberBody>,
    /// What waits for the caller as administrator.
    task_count: u32,
    may_transfer: bool,
    /// Without transferring first.
    may_leave: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RemoveRequest {
    /// 1 to 50 of the list's ids.
    member_ids: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AskRemovalRequest {
    /// 1 to 50 of the list's ids.
    member_ids: Vec<String>,
    /// Up to 200 characters.
    reason: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TransferRequest {
    member_id: String,
}

impl From<Found> for FoundBody {
    fn from(found: Found) -> Self {
        Self {
            unit_id: found.unit_id.to_string(),
            name: found.name,
            uscc: found.uscc,
            standing: found.standing,
        }
    }
}

impl From<MemberView> for MemberBody {
    fn from(member: MemberView) -> Self {
        Self {
            member_id: member.member_id.to_string(),
            name: member.name,
            phone_masked: member.phone_masked,
            role: member.role.as_str(),
            by_right: member.by_right,
            me: member.me,
            joined_at_us: member.joined_at.micros(),
        }
    }
}

impl From<Members> for MembersBody {
    fn from(members: Members) -> Self {
        Self {
            version: members.version,
            items: members.members.into_iter().map(MemberBody::from).collect(),
            task_count: members.task_count,
            may_transfer: members.may_transfer,
            may_leave: members.may_leave,
        }
    }
}

/// Units whose name or code begins so, 20 at most. Errors: `unit_query_invalid`, `rate_limited`.
#[utoipa::path(get, path = "/units/search", tag = "membership", params(Search),
    responses((status = 200, body = FoundsBody), (status = "4XX", body = ProblemBody)))]
async fn search(
    State(app): State<App>,
    Signed(caller): Signed,
    Query(query): Query<Search>,
) -> Result<Json<FoundsBody>, Problem> {
    let found = membership::search(&app, &caller, &query.text).await?;
    Ok(Json(FoundsBody {
        items: found.into_iter().map(FoundBody::from).collect(),
    }))
}

/// Asks the unit's administrators, or comes in by an administrator's invitation.
///
/// Errors: `not_verified`, `unit_not_found`, `reason_invalid`, `invitation_not_found`, `member_already`,
/// `join_asked_already`, `application_limit`, `rate_limited`.
#[utoipa::path(post, path = "/units/{unit_id}/join-requests", tag = "membership", params(("unit_id" = String, Path)),
    request_body = JoinRequest, responses((status = 201, body = JoinedBody), (status = "4XX", body = ProblemBody)))]
async fn join(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    once: Once<JoinRequest>,
) -> Result<Response, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    once.run(&app, &caller, StatusCode::CREATED, async |body, ticket| {
        let wish = Wish {
            reason: &body.reason,
            invitation: body.invitation.as_deref(),
        };
        membership::join(&app, &caller, unit, &wish, ticket).await
    })
    .await
}

/// Everybody who belongs to the unit; waits for a change if asked to. Errors: `unit_not_found`.
#[utoipa::path(get, path = "/units/{unit_id}/members", tag = "membership", params(("unit_id" = String, Path), Wait),
    responses((status = 200, body = MembersBody), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Query(wait): Query<Wait>,
) -> Result<Json<MembersBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let members = membership::members(&app, &caller, unit, wait.wish()).await?;
    Ok(Json(members.into()))
}

/// An administrator removes members, all that are named or none.
///
/// Errors: `unit_not_found`, `not_administrator`, `selection_invalid`, `member_not_found`, `member_is_oneself`,
/// `member_is_legal_representative`.
#[utoipa::path(post, path = "/units/{unit_id}/removals", tag = "membership", params(("unit_id" = String, Path)),
    request_body = RemoveRequest, responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<RemoveRequest>,
) -> Result<StatusCode, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    membership::remove(&app, &caller, unit, &ids(&body.member_ids)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A member asks the administrators to remove somebody.
///
/// Errors: those of removals, `reason_invalid`, `removal_needs_no_request`, `member_is_administrator`,
/// `removal_asked_already`, `application_limit`, `rate_limited`.
#[utoipa::path(post, path = "/units/{unit_id}/removal-requests", tag = "membership", params(("unit_id" = String, Path)),
    request_body = AskRemovalRequest, responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn ask_removal(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<AskRemovalRequest>,
) -> Result<StatusCode, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let named = ids(&body.member_ids)?;
    membership::ask_removal(&app, &caller, unit, &named, &body.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The caller leaves. Errors: `unit_not_found`, `transfer_first`.
#[utoipa::path(post, path = "/units/{unit_id}/leave", tag = "membership", params(("unit_id" = String, Path)),
    responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn leave(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
) -> Result<StatusCode, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    membership::leave(&app, &caller, unit).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The administrator's place goes to a member.
///
/// Errors: `unit_not_found`, `not_administrator`, `member_not_found`, `member_is_oneself`, `administrator_already`,
/// `transfer_not_offered`.
#[utoipa::path(post, path = "/units/{unit_id}/transfer", tag = "membership", params(("unit_id" = String, Path)),
    request_body = TransferRequest, responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn transfer(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<TransferRequest>,
) -> Result<StatusCode, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let to = path::id(&body.member_id, "member_not_found")?;
    membership::transfer(&app, &caller, unit, to).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn ids(texts: &[String]) -> Result<Vec<MembershipId>, Problem> {
    let parse = |text: &String| {
        text.parse()
            .map_err(|_| Error::not_found("member_not_found"))
    };
    Ok(texts.iter().map(parse).collect::<Result<_, _>>()?)
}
