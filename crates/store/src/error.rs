//! What can go wrong between a statement and its rows.

/// The result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failed statement. Statements are named, because SQLite does not tell which constraint was violated.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row that must exist does not.
    #[error("{0}: no such row")]
    NotFound(&'static str),
    /// A unique constraint was violated, or the row's version moved on.
    #[error("{0}: conflicts with an existing row")]
    Conflict(&'static str),
    /// A foreign key points nowhere.
    #[error("{0}: refers to a row that does not exist")]
    Reference(&'static str),
    /// The database did not answer in time, or gave up a transaction that another one crossed: try again.
    #[error("{0}: the database is busy")]
    Busy(&'static str),
    /// The database was written by a newer version of this program.
    #[error("the database has schema {found}, this program knows {known}")]
    NewerSchema {
        /// The highest migration in the database.
        found: i64,
        /// The highest migration of this program.
        known: i64,
    },
    /// A migration that already ran has another text now.
    #[error("migration {0} was changed after it ran")]
    ChangedMigration(&'static str),
    /// A column does not hold what its type says.
    #[error("column {column} does not hold {expected}")]
    Column {
        /// The column.
        column: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Anything else that the engine says.
    #[error("{statement}: failed")]
    Sql {
        /// The statement's name.
        statement: &'static str,
        /// What the engine said.
        source: sqlx::Error,
    },
    /// The blob folder failed.
    #[error("blob: {0}")]
    Blob(&'static str, #[source] Option<object_store::Error>),
}

impl Error {
    /// Whether trying the whole transaction again may help.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Busy(_))
    }

    /// Sorts an engine's error under the statement's name.
    pub(crate) fn from_sqlx(statement: &'static str, error: sqlx::Error) -> Self {
        use sqlx::error::ErrorKind;
        if matches!(error, sqlx::Error::RowNotFound) {
            return Self::NotFound(statement);
        }
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Busy(statement);
        }
        if let Some(inside) = error.as_database_error() {
            match inside.kind() {
                ErrorKind::UniqueViolation => return Self::Conflict(statement),
                ErrorKind::ForeignKeyViolation => return Self::Reference(statement),
                _ => {}
            }
            if inside
                .code()
                .is_some_and(|code| crate::dialect::is_busy_code(&code))
            {
                return Self::Busy(statement);
            }
        }
        Self::Sql {
            statement,
            source: error,
        }
    }
}
