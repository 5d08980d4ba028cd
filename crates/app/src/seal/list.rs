//! The seals of a unit, for those who belong to it.

use domain::id::UnitId;

use super::{Picture, picture};
use crate::{App, Caller, Result};

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
    crate::unit::require_member(&app.db, caller.person_id, unit_id).await?;
    let seals = store::seal::of_unit(&app.db, unit_id).await?;
    seals
        .into_iter()
        .map(|seal| {
            Ok(Listed {
                picture: picture(app, &seal)?,
                seal,
            })
        })
        .collect()
}
