//! Operators: the people behind the app, their roles, and what each role may do (OPS-1).

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

#[cfg(test)]
mod tests {
    use super::*;

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
