//! The seals of a unit, for those who belong to it, and a person's own.

use domain::Instant;
use domain::id::UnitId;
use domain::seal::{Grant, Own, Owner, Standing, ones_own};
use domain::unit::Role;
use serde::Deserialize;
use store::seal::Seal;
use store::unit::Belonging;

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
    /// Until when it is lent to the caller, a member, and how that stands; `None` for others, and once it was taken back.
    pub lent: Option<(Instant, Own)>,
}

/// All seals of the unit, oldest first.
///
/// # Errors
/// `not_verified`, `unit_not_found` for those who do not belong to it.
pub async fn of_unit(app: &App, caller: &Caller, unit_id: UnitId) -> Result<Vec<Owned>> {
    person::require_verified(app, &app.db, caller.person_id).await?;
    let belonging = crate::unit::require_member(&app.db, caller.person_id, unit_id).await?;
    let all = with_grants(app, caller, &belonging).await?;
    all.into_iter()
        .map(|(seal, grant)| Owned::of_unit(app, seal, &belonging, grant))
        .collect()
}

/// The person's own seals (HOME-1): personal ones first, then unit by unit, oldest first. What was lent
/// and is over is shown in the unit's own place.
///
/// # Errors
/// `not_verified`.
pub async fn own(app: &App, caller: &Caller) -> Result<Vec<Owned>> {
    let person = caller.person_id;
    person::require_verified(app, &app.db, person).await?;
    let mut own = Vec::new();
    for seal in store::seal::of_person(&app.db, person).await? {
        own.push(Owned {
            listed: Listed::open(app, seal)?,
            unit: None,
            lent: None,
        });
    }
    for belonging in store::unit::of_person(&app.db, person).await? {
        for (seal, grant) in with_grants(app, caller, &belonging).await? {
            if ones_own(owner(belonging.role, grant), app.now()) == Some(Own::Live) {
                own.push(Owned::of_unit(app, seal, &belonging, grant)?);
            }
        }
    }
    Ok(own)
}

impl Owned {
    fn of_unit(app: &App, seal: Seal, of: &Belonging, grant: Option<Grant>) -> Result<Self> {
        let own = ones_own(owner(of.role, grant), app.now());
        let lent = grant.filter(|_| of.role == Role::Member).zip(own);
        Ok(Self {
            listed: Listed::open(app, seal)?,
            unit: Some((of.unit.id, of.unit.name.clone())),
            lent: lent.map(|(grant, own)| (grant.until, own)),
        })
    }
}

/// The seals of a unit, each with the newest grant that the caller has of it.
async fn with_grants(
    app: &App,
    caller: &Caller,
    of: &Belonging,
) -> Result<Vec<(Seal, Option<Grant>)>> {
    let seals = store::seal::of_unit(&app.db, of.unit.id).await?;
    let grants = store::seal::lent_to(&app.db, of.unit.id, caller.person_id).await?;
    let with = |seal: Seal| {
        let grant = grants.get(&seal.id).copied();
        (seal, grant)
    };
    Ok(seals.into_iter().map(with).collect())
}

/// What a person with `role` in a seal's unit is to the seal. Whether the legal representative permits is asked at use.
fn owner(role: Role, grant: Option<Grant>) -> Owner {
    let standing = match role {
        Role::Administrator => Standing::Administrator,
        Role::Member => Standing::Member,
    };
    Owner::Unit {
        standing,
        grant,
        legal_representative_permits: false,
    }
}
