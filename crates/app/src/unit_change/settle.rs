//! The operator's decision about a change, carried out.

use domain::review::CaseState;
use store::Tx;
use store::review::Case;

use super::apply::apply;
use super::stated::Stated;
use crate::review::{Told, open_facts};
use crate::{App, Error, Result};

/// Passed, facts, papers and places are what was asked for.
///
/// # Errors
/// `representative_unknown`, `change_empty`; then nothing is decided, and the operator may refuse.
pub(crate) async fn settle(app: &App, tx: &mut Tx, case: &Case, state: CaseState) -> Result<Told> {
    let missing = || Error::internal("a case about a unit without one");
    let unit = store::unit::lock(tx, case.unit_id.ok_or_else(missing)?).await?;
    let unit = unit.ok_or_else(missing)?;
    let mut people = vec![case.person_id];
    if state == CaseState::Passed {
        let stated = Stated::from_facts(app, &mut *tx, &unit, &open_facts(app, case)?).await?;
        let papers = store::review::materials(&mut *tx, case.id).await?;
        people.extend(apply(app, tx, &unit, &stated, &papers).await?);
    }
    Ok(Told {
        people,
        units: vec![unit.id],
    })
}
