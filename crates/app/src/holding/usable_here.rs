//! Whether a holding works at a place, on the caller's device, now.

use domain::Instant;
use domain::id::{HoldingId, PlatformId};
use domain::usability::{Place, Usability, usable};
use store::Exec;
use store::holding::{self, Holding};
use store::product::{self, Product};

use super::facts;
use crate::{App, Caller, Error, Result};

/// Where a certificate is to be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// At a trading platform.
    Platform(PlatformId),
    /// On a document outside any platform.
    DocumentSealing,
}

/// A holding of the caller, and what the rule says of it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The holding.
    pub holding: Holding,
    /// Its product.
    pub product: Product,
    /// The answer.
    pub usability: Usability,
}

/// Asks the rule. Inside the transaction that acts on the answer, so that both see the same rows.
///
/// # Errors
/// `holding_not_found` when the caller has no such holding, `platform_not_found`.
pub async fn usable_here(
    app: &App,
    at: impl Into<Exec<'_>>,
    caller: &Caller,
    id: HoldingId,
    place: Where,
    now: Instant,
) -> Result<Seen> {
    let mut at = at.into();
    let holding = holding::find(at.again(), id)
        .await?
        .filter(|holding| holding.person_id == caller.person_id);
    let holding = holding.ok_or_else(|| Error::not_found("holding_not_found"))?;
    judge(app, &mut at, caller, holding, place, now).await
}

pub(super) async fn judge(
    app: &App,
    at: &mut Exec<'_>,
    caller: &Caller,
    holding: Holding,
    place: Where,
    now: Instant,
) -> Result<Seen> {
    let facts = facts::load(app, at, &holding, caller.device_id).await?;
    let place = match place {
        Where::DocumentSealing => Place::DocumentSealing,
        Where::Platform(id) => {
            let platform = facts::platform(at, id, &holding, now).await?;
            Place::Platform(platform.ok_or_else(|| Error::not_found("platform_not_found"))?)
        }
    };
    let usability = usable(&facts, &place, now);
    let product = product::find(at.again(), holding.product_id).await?;
    let product = product.ok_or(store::Error::NotFound("product.find"))?;
    Ok(Seen {
        holding,
        product,
        usability,
    })
}
