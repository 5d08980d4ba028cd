//! What the phone sees of a session that it claimed.

use domain::id::{HoldingId, UnitId};
use domain::scan_session::{Kind, State};
use store::scan_session::ScanSession;

use super::{Facts, RunView, SigningCertificate, load, run};
use crate::seal::Listed;
use crate::{App, Caller, Error, Result};

/// The phone's view.
#[derive(Debug)]
pub struct PhoneView {
    /// The row, with its time considered.
    pub session: ScanSession,
    /// Who asks.
    pub asker: store::asker::Asker,
    /// Whether a person of a unit vouches for the asker.
    pub registered: bool,
    /// The platform's name, when the asker asks in one's name.
    pub platform_name: Option<String>,
    /// What was chosen.
    pub chosen: Option<Chosen>,
    /// What was prepared.
    pub prepared: Option<Prepared>,
    /// The run that the session belongs to, while that is open.
    pub run: Option<RunView>,
}

/// As whom the person signs.
#[derive(Debug)]
pub struct Chosen {
    /// For which unit.
    pub unit_id: Option<UnitId>,
    /// With which certificate of which holding; a login has none.
    pub certificate: Option<(HoldingId, SigningCertificate)>,
}

/// What is to be signed.
#[derive(Debug)]
pub struct Prepared {
    /// As the asker stated it.
    pub facts: Facts,
    /// The seal; an un-seal has none.
    pub seal: Option<Listed>,
}

/// The view of the phone that claimed the session.
///
/// # Errors
/// `session_unknown`, `session_claimed_by_other`, `session_state` before any claim.
pub async fn phone_view(app: &App, caller: &Caller, code: &str) -> Result<PhoneView> {
    let session = load::own(&app.db, caller, code, app.now()).await?;
    let asker = store::asker::find(&app.db, session.asker_id)
        .await?
        .ok_or_else(|| Error::internal("scan.asker"))?;
    let platform_name = match session.platform_id {
        Some(platform) => store::platform::find(&app.db, platform)
            .await?
            .map(|platform| platform.name),
        None => None,
    };
    Ok(PhoneView {
        registered: crate::asker::is_registered(app, &app.db, &asker).await?,
        chosen: chosen(app, &session).await?,
        prepared: prepared(app, &session).await?,
        run: run::view(app, &session).await?,
        session,
        asker,
        platform_name,
    })
}

async fn chosen(app: &App, session: &ScanSession) -> Result<Option<Chosen>> {
    if session.kind == Kind::Login {
        let picked = matches!(session.state, State::Ready | State::Done);
        return Ok(picked.then_some(Chosen {
            unit_id: session.unit_id,
            certificate: None,
        }));
    }
    let (Some(holding_id), Some(certificate)) = (session.holding_id, session.certificate_id) else {
        return Ok(None);
    };
    let certificate = SigningCertificate::find((&app.db).into(), certificate).await?;
    Ok(Some(Chosen {
        unit_id: certificate.unit_id,
        certificate: Some((holding_id, certificate)),
    }))
}

async fn prepared(app: &App, session: &ScanSession) -> Result<Option<Prepared>> {
    let Some(facts) = Facts::of(app, session)? else {
        return Ok(None);
    };
    let seal = match session.seal_id {
        Some(seal) => {
            let found = store::seal::find(&app.db, seal).await?;
            let found = found.ok_or_else(|| Error::internal("scan.seal"))?;
            Some(Listed::open(app, found)?)
        }
        None => None,
    };
    Ok(Some(Prepared { facts, seal }))
}
