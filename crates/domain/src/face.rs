//! Visits to the camera page: how many, for how long, and what they are for (IDV-1, ACC-4, ACC-5, PWD-4).

use crate::review::words;
use crate::time::MINUTE_US;

/// Visits that one person may begin in one Shanghai day, whatever they are for: each costs somebody money.
pub const VISITS_PER_DAY_MAX: i64 = 10;
/// How long a visit is gone on with instead of beginning another one.
pub const VISIT_LIFETIME_US: i64 = 15 * MINUTE_US;
/// How long a face that passed may be used for a change of number or of password.
pub const PASSED_LIFETIME_US: i64 = 15 * MINUTE_US;
/// Failed visits after which an operator may look instead (IDV-2).
pub const FAILURES_FOR_REVIEW: i64 = 3;

words! {
    /// What a face is looked at for; a visit serves for nothing else.
    Purpose {
        /// The real name (IDV-1).
        Identity = "identity",
        /// Another number, without a code to the present one (ACC-5).
        Phone = "phone",
        /// The recovery of an account (ACC-4).
        Recovery = "recovery",
        /// A forgotten password, on a phone that has none of the keys (PWD-4).
        Password = "password",
    }
}

words! {
    /// How a visit stands.
    VisitState {
        /// The provider is being asked for a page.
        Opening = "opening",
        /// The page waits for the person.
        Waiting = "waiting",
        /// A living person who looks like the picture.
        Passed = "passed",
        /// It did not pass.
        Failed = "failed",
    }
}
