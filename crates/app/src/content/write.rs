//! Operators write: drafts first, shown to everybody by an act of its own. Every act is in the audit log.

use domain::content::{
    self, BODY_CHARS_MAX, ContentKind, ContentState, NotChanged, TITLE_CHARS_MAX,
};
use domain::id::ContentId;
use domain::operator::Duty;
use store::Tx;
use store::content::Content;

use crate::audit::{self, Actor};
use crate::operator::Acting;
use crate::text::{line, paragraphs};
use crate::{App, Error, Result};

/// What a text is to say.
pub struct Words<'a> {
    /// Category, way of contact, which agreement, or the version's number.
    pub key: &'a str,
    /// Question, name of a contact, title.
    pub title: &'a str,
    /// Answer, number of a contact, text.
    pub body: &'a str,
    /// Smaller comes first.
    pub position: i64,
}

/// Begins a draft.
///
/// # Errors
/// `duty_missing`, `content_key_invalid`, `content_title_invalid` `{most}`, `content_body_invalid` `{most}`.
pub async fn create(
    app: &App,
    acting: &Acting,
    kind: ContentKind,
    words: &Words<'_>,
) -> Result<ContentId> {
    acting.require(Duty::EditContent)?;
    let new = Content {
        id: app.new_id(),
        kind,
        key: String::new(),
        title: String::new(),
        body: String::new(),
        position: 0,
        state: ContentState::Draft,
        created_at: app.now(),
        published_at: None,
        version: 1,
    };
    let new = with(new, words)?;
    let mut tx = app.db.begin_write("content.create").await?;
    store::content::insert(&mut tx, &new).await?;
    told(app, &mut tx, acting, "content.create", &new).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// Changes the words of one that is still at `version`.
///
/// # Errors
/// As [`create`]; `content_not_found`, `content_changed` when somebody was faster, `content_published`.
pub async fn edit(
    app: &App,
    acting: &Acting,
    id: ContentId,
    version: i64,
    words: &Words<'_>,
) -> Result<()> {
    let mut tx = app.db.begin_write("content.edit").await?;
    let found = load(&mut tx, acting, id, version).await?;
    content::edit(found.kind, found.state).map_err(refused)?;
    let changed = with(found, words)?;
    store::content::update(&mut tx, &changed).await?;
    told(app, &mut tx, acting, "content.edit", &changed).await?;
    Ok(tx.commit().await?)
}

/// Shows one to everybody, or takes it back.
///
/// # Errors
/// `duty_missing`, `content_not_found`, `content_changed`, `content_state`, `content_published`.
pub async fn turn(
    app: &App,
    acting: &Acting,
    id: ContentId,
    version: i64,
    to: ContentState,
) -> Result<()> {
    let mut tx = app.db.begin_write("content.turn").await?;
    let found = load(&mut tx, acting, id, version).await?;
    content::turn(found.kind, found.state, to).map_err(refused)?;
    store::content::turn(&mut tx, &found, to, app.now()).await?;
    let act = match to {
        ContentState::Published => "content.publish",
        _ => "content.withdraw",
    };
    told(app, &mut tx, acting, act, &found).await?;
    Ok(tx.commit().await?)
}

async fn load(tx: &mut Tx, acting: &Acting, id: ContentId, version: i64) -> Result<Content> {
    acting.require(Duty::EditContent)?;
    let found = store::content::lock(tx, id).await?;
    let found = found.ok_or_else(|| Error::not_found("content_not_found"))?;
    if found.version == version {
        Ok(found)
    } else {
        Err(Error::conflict("content_changed"))
    }
}

fn with(mut content: Content, words: &Words<'_>) -> Result<Content> {
    let key = words.key.trim();
    if !content.kind.takes(key) || line(key, 1, content::KEY_CHARS_MAX).is_none() {
        return Err(Error::invalid("content_key_invalid"));
    }
    let title = line(words.title, 1, TITLE_CHARS_MAX);
    let body = paragraphs(words.body, 1, BODY_CHARS_MAX);
    let too_much = |code, most: usize| Error::invalid(code).with("most", most);
    key.clone_into(&mut content.key);
    content.title = title
        .ok_or_else(|| too_much("content_title_invalid", TITLE_CHARS_MAX))?
        .to_owned();
    content.body = body.ok_or_else(|| too_much("content_body_invalid", BODY_CHARS_MAX))?;
    content.position = words.position;
    Ok(content)
}

async fn told(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    act: &'static str,
    content: &Content,
) -> Result<()> {
    let actor = Actor::Operator(acting.operator_id);
    let subject = format!("content:{}", content.id);
    let detail = format!(
        "{} {} {}",
        content.kind.as_str(),
        content.key,
        content.title
    );
    audit::record(app, tx, actor, act, &subject, &detail).await
}

fn refused(why: NotChanged) -> Error {
    match why {
        NotChanged::Published => Error::conflict("content_published"),
        NotChanged::AlreadySo => Error::conflict("content_state"),
    }
}
