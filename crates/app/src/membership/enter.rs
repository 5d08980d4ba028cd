//! Somebody comes in.

use domain::Instant;
use domain::id::PersonId;
use domain::membership::place_on_entry;
use store::Tx;
use store::unit::Unit;

use crate::{App, Result};

/// Lets a person in, in the transaction of the decision that permits it.
pub(crate) async fn enter(app: &App, tx: &mut Tx, unit: &Unit, person: PersonId) -> Result<()> {
    // Whoever was named legal representative since they left comes in by right again (UMG-4).
    let named_at = store::unit_change::last_naming(&mut *tx, unit.id).await?;
    let since = named_at.unwrap_or(Instant::from_micros(0));
    let was_here = store::membership::has_left(&mut *tx, unit.id, person, since).await?;
    let place = place_on_entry(unit.legal_representative_id == person, was_here);
    let id = app.new_id();
    store::unit::insert_membership(
        tx,
        id,
        unit.id,
        person,
        place.role,
        place.by_right,
        app.now(),
    )
    .await?;
    Ok(())
}
