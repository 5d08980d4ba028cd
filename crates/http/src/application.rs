//! Applications: what waits for a unit's administrators, their decisions, and everybody's own.

use app::App;
use app::application::{self, Decision, OwnApplication, Task};
use axum::extract::{Path, Query, State};
use domain::application::Verdict;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::poll::Wait;
use crate::problem::ProblemBody;
use crate::{Json, Problem, Signed, path};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(tasks))
        .routes(routes!(decide))
        .routes(routes!(own))
}

/// Something that an administrator has to decide.
#[derive(Serialize, ToSchema)]
struct TaskBody {
    application_id: String,
    /// `join` or `removal`.
    kind: &'static str,
    applicant_name: String,
    applicant_phone_masked: String,
    /// Who is to go; for a join the applicant.
    subject_name: String,
    reason: String,
    at_us: i64,
}

#[derive(Serialize, ToSchema)]
struct TasksBody {
    /// Rises with every change.
    version: i64,
    /// Oldest first.
    items: Vec<TaskBody>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum VerdictWord {
    Pass,
    Refuse,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DecisionRequest {
    verdict: VerdictWord,
    /// Up to 200 characters; may be empty for a pass.
    reason: String,
}

#[derive(Serialize, ToSchema)]
struct DecidedBody {
    /// `passed` or `refused`.
    state: &'static str,
}

/// What the caller has asked for.
#[derive(Serialize, ToSchema)]
struct OwnBody {
    application_id: String,
    /// `join` or `removal`.
    kind: &'static str,
    /// `pending`, `passed`, `refused` or `lapsed`.
    state: &'static str,
    unit_id: String,
    unit_name: String,
    uscc: String,
    /// Who is to go; empty for a join.
    subject_name: String,
    reason: String,
    at_us: i64,
    decided_at_us: Option<i64>,
    decision_reason: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct OwnsBody {
    /// Rises with every change of what the caller belongs to or has asked for.
    version: i64,
    /// Newest first.
    items: Vec<OwnBody>,
}

impl From<Task> for TaskBody {
    fn from(task: Task) -> Self {
        Self {
            application_id: task.application_id.to_string(),
            kind: task.kind.as_str(),
            applicant_name: task.applicant_name,
            applicant_phone_masked: task.applicant_phone_masked,
            subject_name: task.subject_name,
            reason: task.reason,
            at_us: task.at.micros(),
        }
    }
}

impl From<OwnApplication> for OwnBody {
    fn from(own: OwnApplication) -> Self {
        Self {
            application_id: own.application_id.to_string(),
            kind: own.kind.as_str(),
            state: own.state.as_str(),
            unit_id: own.unit_id.to_string(),
            unit_name: own.unit_name,
            uscc: own.uscc,
            subject_name: own.subject_name,
            reason: own.reason,
            at_us: own.at.micros(),
            decided_at_us: own.decided_at.map(domain::Instant::micros),
            decision_reason: own.decision_reason,
        }
    }
}

/// What waits for the unit's administrators; waits for a change if asked to. Errors: `not_administrator`.
#[utoipa::path(get, path = "/units/{unit_id}/tasks", tag = "application", params(("unit_id" = String, Path), Wait),
    responses((status = 200, body = TasksBody), (status = "4XX", body = ProblemBody)))]
async fn tasks(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(unit_id): Path<String>,
    Query(wait): Query<Wait>,
) -> Result<Json<TasksBody>, Problem> {
    let unit = path::id(&unit_id, "unit_not_found")?;
    let (version, tasks) = application::tasks(&app, &caller, unit, wait.wish()).await?;
    Ok(Json(TasksBody {
        version,
        items: tasks.into_iter().map(TaskBody::from).collect(),
    }))
}

/// Passes or refuses. Of two at once one counts.
///
/// Errors: `application_not_found`, `not_administrator`, `application_decided`, `reason_invalid`,
/// `member_is_administrator`, `member_is_oneself`, `member_is_legal_representative`, `member_not_found`.
#[utoipa::path(post, path = "/applications/{application_id}/decision", tag = "application", params(("application_id" = String, Path)),
    request_body = DecisionRequest, responses((status = 200, body = DecidedBody), (status = "4XX", body = ProblemBody)))]
async fn decide(
    State(app): State<App>,
    Signed(caller): Signed,
    Path(application_id): Path<String>,
    Json(body): Json<DecisionRequest>,
) -> Result<Json<DecidedBody>, Problem> {
    let id = path::id(&application_id, "application_not_found")?;
    let decision = Decision {
        verdict: match body.verdict {
            VerdictWord::Pass => Verdict::Pass,
            VerdictWord::Refuse => Verdict::Refuse,
        },
        reason: &body.reason,
    };
    let state = application::decide(&app, &caller, id, &decision).await?;
    Ok(Json(DecidedBody {
        state: state.as_str(),
    }))
}

/// What the caller has asked for, at whatever units; waits for a change if asked to.
#[utoipa::path(get, path = "/applications", tag = "application", params(Wait),
    responses((status = 200, body = OwnsBody), (status = "4XX", body = ProblemBody)))]
async fn own(
    State(app): State<App>,
    Signed(caller): Signed,
    Query(wait): Query<Wait>,
) -> Result<Json<OwnsBody>, Problem> {
    let own = application::own(&app, &caller, wait.wish()).await?;
    Ok(Json(OwnsBody {
        version: own.version,
        items: own.applications.into_iter().map(OwnBody::from).collect(),
    }))
}
