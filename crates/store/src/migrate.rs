//! Paired migrations: the same number and name in `migrations/sqlite` and `migrations/postgres`, built into the program,
//! run once, in order, in one transaction under a lock. What ran is remembered with its SHA-256.

use sha2::{Digest, Sha256};

use crate::db::Db;
use crate::dialect;
use crate::error::{Error, Result};
use crate::sql;

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its place, from 1.
    pub number: i64,
    /// `NNNN_name`, as the files are called.
    pub name: &'static str,
    /// The script for SQLite.
    pub sqlite: &'static str,
    /// The script for PostgreSQL.
    pub postgres: &'static str,
}

macro_rules! migrations {
    ($($number:literal $name:literal),+ $(,)?) => {
        &[$(Migration {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

/// All migrations in order; each noun's slice adds its line.
pub const MIGRATIONS: &[Migration] = migrations![
    1 "0001_base",
    2 "0002_account",
    3 "0003_commerce",
    4 "0004_sealing",
    5 "0005_modes",
    6 "0006_reissue",
    7 "0007_sweep",
    8 "0008_scan_kinds",
    9 "0009_scan_run",
    10 "0010_membership",
    11 "0011_account_end",
    12 "0012_review",
    13 "0013_operator",
    14 "0014_identity",
    15 "0015_certification",
    16 "0016_unit_management",
    17 "0017_content",
    18 "0018_password_reset",
    19 "0019_application",
];

const CREATE: &str =
    "CREATE TABLE migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL)";

/// Runs what has not run yet.
///
/// # Errors
/// [`Error::NewerSchema`], [`Error::ChangedMigration`], or what the engine says; then nothing of it has happened.
pub async fn run(db: &Db) -> Result<()> {
    run_list(db, MIGRATIONS).await
}

/// Runs a list of migrations; [`run`] with the program's own.
///
/// # Errors
/// As [`run`].
pub async fn run_list(db: &Db, list: &[Migration]) -> Result<()> {
    let mut tx = db.begin_write("migrate").await?;
    if let Some(lock) = dialect::migration_lock_sql(tx.is_postgres()) {
        tx.script("migrate.lock", lock).await?;
    }
    if sql!("migrate.exists", dialect::has_migrations_sql(db))
        .one(&mut tx)
        .await?
        .int("n")?
        == 0
    {
        tx.script("migrate.create", CREATE).await?;
    }
    let done = sql!(
        "migrate.done",
        "SELECT number, sha256 FROM migration ORDER BY number"
    )
    .all(&mut tx)
    .await?;
    let known = list.last().map_or(0, |last| last.number);
    let found = done.last().map_or(Ok(0), |last| last.int("number"))?;
    if found > known {
        return Err(Error::NewerSchema { found, known });
    }
    for migration in list {
        let text = if db.is_postgres() {
            migration.postgres
        } else {
            migration.sqlite
        };
        let sha256 = hex::encode(Sha256::digest(text));
        let mut earlier = None;
        for row in &done {
            if row.int("number")? == migration.number {
                earlier = Some(row.text("sha256")?);
            }
        }
        match earlier {
            Some(earlier) if earlier == sha256 => {}
            Some(_) => return Err(Error::ChangedMigration(migration.name)),
            None => {
                tx.script(migration.name, text).await?;
                let insert = "INSERT INTO migration (number, name, sha256) VALUES ($1, $2, $3)";
                sql!(
                    "migrate.record",
                    insert,
                    migration.number,
                    migration.name,
                    sha256
                )
                .execute(&mut tx)
                .await?;
            }
        }
    }
    tx.commit().await
}
