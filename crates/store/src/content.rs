//! Content: what operators write for everybody to read.

use domain::Instant;
use domain::content::{ContentKind, ContentState};
use domain::id::ContentId;

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// Most texts that one list shows.
pub const LIST_MAX: u32 = 500;

/// A text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Id.
    pub id: ContentId,
    /// What it is.
    pub kind: ContentKind,
    /// Category, way of contact, which agreement, or the version's number.
    pub key: String,
    /// Question, name of a contact, title.
    pub title: String,
    /// Answer, number of a contact, text.
    pub body: String,
    /// Smaller comes first.
    pub position: i64,
    /// Who sees it.
    pub state: ContentState,
    /// When it was begun.
    pub created_at: Instant,
    /// When it was last shown to everybody.
    pub published_at: Option<Instant>,
    /// Rises with every change.
    pub version: i64,
}

macro_rules! columns {
    () => {
        "id, kind, key, title, body, position, state, created_us, published_us, version"
    };
}

/// Begins one, as a draft.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(tx: &mut Tx, new: &Content) -> Result<()> {
    let text = "INSERT INTO content (id, kind, key, title, body, position, state, created_us) VALUES ($1, $2, $3, $4, $5, $6, 'draft', $7)";
    sql!(
        "content.insert",
        text,
        new.id,
        new.kind.as_str(),
        &new.key,
        &new.title,
        &new.body,
        new.position,
        new.created_at
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// One by id, held until the transaction ends.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lock(tx: &mut Tx, id: ContentId) -> Result<Option<Content>> {
    let text = concat!("SELECT ", columns!(), " FROM content WHERE id = $1");
    let row = sql!("content.lock", text, id)
        .for_update()
        .optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Writes other words into one that is still as `changed.version` knew it.
///
/// # Errors
/// [`Error::Conflict`] when it moved on.
pub async fn update(tx: &mut Tx, changed: &Content) -> Result<()> {
    let text = "UPDATE content SET key = $3, title = $4, body = $5, position = $6, version = version + 1 WHERE id = $1 AND version = $2";
    sql!(
        "content.update",
        text,
        changed.id,
        changed.version,
        &changed.key,
        &changed.title,
        &changed.body,
        changed.position
    )
    .execute_one(tx)
    .await
}

/// Shows one to everybody, or takes it back.
///
/// # Errors
/// [`Error::Conflict`] when it moved on.
pub async fn turn(tx: &mut Tx, from: &Content, to: ContentState, now: Instant) -> Result<()> {
    let published = match to {
        ContentState::Published => Some(now),
        _ => from.published_at,
    };
    let text = "UPDATE content SET state = $3, published_us = $4, version = version + 1 WHERE id = $1 AND version = $2";
    sql!(
        "content.turn",
        text,
        from.id,
        from.version,
        to.as_str(),
        published
    )
    .execute_one(tx)
    .await
}

/// All of a kind, for those who write them.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn of_kind(at: impl Into<Exec<'_>>, kind: ContentKind) -> Result<Vec<Content>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM content WHERE kind = $1 ORDER BY position, id LIMIT $2"
    );
    let rows = sql!("content.of_kind", text, kind.as_str(), LIST_MAX)
        .all(at)
        .await?;
    rows.iter().map(read).collect()
}

/// What everybody sees of a kind.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn published(at: impl Into<Exec<'_>>, kind: ContentKind) -> Result<Vec<Content>> {
    let text = concat!(
        "SELECT ",
        columns!(),
        " FROM content WHERE kind = $1 AND state = 'published' ORDER BY position, id LIMIT $2"
    );
    let rows = sql!("content.published", text, kind.as_str(), LIST_MAX)
        .all(at)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Content> {
    let word = |column: &str, expected| Error::Column {
        column: column.to_owned(),
        expected,
    };
    let kind = ContentKind::parse(&row.text("kind")?);
    let state = ContentState::parse(&row.text("state")?);
    Ok(Content {
        id: row.parse("id")?,
        kind: kind.ok_or_else(|| word("kind", "a kind of text"))?,
        key: row.text("key")?,
        title: row.text("title")?,
        body: row.text("body")?,
        position: row.int("position")?,
        state: state.ok_or_else(|| word("state", "a state of a text"))?,
        created_at: row.instant("created_us")?,
        published_at: row.opt_instant("published_us")?,
        version: row.int("version")?,
    })
}
