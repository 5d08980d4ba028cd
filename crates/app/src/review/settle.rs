//! Carrying a decision out: one arm per kind of case, each in the module of the noun that it is about.

use domain::id::{PersonId, UnitId};
use domain::review::{CaseKind, CaseState};
use store::Tx;
use store::review::Case;

use crate::operator::Acting;
use crate::{App, Result, person, recovery, takeover, unit, unit_change};

/// Who hears of it after the commit.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// These people.
    pub people: Vec<PersonId>,
    /// Whoever looks at these units.
    pub units: Vec<UnitId>,
}

impl Told {
    /// One person.
    pub(crate) fn person(id: PersonId) -> Self {
        Self {
            people: vec![id],
            units: Vec::new(),
        }
    }
}

/// Does what the decision means, in its transaction.
///
/// # Errors
/// What the noun has against it; then nothing is decided.
pub(super) async fn settle(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    case: &Case,
    state: CaseState,
) -> Result<Told> {
    match case.kind {
        CaseKind::PersonFace => person::settle_face(app, tx, acting, case, state).await,
        CaseKind::PersonDocument => person::settle_document(app, tx, acting, case, state).await,
        CaseKind::UnitTakeover | CaseKind::UnitOutsider => {
            takeover::settle(app, tx, case, state).await
        }
        CaseKind::UnitRegistration => unit::settle_registration(app, tx, case, state).await,
        CaseKind::UnitForeign => unit::settle_foreign(app, tx, case, state).await,
        CaseKind::UnitDeposit => unit::deposit::settle_by_hand(app, tx, acting, case, state).await,
        CaseKind::UnitChange => unit_change::settle(app, tx, case, state).await,
        CaseKind::PersonRecovery => recovery::settle(app, tx, case, state).await,
    }
}
