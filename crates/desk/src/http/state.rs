//! How everything is, and who is signed in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Context;
use super::problem::Problem;
use crate::desk::{Desk, blocking};
use crate::error::Error;

/// The whole state.
pub(super) async fn show(State(context): State<Context>) -> Result<Json<Value>, Problem> {
    Ok(Json(whole(&context.desk).await?))
}

pub(super) async fn whole(desk: &Desk) -> Result<Value, Error> {
    let looking = desk.clone();
    let documents = blocking(move || {
        let documents = looking.documents();
        let views = documents.iter().map(|document| looking.view(document));
        Ok(views.collect::<Vec<_>>())
    })
    .await?;
    let inner = desk.inner();
    Ok(json!({
        "server": inner.link.server_view(), "asker": inner.link.asker_view(),
        "platforms": inner.link.known().platforms, "documents": documents, "recovered": inner.recovered,
    }))
}

/// Seals of the person who is signed in.
pub(super) async fn seals(State(context): State<Context>) -> Result<Json<Value>, Problem> {
    let seals = context.desk.inner().link.seals().await?;
    let items: Vec<Value> = seals
        .iter()
        .map(|seal| {
            let picture = &seal.picture;
            json!({
                "seal_id": picture.seal_id, "kind": picture.kind, "name": picture.name, "unit_id": seal.unit_id,
                "width_mm": picture.width_mm, "height_mm": picture.height_mm, "svg": picture.svg,
                "usable": seal.usable, "reason": seal.reason,
            })
        })
        .collect();
    Ok(Json(json!({"items": items})))
}

/// Ends the sign-in.
pub(super) async fn sign_out(State(context): State<Context>) -> Result<StatusCode, Problem> {
    context.desk.inner().link.sign_out().await?;
    let desk = Arc::new(context.desk);
    desk.look_at_server().await;
    Ok(StatusCode::NO_CONTENT)
}
