//! Waiting for news of who belongs where. Rows are the truth: a wake-up only shortens the pause.

use std::time::Duration;

use domain::id::{PersonId, UnitId};

use crate::{App, Result};

/// Longest pause between two looks at the rows, should a wake-up be lost.
const LOOK: Duration = Duration::from_secs(2);

/// Whose news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// A unit's members and what waits for its administrators.
    Unit(UnitId),
    /// What one person belongs to and has asked for.
    Person(PersonId),
}

impl Feed {
    fn topic(self) -> String {
        match self {
            Self::Unit(id) => format!("unit:{id}"),
            Self::Person(id) => format!("person:{id}"),
        }
    }

    /// A number that rises with every change.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn version(self, app: &App) -> Result<i64> {
        Ok(match self {
            Self::Unit(id) => store::membership::version_of_unit(&app.db, id).await?,
            Self::Person(id) => store::membership::version_of_person(&app.db, id).await?,
        })
    }
}

/// Waits until the version is another than `after`, at most `at_most`.
///
/// # Errors
/// When the database fails.
pub(crate) async fn wait(app: &App, feed: Feed, after: i64, at_most: Duration) -> Result<()> {
    let mut subscription = app.wake.subscribe();
    let deadline = tokio::time::Instant::now() + at_most;
    loop {
        let left = deadline.saturating_duration_since(tokio::time::Instant::now());
        if left.is_zero() || feed.version(app).await? != after {
            return Ok(());
        }
        subscription.wait(&feed.topic(), left.min(LOOK)).await;
    }
}

/// Tells those who wait; call it after the commit.
pub(crate) fn tell(app: &App, unit: UnitId, people: &[PersonId]) {
    app.wake.notify(&Feed::Unit(unit).topic());
    tell_people(app, people);
}

/// Tells these people's own pages; call it after the commit.
pub(crate) fn tell_people(app: &App, people: &[PersonId]) {
    for person in people {
        app.wake.notify(&Feed::Person(*person).topic());
    }
}
