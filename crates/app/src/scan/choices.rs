//! Who the person can sign as in this session: every certificate with its state here and now, others say why not.

use domain::scan_session::Event;
use store::scan_session::ScanSession;

use super::load;
use crate::holding::Held;
use crate::seal::Usable;
use crate::{App, Caller, Result};

/// The person themselves, or one of their units.
#[derive(Debug)]
pub struct Identity {
    /// None for the person.
    pub unit: Option<crate::unit::UnitFacts>,
    /// Certificates of that identity.
    pub certificates: Vec<Choice>,
    /// Seals of that identity.
    pub seals: Vec<Usable>,
}

/// A certificate among the choices.
pub type Choice = Held;

/// All identities with certificates and seals.
///
/// # Errors
/// `match_first`, `session_state`, `session_expired`, `session_claimed_by_other`.
pub async fn choices(app: &App, caller: &Caller, code: &str) -> Result<Vec<Identity>> {
    let session = load::own(&app.db, caller, code, app.now()).await?;
    load::allow(&session, Event::Choose)?;
    super::choose::require_match(&session)?;
    let held = crate::holding::held(app, caller, scope(&session)).await?;
    let (personal, of_units): (Vec<Held>, Vec<Held>) = held.into_iter().partition(|held| held.unit_id.is_none());
    let mut identities = Vec::new();
    if !personal.is_empty() {
        let seals = crate::seal::offered((&app.db).into(), app, caller.person_id, None, session.platform_id).await?;
        identities.push(Identity { unit: None, certificates: personal, seals });
    }
    let mut units: Vec<_> = of_units.iter().filter_map(|held| held.unit_id).collect();
    units.sort_unstable();
    units.dedup();
    for unit in units {
        let seals = crate::seal::offered((&app.db).into(), app, caller.person_id, Some(unit), session.platform_id).await?;
        let certificates = of_units.iter().filter(|held| held.unit_id == Some(unit)).cloned().collect();
        identities.push(Identity { unit: Some(crate::unit::facts(&app.db, app, unit).await?), certificates, seals });
    }
    Ok(identities)
}

/// Where the session uses the certificate.
pub(super) fn scope(session: &ScanSession) -> domain::usability::Place {
    session.platform_id.map_or(domain::usability::Place::DocumentSealing, domain::usability::Place::Platform)
}
