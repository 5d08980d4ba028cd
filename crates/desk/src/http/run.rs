//! Continuous runs over the local API.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

use super::Context;
use super::problem::{Body, Problem, id};
use super::scan::{present, seal_purpose};
use crate::run::{Item, KeptRun, RunView};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    items: Vec<WishedItem>,
    seal_id: Option<String>,
    #[serde(default, deserialize_with = "present")]
    platform_id: Option<Option<String>>,
    purpose: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WishedItem {
    document_id: Uuid,
    mode: String,
    x_mm: Option<f64>,
    y_mm: Option<f64>,
}

/// Begins with the first item.
pub(super) async fn begin(
    State(context): State<Context>,
    Body(wish): Body<Wish>,
) -> Result<(StatusCode, Json<RunView>), Problem> {
    let items = wish.items.into_iter().map(|item| Item {
        document_id: item.document_id,
        mode: item.mode,
        at: item.x_mm.zip(item.y_mm),
    });
    let kept = KeptRun {
        run_id: context.desk.new_id()?,
        items: items.collect(),
        done: 0,
        seal_id: wish.seal_id,
        platform_id: context.platform(wish.platform_id).await,
        purpose: seal_purpose(wish.purpose)?,
        scan_id: None,
    };
    let run = context.desk.begin_run(kept).await?;
    Ok((StatusCode::CREATED, Json(context.desk.run_view(&run))))
}

pub(super) async fn show(
    State(context): State<Context>,
    Path(text): Path<String>,
) -> Result<Json<RunView>, Problem> {
    let run = context.desk.run(id(&text, "run_not_found")?)?;
    Ok(Json(context.desk.run_view(&run)))
}

/// Ends it; what has landed stays.
pub(super) async fn end(
    State(context): State<Context>,
    Path(text): Path<String>,
) -> Result<StatusCode, Problem> {
    let run = id(&text, "run_not_found")?;
    context.desk.end_run(run).await?;
    Ok(StatusCode::NO_CONTENT)
}
