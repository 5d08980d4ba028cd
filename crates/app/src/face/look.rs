//! Asking the provider what came of a visit, and writing it once.

use domain::face::{Purpose, VisitState};
use domain::id::{EvidenceId, FaceCheckId, PersonId};
use domain::policy::EvidenceKind;
use providers::face::Verdict;
use store::Tx;
use store::evidence::{Passed, Pending, Subject};
use store::face_check::Visit;

use crate::{App, Error, Result, feed};

/// What is known of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// How it stands.
    pub state: VisitState,
    /// Why it failed.
    pub failure: Option<String>,
}

/// One of a person's own, for one of some purposes.
///
/// # Errors
/// `face_check_not_found`.
pub(crate) async fn own(
    app: &App,
    id: FaceCheckId,
    person: PersonId,
    (purposes, about): (&[Purpose], &str),
) -> Result<Visit> {
    let found = store::face_check::find(&app.db, id).await?;
    let is_own = |visit: &Visit| {
        visit.person_id == person && purposes.contains(&visit.purpose) && visit.about == about
    };
    found
        .filter(is_own)
        .ok_or_else(|| Error::not_found("face_check_not_found"))
}

/// What came of a visit; the provider is asked while nothing is known.
///
/// # Errors
/// `face_unavailable`: nothing was learned, and nothing counted.
pub(crate) async fn look(app: &App, visit: &Visit) -> Result<Looked> {
    let known = |visit: &Visit| Looked {
        state: visit.state,
        failure: visit.failure.clone(),
    };
    let waiting = visit.state == VisitState::Waiting;
    let Some(provider_ref) = visit.provider_ref.as_deref().filter(|_| waiting) else {
        return Ok(known(visit));
    };
    let asked = app.providers.face.find(provider_ref);
    let verdict = match tokio::time::timeout(app.providers.patience, asked).await {
        Ok(Ok(verdict)) => verdict,
        Ok(Err(gone)) => return Err(Error::unavailable("face_unavailable").because(gone)),
        Err(elapsed) => return Err(Error::unavailable("face_unavailable").because(elapsed)),
    };
    let failure = match verdict {
        Verdict::Pending => return Ok(known(visit)),
        Verdict::Passed => None,
        Verdict::Failed(failure) => Some(failure.as_str()),
    };
    let mut tx = app.db.begin_write("face.look").await?;
    if store::face_check::close(&mut tx, visit.id, failure, app.now()).await? {
        if visit.purpose == Purpose::Identity {
            write_evidence(app, &mut tx, visit, failure.is_none()).await?;
        }
        tx.commit().await?;
        feed::tell_people(app, &[visit.person_id]);
    } else {
        tx.rollback().await?;
    }
    let now = store::face_check::find(&app.db, visit.id).await?;
    Ok(known(now.as_ref().unwrap_or(visit)))
}

/// A verdict on the real name is evidence; what is looked at for other purposes is not.
async fn write_evidence(app: &App, tx: &mut Tx, visit: &Visit, passed: bool) -> Result<()> {
    let id: EvidenceId = app.new_id();
    let (kind, provider, at) = (EvidenceKind::Face, visit.provider.as_str(), app.now());
    if !passed {
        let failed = Pending {
            id,
            person_id: visit.person_id,
            kind,
            provider,
            at,
        };
        return Ok(store::evidence::insert_failed(tx, &failed).await?);
    }
    let provider_ref = visit.provider_ref.as_deref().unwrap_or_default();
    let vault = &app.vault;
    let material = vault.wrap_text("evidence.material", id.as_bytes(), provider_ref)?;
    let found = Passed {
        id,
        subject: Subject::Person(visit.person_id),
        kind,
        provider,
        at,
        material: &material,
    };
    Ok(store::evidence::insert_passed(tx, &found).await?)
}

/// Somebody says that something has happened at a provider's page: a reason to ask, whoever says it. An unknown visit is
/// nobody's business and no error.
///
/// # Errors
/// `callback_invalid` when it is not of the provider's making, `face_unavailable`.
pub async fn hint(app: &App, provider: &str, query: &str) -> Result<()> {
    let invalid = || Error::invalid("callback_invalid");
    let face = &app.providers.face;
    if provider != face.name() {
        return Err(invalid());
    }
    let provider_ref = face.read_callback(query).ok_or_else(invalid)?;
    let found = store::face_check::find_by_ref(&app.db, provider, &provider_ref).await?;
    if let Some(visit) = found {
        look(app, &visit).await?;
    }
    Ok(())
}
