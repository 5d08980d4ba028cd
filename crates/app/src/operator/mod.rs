//! Operators: the people behind the app (OPS-1).

use domain::id::OperatorId;
use domain::operator::Duty;

use crate::{Error, Result};

/// A signed-in operator and what their roles allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// Who.
    pub operator_id: OperatorId,
    /// What they may do.
    pub duties: Vec<Duty>,
}

impl Acting {
    /// Goes on only with somebody whose duty it is.
    ///
    /// # Errors
    /// `duty_missing` `{duty}`.
    pub fn require(&self, duty: Duty) -> Result<()> {
        if self.duties.contains(&duty) {
            Ok(())
        } else {
            Err(Error::forbidden("duty_missing").with("duty", duty.as_str()))
        }
    }
}
