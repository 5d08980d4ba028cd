//! A membership ends, and with it everything that was lent on it (MEM-4).

use domain::id::PersonId;
use store::Tx;
use store::membership::{Ended, Membership};

use crate::{App, Result, holding};

/// Ends it in the caller's transaction: grants are recalled, the holdings of this unit end for good, and requests about or
/// of this person lapse. Answers who else is to be told. Balances stay the unit's.
pub(crate) async fn end(
    app: &App,
    tx: &mut Tx,
    membership: &Membership,
    why: Ended,
) -> Result<Vec<PersonId>> {
    let (unit, person, now) = (membership.unit_id, membership.person_id, app.now());
    store::membership::end(tx, membership, why, now).await?;
    recall_grants(app, tx, membership).await?;
    holding::end_of_member(app, tx, unit, person).await?;
    let mut told = store::application::lapse_of(tx, unit, person, now).await?;
    told.push(person);
    Ok(told)
}

/// Takes back what administrators lent to somebody.
pub(super) async fn recall_grants(app: &App, tx: &mut Tx, of: &Membership) -> Result<()> {
    store::seal::recall_all(&mut *tx, of.unit_id, of.person_id, app.now()).await?;
    store::certificate_grant::recall_all(tx, of.unit_id, of.person_id, app.now()).await?;
    Ok(())
}
