//! Applications: what members ask for, what waits for a unit's administrators, their decisions, and everybody's own.

mod ask;

use app::App;
use app::application::{self, About, Decision, OwnApplication, Task};
use axum::extract::{Path, Query, State};
use domain::application::{Asked, Verdict};
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
        .routes(routes!(ask::products))
        .routes(routes!(ask::certificates))
        .routes(routes!(ask::seals))
}

/// What a certificate or a seal that is asked for is.
#[derive(Serialize, ToSchema)]
struct AboutBody {
    /// Of a certificate.
    product: Option<AskedProductBody>,
    /// Of a seal.
    seal: Option<AskedSealBody>,
}

#[derive(Serialize, ToSchema)]
struct AskedProductBody {
    name: String,
    brand: String,
}

#[derive(Serialize, ToSchema)]
struct AskedSealBody {
    seal_id: String,
    /// As in the list of seals.
    kind: &'static str,
    /// The last instant at which it is to serve.
    until_us: i64,
}

impl AboutBody {
    fn new(asked: Asked, about: About) -> Self {
        let seal = match (asked, about.seal) {
            (Asked::Seal { seal, until }, Some(kind)) => Some(AskedSealBody {
                seal_id: seal.to_string(),
                kind: kind.as_str(),
                until_us: until.micros(),
            }),
            _ => None,
        };
        let product = about.product;
        Self {
            product: product.map(|(name, brand)| AskedProductBody { name, brand }),
            seal,
        }
    }
}

/// Something that an administrator has to decide.
#[derive(Serialize, ToSchema)]
struct TaskBody {
    application_id: String,
    /// `join`, `removal`, `certificate` or `seal`.
    kind: &'static str,
    applicant_name: String,
    applicant_phone_masked: String,
    /// Who is to go; the applicant for what they ask for themselves.
    subject_name: String,
    #[serde(flatten)]
    about: AboutBody,
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
    /// `join`, `removal`, `certificate` or `seal`.
    kind: &'static str,
    /// `pending`, `passed`, `refused` or `lapsed`.
    state: &'static str,
    unit_id: String,
    unit_name: String,
    uscc: String,
    /// Who is to go; empty for what one asks for oneself.
    subject_name: String,
    #[serde(flatten)]
    about: AboutBody,
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
            kind: task.asked.kind().as_str(),
            about: AboutBody::new(task.asked, task.about),
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
            kind: own.asked.kind().as_str(),
            about: AboutBody::new(own.asked, own.about),
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
/// `member_is_administrator`, `member_is_oneself`, `member_is_legal_representative`, `member_not_found`, `seal_voided`,
/// `seal_permission_missing`, `seal_until_over`.
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
