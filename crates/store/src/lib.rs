//! SQL for SQLite and PostgreSQL, paired migrations, one file per noun.
