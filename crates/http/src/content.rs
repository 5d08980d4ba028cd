//! Content: what operators have written for everybody.

use app::content::Content;
use app::{App, Error, content};
use axum::extract::{Path, State};
use domain::content::ContentKind;
use serde::Serialize;

use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::ProblemBody;
use crate::{Json, Problem};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// A text that everybody may read.
#[derive(Serialize, ToSchema)]
struct ContentBody {
    content_id: String,
    /// A question's category; of contacts `phone`, `group`, `mail` or `hours`; of agreements `user`, `privacy` or
    /// `service`; a version's number.
    key: String,
    title: String,
    /// Plain text; lines end with a line feed.
    body: String,
    published_at_us: Option<i64>,
}

#[derive(Serialize, ToSchema)]
struct ContentsBody {
    /// In the order in which they are to be shown; of agreements the newest of each.
    items: Vec<ContentBody>,
}

impl From<Content> for ContentBody {
    fn from(content: Content) -> Self {
        Self {
            content_id: content.id.to_string(),
            key: content.key,
            title: content.title,
            body: content.body,
            published_at_us: content.published_at.map(domain::Instant::micros),
        }
    }
}

/// What operators have published of a kind: `question`, `contact`, `agreement` or `release`. Nobody needs to be signed in.
#[utoipa::path(get, path = "/contents/{kind}", tag = "content", params(("kind" = String, Path)),
    responses((status = 200, body = ContentsBody), (status = 404, body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    Path(kind): Path<String>,
) -> Result<Json<ContentsBody>, Problem> {
    let items = content::published(&app, parse(&kind)?).await?;
    Ok(Json(ContentsBody {
        items: items.into_iter().map(Into::into).collect(),
    }))
}

fn parse(kind: &str) -> Result<ContentKind, Problem> {
    ContentKind::parse(kind).ok_or_else(|| Problem(Error::not_found("content_not_found")))
}
