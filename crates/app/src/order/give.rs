//! Give what was paid for (CERT-2, CERT-3, CERT-18).

use domain::Instant;
use domain::entitlement::{Entitlement, bought};
use domain::id::HoldingId;
use domain::order::split;
use store::balance::{self, Balance};
use store::order::Order;
use store::{Tx, entitlement, holding};

use super::create::scope;
use crate::{App, Error, Result};

/// In the transaction of the payment: one of the quantity to the buyer's holding, where the order says so, the rest to the
/// unit's balance. Returns the holding, if there is one of the buyer's own.
pub(super) async fn give(
    app: &App,
    tx: &mut Tx,
    order: &Order,
    now: Instant,
) -> Result<Option<HoldingId>> {
    let here = order.install_here && still_there(tx, order).await?;
    let (own, rest) = split(order.unit_id.is_some(), here, order.quantity);
    if let (Some(unit_id), 1..) = (order.unit_id, rest) {
        let balance = Balance {
            id: app.new_id(),
            unit_id,
            product_id: order.product_id,
            kind: order.kind,
            platform_id: order.platform_id,
            term_years: order.term_years,
            buyer_id: order.person_id,
            left: rest,
        };
        balance::add(tx, &balance, now).await?;
    }
    if own == 0 {
        return Ok(None);
    }
    let holding = holding::find_or_make(
        tx,
        app.new_id(),
        order.person_id,
        order.unit_id,
        order.product_id,
        now,
    )
    .await?;
    entitle(app, tx, holding.id, order, now).await?;
    Ok(Some(holding.id))
}

/// Whether the buyer still belongs to the unit: what is paid for after leaving is the unit's alone. The unit is locked, so
/// that nobody leaves between this look and the holding that follows from it.
async fn still_there(tx: &mut Tx, order: &Order) -> Result<bool> {
    let Some(unit) = order.unit_id else {
        return Ok(true);
    };
    store::unit::lock(tx, unit).await?;
    let here = store::membership::find(tx, unit, order.person_id).await?;
    Ok(here.is_some())
}

/// The holding's row is held, so nobody else extends or starts an entitlement of it meanwhile: never two in force for one
/// holding and scope.
async fn entitle(
    app: &App,
    tx: &mut Tx,
    holding: HoldingId,
    order: &Order,
    now: Instant,
) -> Result<()> {
    let scope = scope(order);
    let latest = entitlement::latest(tx, holding, scope).await?;
    let present = latest.map(|stored| stored.entitlement.period);
    let period = bought(present, now, order.term_years).map_err(Error::internal)?;
    match latest.filter(|stored| stored.entitlement.period.from == period.from) {
        Some(stored) => Ok(entitlement::extend(tx, stored.id, period.until, stored.version).await?),
        None => {
            let entitlement = Entitlement {
                scope,
                kind: order.kind,
                period,
            };
            Ok(entitlement::insert(tx, app.new_id(), holding, &entitlement).await?)
        }
    }
}
