//! Operators' names: found by a keyed hash, kept as ciphertext, shown to the other operators.

use std::collections::HashMap;

use domain::id::OperatorId;
use store::operator::Operator;

use crate::text::line;
use crate::{App, Error, Result};

const NAME: &str = "operator.name";
const CHARS_MAX: usize = 30;

/// A name as it is written: one line, without space at its ends.
pub(super) fn parse(text: &str) -> Result<&str> {
    let invalid = || Error::invalid("operator_name_invalid").with("most", CHARS_MAX);
    line(text, 1, CHARS_MAX).ok_or_else(invalid)
}

/// The hash by which a name is found; capitals do not matter.
pub(super) fn hash(app: &App, name: &str) -> [u8; 32] {
    app.vault
        .index_hash(NAME, name.trim().to_lowercase().as_bytes())
}

pub(super) fn seal(app: &App, id: OperatorId, name: &str) -> Result<Vec<u8>> {
    Ok(app.vault.wrap_text(NAME, id.as_bytes(), name)?)
}

pub(super) fn open(app: &App, operator: &Operator) -> Result<String> {
    let name = app
        .vault
        .unwrap_text(NAME, operator.id.as_bytes(), &operator.name)?;
    Ok(name.to_string())
}

/// The names of those who stand in a list, each read once.
#[derive(Debug, Default)]
pub(crate) struct Names(HashMap<OperatorId, String>);

impl Names {
    /// The name; an id that nobody has is its own name.
    pub(crate) async fn of(&mut self, app: &App, id: OperatorId) -> Result<String> {
        if let Some(name) = self.0.get(&id) {
            return Ok(name.clone());
        }
        let found = store::operator::find(&app.db, id).await?;
        let name = match found {
            Some(operator) => open(app, &operator)?,
            None => id.to_string(),
        };
        self.0.insert(id, name.clone());
        Ok(name)
    }
}
