//! The audit log, as those read it whose duty it is.

use domain::Instant;
use domain::operator::Duty;

use super::acting::Acting;
use super::name::Names;
use crate::audit::{self, Verified};
use crate::{App, Result};

const PAGE: u32 = 50;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// An operator's id, or `console` for the command line.
    pub actor: String,
    /// The operator's name; nothing for the command line.
    pub actor_name: Option<String>,
    /// What was done.
    pub act: String,
    /// To whom or what.
    pub subject: String,
    /// The name of the operator that it was done to.
    pub subject_name: Option<String>,
    /// Why and how.
    pub detail: String,
}

/// Some of the log, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The entries.
    pub items: Vec<Entry>,
    /// Where the next page begins; nothing at the end.
    pub before: Option<i64>,
}

/// A page of the log; of one actor, if one is named.
///
/// # Errors
/// `duty_missing`.
pub async fn audit_log(
    app: &App,
    acting: &Acting,
    before: Option<i64>,
    actor: Option<&str>,
) -> Result<Page> {
    acting.require(Duty::ReadAudit)?;
    let from = before.unwrap_or(i64::MAX);
    let found = store::audit::before(&app.db, from, actor, PAGE).await?;
    let full = found.len() == PAGE as usize;
    let before = found.last().map(|last| last.seq).filter(|_| full);
    let (mut names, mut items) = (Names::default(), Vec::new());
    for entry in found {
        let actor_name = match entry.actor.parse() {
            Ok(id) => Some(names.of(app, id).await?),
            Err(_) => None,
        };
        let of = entry.subject.strip_prefix("operator:");
        let subject_name = match of.and_then(|id| id.parse().ok()) {
            Some(id) => Some(names.of(app, id).await?),
            None => None,
        };
        let detail = audit::detail(app, &entry)?;
        items.push(Entry {
            seq: entry.seq,
            at: entry.at,
            actor: entry.actor,
            actor_name,
            act: entry.act,
            subject: entry.subject,
            subject_name,
            detail,
        });
    }
    Ok(Page { items, before })
}

/// Goes over the whole log.
///
/// # Errors
/// `duty_missing`.
pub async fn audit_verify(app: &App, acting: &Acting) -> Result<Verified> {
    acting.require(Duty::ReadAudit)?;
    audit::verify(app, None).await
}
