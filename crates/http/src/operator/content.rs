//! What operators write for everybody to read (ACC-10, OPS-1).

use app::content::{self, Content, Words};
use app::{App, Error};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use domain::content::{ContentKind, ContentState};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Operator;
use crate::problem::ProblemBody;
use crate::{Json, Problem, path};

/// An agreement of 40,000 characters, with its JSON.
const BODY_BYTES_MAX: usize = 256 * 1024;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(edit))
        .routes(routes!(turn))
        .layer(axum::extract::DefaultBodyLimit::max(BODY_BYTES_MAX))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct KindQuery {
    /// `question`, `contact`, `agreement` or `release`.
    kind: String,
}

/// A text with everything that its writers need.
#[derive(Serialize, ToSchema)]
struct WrittenContentBody {
    content_id: String,
    key: String,
    title: String,
    body: String,
    /// Smaller comes first.
    position: i64,
    /// `draft`, `published` or `withdrawn`.
    state: &'static str,
    published_at_us: Option<i64>,
    /// Goes with every change.
    version: i64,
}

#[derive(Serialize, ToSchema)]
struct WrittenContentsBody {
    items: Vec<WrittenContentBody>,
}

/// A new text, as a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContentRequest {
    kind: String,
    key: String,
    title: String,
    body: String,
    position: i64,
}

/// Other words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContentChange {
    version: i64,
    key: String,
    title: String,
    body: String,
    position: i64,
}

/// Shown or taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContentTurn {
    version: i64,
    /// `published` or `withdrawn`.
    state: String,
}

#[derive(Serialize, ToSchema)]
struct ContentIdBody {
    content_id: String,
}

impl From<Content> for WrittenContentBody {
    fn from(content: Content) -> Self {
        Self {
            content_id: content.id.to_string(),
            key: content.key,
            title: content.title,
            body: content.body,
            position: content.position,
            state: content.state.as_str(),
            published_at_us: content.published_at.map(domain::Instant::micros),
            version: content.version,
        }
    }
}

/// All of a kind, drafts too. Errors: `duty_missing`.
#[utoipa::path(get, path = "/operator/contents", tag = "operator", params(KindQuery),
    responses((status = 200, body = WrittenContentsBody), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Operator(signed): Operator,
    Query(query): Query<KindQuery>,
) -> Result<Json<WrittenContentsBody>, Problem> {
    let found = content::everything(&app, &signed.acting, kind(&query.kind)?).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(Json(WrittenContentsBody { items }))
}

/// Begins a draft. Errors: `duty_missing`, `content_key_invalid`, `content_title_invalid`, `content_body_invalid`.
#[utoipa::path(post, path = "/operator/contents", tag = "operator", request_body = ContentRequest,
    responses((status = 201, body = ContentIdBody), (status = "4XX", body = ProblemBody)))]
async fn create(
    State(app): State<App>,
    Operator(signed): Operator,
    Json(new): Json<ContentRequest>,
) -> Result<(StatusCode, Json<ContentIdBody>), Problem> {
    let words = Words {
        key: &new.key,
        title: &new.title,
        body: &new.body,
        position: new.position,
    };
    let id = content::create(&app, &signed.acting, kind(&new.kind)?, &words).await?;
    let body = ContentIdBody {
        content_id: id.to_string(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Changes the words. Errors besides those of a draft: `content_not_found`, `content_changed`, `content_published`.
#[utoipa::path(put, path = "/operator/contents/{content_id}", tag = "operator", params(("content_id" = String, Path)),
    request_body = ContentChange, responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn edit(
    State(app): State<App>,
    Operator(signed): Operator,
    Path(id): Path<String>,
    Json(change): Json<ContentChange>,
) -> Result<StatusCode, Problem> {
    let words = Words {
        key: &change.key,
        title: &change.title,
        body: &change.body,
        position: change.position,
    };
    let id = path::id(&id, "content_not_found")?;
    content::edit(&app, &signed.acting, id, change.version, &words).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows it to everybody, or takes it back. Errors: `duty_missing`, `content_not_found`, `content_changed`, `content_state`,
/// `content_published`.
#[utoipa::path(post, path = "/operator/contents/{content_id}/state", tag = "operator", params(("content_id" = String, Path)),
    request_body = ContentTurn, responses((status = 204), (status = "4XX", body = ProblemBody)))]
async fn turn(
    State(app): State<App>,
    Operator(signed): Operator,
    Path(id): Path<String>,
    Json(turn): Json<ContentTurn>,
) -> Result<StatusCode, Problem> {
    let state = ContentState::parse(&turn.state);
    let state = state.ok_or_else(|| Error::invalid("body_invalid").with("at", "state"))?;
    let id = path::id(&id, "content_not_found")?;
    content::turn(&app, &signed.acting, id, turn.version, state).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn kind(word: &str) -> Result<ContentKind, Problem> {
    ContentKind::parse(word).ok_or_else(|| Problem(Error::not_found("content_not_found")))
}
