//! The audit log, to read and to check.

use app::App;
use app::audit::Verified;
use app::operator::{self, Entry};
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Operator;
use crate::problem::ProblemBody;
use crate::{Json, Problem};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(verify))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// Only entries before this one: the `next` of the page before.
    before: Option<i64>,
    /// Only acts of this operator's id, or of `console`, the command line.
    actor: Option<String>,
}

/// An act.
#[derive(Serialize, ToSchema)]
struct AuditEntryBody {
    /// Its place, from 1 without gaps.
    seq: i64,
    at_us: i64,
    /// An operator's id, or `console` for the command line.
    actor: String,
    actor_name: Option<String>,
    act: String,
    /// `case:` or `operator:` with an id.
    subject: String,
    subject_name: Option<String>,
    detail: String,
}

/// Some of the log.
#[derive(Serialize, ToSchema)]
struct AuditBody {
    items: Vec<AuditEntryBody>,
    /// Asks for the next page; absent at the end.
    next: Option<i64>,
}

/// What a look over the whole log finds.
#[derive(Serialize, ToSchema)]
struct AuditVerifiedBody {
    whole: bool,
    /// When it is whole: how many entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<i64>,
    /// When it is whole: the digest of the last one, to keep elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<String>,
    /// When it is not: the first entry that is missing, altered or too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_at: Option<i64>,
}

impl From<Entry> for AuditEntryBody {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            at_us: entry.at.micros(),
            actor: entry.actor,
            actor_name: entry.actor_name,
            act: entry.act,
            subject: entry.subject,
            subject_name: entry.subject_name,
            detail: entry.detail,
        }
    }
}

/// The log, newest first, at most 50. Errors: `duty_missing`.
#[utoipa::path(get, path = "/operator/audit", tag = "operator", params(AuditQuery),
    responses((status = 200, body = AuditBody), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Operator(signed): Operator,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditBody>, Problem> {
    let actor = query.actor.as_deref();
    let page = operator::audit_log(&app, &signed.acting, query.before, actor).await?;
    Ok(Json(AuditBody {
        items: page.items.into_iter().map(AuditEntryBody::from).collect(),
        next: page.before,
    }))
}

/// Goes over the whole log. Errors: `duty_missing`.
#[utoipa::path(post, path = "/operator/audit/verify", tag = "operator",
    responses((status = 200, body = AuditVerifiedBody), (status = "4XX", body = ProblemBody)))]
async fn verify(
    State(app): State<App>,
    Operator(signed): Operator,
) -> Result<Json<AuditVerifiedBody>, Problem> {
    let verified = operator::audit_verify(&app, &signed.acting).await?;
    let (whole, entries, head, broken_at) = match verified {
        Verified::Whole { entries, head } => (true, Some(entries), Some(head), None),
        Verified::Broken { seq } => (false, None, None, Some(seq)),
    };
    Ok(Json(AuditVerifiedBody {
        whole,
        entries,
        head,
        broken_at,
    }))
}
