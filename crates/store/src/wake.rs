//! Wake-ups: a hint that rows of a topic changed, so that those who wait look at once instead of at their next poll.
//!
//! The rows are the truth. A hint may be lost or come for nothing, hence every wait has an end and callers look again
//! then. Hints stay in the process, or go by PostgreSQL to every node of the service ([`Wake::between_nodes`]).

mod nodes;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;

use crate::db::Db;
use nodes::Nodes;

/// Hints waiting to be read by one slow subscriber before it is told to look at everything.
const BACKLOG: usize = 1024;

/// Sends hints. Cloning is cheap.
#[derive(Clone)]
pub struct Wake {
    here: broadcast::Sender<Hint>,
    /// The way to the other nodes; the last clone closes it.
    nodes: Option<Arc<Nodes>>,
}

/// Receives the hints sent since it was made.
pub struct Subscription(broadcast::Receiver<Hint>);

/// What is worth a look.
#[derive(Clone)]
enum Hint {
    /// Rows of this topic.
    Topic(Arc<str>),
    /// Everything: hints may have been lost.
    All,
}

/// Why a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Something may have changed.
    Hint,
    /// The time is over; look anyway.
    TimedOut,
}

impl Default for Wake {
    /// Hints that stay in the process.
    fn default() -> Self {
        Self {
            here: broadcast::channel(BACKLOG).0,
            nodes: None,
        }
    }
}

impl Wake {
    /// Hints that reach every node on the same PostgreSQL database; with SQLite there is one node, and they stay in it.
    /// It never fails: whoever cannot be reached finds the change at its next poll.
    #[must_use]
    pub fn between_nodes(db: &Db) -> Self {
        let mut wake = Self::default();
        if let Db::Postgres { pool } = db {
            let nodes = Nodes::connect(&pool.connect_options(), wake.here.clone());
            wake.nodes = Some(Arc::new(nodes));
        }
        wake
    }

    /// Hints that rows of the topic changed. Call it after the commit.
    pub fn notify(&self, topic: &str) {
        let topic: Arc<str> = Arc::from(topic);
        // Nobody listening is no error.
        let _ = self.here.send(Hint::Topic(Arc::clone(&topic)));
        if let Some(nodes) = &self.nodes {
            nodes.tell(topic);
        }
    }

    /// Begins to listen. Subscribe first, read the rows second, wait third: then no change is missed.
    #[must_use]
    pub fn subscribe(&self) -> Subscription {
        Subscription(self.here.subscribe())
    }
}

impl Subscription {
    /// Waits for a hint of the topic, at most so long.
    pub async fn wait(&mut self, topic: &str, at_most: Duration) -> Woken {
        let hint = async {
            loop {
                match self.0.recv().await {
                    Ok(Hint::Topic(other)) if &*other != topic => {}
                    // Hints that were dropped might have been ours.
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        if tokio::time::timeout(at_most, hint).await.is_ok() {
            Woken::Hint
        } else {
            Woken::TimedOut
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_own_topic_wakes() {
        let wake = Wake::default();
        let mut sleeper = wake.subscribe();
        wake.notify("other");
        assert_eq!(
            sleeper.wait("mine", Duration::from_millis(5)).await,
            Woken::TimedOut
        );
        wake.notify("mine");
        assert_eq!(
            sleeper.wait("mine", Duration::from_secs(60)).await,
            Woken::Hint
        );
    }

    #[tokio::test]
    async fn a_flood_of_other_topics_wakes_rather_than_hides() {
        let wake = Wake::default();
        let mut sleeper = wake.subscribe();
        wake.notify("mine");
        for _ in 0..=BACKLOG {
            wake.notify("other");
        }
        assert_eq!(
            sleeper.wait("mine", Duration::from_secs(60)).await,
            Woken::Hint
        );
    }
}
