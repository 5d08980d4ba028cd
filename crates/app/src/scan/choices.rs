//! Who the person can sign as in this session: every certificate with its state here and now, others say why not.

use domain::scan_session::Event;
use store::scan_session::ScanSession;
use store::unit::Unit;

use super::load;
use crate::holding::{Seen, Where};
use crate::seal::Usable;
use crate::{App, Caller, Result};

/// The person themselves, or one of their units.
#[derive(Debug)]
pub struct Identity {
    /// None for the person.
    pub unit: Option<Unit>,
    /// Certificates of that identity.
    pub certificates: Vec<Seen>,
    /// Seals of that identity.
    pub seals: Vec<Usable>,
}

/// All identities with certificates and seals.
///
/// # Errors
/// `match_first`, `session_state`, `session_expired`, `session_claimed_by_other`.
pub async fn choices(app: &App, caller: &Caller, code: &str) -> Result<Vec<Identity>> {
    let session = load::own(&app.db, caller, code, app.now()).await?;
    load::allow(&session, Event::Choose)?;
    super::choose::require_match(&session)?;
    let (now, place) = (app.now(), scope(&session));
    let mut held = Vec::new();
    for holding in store::holding::list(&app.db, caller.person_id).await? {
        held.push(crate::holding::usable_here(app, &app.db, caller, holding.id, place, now).await?);
    }
    let (personal, mut of_units): (Vec<Seen>, Vec<Seen>) = held
        .into_iter()
        .partition(|seen| seen.holding.unit_id.is_none());
    let mut identities = Vec::new();
    if !personal.is_empty() {
        let seals = crate::seal::offered(
            (&app.db).into(),
            app,
            caller.person_id,
            None,
            session.platform_id,
        )
        .await?;
        identities.push(Identity {
            unit: None,
            certificates: personal,
            seals,
        });
    }
    let mut units: Vec<_> = of_units
        .iter()
        .filter_map(|seen| seen.holding.unit_id)
        .collect();
    units.sort_unstable();
    units.dedup();
    for unit in units {
        let seals = crate::seal::offered(
            (&app.db).into(),
            app,
            caller.person_id,
            Some(unit),
            session.platform_id,
        )
        .await?;
        let (certificates, others) = of_units
            .into_iter()
            .partition(|seen| seen.holding.unit_id == Some(unit));
        of_units = others;
        identities.push(Identity {
            unit: Some(store::unit::get(&app.db, unit).await?),
            certificates,
            seals,
        });
    }
    Ok(identities)
}

/// Where the session uses the certificate.
pub(super) fn scope(session: &ScanSession) -> Where {
    session
        .platform_id
        .map_or(Where::DocumentSealing, Where::Platform)
}
