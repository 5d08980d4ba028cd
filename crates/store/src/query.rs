//! A named statement with its values, run on either engine.

use sqlx::{AssertSqlSafe, Executor, Postgres, Sqlite};

use crate::db::{Exec, WriterPermit};
use crate::dialect;
use crate::error::{Error, Result};
use crate::row::Row;
use crate::value::Value;

/// Makes a [`Query`]: the statement's name, its text with `$1` placeholders, the values.
///
/// ```ignore
/// sql!("person.find", "SELECT id, version FROM person WHERE id = $1", id).optional(&db).await?
/// ```
#[macro_export]
macro_rules! sql {
    ($name:literal, $text:expr $(, $value:expr)* $(,)?) => {
        $crate::Query::new($name, $text, vec![$($crate::Value::from($value)),*])
    };
}

/// A statement that waits for a place to run: `&Db` for one of its own, `&mut Tx` inside a transaction.
#[must_use = "a query does nothing until it runs"]
pub struct Query {
    name: &'static str,
    text: &'static str,
    values: Vec<Value>,
    lock: Option<fn(bool) -> &'static str>,
}

impl Query {
    /// See [`sql!`](crate::sql).
    pub const fn new(name: &'static str, text: &'static str, values: Vec<Value>) -> Self {
        Self {
            name,
            text,
            values,
            lock: None,
        }
    }

    /// Locks the selected rows until the transaction ends.
    pub fn for_update(mut self) -> Self {
        self.lock = Some(dialect::for_update);
        self
    }

    /// Locks the selected rows and passes over those that are locked.
    pub fn for_update_skip_locked(mut self) -> Self {
        self.lock = Some(dialect::for_update_skip_locked);
        self
    }

    /// Runs it and counts the rows it changed.
    ///
    /// # Errors
    /// [`Error`] under the statement's name.
    pub async fn execute(self, at: impl Into<Exec<'_>>) -> Result<u64> {
        let (name, mut at) = (self.name, at.into());
        let _permit = self.permit(&at).await?;
        match &mut at {
            Exec::Sqlite(pool, _) => (*pool)
                .execute(self.sqlite())
                .await
                .map(|done| done.rows_affected()),
            Exec::SqliteTx(tx) => tx
                .execute(self.sqlite())
                .await
                .map(|done| done.rows_affected()),
            Exec::Postgres(pool) => (*pool)
                .execute(self.postgres())
                .await
                .map(|done| done.rows_affected()),
            Exec::PostgresTx(tx) => tx
                .execute(self.postgres())
                .await
                .map(|done| done.rows_affected()),
        }
        .map_err(|error| Error::from_sqlx(name, error))
    }

    /// Runs it and wants exactly one changed row; none means that the row moved on.
    ///
    /// # Errors
    /// [`Error::Conflict`] when no row was changed, else [`Error`] under the statement's name.
    pub async fn execute_one(self, at: impl Into<Exec<'_>>) -> Result<()> {
        let name = self.name;
        if self.execute(at).await? == 1 {
            Ok(())
        } else {
            Err(Error::Conflict(name))
        }
    }

    /// Runs it for the first row, if any.
    ///
    /// # Errors
    /// [`Error`] under the statement's name.
    pub async fn optional(self, at: impl Into<Exec<'_>>) -> Result<Option<Row>> {
        let (name, mut at) = (self.name, at.into());
        let _permit = self.permit(&at).await?;
        match &mut at {
            Exec::Sqlite(pool, _) => (*pool)
                .fetch_optional(self.sqlite())
                .await
                .map(|row| row.map(Row::Sqlite)),
            Exec::SqliteTx(tx) => tx
                .fetch_optional(self.sqlite())
                .await
                .map(|row| row.map(Row::Sqlite)),
            Exec::Postgres(pool) => (*pool)
                .fetch_optional(self.postgres())
                .await
                .map(|row| row.map(Row::Postgres)),
            Exec::PostgresTx(tx) => tx
                .fetch_optional(self.postgres())
                .await
                .map(|row| row.map(Row::Postgres)),
        }
        .map_err(|error| Error::from_sqlx(name, error))
    }

    /// Runs it for the one row that must be there.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, else [`Error`] under the statement's name.
    pub async fn one(self, at: impl Into<Exec<'_>>) -> Result<Row> {
        let name = self.name;
        self.optional(at).await?.ok_or(Error::NotFound(name))
    }

    /// Runs it for all rows; the text bounds their number with `LIMIT`.
    ///
    /// # Errors
    /// [`Error`] under the statement's name.
    pub async fn all(self, at: impl Into<Exec<'_>>) -> Result<Vec<Row>> {
        let (name, mut at) = (self.name, at.into());
        let _permit = self.permit(&at).await?;
        match &mut at {
            Exec::Sqlite(pool, _) => (*pool)
                .fetch_all(self.sqlite())
                .await
                .map(|rows| rows.into_iter().map(Row::Sqlite).collect()),
            Exec::SqliteTx(tx) => tx
                .fetch_all(self.sqlite())
                .await
                .map(|rows| rows.into_iter().map(Row::Sqlite).collect()),
            Exec::Postgres(pool) => (*pool)
                .fetch_all(self.postgres())
                .await
                .map(|rows| rows.into_iter().map(Row::Postgres).collect()),
            Exec::PostgresTx(tx) => tx
                .fetch_all(self.postgres())
                .await
                .map(|rows| rows.into_iter().map(Row::Postgres).collect()),
        }
        .map_err(|error| Error::from_sqlx(name, error))
    }

    /// A single statement that writes stands in the same line as transactions do on SQLite.
    async fn permit(&self, at: &Exec<'_>) -> Result<Option<WriterPermit>> {
        match at {
            Exec::Sqlite(_, writer) if !self.is_read() => writer.acquire(self.name).await.map(Some),
            _ => Ok(None),
        }
    }

    fn is_read(&self) -> bool {
        self.text
            .trim_start()
            .get(..6)
            .is_some_and(|word| word.eq_ignore_ascii_case("select"))
    }

    fn sqlite(self) -> sqlx::query::Query<'static, Sqlite, sqlx::sqlite::SqliteArguments> {
        self.values
            .into_iter()
            .fold(sqlx::query(self.text), |query, value| match value {
                Value::Text(value) => query.bind(value),
                Value::Int(value) => query.bind(value),
                Value::Blob(value) => query.bind(value),
            })
    }

    fn postgres(self) -> sqlx::query::Query<'static, Postgres, sqlx::postgres::PgArguments> {
        let query = match self.lock {
            // Both parts are literals of the program.
            Some(lock) => sqlx::query(AssertSqlSafe(format!("{}{}", self.text, lock(true)))),
            None => sqlx::query(self.text),
        };
        self.values
            .into_iter()
            .fold(query, |query, value| match value {
                Value::Text(value) => query.bind(value),
                Value::Int(value) => query.bind(value),
                Value::Blob(value) => query.bind(value),
            })
    }
}
