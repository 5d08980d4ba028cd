//! What somebody has asked for, and what became of it (申请记录, MEM-8).

use std::time::Duration;

use domain::Instant;
use domain::application::{Asked, State};
use domain::id::{ApplicationId, UnitId};
use store::application::{About, Own};

use super::reason::{open, open_decision};
use crate::feed::{self, Feed};
use crate::{App, Caller, Result, personal};

/// An application of one's own.
pub struct OwnApplication {
    /// Its id.
    pub application_id: ApplicationId,
    /// What was asked.
    pub asked: Asked,
    /// What a certificate or a seal that was asked for is called.
    pub about: About,
    /// How it stands.
    pub state: State,
    /// Of which unit.
    pub unit_id: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Its code.
    pub uscc: String,
    /// Who is to go; empty for what one asks for oneself.
    pub subject_name: String,
    /// Why.
    pub reason: String,
    /// When it was asked.
    pub at: Instant,
    /// When it was decided or lapsed.
    pub decided_at: Option<Instant>,
    /// Why it was decided so, if that was said.
    pub decision_reason: Option<String>,
}

/// All of them, with a version that rises with every change of what the person belongs to or has asked for.
pub struct OwnApplications {
    /// See above.
    pub version: i64,
    /// Newest first, 200 at most.
    pub applications: Vec<OwnApplication>,
}

/// What the caller has asked for, once its version is another than `wish` says, or when the wait ends.
///
/// # Errors
/// When the database fails.
pub async fn own(
    app: &App,
    caller: &Caller,
    wish: Option<(i64, Duration)>,
) -> Result<OwnApplications> {
    let feed = Feed::Person(caller.person_id);
    if let Some((after, at_most)) = wish {
        feed::wait(app, feed, after, at_most).await?;
    }
    let version = feed.version(app).await?;
    let rows = store::application::of_person(&app.db, caller.person_id).await?;
    let applications = rows.into_iter().map(|row| view(app, row));
    Ok(OwnApplications {
        version,
        applications: applications.collect::<Result<_>>()?,
    })
}

fn view(app: &App, row: Own) -> Result<OwnApplication> {
    let Own {
        application,
        unit_name,
        uscc,
        subject,
        about,
    } = row;
    let subject_name = match application.asked {
        Asked::Removal(of) => personal::name_or_empty(app, of, subject.name.as_deref())?,
        Asked::Join | Asked::Certificate(_) | Asked::Seal { .. } => String::new(),
    };
    Ok(OwnApplication {
        application_id: application.id,
        asked: application.asked,
        about,
        state: application.state,
        unit_id: application.unit_id,
        unit_name,
        uscc,
        subject_name,
        reason: open(app, &application)?.to_string(),
        at: application.created_at,
        decided_at: application.decided_at,
        decision_reason: open_decision(app, &application)?.map(|reason| reason.to_string()),
    })
}
