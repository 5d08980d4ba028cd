//! How a unit's newest change stands, and what is left to do after one.

use std::time::Duration;

use domain::id::UnitId;
use domain::review::CaseKind;

use super::check::is_review_offered;
use super::remake::{Remake, remake};
use crate::feed::{self, Feed};
use crate::review::{self, Standing};
use crate::unit::require_administrator;
use crate::{App, Caller, Result, unit_profile};

/// What administrators see.
pub struct View {
    /// Rises with every change.
    pub version: i64,
    /// The unit's name now.
    pub name: String,
    /// The legal representative's name now.
    pub legal_representative: String,
    /// The newest request to an operator, if there is one.
    pub newest: Option<Standing>,
    /// The caller may ask an operator now.
    pub review_offered: bool,
    /// What carries a former name.
    pub remake: Remake,
}

/// Once the version is another than `wish` says, or when the wait ends.
///
/// # Errors
/// `not_administrator`.
pub async fn view(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    wish: Option<(i64, Duration)>,
) -> Result<View> {
    let person = caller.person_id;
    require_administrator(&app.db, person, unit).await?;
    if let Some((after, at_most)) = wish {
        feed::wait(app, Feed::Unit(unit), after, at_most).await?;
    }
    let version = Feed::Unit(unit).version(app).await?;
    let found = require_administrator(&app.db, person, unit).await?;
    let newest = store::review::newest_of_unit(&app.db, unit, CaseKind::UnitChange).await?;
    let newest = newest
        .map(|case| review::standing(app, &case))
        .transpose()?;
    Ok(View {
        version,
        name: found.name,
        legal_representative: unit_profile::representative(app, &app.db, unit)
            .await?
            .to_string(),
        newest,
        review_offered: is_review_offered(app, &app.db, person, unit).await?,
        remake: remake(app, unit).await?,
    })
}
