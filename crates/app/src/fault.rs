//! The repair tool (ACC-9): a phone tells its faults, on its owner's word. What may lead to somebody was taken out on the
//! phone; here it is taken out again, whatever the phone did.

use domain::Instant;
use domain::fault::{LINES_MAX, clean};
use domain::id::{FaultLogId, PersonId};
use domain::operator::Duty;
use domain::time::DAY_US;
use store::fault::FaultLog;

use crate::audit::{self, Actor};
use crate::operator::Acting;
use crate::text::line;
use crate::{App, Caller, Error, Result, limit};

/// Logs that one person sends in a day.
const PER_DAY_MAX: i64 = 10;
/// How long a log is kept.
pub(crate) const KEPT_US: i64 = 90 * DAY_US;
/// Logs that one list shows.
const LIST_MAX: u32 = 200;
const SEALED: &str = "fault_log.lines";

/// Keeps a phone's log.
///
/// # Errors
/// `fault_log_empty`, `fault_log_too_long` `{most}`, `version_invalid`, `rate_limited`.
pub async fn tell(
    app: &App,
    caller: &Caller,
    app_version: &str,
    lines: &[String],
) -> Result<FaultLogId> {
    if lines.is_empty() {
        return Err(Error::invalid("fault_log_empty"));
    }
    if lines.len() > LINES_MAX {
        return Err(Error::invalid("fault_log_too_long").with("most", LINES_MAX));
    }
    let app_version = line(app_version, 1, 20).filter(|text| text.is_ascii());
    let app_version = app_version.ok_or_else(|| Error::invalid("version_invalid"))?;
    let person_id = caller.person_id;
    limit::check(app, "fault", person_id.as_bytes(), DAY_US, PER_DAY_MAX).await?;
    let kept: Vec<_> = lines.iter().map(|line| clean(line)).collect();
    let id: FaultLogId = app.new_id();
    let new = FaultLog {
        id,
        person_id,
        app_version: app_version.to_owned(),
        lines: i64::try_from(kept.len()).map_err(Error::internal)?,
        sealed: app
            .vault
            .wrap_text(SEALED, id.as_bytes(), &kept.join("\n"))?,
        created_at: app.now(),
    };
    let mut tx = app.db.begin_write("fault.tell").await?;
    store::fault::insert(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(id)
}

/// A log as lists show it.
pub struct Item {
    /// Id.
    pub id: FaultLogId,
    /// Whose phone it was.
    pub person_id: PersonId,
    /// Which app wrote it.
    pub app_version: String,
    /// How many lines it has.
    pub lines: i64,
    /// When it came.
    pub at: Instant,
}

/// The newest logs, 200 at most.
///
/// # Errors
/// `duty_missing`.
pub async fn list(app: &App, acting: &Acting) -> Result<Vec<Item>> {
    acting.require(Duty::ReadFaults)?;
    let found = store::fault::newest(&app.db, LIST_MAX).await?;
    let item = |log: FaultLog| Item {
        id: log.id,
        person_id: log.person_id,
        app_version: log.app_version,
        lines: log.lines,
        at: log.created_at,
    };
    Ok(found.into_iter().map(item).collect())
}

/// The lines of one; the reading is in the audit log.
///
/// # Errors
/// `duty_missing`, `fault_log_not_found`.
pub async fn read(app: &App, acting: &Acting, id: FaultLogId) -> Result<Vec<String>> {
    acting.require(Duty::ReadFaults)?;
    let found = store::fault::find(&app.db, id).await?;
    let found = found.ok_or_else(|| Error::not_found("fault_log_not_found"))?;
    let text = app
        .vault
        .unwrap_text(SEALED, id.as_bytes(), &found.sealed)?;
    let mut tx = app.db.begin_write("fault.read").await?;
    let (actor, subject) = (
        Actor::Operator(acting.operator_id),
        format!("fault_log:{id}"),
    );
    audit::record(app, &mut tx, actor, "fault_log.read", &subject, "").await?;
    tx.commit().await?;
    Ok(text.lines().map(str::to_owned).collect())
}
