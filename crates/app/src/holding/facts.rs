//! What the usability rule has to know, loaded from the rows.

use domain::Instant;
use domain::id::{DeviceId, PersonId, ProductId, UnitId};
use domain::unit::Role;
use domain::usability::{Certificate, Facts, Standing, Unit};
use store::holding::Holding;
use store::{Exec, certificate, certificate_grant, entitlement};

use crate::{App, Result, unit};

/// Everything about a holding that does not depend on the place.
pub(super) async fn load(
    app: &App,
    at: &mut Exec<'_>,
    holding: &Holding,
    device: DeviceId,
) -> Result<Facts> {
    let unit = match holding.unit_id {
        Some(unit) => Some(unit_facts(app, at, holding, unit).await?),
        None => None,
    };
    let entitlements = entitlement::list(at.again(), holding.id).await?;
    let certificate = certificate::in_force(at.again(), holding.id).await?;
    Ok(Facts {
        unit,
        ended: holding.ended_at.is_some(),
        suspended: holding.suspended_at.is_some(),
        entitlements: entitlements
            .into_iter()
            .map(|stored| stored.entitlement)
            .collect(),
        certificate: certificate.map(|certificate| Certificate {
            status: certificate.status,
            not_after: certificate.not_after,
            on_this_device: certificate.device_id == device,
        }),
        reissues: holding.reissues,
    })
}

async fn unit_facts(app: &App, at: &mut Exec<'_>, holding: &Holding, unit: UnitId) -> Result<Unit> {
    Ok(Unit {
        certified: unit::is_certified(app, at.again(), unit).await?,
        standing: standing(at, unit, holding.person_id, holding.product_id).await?,
    })
}

/// What a person is in a unit, as far as a product is concerned.
pub(crate) async fn standing(
    at: &mut Exec<'_>,
    id: UnitId,
    person: PersonId,
    product: ProductId,
) -> Result<Standing> {
    let belonging = store::unit::find_of_person(at.again(), person, id).await?;
    Ok(match belonging.map(|belonging| belonging.role) {
        None => Standing::Stranger,
        Some(Role::Administrator) => Standing::Administrator,
        Some(Role::Member) => Standing::Member {
            granted: certificate_grant::in_force(at.again(), id, person, product).await?,
        },
    })
}

/// What the rule has to know of a platform.
pub(super) async fn platform(
    at: &mut Exec<'_>,
    id: domain::id::PlatformId,
    holding: &Holding,
    now: Instant,
) -> Result<Option<domain::usability::Platform>> {
    let Some(platform) = store::platform::find(at.again(), id).await? else {
        return Ok(None);
    };
    let unit_entitled = match holding.unit_id {
        Some(unit) => entitlement::unit_entitled(at.again(), unit, id, now).await?,
        None => false,
    };
    Ok(Some(domain::usability::Platform {
        id,
        supports_product: store::platform::supports(at.again(), id, holding.product_id).await?,
        interconnect: platform.interconnect,
        allies: store::platform::allies(at.again(), id).await?,
        unit_entitled,
    }))
}
