//! Facts, papers and places of a unit change in one transaction.

use domain::id::{MaterialId, PersonId};
use domain::membership::place_after_naming;
use domain::review::MaterialRole;
use store::Tx;
use store::unit::Unit;
use store::unit_change::Representative;

use super::stated::Stated;
use crate::{App, Error, Result, holding, personal, unit_profile};

/// Changes them. The unit is locked; who is to be told comes back.
///
/// # Errors
/// `representative_unknown` when the one who is named has no account with a proven name.
pub(super) async fn apply(
    app: &App,
    tx: &mut Tx,
    unit: &Unit,
    stated: &Stated,
    papers: &[(MaterialRole, MaterialId)],
) -> Result<Vec<PersonId>> {
    let now = app.now();
    let named = match &stated.id_number {
        Some(number) => Some(person_with(app, tx, number, &stated.representative).await?),
        None => None,
    };
    let sealed = unit_profile::seal_representative(app, unit.id, &stated.representative)?;
    let representative = named.map(|person_id| Representative {
        person_id,
        name: &sealed,
    });
    store::unit_change::apply(tx, unit.id, &stated.name, representative.as_ref(), now).await?;
    for (role, paper) in papers {
        store::unit_material::put(tx, unit.id, *role, *paper, now).await?;
    }
    match named {
        Some(named) => name(app, tx, unit, named).await,
        None => Ok(Vec::new()),
    }
}

/// The right goes to the one who is named, at once or when they come in; seals that administrators made in the name of the
/// former one end.
async fn name(app: &App, tx: &mut Tx, unit: &Unit, named: PersonId) -> Result<Vec<PersonId>> {
    let now = app.now();
    let mut told = vec![named];
    for one in store::membership::living(&mut *tx, unit.id).await? {
        let place = place_after_naming(one.place, one.person_id == named);
        if place != one.place {
            store::membership::set_place(tx, &one, place).await?;
            told.push(one.person_id);
        }
        if one.person_id == named {
            // As after a transfer: an administrator needs no grant, and no member's request names them any more.
            holding::resume_of_member(app, tx, unit.id, named).await?;
            told.extend(store::application::lapse_about(tx, unit.id, named, now).await?);
        }
    }
    if unit.legal_representative_id != Some(named) {
        store::seal::end_of_representative(tx, unit.id, now).await?;
    }
    Ok(told)
}

/// The person whose proven document it is.
async fn person_with(app: &App, tx: &mut Tx, number: &str, name: &str) -> Result<PersonId> {
    let unknown = || Error::conflict("representative_unknown");
    let hash = personal::id_number_hash(app, number);
    let person = store::person::find_by_document(tx, &hash).await?;
    let person = person.ok_or_else(unknown)?;
    let sealed = person.name.as_deref().ok_or_else(unknown)?;
    let proven = personal::open_name(app, person.id, sealed)?;
    if proven.as_str() == name {
        Ok(person.id)
    } else {
        Err(unknown())
    }
}
