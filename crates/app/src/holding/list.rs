//! What a person has, as seen from one device.

use domain::Instant;
use domain::entitlement::{Kind, Scope};
use domain::holding::Reissues;
use domain::id::{CertificateId, DeviceId, HoldingId, UnitId};
use domain::usability::Usability;
use store::Exec;
use store::product::Product;

use super::usable_here::{Where, judge};
use crate::{App, Caller, Result, person};

/// A holding as its owner sees it.
#[derive(Clone, Debug)]
pub struct HoldingView {
    /// Its id.
    pub id: HoldingId,
    /// Its product.
    pub product: Product,
    /// Its unit; `None` for a person's own.
    pub unit: Option<UnitView>,
    /// The one that ends last first.
    pub entitlements: Vec<EntitlementView>,
    /// The certificate in force.
    pub certificate: Option<CertificateView>,
    /// Whether it works anywhere from this device.
    pub usability: Usability,
    /// How often it may still move to another device.
    pub reissues: Reissues,
}

/// A unit by name.
#[derive(Clone, Debug)]
pub struct UnitView {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
}

/// A dated right.
#[derive(Clone, Copy, Debug)]
pub struct EntitlementView {
    /// Where.
    pub scope: Scope,
    /// What.
    pub kind: Kind,
    /// From.
    pub from: Instant,
    /// To the end of this second.
    pub until: Instant,
}

/// A certificate in force.
#[derive(Clone, Debug)]
pub struct CertificateView {
    /// Its id.
    pub id: CertificateId,
    /// Its serial number, hexadecimal.
    pub serial: String,
    /// Its last second.
    pub not_after: Instant,
    /// The device that has the other half.
    pub device_id: DeviceId,
}

/// All living holdings of the caller, newest first. The state is that of the widest place, document sealing: what works
/// anywhere works there.
///
/// # Errors
/// `not_verified`.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<HoldingView>> {
    person::require_verified(app, &app.db, caller.person_id).await?;
    let now = app.now();
    let mut views = Vec::new();
    for holding in store::holding::list(&app.db, caller.person_id).await? {
        let mut at = Exec::from(&app.db);
        let seen = judge(app, &mut at, caller, holding, Where::DocumentSealing, now).await?;
        views.push(view(&mut at, seen.holding, seen.product, seen.usability).await?);
    }
    Ok(views)
}

async fn view(
    at: &mut Exec<'_>,
    holding: store::holding::Holding,
    product: Product,
    usability: Usability,
) -> Result<HoldingView> {
    let unit = match holding.unit_id {
        Some(id) => Some(UnitView {
            id,
            name: store::unit::get(at.again(), id).await?.name,
        }),
        None => None,
    };
    let certificate = store::certificate::in_force(at.again(), holding.id).await?;
    let entitlements = store::entitlement::list(at.again(), holding.id).await?;
    Ok(HoldingView {
        id: holding.id,
        product,
        unit,
        entitlements: entitlements
            .into_iter()
            .map(|stored| entitlement(stored.entitlement))
            .collect(),
        certificate: certificate.map(|certificate| CertificateView {
            id: certificate.id,
            serial: certificate.serial,
            not_after: certificate.not_after,
            device_id: certificate.device_id,
        }),
        usability,
        reissues: holding.reissues,
    })
}

fn entitlement(entitlement: domain::entitlement::Entitlement) -> EntitlementView {
    EntitlementView {
        scope: entitlement.scope,
        kind: entitlement.kind,
        from: entitlement.period.from,
        until: entitlement.period.until,
    }
}
