//! What a pass gives to a member: the certificate of a product (CERT-9), a seal for a time (SEAL-6).

use domain::Instant;
use domain::id::{PersonId, ProductId, SealId};
use domain::seal::{self, NotLent};
use store::Tx;

use crate::membership::Scene;
use crate::unit_permission::permits_representative_seal;
use crate::{App, Error, Result, holding};

/// A holding appears, unbought, unless there is one; one that was suspended for want of a grant goes on with what is left of
/// its term (MEM-5).
pub(super) async fn certificate(
    app: &App,
    tx: &mut Tx,
    scene: &Scene,
    to: PersonId,
    product: ProductId,
) -> Result<()> {
    let (unit, by, now) = (scene.unit.id, scene.me.person_id, app.now());
    store::certificate_grant::give(&mut *tx, app.new_id(), (unit, to, product), by, now).await?;
    let made = store::holding::find_or_make(tx, app.new_id(), to, Some(unit), product, now);
    let made = made.await?;
    holding::resume(app, tx, &made).await
}

/// The seal is looked at again: it may have been voided, and the permission for it withdrawn, since it was asked for.
pub(super) async fn lend(
    app: &App,
    tx: &mut Tx,
    scene: &Scene,
    to: PersonId,
    (id, until): (SealId, Instant),
) -> Result<()> {
    let now = app.now();
    let found = store::seal::lock(&mut *tx, id).await?;
    let found = found.ok_or_else(|| Error::not_found("seal_not_found"))?;
    let permits = permits_representative_seal(&mut *tx, scene.unit.id).await?;
    seal::lend(found.kind, found.voided_at, permits, until, now).map_err(
        |refusal| match refusal {
            NotLent::Voided => Error::conflict("seal_voided"),
            NotLent::PermissionMissing => Error::conflict("seal_permission_missing"),
            NotLent::Over => Error::conflict("seal_until_over"),
        },
    )?;
    let by = scene.me.person_id;
    store::seal::grant(tx, app.new_id(), id, to, until, by, now).await?;
    Ok(())
}
