//! Where the stand-ins remember: the settings of the database, so that nodes and restarts agree.

use std::fmt::Display;
use std::sync::Arc;

use providers::shelf::Shelf;
use providers::{Answer, Unavailable};
use store::Db;

use crate::Clock;

/// Names of one answer.
const LIST_MAX: u32 = 200;

/// Settings as a shelf.
pub struct DbShelf {
    db: Db,
    clock: Arc<dyn Clock>,
}

impl DbShelf {
    /// On this database, by this clock.
    #[must_use]
    pub fn on(db: Db, clock: Arc<dyn Clock>) -> Arc<dyn Shelf> {
        Arc::new(Self { db, clock })
    }
}

fn lost(error: impl Display) -> Unavailable {
    Unavailable {
        provider: "shelf",
        reason: error.to_string(),
    }
}

impl Shelf for DbShelf {
    fn read<'a>(&'a self, name: &'a str) -> Answer<'a, Option<String>> {
        Box::pin(async move { store::setting::find(&self.db, name).await.map_err(lost) })
    }

    fn write<'a>(&'a self, name: &'a str, text: &'a str) -> Answer<'a, ()> {
        Box::pin(async move {
            let written = store::setting::put(&self.db, name, text).await;
            written.map_err(lost)
        })
    }

    fn write_new<'a>(&'a self, name: &'a str, text: &'a str) -> Answer<'a, String> {
        Box::pin(async move {
            let stands = store::setting::fix(&self.db, name, text).await;
            stands.map_err(lost)
        })
    }

    fn list<'a>(&'a self, beginning: &'a str) -> Answer<'a, Vec<(String, String)>> {
        Box::pin(async move {
            let listed = store::setting::list(&self.db, beginning, LIST_MAX).await;
            listed.map_err(lost)
        })
    }

    fn now_s(&self) -> i64 {
        self.clock.now().seconds()
    }
}
