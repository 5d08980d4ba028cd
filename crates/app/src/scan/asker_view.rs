//! What the asker sees of its session, opened by the session's secret and nothing else.

use domain::Instant;
use domain::id::ScanSessionId;
use domain::scan_session::{Kind, SIGN_IN_S, State};
use protocol::sha256;
use store::scan_session::ScanSession;
use store::unit::Unit;
use subtle::ConstantTimeEq as _;

use super::choices::offered_seals;
use super::{RunView, SigningCertificate, load, run};
use crate::seal::Listed;
use crate::{App, Error, Result};

/// The asker's view.
#[derive(Debug)]
pub struct AskerView {
    /// The row, with its time considered.
    pub session: ScanSession,
    /// The signer's public facts, from `chosen` on.
    pub signer: Option<Signer>,
    /// Who signed the asker in, once a login is done.
    pub identity: Option<Identified>,
    /// The run that it belongs to, while that is open.
    pub run: Option<RunView>,
}

/// What a login gives the asker.
#[derive(Debug)]
pub struct Identified {
    /// The person's name.
    pub person_name: String,
    /// As which unit.
    pub unit: Option<Unit>,
    /// Until when the sign-in serves.
    pub until: Instant,
}

/// Public facts of who signs.
#[derive(Debug)]
pub struct Signer {
    /// Certificate, chain, algorithm.
    pub certificate: SigningCertificate,
    /// Issuing and root certificate, DER.
    pub chain: [Vec<u8>; 2],
    /// The person's name.
    pub person_name: String,
    /// For which unit.
    pub unit: Option<Unit>,
    /// Seals that this person may use here.
    pub seals: Vec<Listed>,
}

/// The session that the secret opens.
///
/// # Errors
/// `session_unknown`, whether the id or the secret is wrong.
pub async fn authenticate_secret(
    app: &App,
    id: ScanSessionId,
    secret: &str,
) -> Result<ScanSession> {
    let session = store::scan_session::find(&app.db, id).await?;
    let hash = sha256(secret.as_bytes());
    match session {
        Some(session) if bool::from(session.secret_hash.ct_eq(&hash)) => {
            Ok(load::aged(session, app.now()))
        }
        _ => Err(Error::not_found("session_unknown")),
    }
}

/// The whole view.
///
/// # Errors
/// Internal only.
pub async fn asker_view(app: &App, session: ScanSession) -> Result<AskerView> {
    let signer = match session.state {
        State::Chosen | State::Ready | State::Signing | State::Done => {
            signer(app, &session).await?
        }
        _ => None,
    };
    let run = run::view(app, &session).await?;
    let identity = match (session.kind, session.state) {
        (Kind::Login, State::Done) => identity(app, &session).await?,
        _ => None,
    };
    Ok(AskerView {
        session,
        signer,
        identity,
        run,
    })
}

async fn signer(app: &App, session: &ScanSession) -> Result<Option<Signer>> {
    let (Some(person), Some(certificate)) = (session.person_id, session.certificate_id) else {
        return Ok(None);
    };
    let certificate = SigningCertificate::find((&app.db).into(), certificate).await?;
    let unit = match certificate.unit_id {
        Some(unit) => Some(store::unit::get(&app.db, unit).await?),
        None => None,
    };
    let offered = offered_seals(app, session, person, certificate.unit_id).await?;
    let usable = offered.into_iter().filter(crate::seal::Usable::is_usable);
    let seals = usable.map(|usable| Listed::open(app, usable.seal));
    Ok(Some(Signer {
        person_name: crate::person::require_verified(app, &app.db, person)
            .await?
            .name
            .to_string(),
        chain: certificate.chain(app),
        certificate,
        unit,
        seals: seals.collect::<Result<_>>()?,
    }))
}

async fn identity(app: &App, session: &ScanSession) -> Result<Option<Identified>> {
    let (Some(person), Some(at)) = (session.person_id, session.signed_at) else {
        return Ok(None);
    };
    let unit = match session.unit_id {
        Some(unit) => Some(store::unit::get(&app.db, unit).await?),
        None => None,
    };
    Ok(Some(Identified {
        person_name: crate::person::require_verified(app, &app.db, person)
            .await?
            .name
            .to_string(),
        unit,
        until: at.plus_seconds(SIGN_IN_S),
    }))
}
