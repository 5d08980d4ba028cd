//! Who the person can sign as in this session: every certificate with its state here and now, others say why not.

use domain::id::{PersonId, UnitId};
use domain::scan_session::{Event, Kind};
use store::scan_session::ScanSession;
use store::unit::Unit;

use super::{load, unseal};
use crate::holding::{Seen, Where};
use crate::seal::Usable;
use crate::{App, Caller, Result};

/// The person themselves, or one of their units.
#[derive(Debug)]
pub struct Identity {
    /// None for the person.
    pub unit: Option<Unit>,
    /// Certificates of that identity; a login needs none.
    pub certificates: Vec<Seen>,
    /// Seals of that identity; only those that the session can use.
    pub seals: Vec<Usable>,
}

/// All identities with certificates and seals; in a login, all that the person can sign in as.
///
/// # Errors
/// `match_first`, `session_state`, `session_expired`, `session_claimed_by_other`.
pub async fn choices(app: &App, caller: &Caller, code: &str) -> Result<Vec<Identity>> {
    let session = load::own(&app.db, caller, code, app.now()).await?;
    load::allow(&session, Event::Choose)?;
    super::choose::require_match(&session)?;
    match session.kind {
        Kind::Login => login(app, caller).await,
        Kind::Seal | Kind::Unseal => signing(app, caller, &session).await,
    }
}

/// The person, and each of their units that is certified: no other identity is proven.
async fn login(app: &App, caller: &Caller) -> Result<Vec<Identity>> {
    let bare = |unit| Identity {
        unit,
        certificates: Vec::new(),
        seals: Vec::new(),
    };
    let mut identities = vec![bare(None)];
    for belonging in store::unit::of_person(&app.db, caller.person_id).await? {
        if crate::unit::is_certified(app, &app.db, belonging.unit.id).await? {
            identities.push(bare(Some(belonging.unit)));
        }
    }
    Ok(identities)
}

async fn signing(app: &App, caller: &Caller, session: &ScanSession) -> Result<Vec<Identity>> {
    let (now, place) = (app.now(), scope(session));
    let mut held = Vec::new();
    for holding in store::holding::list(&app.db, caller.person_id).await? {
        let mut seen =
            crate::holding::usable_here(app, &app.db, caller, holding.id, place, now).await?;
        unseal::narrow((&app.db).into(), session, &mut seen).await?;
        held.push(seen);
    }
    // None, the person themselves, comes first.
    let mut units: Vec<_> = held.iter().map(|seen| seen.holding.unit_id).collect();
    units.sort_unstable();
    units.dedup();
    let mut identities = Vec::new();
    for unit in units {
        let seals = offered_seals(app, session, caller.person_id, unit).await?;
        // A seal that was picked beforehand leaves only those who may use it.
        if session.asked_seal_id.is_some() && !seals.iter().any(Usable::is_usable) {
            continue;
        }
        let (certificates, others) = held
            .into_iter()
            .partition(|seen| seen.holding.unit_id == unit);
        held = others;
        identities.push(Identity {
            unit: match unit {
                Some(unit) => Some(store::unit::get(&app.db, unit).await?),
                None => None,
            },
            certificates,
            seals,
        });
    }
    Ok(identities)
}

/// The seals of an identity that the session can use: the one that was picked beforehand, or all; an un-seal sets none.
pub(super) async fn offered_seals(
    app: &App,
    session: &ScanSession,
    person: PersonId,
    unit: Option<UnitId>,
) -> Result<Vec<Usable>> {
    if session.kind != Kind::Seal {
        return Ok(Vec::new());
    }
    let platform = session.platform_id;
    let mut seals = crate::seal::offered((&app.db).into(), app, person, unit, platform).await?;
    if let Some(asked) = session.asked_seal_id {
        seals.retain(|usable| usable.seal.id == asked);
    }
    Ok(seals)
}

/// Where the session uses the certificate.
pub(super) fn scope(session: &ScanSession) -> Where {
    session
        .platform_id
        .map_or(Where::DocumentSealing, Where::Platform)
}
