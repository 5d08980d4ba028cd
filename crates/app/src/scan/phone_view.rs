//! What the phone sees of a session that it claimed.

use domain::id::{HoldingId, UnitId};
use store::scan_session::ScanSession;

use super::{Facts, RunView, SigningCertificate, load, run};
use crate::seal::Picture;
use crate::{App, Caller, Error, Result};

/// The phone's view.
#[derive(Debug)]
pub struct PhoneView {
    /// The row, with its time considered.
    pub session: ScanSession,
    /// Who asks.
    pub asker: store::asker::Asker,
    /// The platform's name, when the asker asks in one's name.
    pub platform_name: Option<String>,
    /// What was chosen.
    pub chosen: Option<Chosen>,
    /// What was prepared, with the seal's picture.
    pub prepared: Option<(Facts, store::seal::Seal, Picture)>,
    /// The run that the session belongs to, while that is open.
    pub run: Option<RunView>,
}

/// Whose certificate signs.
#[derive(Debug)]
pub struct Chosen {
    /// The holding.
    pub holding_id: HoldingId,
    /// For which unit.
    pub unit_id: Option<UnitId>,
    /// The certificate.
    pub certificate: SigningCertificate,
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
        chosen: chosen(app, &session).await?,
        prepared: prepared(app, &session).await?,
        run: run::view(app, &session).await?,
        session,
        asker,
        platform_name,
    })
}

async fn chosen(app: &App, session: &ScanSession) -> Result<Option<Chosen>> {
    let (Some(holding_id), Some(certificate)) = (session.holding_id, session.certificate_id) else {
        return Ok(None);
    };
    let certificate = SigningCertificate::find((&app.db).into(), certificate).await?;
    Ok(Some(Chosen {
        holding_id,
        unit_id: certificate.unit_id,
        certificate,
    }))
}

async fn prepared(
    app: &App,
    session: &ScanSession,
) -> Result<Option<(Facts, store::seal::Seal, Picture)>> {
    let (Some(facts), Some(seal_id)) = (Facts::of(app, session)?, session.seal_id) else {
        return Ok(None);
    };
    let seal = store::seal::find(&app.db, seal_id)
        .await?
        .ok_or_else(|| Error::internal("scan.seal"))?;
    let picture = crate::seal::picture(app, &seal)?;
    Ok(Some((facts, seal, picture)))
}
