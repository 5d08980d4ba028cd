//! Operators: the people behind the app, their roles, and what each role may do (OPS-1).

mod sign_in;

pub use sign_in::{
    ACCESS_LIFETIME_US, CODE_STEP_S, IDLE_US, LOCK_US, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN,
    PasswordWeak, SESSION_US, TICKET_US, TRIES_MAX, check_password, code_step, fits_code,
};

use crate::review::words;

words! {
    /// What an operator is here for. One operator may have several.
    OperatorRole {
        /// Decides about people and units.
        Reviewer = "reviewer",
        /// Writes questions, answers, agreements and versions.
        Content = "content",
        /// Sees to money: deposits, prices, invoices.
        Finance = "finance",
        /// Reads the audit log and faults, ends sessions.
        Security = "security",
        /// Makes operators and gives them their roles.
        Administrator = "administrator",
    }
}

words! {
    /// One thing that a role may allow.
    Duty {
        /// See and decide cases about people and units, and open their material with a reason.
        DecideCases = "decide_cases",
        /// See and decide deposits by hand.
        DecideDeposits = "decide_deposits",
        /// Write questions, agreements, versions and customer-service contacts.
        EditContent = "edit_content",
        /// Read the logs that phones have uploaded.
        ReadFaults = "read_faults",
        /// Read the audit log.
        ReadAudit = "read_audit",
        /// Make operators, give roles, end their sessions.
        ManageOperators = "manage_operators",
    }
}

impl OperatorRole {
    /// What it allows. Whoever makes operators decides nothing about people, and the other way round.
    #[must_use]
    pub const fn duties(self) -> &'static [Duty] {
        match self {
            Self::Reviewer => &[Duty::DecideCases],
            Self::Content => &[Duty::EditContent],
            Self::Finance => &[Duty::DecideDeposits],
            Self::Security => &[Duty::ReadFaults, Duty::ReadAudit],
            Self::Administrator => &[Duty::ManageOperators, Duty::ReadAudit],
        }
    }
}

/// What several roles allow together, each thing once.
#[must_use]
pub fn duties(roles: &[OperatorRole]) -> Vec<Duty> {
    let allowed = |duty: &&Duty| roles.iter().any(|role| role.duties().contains(duty));
    Duty::ALL.iter().filter(allowed).copied().collect()
}

/// Why somebody cannot have these roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RolesRefused {
    /// Nobody is an operator for nothing.
    #[error("no role")]
    None,
    /// Whoever makes operators could make a second one to agree with.
    #[error("makes operators and decides about people")]
    Clash,
}

/// The roles of one operator, each once and in their order.
///
/// # Errors
/// [`RolesRefused`].
pub fn check_roles(roles: &[OperatorRole]) -> Result<Vec<OperatorRole>, RolesRefused> {
    let wanted = |role: &&OperatorRole| roles.contains(role);
    let roles: Vec<OperatorRole> = OperatorRole::ALL.iter().filter(wanted).copied().collect();
    let may = |duty| roles.iter().any(|role| role.duties().contains(&duty));
    if roles.is_empty() {
        Err(RolesRefused::None)
    } else if may(Duty::ManageOperators) && (may(Duty::DecideCases) || may(Duty::DecideDeposits)) {
        Err(RolesRefused::Clash)
    } else {
        Ok(roles)
    }
}

/// Whether an operator counts as an administrator: somebody who can still let others in.
#[must_use]
pub fn administers(roles: &[OperatorRole], locked: bool) -> bool {
    !locked && duties(roles).contains(&Duty::ManageOperators)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ops_1_whoever_makes_operators_decides_nothing() {
        use OperatorRole::{Administrator, Content, Finance, Reviewer, Security};
        assert_eq!(check_roles(&[]), Err(RolesRefused::None));
        for other in [Reviewer, Finance] {
            let clash = check_roles(&[Administrator, other]);
            assert_eq!(clash, Err(RolesRefused::Clash));
        }
        let several = check_roles(&[Finance, Content, Reviewer, Content]);
        assert_eq!(several, Ok(vec![Reviewer, Content, Finance]));
        assert!(check_roles(&[Administrator, Security, Content]).is_ok());
        assert!(administers(&[Security, Administrator], false));
        assert!(!administers(&[Administrator], true) && !administers(&[Security], false));
    }

    #[test]
    fn ops_1_every_duty_is_somebodys_and_roles_are_apart() {
        assert_eq!(duties(OperatorRole::ALL), Duty::ALL);
        assert_eq!(duties(&[]), []);
        for role in OperatorRole::ALL {
            let both = [Duty::ManageOperators, Duty::DecideCases];
            assert!(
                !both.iter().all(|duty| role.duties().contains(duty)),
                "{role:?}"
            );
            assert_eq!(OperatorRole::parse(role.as_str()), Some(*role));
        }
    }
}
