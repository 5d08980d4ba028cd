//! SEAL-1: an administrator makes the unit's seal from a template, with the same drawing that the preview showed.

use domain::id::{SealId, UnitId};
use domain::seal::Kind;
use eseal::{RoundSeal, Style};
use store::Tx;
use store::seal::Seal;

use super::Picture;
use crate::person::require_verified;
use crate::{App, Caller, Error, Result};

/// What the administrator has typed and picked.
#[derive(Clone, Debug)]
pub struct MakeSeal {
    /// For which unit.
    pub unit_id: UnitId,
    /// What kind.
    pub kind: Kind,
    /// 38, 40 or 42.
    pub diameter_mm: u8,
    /// Text below the star.
    pub bottom_text: Option<String>,
    /// Thirteen digits on the lower rim.
    pub code: Option<String>,
}

/// Draws the seal and keeps nothing.
///
/// # Errors
/// As [`make`].
pub async fn preview(app: &App, caller: &Caller, wish: &MakeSeal) -> Result<String> {
    require_verified(app, &app.db, caller.person_id).await?;
    let unit = crate::unit::require_administrator(&app.db, caller.person_id, wish.unit_id).await?;
    Ok(draw(wish, &unit.name)?.to_svg())
}

/// Makes the seal of a certified unit, under the unit's registered name. `record` keeps the answer in the same transaction.
///
/// # Errors
/// `not_verified`, `not_administrator`, `unit_not_certified`, `seal_kind_not_offered`, and what the drawing refuses (`seal_text_invalid`).
pub async fn make(
    app: &App,
    caller: &Caller,
    wish: &MakeSeal,
    record: impl AsyncFnOnce(&mut Tx, SealId) -> Result<()>,
) -> Result<SealId> {
    require_verified(app, &app.db, caller.person_id).await?;
    let unit = crate::unit::require_administrator(&app.db, caller.person_id, wish.unit_id).await?;
    crate::unit::require_certified(app, &app.db, wish.unit_id).await?;
    let artwork = draw(wish, &unit.name)?;
    let id: SealId = app.new_id();
    let parameters = serde_json::json!({
        "template": "round", "diameter_mm": wish.diameter_mm, "name": unit.name, "bottom_text": wish.bottom_text, "code": wish.code,
    });
    let seal = Seal {
        id,
        unit_id: Some(wish.unit_id),
        person_id: None,
        kind: wish.kind,
        parameters: app.vault.wrap(
            "seal.parameters",
            id.as_bytes(),
            parameters.to_string().as_bytes(),
        )?,
        artwork: Picture::of(&artwork).wrap(app, id)?,
        width_um: micrometres(artwork.width_mm()),
        height_um: micrometres(artwork.height_mm()),
        made_by: caller.person_id,
        made_at: app.now(),
        voided_at: None,
    };
    let mut tx = app.db.begin_write("seal.make").await?;
    store::seal::insert(&mut tx, &seal).await?;
    record(&mut tx, id).await?;
    tx.commit().await?;
    Ok(id)
}

fn draw(wish: &MakeSeal, name: &str) -> Result<eseal::Artwork> {
    if wish.kind != Kind::Company {
        return Err(Error::invalid("seal_kind_not_offered"));
    }
    let style = Style {
        diameter_mm: wish.diameter_mm,
        ..Style::default()
    };
    let seal = RoundSeal {
        name: name.to_owned(),
        bottom_text: wish.bottom_text.clone(),
        code: wish.code.clone(),
        style,
    };
    eseal::round_company_seal(&seal)
        .map_err(|refusal| Error::invalid("seal_text_invalid").with("reason", refusal.code()))
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a seal is a few centimetres wide"
)]
fn micrometres(mm: f64) -> i64 {
    (mm * 1000.0).round() as i64
}
