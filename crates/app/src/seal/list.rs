//! The seals of a unit, for those who belong to it, and a person's own.

use domain::id::UnitId;
use domain::seal::{Owner, Standing, is_ones_own};
use domain::unit::Role;
use serde::Deserialize;
use store::seal::Seal;
use store::unit::{Belonging, Unit};

use super::{Picture, picture};
use crate::{App, Caller, Error, Result, person};

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

/// A seal with whose it is.
#[derive(Debug)]
pub struct Owned {
    /// The seal.
    pub listed: Listed,
    /// Its unit, with the name that it has now; `None` for a person's own.
    pub unit: Option<(UnitId, String)>,
}

/// All seals of the unit, oldest first.
///
/// # Errors
/// `not_verified`, `unit_not_found` for those who do not belong to it.
pub async fn of_unit(app: &App, caller: &Caller, unit_id: UnitId) -> Result<Vec<Owned>> {
    person::require_verified(app, &app.db, caller.person_id).await?;
    let unit = crate::unit::require_member(&app.db, caller.person_id, unit_id).await?;
    let seals = store::seal::of_unit(&app.db, unit_id).await?;
    let opened = seals
        .into_iter()
        .map(|seal| Owned::open(app, seal, Some(&unit.unit)));
    opened.collect()
}

/// The person's own seals (HOME-1): personal ones first, then unit by unit, oldest first.
///
/// # Errors
/// `not_verified`.
pub async fn own(app: &App, caller: &Caller) -> Result<Vec<Owned>> {
    let person = caller.person_id;
    person::require_verified(app, &app.db, person).await?;
    let mut own = Vec::new();
    for seal in store::seal::of_person(&app.db, person).await? {
        own.push(Owned::open(app, seal, None)?);
    }
    for Belonging { unit, role } in store::unit::of_person(&app.db, person).await? {
        for seal in store::seal::of_unit(&app.db, unit.id).await? {
            if is_ones_own(owner(app, caller, role, &seal).await?, app.now()) {
                own.push(Owned::open(app, seal, Some(&unit))?);
            }
        }
    }
    Ok(own)
}

impl Owned {
    fn open(app: &App, seal: Seal, unit: Option<&Unit>) -> Result<Self> {
        Ok(Self {
            listed: Listed::open(app, seal)?,
            unit: unit.map(|unit| (unit.id, unit.name.clone())),
        })
    }
}

/// What the person is to a seal of a unit that they belong to. Whether the legal representative permits is asked at use.
async fn owner(app: &App, caller: &Caller, role: Role, seal: &Seal) -> Result<Owner> {
    let (standing, grant) = match role {
        Role::Administrator => (Standing::Administrator, None),
        Role::Member => {
            let grant = store::seal::newest_grant(&app.db, seal.id, caller.person_id).await?;
            (Standing::Member, grant)
        }
    };
    Ok(Owner::Unit {
        standing,
        grant,
        legal_representative_permits: false,
    })
}
