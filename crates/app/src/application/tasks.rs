//! What waits for a unit's administrators (待办任务, MEM-7).

use std::time::Duration;

use domain::Instant;
use domain::application::Asked;
use domain::id::{ApplicationId, UnitId};
use store::application::{About, Waiting};

use super::reason::open;
use crate::feed::{self, Feed};
use crate::unit::require_administrator;
use crate::{App, Caller, Result, personal};

/// Something to decide.
pub struct Task {
    /// The application.
    pub application_id: ApplicationId,
    /// What is asked.
    pub asked: Asked,
    /// What a certificate or a seal that is asked for is called.
    pub about: About,
    /// Who asks.
    pub applicant_name: String,
    /// `138****0001`
    pub applicant_phone_masked: String,
    /// Who is to go; the applicant for what they ask for themselves.
    pub subject_name: String,
    /// Why.
    pub reason: String,
    /// When it was asked.
    pub at: Instant,
}

/// What waits, oldest first, with a version that rises with every change; once that is another than `wish` says, or when
/// the wait ends.
///
/// # Errors
/// `not_administrator`.
pub async fn tasks(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    wish: Option<(i64, Duration)>,
) -> Result<(i64, Vec<Task>)> {
    require_administrator(&app.db, caller.person_id, unit).await?;
    if let Some((after, at_most)) = wish {
        feed::wait(app, Feed::Unit(unit), after, at_most).await?;
        // Who was administrator when the wait began need not be one now.
        require_administrator(&app.db, caller.person_id, unit).await?;
    }
    let version = Feed::Unit(unit).version(app).await?;
    let waiting = store::application::waiting(&app.db, unit).await?;
    let tasks = waiting.into_iter().map(|one| task(app, one));
    Ok((version, tasks.collect::<Result<_>>()?))
}

fn task(app: &App, one: Waiting) -> Result<Task> {
    let Waiting {
        application,
        applicant,
        subject,
        about,
    } = one;
    let (asking, named) = (application.applicant_id, application.subject_id());
    Ok(Task {
        application_id: application.id,
        asked: application.asked,
        about,
        applicant_name: personal::name_or_empty(app, asking, applicant.name.as_deref())?,
        applicant_phone_masked: personal::open_phone(app, &applicant.phone)?.masked(),
        subject_name: personal::name_or_empty(app, named, subject.name.as_deref())?,
        reason: open(app, &application)?.to_string(),
        at: application.created_at,
    })
}
