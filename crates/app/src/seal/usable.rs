//! May this person use this seal here and now? Asked by the choices, by prepare, and by the server half.

use domain::id::{PersonId, PlatformId, SealId, UnitId};
use domain::seal::{self, Owner, Place, Refusal, Standing};
use domain::unit::Role;
use store::Exec;
use store::seal::Seal;

use crate::unit_permission::permits_representative_seal;
use crate::{App, Error, Result};

/// A seal with the answer.
#[derive(Debug)]
pub struct Usable {
    /// The seal.
    pub seal: Seal,
    /// Why not, if not.
    pub refusal: Option<Refusal>,
}

/// The answer for one seal.
///
/// # Errors
/// `seal_not_usable` with the reason; a seal that does not exist is refused like one of somebody else.
pub async fn check(
    mut at: Exec<'_>,
    app: &App,
    person: PersonId,
    seal: SealId,
    platform: Option<PlatformId>,
) -> Result<Seal> {
    let refused =
        |reason: Refusal| Error::forbidden("seal_not_usable").with("reason", reason.as_str());
    let found = store::seal::find(at.again(), seal)
        .await?
        .ok_or_else(|| refused(Refusal::NotMember))?;
    match refusal(at, app, person, &found, platform).await? {
        Some(reason) => Err(refused(reason)),
        None => Ok(found),
    }
}

/// All seals of the identity with the answer for each: those of the unit, or the person's own.
///
/// # Errors
/// Internal only.
pub async fn offered(
    mut at: Exec<'_>,
    app: &App,
    person: PersonId,
    unit: Option<UnitId>,
    platform: Option<PlatformId>,
) -> Result<Vec<Usable>> {
    let seals = match unit {
        Some(unit) => store::seal::of_unit(at.again(), unit).await?,
        None => store::seal::of_person(at.again(), person).await?,
    };
    let mut offered = Vec::with_capacity(seals.len());
    for seal in seals {
        let refusal = refusal(at.again(), app, person, &seal, platform).await?;
        offered.push(Usable { seal, refusal });
    }
    Ok(offered)
}

async fn refusal(
    mut at: Exec<'_>,
    app: &App,
    person: PersonId,
    seal: &Seal,
    platform: Option<PlatformId>,
) -> Result<Option<Refusal>> {
    let owner = match seal.unit_id {
        None => Owner::Person {
            is_owner: seal.person_id == Some(person),
        },
        Some(unit) => Owner::Unit {
            standing: standing(at.again(), person, unit).await?,
            grant: store::seal::newest_grant(at.again(), seal.id, person).await?,
            legal_representative_permits: permits_representative_seal(at.again(), unit).await?,
        },
    };
    let place = match platform {
        Some(id) => Place::Platform {
            legal_representative_seal: store::platform::find(at.again(), id)
                .await?
                .is_some_and(|platform| platform.legal_representative_seal),
        },
        None => Place::Document,
    };
    Ok(seal::usable(seal.kind, seal.voided_at, owner, place, app.now()).err())
}

async fn standing(at: Exec<'_>, person: PersonId, unit: UnitId) -> Result<Standing> {
    let belonging = store::unit::find_of_person(at, person, unit).await?;
    Ok(match belonging.map(|belonging| belonging.role) {
        Some(Role::Administrator) => Standing::Administrator,
        Some(Role::Member) => Standing::Member,
        None => Standing::Stranger,
    })
}

impl Usable {
    /// True when nothing speaks against it.
    pub fn is_usable(&self) -> bool {
        self.refusal.is_none()
    }
}
