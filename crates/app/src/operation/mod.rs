//! The record of every use.

use domain::Instant;
use serde_json::Value;

use crate::{App, Caller, Error, Result};

/// A record as its owner sees it: the canonical members, and where its leaf stands in the log.
#[derive(Debug)]
pub struct Recorded {
    /// The canonical record.
    pub record: Value,
    /// Index of its leaf.
    pub leaf_index: i64,
    /// Salt of its leaf: with it the owner can show the record to anybody who holds the log.
    pub salt: [u8; 32],
}

/// The caller's records, newest first, older than `before`.
///
/// # Errors
/// Internal only.
pub async fn list(app: &App, caller: &Caller, before: Option<Instant>) -> Result<Vec<Recorded>> {
    let before = before.unwrap_or(Instant::from_micros(i64::MAX));
    let rows = store::operation::of_person(&app.db, caller.person_id, before).await?;
    let opened = rows.into_iter().map(|(operation, leaf_index)| {
        let bytes = app.vault.unwrap(
            "operation.record",
            operation.id.as_bytes(),
            &operation.record,
        )?;
        let record =
            serde_json::from_slice(&bytes).map_err(|_| Error::internal("operation.record"))?;
        Ok(Recorded {
            record,
            leaf_index,
            salt: operation.salt,
        })
    });
    opened.collect()
}
