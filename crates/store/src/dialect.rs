//! Everything that must differ between the engines; at most eight items.

use crate::db::Db;

/// Ends a `SELECT` whose rows the transaction is about to change. SQLite has one writer and needs nothing.
pub(crate) const fn for_update(is_postgres: bool) -> &'static str {
    if is_postgres { " FOR UPDATE" } else { "" }
}

/// The same, passing over rows that somebody else holds: what a queue wants.
pub(crate) const fn for_update_skip_locked(is_postgres: bool) -> &'static str {
    if is_postgres {
        " FOR UPDATE SKIP LOCKED"
    } else {
        ""
    }
}

/// Whether an engine's code means "try again": `SQLITE_BUSY` and `SQLITE_LOCKED` with their extended codes, and
/// serialization failure, deadlock and lock timeout of PostgreSQL.
pub(crate) fn is_busy_code(code: &str) -> bool {
    if matches!(code, "40001" | "40P01" | "55P03") {
        return true;
    }
    code.len() < 5
        && code
            .parse::<u32>()
            .is_ok_and(|code| matches!(code & 0xff, 5 | 6))
}

/// Whether the migrations table exists.
pub(crate) const fn has_migrations_sql(db: &Db) -> &'static str {
    match db {
        Db::Sqlite { .. } => {
            "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'migration'"
        }
        Db::Postgres { .. } => {
            "SELECT count(*) AS n FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migration'"
        }
    }
}

/// Keeps other starting processes out of the migrations, however long they take; the lock ends with the transaction.
/// SQLite is locked already.
pub(crate) const fn migration_lock_sql(is_postgres: bool) -> Option<&'static str> {
    if is_postgres {
        Some("SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(4807100421)")
    } else {
        None
    }
}
