//! The database: one of two engines behind one face.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};
use crate::migrate;

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const CONNECTIONS_MAX: u32 = 8;

/// The database. Cloning is cheap.
#[derive(Clone)]
pub enum Db {
    /// A file of SQLite. Reads run side by side; writers of this process wait in a fair line instead of polling the file.
    Sqlite {
        /// Its connections.
        pool: SqlitePool,
        /// The line of writers.
        writer: Writer,
    },
    /// A database of PostgreSQL.
    Postgres {
        /// Its connections.
        pool: PgPool,
    },
}

/// The line in which the writers of one SQLite file wait.
#[derive(Clone)]
pub struct Writer(Arc<Semaphore>);

/// The right to write to the SQLite file.
pub type WriterPermit = OwnedSemaphorePermit;

impl Writer {
    pub(crate) async fn acquire(&self, name: &'static str) -> Result<WriterPermit> {
        let waited =
            tokio::time::timeout(ACQUIRE_TIMEOUT, Arc::clone(&self.0).acquire_owned()).await;
        waited
            .ok()
            .and_then(std::result::Result::ok)
            .ok_or(Error::Busy(name))
    }
}

/// A transaction that writes. Dropped without [`Tx::commit`] it is rolled back.
pub struct Tx {
    name: &'static str,
    inside: TxInside,
}

enum TxInside {
    // The permit is declared last so that it is given back after the transaction has ended.
    Sqlite(Transaction<'static, Sqlite>, WriterPermit),
    Postgres(Transaction<'static, Postgres>),
}

/// Where a statement runs. Functions of the nouns take `impl Into<Exec<'_>>`, so that they work in and out of transactions.
pub enum Exec<'a> {
    /// On its own.
    Sqlite(&'a SqlitePool, &'a Writer),
    /// On its own.
    Postgres(&'a PgPool),
    /// In a transaction.
    SqliteTx(&'a mut sqlx::SqliteConnection),
    /// In a transaction.
    PostgresTx(&'a mut sqlx::PgConnection),
}

impl<'a> From<&'a Db> for Exec<'a> {
    fn from(db: &'a Db) -> Self {
        match db {
            Db::Sqlite { pool, writer } => Self::Sqlite(pool, writer),
            Db::Postgres { pool } => Self::Postgres(pool),
        }
    }
}

impl<'a> From<&'a mut Tx> for Exec<'a> {
    fn from(tx: &'a mut Tx) -> Self {
        match &mut tx.inside {
            TxInside::Sqlite(tx, _) => Self::SqliteTx(tx),
            TxInside::Postgres(tx) => Self::PostgresTx(tx),
        }
    }
}

impl<'a> Exec<'a> {
    /// Lends the place for one statement, for functions that run several.
    pub fn again(&mut self) -> Exec<'_> {
        match self {
            Self::Sqlite(pool, writer) => Exec::Sqlite(pool, writer),
            Self::Postgres(pool) => Exec::Postgres(pool),
            Self::SqliteTx(tx) => Exec::SqliteTx(tx),
            Self::PostgresTx(tx) => Exec::PostgresTx(tx),
        }
    }
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…` and brings the schema up to date.
    ///
    /// # Errors
    /// [`Error`] when the database cannot be opened, is newer than this program, or a migration fails.
    pub async fn open(url: &str) -> Result<Self> {
        let db = match url.strip_prefix("sqlite:") {
            Some(path) => Self::connect_sqlite(Path::new(path.trim_start_matches("//"))).await?,
            None => Self::connect_postgres(url).await?,
        };
        migrate::run(&db).await?;
        Ok(db)
    }

    /// Opens a SQLite file without migrating it; it is made when missing.
    ///
    /// # Errors
    /// [`Error::Sql`] when the file cannot be opened.
    pub async fn connect_sqlite(path: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A power cut must not lose an answer that was given: every commit reaches the disk.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .acquire_timeout(ACQUIRE_TIMEOUT);
        let pool = pool
            .connect_with(options)
            .await
            .map_err(|error| Error::from_sqlx("connect", error))?;
        Ok(Self::Sqlite {
            pool,
            writer: Writer(Arc::new(Semaphore::new(1))),
        })
    }

    /// Connects to PostgreSQL without migrating.
    ///
    /// # Errors
    /// [`Error::Sql`] when the address is wrong or nobody answers there.
    pub async fn connect_postgres(url: &str) -> Result<Self> {
        let options: PgConnectOptions = url
            .parse()
            .map_err(|error| Error::from_sqlx("connect", error))?;
        // Whoever waits for another's lock gives up as soon as with SQLite; without this it would wait for ever.
        let lock_timeout = format!("{}ms", BUSY_TIMEOUT.as_millis());
        let options = options.options([("lock_timeout", lock_timeout)]);
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .acquire_timeout(ACQUIRE_TIMEOUT);
        let pool = pool
            .connect_with(options)
            .await
            .map_err(|error| Error::from_sqlx("connect", error))?;
        Ok(Self::Postgres { pool })
    }

    /// Begins a named transaction that writes. On SQLite it holds the file's only writer from the start (`BEGIN IMMEDIATE`);
    /// on PostgreSQL it reads what is committed, so rows that decide are selected `for_update` or tested by version.
    ///
    /// # Errors
    /// [`Error::Busy`] when no writer or connection came free in time.
    pub async fn begin_write(&self, name: &'static str) -> Result<Tx> {
        let inside = match self {
            Self::Sqlite { pool, writer } => {
                let permit = writer.acquire(name).await?;
                let tx = pool
                    .begin_with("BEGIN IMMEDIATE")
                    .await
                    .map_err(|error| Error::from_sqlx(name, error))?;
                TxInside::Sqlite(tx, permit)
            }
            Self::Postgres { pool } => TxInside::Postgres(
                pool.begin()
                    .await
                    .map_err(|error| Error::from_sqlx(name, error))?,
            ),
        };
        Ok(Tx { name, inside })
    }

    /// Whether the engine is PostgreSQL.
    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres { .. })
    }

    /// Closes all connections; statements fail afterwards.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { pool, .. } => pool.close().await,
            Self::Postgres { pool } => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes the writes last.
    ///
    /// # Errors
    /// [`Error`] under the transaction's name; the writes may then have happened or not, which every use case bears.
    pub async fn commit(self) -> Result<()> {
        let name = self.name;
        match self.inside {
            TxInside::Sqlite(tx, _permit) => tx.commit().await,
            TxInside::Postgres(tx) => tx.commit().await,
        }
        .map_err(|error| Error::from_sqlx(name, error))
    }

    /// Takes the writes back.
    ///
    /// # Errors
    /// [`Error`] under the transaction's name.
    pub async fn rollback(self) -> Result<()> {
        let name = self.name;
        match self.inside {
            TxInside::Sqlite(tx, _permit) => tx.rollback().await,
            TxInside::Postgres(tx) => tx.rollback().await,
        }
        .map_err(|error| Error::from_sqlx(name, error))
    }

    /// The name it began with.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn is_postgres(&self) -> bool {
        matches!(self.inside, TxInside::Postgres(_))
    }

    /// Runs a script of several statements.
    pub(crate) async fn script(&mut self, name: &'static str, text: &'static str) -> Result<()> {
        match &mut self.inside {
            TxInside::Sqlite(tx, _) => sqlx::raw_sql(text).execute(&mut **tx).await.map(|_| ()),
            TxInside::Postgres(tx) => sqlx::raw_sql(text).execute(&mut **tx).await.map(|_| ()),
        }
        .map_err(|error| Error::from_sqlx(name, error))
    }
}
