//! One row, read by column name, the same way on both engines.

use std::str::FromStr;

use domain::{Fen, Instant};
use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};

use crate::error::{Error, Result};

/// A row of either engine.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident, $opt:ident: $kind:ty = $expected:literal;)+) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// [`Error::Column`] when the column is missing, null or of another type.
        pub fn $name(&self, column: &str) -> Result<$kind> {
            self.$opt(column)?.ok_or_else(|| wrong(column, $expected))
        }
        /// The same column when it may be null.
        ///
        /// # Errors
        /// [`Error::Column`] when the column is missing or of another type.
        pub fn $opt(&self, column: &str) -> Result<Option<$kind>> {
            match self {
                Self::Sqlite(row) => row.try_get::<Option<$kind>, _>(column),
                Self::Postgres(row) => row.try_get::<Option<$kind>, _>(column),
            }.map_err(|_| wrong(column, $expected))
        }
    )+};
}

impl Row {
    getters! {
        /// Text.
        text, opt_text: String = "text";
        /// An integer.
        int, opt_int: i64 = "an integer";
        /// Bytes.
        blob, opt_blob: Vec<u8> = "bytes";
    }

    /// A boolean, kept as 0 or 1.
    ///
    /// # Errors
    /// [`Error::Column`] for anything but 0 and 1.
    pub fn bool(&self, column: &str) -> Result<bool> {
        match self.int(column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(wrong(column, "0 or 1")),
        }
    }

    /// An integer that fits 32 bits without a sign: counts, versions.
    ///
    /// # Errors
    /// [`Error::Column`] when it does not fit.
    pub fn u32(&self, column: &str) -> Result<u32> {
        u32::try_from(self.int(column)?).map_err(|_| wrong(column, "a small number"))
    }

    /// An integer that fits 8 bits without a sign: terms in years.
    ///
    /// # Errors
    /// [`Error::Column`] when it does not fit.
    pub fn u8(&self, column: &str) -> Result<u8> {
        u8::try_from(self.int(column)?).map_err(|_| wrong(column, "a very small number"))
    }

    /// An instant.
    ///
    /// # Errors
    /// [`Error::Column`] as for [`Row::int`].
    pub fn instant(&self, column: &str) -> Result<Instant> {
        self.int(column).map(Instant::from_micros)
    }

    /// An instant that may be null.
    ///
    /// # Errors
    /// [`Error::Column`] as for [`Row::opt_int`].
    pub fn opt_instant(&self, column: &str) -> Result<Option<Instant>> {
        Ok(self.opt_int(column)?.map(Instant::from_micros))
    }

    /// An amount.
    ///
    /// # Errors
    /// [`Error::Column`] as for [`Row::int`].
    pub fn fen(&self, column: &str) -> Result<Fen> {
        self.int(column).map(Fen)
    }

    /// Anything that is read from its text: ids, enums.
    ///
    /// # Errors
    /// [`Error::Column`] when the text is not one.
    pub fn parse<T: FromStr>(&self, column: &str) -> Result<T> {
        self.text(column)?
            .parse()
            .map_err(|_| wrong(column, std::any::type_name::<T>()))
    }

    /// The same, when it may be null.
    ///
    /// # Errors
    /// [`Error::Column`] when the text is not one.
    pub fn opt_parse<T: FromStr>(&self, column: &str) -> Result<Option<T>> {
        self.opt_text(column)?
            .map(|text| {
                text.parse()
                    .map_err(|_| wrong(column, std::any::type_name::<T>()))
            })
            .transpose()
    }

    /// Bytes of a fixed length.
    ///
    /// # Errors
    /// [`Error::Column`] for another length.
    pub fn array<const N: usize>(&self, column: &str) -> Result<[u8; N]> {
        self.blob(column)?
            .try_into()
            .map_err(|_| wrong(column, "bytes of the right length"))
    }
}

fn wrong(column: &str, expected: &'static str) -> Error {
    Error::Column {
        column: column.to_owned(),
        expected,
    }
}
