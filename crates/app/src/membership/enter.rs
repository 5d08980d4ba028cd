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
    let is_representative = match unit.legal_representative_id {
        Some(known) => known == person,
        None => is_named(tx, unit, person).await?,
    };
    let place = place_on_entry(is_representative, was_here);
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

/// Whether the person is the legal representative whom the unit's register names by their document; written down if so.
async fn is_named(tx: &mut Tx, unit: &Unit, person: PersonId) -> Result<bool> {
    let own = store::person::get(&mut *tx, person).await?.id_number_hash;
    let named = own.is_some() && own == unit.legal_representative_hash;
    if named {
        store::unit::set_legal_representative(tx, unit.id, person).await?;
    }
    Ok(named)
}
