//! Hints between the nodes on one PostgreSQL database, by NOTIFY and LISTEN: the topic and nothing else. They have
//! connections of their own, so that neither a full pool nor a long transaction holds them up.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::sync::{broadcast, mpsc};
use tokio::task::JoinHandle;

use super::Hint;

const CHANNEL: &str = "hulian_wake";
/// Topics waiting to be sent; more are dropped, since every one of them has a poll behind it.
const BACKLOG: usize = 1024;
/// Topics of one statement.
const BATCH: usize = 64;
/// The rest before another try to listen.
const PAUSE: Duration = Duration::from_secs(1);
/// A node that has nothing to say says that so often. All nodes hear it, the speaker too.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// A connection that stays silent for longer is dead, though nobody may have said so (a firewall that forgot it, say).
const SILENCE: Duration = Duration::from_secs(90);
/// No topic has this name.
const NOTHING: &str = "";

/// The two tasks that speak and listen; they end with it.
pub(super) struct Nodes {
    outgoing: mpsc::Sender<Arc<str>>,
    speaking: JoinHandle<()>,
    listening: JoinHandle<()>,
}

impl Nodes {
    /// Connects in the background, and again whenever a connection is lost.
    pub(super) fn connect(options: &PgConnectOptions, here: broadcast::Sender<Hint>) -> Self {
        let (outgoing, topics) = mpsc::channel(BACKLOG);
        Self {
            outgoing,
            speaking: tokio::spawn(speak(options.clone(), topics)),
            listening: tokio::spawn(listen(options.clone(), here)),
        }
    }

    /// Hands a topic to the speaker without waiting for it.
    pub(super) fn tell(&self, topic: Arc<str>) {
        let _ = self.outgoing.try_send(topic);
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        self.speaking.abort();
        self.listening.abort();
    }
}

/// One connection, made when needed and kept as long as it works.
fn connection() -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .idle_timeout(None)
}

async fn speak(options: PgConnectOptions, mut topics: mpsc::Receiver<Arc<str>>) {
    let connection = connection().connect_lazy_with(options);
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let more = topics.recv_many(&mut batch, BATCH);
        match tokio::time::timeout(HEARTBEAT, more).await {
            Ok(0) => return,
            Ok(_) => {}
            Err(_) => batch.push(Arc::from(NOTHING)),
        }
        // One transaction, in which PostgreSQL sends equal topics once.
        let topics: Vec<String> = batch.drain(..).map(|topic| topic.to_string()).collect();
        let told = sqlx::query("SELECT pg_notify($1, topic) FROM unnest($2::text[]) AS topic")
            .bind(CHANNEL)
            .bind(topics)
            .execute(&connection);
        if let Err(error) = told.await {
            tracing::debug!(%error, "other nodes were not woken and will poll");
        }
    }
}

async fn listen(options: PgConnectOptions, here: broadcast::Sender<Hint>) {
    loop {
        let Err(error) = hear(options.clone(), &here).await;
        tracing::warn!(%error, "other nodes wake nobody here for now; polling goes on");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Passes on what other nodes say until the connection fails. What this node said comes back as well: a look for
/// nothing is cheaper than telling the nodes apart.
async fn hear(
    options: PgConnectOptions,
    here: &broadcast::Sender<Hint>,
) -> Result<Infallible, sqlx::Error> {
    let connection = connection().connect_with(options).await?;
    let mut listener = PgListener::connect_with(&connection).await?;
    listener.listen(CHANNEL).await?;
    // Whatever was said while nobody listened is lost.
    let _ = here.send(Hint::All);
    loop {
        let heard = tokio::time::timeout(SILENCE, listener.try_recv()).await;
        let hint = match heard.map_err(|_| sqlx::Error::PoolTimedOut)?? {
            Some(said) if said.payload() == NOTHING => continue,
            Some(said) => Hint::Topic(Arc::from(said.payload())),
            // The connection was lost and is there again.
            None => Hint::All,
        };
        let _ = here.send(hint);
    }
}
