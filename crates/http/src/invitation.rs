//! Invitations into a unit by text message.

use app::App;
use app::invitation;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(invite))
        .routes(routes!(find))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NumberBody {
    /// `+86`, `+852`, `+853` or `+886`.
    area: String,
    number: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InviteRequest {
    /// 1 to 20.
    numbers: Vec<NumberBody>,
}

/// Where a link leads.
#[derive(Serialize, ToSchema)]
struct InvitationBody {
    unit_id: String,
    unit_name: String,
    uscc: String,
    /// Whether an administrator still has to pass the join.
    needs_approval: bool,
    /// The caller belongs to it already.
    member: bool,
}

/// Sends everybody a message with a link; the answer is the same whoever has an account.
///
/// Errors: `unit_not_found`, `phone_invalid`, `selection_invalid`, `invitation_limit`.
#[utoipa::path(post, path = "/units/{unit_id}/invitations", tag = "invitation", params(("unit_id" = String, Path)),
    request_body = InviteRequest, responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn invite(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Json(body): Json<InviteRequest>,
) -> Result<StatusCode, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let numbers = body.numbers.into_iter().map(|one| (one.area, one.number));
    invitation::invite(&app, &caller, unit, &numbers.collect::<Vec<_>>()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an invitation's link leads to. Errors: `invitation_not_found`.
#[utoipa::path(get, path = "/invitations/{token}", tag = "invitation", params(("token" = String, Path)),
    responses((status = 200, body = InvitationBody), (status = "4XX", body = ProblemBody)))]
async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(token): Path<String>,
) -> Result<Json<InvitationBody>, Problem> {
    let found = invitation::view(&app, &caller, &token).await?;
    Ok(Json(InvitationBody {
        unit_id: found.unit_id.to_string(),
        unit_name: found.unit_name,
        uscc: found.uscc,
        needs_approval: found.needs_approval,
        member: found.member,
    }))
}
