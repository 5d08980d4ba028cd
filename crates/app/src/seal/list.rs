//! The seals of a unit, for those who belong to it.

use domain::id::UnitId;
use serde::Deserialize;
use store::seal::Seal;

use super::{Picture, picture};
use crate::{App, Caller, Error, Result};

/// A seal as it is shown.
#[derive(Debug)]
pub struct Listed {
    /// The row.
    pub seal: Seal,
    /// The name that it was made with.
    pub name: String,
    /// Its picture.
    pub picture: Picture,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

impl Listed {
    /// Opens what is kept of a seal.
    pub(crate) fn open(app: &App, seal: Seal) -> Result<Self> {
        let bytes = app
            .vault
            .unwrap("seal.parameters", seal.id.as_bytes(), &seal.parameters)?;
        let named: Named =
            serde_json::from_slice(&bytes).map_err(|_| Error::internal("seal.parameters"))?;
        Ok(Self {
            name: named.name,
            picture: picture(app, &seal)?,
            seal,
        })
    }
}

/// All seals of the unit, oldest first.
///
/// # Errors
/// `unit_not_found` for those who do not belong to it.
pub async fn of_unit(app: &App, caller: &Caller, unit_id: UnitId) -> Result<Vec<Listed>> {
    crate::unit::require_member(&app.db, caller.person_id, unit_id).await?;
    let seals = store::seal::of_unit(&app.db, unit_id).await?;
    let opened = seals.into_iter().map(|seal| Listed::open(app, seal));
    opened.collect()
}
