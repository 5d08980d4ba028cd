//! The seals of a unit, for those who belong to it.

use domain::id::UnitId;
use domain::seal::Standing;

use super::{Picture, picture};
use crate::{App, Caller, Error, Result};

/// A seal as a list shows it.
#[derive(Debug)]
pub struct Listed {
    /// The row.
    pub seal: store::seal::Seal,
    /// Its picture.
    pub picture: Picture,
}

/// All seals of the unit, oldest first.
///
/// # Errors
/// `unit_not_found` for those who do not belong to it.
pub async fn of_unit(app: &App, caller: &Caller, unit_id: UnitId) -> Result<Vec<Listed>> {
    if crate::unit::standing((&app.db).into(), caller.person_id, unit_id).await? == Standing::Stranger {
        return Err(Error::not_found("unit_not_found"));
    }
    let seals = store::seal::of_unit(&app.db, unit_id).await?;
    seals.into_iter().map(|seal| Ok(Listed { picture: picture(app, &seal)?, seal })).collect()
}
