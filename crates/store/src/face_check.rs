//! Visits to the camera page.

use domain::Instant;
use domain::face::{Purpose, VisitState};
use domain::id::{FaceCheckId, PersonId};

use crate::db::{Exec, Tx};
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql;

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Our own number of it.
    pub id: FaceCheckId,
    /// Whose face.
    pub person_id: PersonId,
    /// What for.
    pub purpose: Purpose,
    /// What the purpose is of.
    pub about: String,
    /// At whose page.
    pub provider: String,
    /// The provider's own number of it, once it has one.
    pub provider_ref: Option<String>,
    /// How it stands.
    pub state: VisitState,
    /// Why it failed: a word of the provider's trait.
    pub failure: Option<String>,
    /// When it began.
    pub opened_at: Instant,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// When what it was for was done.
    pub used_at: Option<Instant>,
}

macro_rules! columns {
    () => {
        "SELECT id, person_id, purpose, about, provider, provider_ref, state, failure, opened_us, decided_us, used_us FROM face_check "
    };
}

/// Writes one down before the provider is asked for it.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn insert(tx: &mut Tx, new: &Visit) -> Result<()> {
    let text = "INSERT INTO face_check (id, person_id, purpose, about, provider, state, opened_us) VALUES ($1, $2, $3, $4, $5, 'opening', $6)";
    sql!(
        "face_check.insert",
        text,
        new.id,
        new.person_id,
        new.purpose.as_str(),
        &new.about,
        &new.provider,
        new.opened_at
    )
    .execute(tx)
    .await
    .map(|_| ())
}

/// The newest that is still to be decided, for the same thing and begun since an instant.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_open(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    purpose: Purpose,
    about: &str,
    since: Instant,
) -> Result<Option<Visit>> {
    let text = concat!(
        columns!(),
        "WHERE person_id = $1 AND purpose = $2 AND about = $3 AND opened_us >= $4 AND state IN ('opening', 'waiting') ORDER BY opened_us DESC, id DESC LIMIT 1"
    );
    let row = sql!(
        "face_check.find_open",
        text,
        person_id,
        purpose.as_str(),
        about,
        since
    )
    .optional(at)
    .await?;
    row.as_ref().map(read).transpose()
}

/// How many a person has begun since an instant.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn count_since(
    at: impl Into<Exec<'_>>,
    person_id: PersonId,
    since: Instant,
) -> Result<i64> {
    let text = "SELECT count(*) AS n FROM face_check WHERE person_id = $1 AND opened_us >= $2";
    sql!("face_check.count_since", text, person_id, since)
        .one(at)
        .await?
        .int("n")
}

/// Whether the authority had no picture of a person to compare with.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn lacks_picture(at: impl Into<Exec<'_>>, person_id: PersonId) -> Result<bool> {
    let text = "SELECT id FROM face_check WHERE person_id = $1 AND failure = 'no_picture' LIMIT 1";
    let row = sql!("face_check.lacks_picture", text, person_id);
    Ok(row.optional(at).await?.is_some())
}

/// Writes the provider's number; the same again changes nothing.
///
/// # Errors
/// [`Error::Conflict`] when it is gone or decided.
pub async fn put_opened(
    at: impl Into<Exec<'_>>,
    id: FaceCheckId,
    provider_ref: &str,
) -> Result<()> {
    let text = "UPDATE face_check SET state = 'waiting', provider_ref = $2, version = 1 WHERE id = $1 AND state IN ('opening', 'waiting')";
    sql!("face_check.put_opened", text, id, provider_ref)
        .execute_one(at)
        .await
}

/// Takes one back for which the provider gave no page: nothing is counted.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn forget(at: impl Into<Exec<'_>>, id: FaceCheckId) -> Result<()> {
    let text = "DELETE FROM face_check WHERE id = $1 AND state = 'opening'";
    sql!("face_check.forget", text, id)
        .execute(at)
        .await
        .map(|_| ())
}

/// One by our own number.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find(at: impl Into<Exec<'_>>, id: FaceCheckId) -> Result<Option<Visit>> {
    let text = concat!(columns!(), "WHERE id = $1");
    let row = sql!("face_check.find", text, id).optional(at).await?;
    row.as_ref().map(read).transpose()
}

/// One by the provider's.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn find_by_ref(
    at: impl Into<Exec<'_>>,
    provider: &str,
    provider_ref: &str,
) -> Result<Option<Visit>> {
    let text = concat!(columns!(), "WHERE provider = $1 AND provider_ref = $2");
    let row = sql!("face_check.find_by_ref", text, provider, provider_ref)
        .optional(at)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Writes what came of it; no reason means that it passed. `false` when somebody was faster.
///
/// # Errors
/// [`Error`] when the database fails.
pub async fn close(
    tx: &mut Tx,
    id: FaceCheckId,
    failure: Option<&str>,
    now: Instant,
) -> Result<bool> {
    let state = if failure.is_some() {
        VisitState::Failed
    } else {
        VisitState::Passed
    };
    let text = "UPDATE face_check SET state = $2, failure = $3, decided_us = $4, version = version + 1 WHERE id = $1 AND state = 'waiting'";
    let rows = sql!("face_check.close", text, id, state.as_str(), failure, now)
        .execute(tx)
        .await?;
    Ok(rows == 1)
}

/// Uses up one that passed for this and was decided since an instant.
///
/// # Errors
/// [`Error::Conflict`] when it cannot be used, or was.
pub async fn use_up(
    tx: &mut Tx,
    id: FaceCheckId,
    (person_id, purpose, about): (PersonId, Purpose, &str),
    since: Instant,
    now: Instant,
) -> Result<()> {
    let text = "UPDATE face_check SET used_us = $6, version = version + 1 WHERE id = $1 AND person_id = $2 AND purpose = $3 AND about = $4
        AND state = 'passed' AND decided_us >= $5 AND used_us IS NULL";
    sql!(
        "face_check.use_up",
        text,
        id,
        person_id,
        purpose.as_str(),
        about,
        since,
        now
    )
    .execute_one(tx)
    .await
}

fn read(row: &Row) -> Result<Visit> {
    let word = |column: &str, expected: &'static str| Error::Column {
        column: column.to_owned(),
        expected,
    };
    let purpose = Purpose::parse(&row.text("purpose")?);
    let state = VisitState::parse(&row.text("state")?);
    Ok(Visit {
        id: row.parse("id")?,
        person_id: row.parse("person_id")?,
        purpose: purpose.ok_or_else(|| word("purpose", "a purpose of a visit"))?,
        about: row.text("about")?,
        provider: row.text("provider")?,
        provider_ref: row.opt_text("provider_ref")?,
        state: state.ok_or_else(|| word("state", "a state of a visit"))?,
        failure: row.opt_text("failure")?,
        opened_at: row.instant("opened_us")?,
        decided_at: row.opt_instant("decided_us")?,
        used_at: row.opt_instant("used_us")?,
    })
}
