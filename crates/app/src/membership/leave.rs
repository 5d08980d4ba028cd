//! Leaving a unit (MEM-4, MEM-10).

use domain::id::UnitId;
use domain::membership;
use store::membership::Ended;

use super::{Scene, end, refused};
use crate::{App, Caller, Result, feed};

/// The caller leaves.
///
/// # Errors
/// `unit_not_found`, `transfer_first` for an administrator.
pub async fn leave(app: &App, caller: &Caller, unit: UnitId) -> Result<()> {
    let mut tx = app.db.begin_write("membership.leave").await?;
    let scene = Scene::lock(&mut tx, caller, unit).await?;
    membership::leave(scene.me.place, scene.other_administrators()).map_err(refused)?;
    let told = end(app, &mut tx, &scene.me, Ended::Left).await?;
    tx.commit().await?;
    feed::tell(app, unit, &told);
    Ok(())
}
