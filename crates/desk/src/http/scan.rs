//! Scans over the local API.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::{Deserialize, Deserializer};

use super::Context;
use super::problem::{Body, Problem, id};
use crate::error::Error;
use crate::scan::{Scan, SealWish, View};

/// Longest wait of one question.
const WAIT_S_MAX: u64 = 25;
/// Longest purpose, as the server has it.
const PURPOSE_CHARACTERS: usize = 80;
/// What phones show where the page gives no words. They are the bidder's to the phone's person, in their language.
const PURPOSE_SEAL: &str = "在文件上加盖印章";
const PURPOSE_UNSEAL: &str = "撤销文件上的最后一枚印章";
const PURPOSE_LOGIN: &str = "登录投标管家";

type Begun = Result<(StatusCode, Json<View>), Problem>;

impl Context {
    fn scan(&self, text: &str) -> Result<Arc<Scan>, Problem> {
        Ok(self.desk.scan(id(text, "scan_not_found")?)?)
    }

    /// Absent: the platform that the tool asks for by itself. Null: document sealing.
    pub(super) async fn platform(&self, wish: Option<Option<String>>) -> Option<String> {
        match wish {
            Some(wish) => wish,
            None => self.desk.default_platform().await,
        }
    }
}

/// Tells a member that is null from one that is absent.
pub(super) fn present<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

pub(super) fn purpose(wish: Option<String>, default: &str) -> Result<String, Error> {
    let purpose = wish.unwrap_or_else(|| default.to_owned());
    let purpose = purpose.trim();
    if purpose.is_empty() || purpose.chars().count() > PURPOSE_CHARACTERS {
        return Err(Error::invalid("purpose_invalid"));
    }
    Ok(purpose.to_owned())
}

pub(super) fn seal_purpose(wish: Option<String>) -> Result<String, Error> {
    purpose(wish, PURPOSE_SEAL)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seal {
    mode: String,
    x_mm: Option<f64>,
    y_mm: Option<f64>,
    seal_id: Option<String>,
    #[serde(default, deserialize_with = "present")]
    platform_id: Option<Option<String>>,
    purpose: Option<String>,
    #[serde(default)]
    continuous: bool,
}

/// A seal on a document.
pub(super) async fn seal(
    State(context): State<Context>,
    Path(text): Path<String>,
    Body(wish): Body<Seal>,
) -> Begun {
    let document = context.document(&text)?;
    let wish = SealWish {
        mode: wish.mode,
        at: wish.x_mm.zip(wish.y_mm),
        seal_id: wish.seal_id,
        platform_id: context.platform(wish.platform_id).await,
        purpose: seal_purpose(wish.purpose)?,
        continuous: wish.continuous,
        run_id: None,
    };
    let scan = context.desk.begin_seal(&document, wish).await?;
    Ok((StatusCode::CREATED, Json(scan.view())))
}

/// The last seal goes.
pub(super) async fn unseal(State(context): State<Context>, Path(text): Path<String>) -> Begun {
    let document = context.document(&text)?;
    let (purpose, platform) = (PURPOSE_UNSEAL.to_owned(), context.platform(None).await);
    let scan = context
        .desk
        .begin_unseal(&document, purpose, platform)
        .await?;
    Ok((StatusCode::CREATED, Json(scan.view())))
}

/// A person signs the tool in.
pub(super) async fn sign_in(State(context): State<Context>) -> Begun {
    let scan = context.desk.begin_login(PURPOSE_LOGIN.to_owned()).await?;
    Ok((StatusCode::CREATED, Json(scan.view())))
}

#[derive(Deserialize)]
pub(super) struct Wait {
    wait_s: Option<u64>,
    after_version: Option<u64>,
}

/// The view, at once or when it has changed.
pub(super) async fn show(
    State(context): State<Context>,
    Path(text): Path<String>,
    Query(wait): Query<Wait>,
) -> Result<Json<View>, Problem> {
    let scan = context.scan(&text)?;
    if let (Some(wait_s), Some(after)) = (wait.wait_s, wait.after_version) {
        let mut watch = scan.watch();
        let at_most = Duration::from_secs(wait_s.min(WAIT_S_MAX));
        let moved = watch.wait_for(|view| view.version != after);
        // Nothing new within that time is an answer too.
        let _ = tokio::time::timeout(at_most, moved).await;
    }
    Ok(Json(scan.view()))
}

/// The view, again with each change. It goes on after an end, since a fresh code may follow.
pub(super) async fn events(
    State(context): State<Context>,
    Path(text): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let mut watch = context.scan(&text)?.watch();
    watch.mark_changed();
    let stream = stream::unfold(watch, |mut watch| async move {
        watch.changed().await.ok()?;
        let view = watch.borrow_and_update().clone();
        let event = Event::default().event("scan").json_data(&view).ok()?;
        Some((Ok(event), watch))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pick {
    seal_id: String,
}

/// Picks one of several seals.
pub(super) async fn pick(
    State(context): State<Context>,
    Path(text): Path<String>,
    Body(pick): Body<Pick>,
) -> Result<Json<View>, Problem> {
    let scan = context.scan(&text)?;
    context.desk.pick(&scan, &pick.seal_id)?;
    Ok(Json(scan.view()))
}

/// Takes it back.
pub(super) async fn cancel(
    State(context): State<Context>,
    Path(text): Path<String>,
) -> Result<Json<View>, Problem> {
    let scan = context.scan(&text)?;
    context.desk.cancel(&scan).await?;
    Ok(Json(scan.view()))
}

/// A fresh code for the same wish.
pub(super) async fn renew(
    State(context): State<Context>,
    Path(text): Path<String>,
) -> Result<Json<View>, Problem> {
    let scan = context.scan(&text)?;
    context.desk.renew(&scan).await?;
    Ok(Json(scan.view()))
}
