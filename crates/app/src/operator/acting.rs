//! Who acts at the console.

use domain::id::{OperatorId, OperatorSessionId};
use domain::operator::{Duty, OperatorRole};

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

/// An operator, as an access token proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who, and what they may do.
    pub acting: Acting,
    /// The sign-in.
    pub session_id: OperatorSessionId,
    /// The name.
    pub name: String,
    /// The roles.
    pub roles: Vec<OperatorRole>,
}
