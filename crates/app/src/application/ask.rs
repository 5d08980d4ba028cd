//! A member asks for certificates of products (CERT-9) and for seals (SEAL-6).

use std::collections::BTreeSet;

use domain::application::{Asked, NotAsked, ask_certificate, ask_seal};
use domain::id::{ProductId, SealId, UnitId};
use domain::time::DAY_US;
use domain::{Day, unit::Role};
use store::Tx;
use store::product::Product;

use super::reason::{new, reason_of};
use crate::membership::Scene;
use crate::person::require_verified;
use crate::unit::{is_certified, require_member};
use crate::{App, Caller, Error, Result, feed, limit};

/// The refusal when all that is named is asked for already.
const ASKED: &str = "asked_already";
/// Most products or seals that one request names.
const NAMED_MAX: usize = 20;
/// Requests of either kind that a person may make in a day.
const REQUESTS_A_DAY: i64 = 50;
/// Applications of one person that may wait at a time, wherever.
const PENDING_MAX: u32 = 100;

/// A product, as a member may ask for it.
pub struct AskableProduct {
    /// The product.
    pub product: Product,
    /// Where its certificates work, by name.
    pub platforms: Vec<String>,
    /// The member has it already.
    pub granted: bool,
    /// The member has asked, and nobody has decided.
    pub pending: bool,
}

/// Every product that some platform supports.
///
/// # Errors
/// `not_verified`, `unit_not_found`.
pub async fn askable_products(
    app: &App,
    caller: &Caller,
    unit: UnitId,
) -> Result<Vec<AskableProduct>> {
    let person = caller.person_id;
    require_verified(app, &app.db, person).await?;
    require_member(&app.db, person, unit).await?;
    let granted = store::certificate_grant::products(&app.db, unit, person).await?;
    let asked = store::application::products_asked(&app.db, unit, person).await?;
    let found = store::product::with_platforms(&app.db).await?;
    let view = |(product, platforms): (Product, Vec<String>)| AskableProduct {
        granted: granted.contains(&product.id),
        pending: asked.contains(&product.id),
        product,
        platforms,
    };
    Ok(found.into_iter().map(view).collect())
}

/// Asks for certificates: all that are named, or none. What is asked for already is not asked for twice.
///
/// # Errors
/// `not_verified`, `unit_not_found`, `selection_invalid`, `reason_invalid`, `rate_limited`, `product_not_supported`,
/// `application_not_needed`, `unit_not_certified`, `certificate_granted_already`, `asked_already`, `application_limit`.
pub async fn ask_certificates(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    products: &[ProductId],
    reason: &str,
) -> Result<()> {
    let products = distinct(products, NAMED_MAX)?;
    let reason = admit(app, caller, reason).await?;
    let certified = is_certified(app, &app.db, unit).await?;
    let offered = store::product::with_platforms(&app.db).await?;
    let mut tx = app.db.begin_write("application.ask_certificates").await?;
    let role = role(&mut tx, caller, unit).await?;
    let mut asked = Vec::with_capacity(products.len());
    for product in products {
        if !offered.iter().any(|(known, _)| known.id == product) {
            return Err(Error::invalid("product_not_supported"));
        }
        let person = caller.person_id;
        let granted = store::certificate_grant::in_force(&mut tx, unit, person, product).await?;
        ask_certificate(role, certified, granted).map_err(refused)?;
        asked.push(Asked::Certificate(product));
    }
    hand_in(app, tx, caller, unit, (&asked, &reason), ASKED).await
}

/// Asks for seals until the end of a day in Shanghai: all that are named, or none.
///
/// # Errors
/// `not_verified`, `unit_not_found`, `selection_invalid`, `reason_invalid`, `rate_limited`, `seal_not_found`,
/// `application_not_needed`, `seal_voided`, `until_invalid`, `asked_already`, `application_limit`.
pub async fn ask_seals(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    (seals, until): (&[SealId], Day),
    reason: &str,
) -> Result<()> {
    let seals = distinct(seals, NAMED_MAX)?;
    let reason = admit(app, caller, reason).await?;
    let mut tx = app.db.begin_write("application.ask_seals").await?;
    let role = role(&mut tx, caller, unit).await?;
    let mut asked = Vec::with_capacity(seals.len());
    for seal in seals {
        let found = store::seal::find(&mut tx, seal).await?;
        let found = found.filter(|found| found.unit_id == Some(unit));
        let found = found.ok_or_else(|| Error::not_found("seal_not_found"))?;
        let voided = found.voided_at.is_some();
        let until = ask_seal(role, voided, until, app.now().day()).map_err(refused)?;
        asked.push(Asked::Seal { seal, until });
    }
    hand_in(app, tx, caller, unit, (&asked, &reason), ASKED).await
}

/// Refuses somebody who has very much waiting.
///
/// # Errors
/// `application_limit` `{most}`.
pub(crate) async fn require_room(tx: &mut Tx, caller: &Caller) -> Result<()> {
    if store::application::count_pending_of(tx, caller.person_id).await? >= PENDING_MAX {
        return Err(Error::conflict("application_limit").with("most", PENDING_MAX));
    }
    Ok(())
}

/// What is named, each once.
///
/// # Errors
/// `selection_invalid` `{most}` for nothing, or for more than `most`.
pub(crate) fn distinct<T: Copy + Ord>(named: &[T], most: usize) -> Result<BTreeSet<T>> {
    if named.is_empty() || named.len() > most {
        return Err(Error::invalid("selection_invalid").with("most", most));
    }
    Ok(named.iter().copied().collect())
}

/// What has to be right before a transaction begins; the reason as it is kept.
async fn admit(app: &App, caller: &Caller, reason: &str) -> Result<String> {
    let reason = reason_of(reason)?;
    let person = caller.person_id.to_string();
    require_verified(app, &app.db, caller.person_id).await?;
    limit::check(
        app,
        "application.ask",
        person.as_bytes(),
        DAY_US,
        REQUESTS_A_DAY,
    )
    .await?;
    Ok(reason)
}

/// Nobody's place in the unit changes from here to the end of the transaction.
async fn role(tx: &mut Tx, caller: &Caller, unit: UnitId) -> Result<Role> {
    let scene = Scene::lock(tx, caller, unit).await?;
    Ok(scene.me.place.role)
}

/// Writes applications and ends the transaction; what is asked for already is left out.
///
/// # Errors
/// `application_limit`, and `asked_already` with the code of the caller's choice when nothing is left.
pub(crate) async fn hand_in(
    app: &App,
    mut tx: Tx,
    caller: &Caller,
    unit: UnitId,
    (all, reason): (&[Asked], &str),
    asked_already: &'static str,
) -> Result<()> {
    let mut fresh = 0;
    for asked in all {
        require_room(&mut tx, caller).await?;
        let new = new(app, caller, unit, *asked, reason)?;
        fresh += u32::from(store::application::insert(&mut tx, &new).await?);
    }
    if fresh == 0 {
        return Err(Error::conflict(asked_already));
    }
    tx.commit().await?;
    feed::tell(app, unit, &[caller.person_id]);
    Ok(())
}

fn refused(refusal: NotAsked) -> Error {
    match refusal {
        NotAsked::NoneNeeded => Error::conflict("application_not_needed"),
        NotAsked::UnitNotCertified => Error::conflict("unit_not_certified"),
        NotAsked::GrantedAlready => Error::conflict("certificate_granted_already"),
        NotAsked::SealVoided => Error::conflict("seal_voided"),
        NotAsked::DayInvalid => Error::invalid("until_invalid"),
    }
}
