//! Documents over the local API.

use axum::Json;
use axum::body::Body as Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::problem::{Body, Problem, id};
use crate::desk::{Desk, blocking};
use crate::document::{Document, DocumentView};
use crate::error::Error;
use crate::place::{self, Mode, Plan, Shape};

type Answer<T> = Result<Json<T>, Problem>;

impl Context {
    pub(super) fn document(&self, text: &str) -> Result<std::sync::Arc<Document>, Problem> {
        Ok(self.desk.document(id(text, "document_not_found")?)?)
    }
}

/// The view, made where reading a file disturbs nobody.
pub(super) async fn view(
    desk: &Desk,
    document: &std::sync::Arc<Document>,
) -> Result<DocumentView, Error> {
    let (desk, document) = (desk.clone(), std::sync::Arc::clone(document));
    blocking(move || Ok(desk.view(&document))).await
}

/// Opens what is sent.
pub(super) async fn open(
    State(context): State<Context>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<DocumentView>), Problem> {
    let name = headers
        .get("x-file-name")
        .and_then(|name| name.to_str().ok())
        .unwrap_or_default();
    let name = percent_decode_str(name)
        .decode_utf8()
        .map_err(|_| Error::invalid("file_name_invalid"))?
        .into_owned();
    let document = context.desk.open_stream(&name, body).await?;
    let view = view(&context.desk, &document).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

pub(super) async fn show(
    State(context): State<Context>,
    Path(text): Path<String>,
) -> Answer<DocumentView> {
    let document = context.document(&text)?;
    Ok(Json(view(&context.desk, &document).await?))
}

pub(super) async fn close(
    State(context): State<Context>,
    Path(text): Path<String>,
) -> Result<StatusCode, Problem> {
    let document = context.document(&text)?;
    context.desk.close(&document).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Save {
    path: Option<String>,
    #[serde(default)]
    overwrite: bool,
}

pub(super) async fn save(
    State(context): State<Context>,
    Path(text): Path<String>,
    Body(wish): Body<Save>,
) -> Answer<DocumentView> {
    let document = context.document(&text)?;
    let desk = &context.desk;
    desk.save(&document, wish.path.as_deref(), wish.overwrite)
        .await?;
    Ok(Json(view(desk, &document).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Placement {
    mode: String,
    x_mm: Option<f64>,
    y_mm: Option<f64>,
    width_mm: f64,
    height_mm: f64,
}

/// What would be stamped.
pub(super) async fn placements(
    State(context): State<Context>,
    Path(text): Path<String>,
    Body(wish): Body<Placement>,
) -> Answer<Plan> {
    let document = context.document(&text)?;
    let shape = Shape {
        at: wish.x_mm.zip(wish.y_mm),
        width_mm: wish.width_mm,
        height_mm: wish.height_mm,
    };
    let mode = Mode::parse(&wish.mode)?;
    let paper = context.desk.paper(&document);
    Ok(Json(blocking(move || paper.plan(&mode, shape)).await?))
}

#[derive(Deserialize)]
pub(super) struct Keyword {
    text: String,
    occurrence: Option<String>,
}

/// Where a text stands.
pub(super) async fn keywords(
    State(context): State<Context>,
    Path(text): Path<String>,
    Query(wish): Query<Keyword>,
) -> Answer<Value> {
    let document = context.document(&text)?;
    let which = place::occurrence(wish.occurrence.as_deref().unwrap_or("all"))
        .ok_or_else(|| Error::invalid("occurrence_invalid"))?;
    let paper = context.desk.paper(&document);
    let found = blocking(move || paper.search(&wish.text, which)).await?;
    let hits = found.hits.iter().map(|hit| {
        json!({
            "page": hit.page, "x_mm": hit.x_mm, "y_mm": hit.y_mm, "width_mm": hit.width_mm,
            "height_mm": hit.height_mm, "text": hit.text,
        })
    });
    let hits: Vec<Value> = hits.collect();
    let body = json!({"hits": hits, "pages_without_text": found.pages_without_text});
    Ok(Json(body))
}

/// The verification report.
pub(super) async fn verification(
    State(context): State<Context>,
    Path(text): Path<String>,
) -> Answer<Value> {
    let document = context.document(&text)?;
    Ok(Json(context.desk.verify(&document).await?))
}
