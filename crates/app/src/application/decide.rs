//! An administrator passes or refuses (MEM-1, MEM-3, MEM-7, CERT-9, SEAL-6). Of two at once, one counts and the other is told.

use domain::application::{self, Asked, NotDecided, State, Verdict};
use domain::id::{ApplicationId, PersonId};
use domain::membership;
use store::Tx;
use store::application::Application;
use store::membership::Ended;

use super::grant::{certificate, lend};
use super::reason::{reason_of, seal_decision};
use crate::membership::{Scene, end, enter, refused};
use crate::{App, Caller, Error, Result, feed};

/// What an administrator says.
pub struct Decision<'a> {
    /// Yes or no.
    pub verdict: Verdict,
    /// Why. Whoever refuses says so; whoever passes may.
    pub reason: &'a str,
}

/// Decides one that waits; the state that it has then.
///
/// # Errors
/// `application_not_found`, also for strangers, `not_administrator`, `application_decided` `{reason}` (its state),
/// `reason_invalid`, `member_is_administrator` and the other refusals of a removal, `seal_voided`, `seal_permission_missing`,
/// `seal_until_over`.
pub async fn decide(
    app: &App,
    caller: &Caller,
    id: ApplicationId,
    decision: &Decision<'_>,
) -> Result<State> {
    let reason = match (decision.verdict, decision.reason.trim()) {
        (Verdict::Pass, "") => None,
        (_, text) => Some(seal_decision(app, id, &reason_of(text)?)?),
    };
    let mut tx = app.db.begin_write("application.decide").await?;
    let (scene, found) = load(&mut tx, caller, id).await?;
    let state = application::decide(found.state, scene.me.place.role, decision.verdict);
    let state = state.map_err(|refusal| match refusal {
        NotDecided::NotAdministrator => Error::forbidden("not_administrator"),
        NotDecided::Before(state) => {
            Error::conflict("application_decided").with("reason", state.as_str())
        }
    })?;
    let by = caller.person_id;
    store::application::decide(&mut tx, id, state, by, reason, app.now()).await?;
    let mut told = vec![found.applicant_id];
    if state == State::Passed {
        told.extend(carry_out(app, &mut tx, &scene, &found).await?);
    }
    tx.commit().await?;
    feed::tell(app, found.unit_id, &told);
    Ok(state)
}

/// The unit is locked before the application is read for good, as everywhere.
async fn load(tx: &mut Tx, caller: &Caller, id: ApplicationId) -> Result<(Scene, Application)> {
    let missing = || Error::not_found("application_not_found");
    let found = store::application::find(&mut *tx, id).await?;
    let unit = found.ok_or_else(missing)?.unit_id;
    let scene = Scene::lock(tx, caller, unit).await.map_err(|error| {
        if error.code() == "unit_not_found" {
            missing()
        } else {
            error
        }
    })?;
    let found = store::application::find(tx, id).await?;
    Ok((scene, found.ok_or_else(missing)?))
}

/// Does what was asked for; answers who else is to be told.
async fn carry_out(
    app: &App,
    tx: &mut Tx,
    scene: &Scene,
    passed: &Application,
) -> Result<Vec<PersonId>> {
    match passed.asked {
        Asked::Join => {
            enter(app, tx, &scene.unit, passed.applicant_id).await?;
            Ok(Vec::new())
        }
        Asked::Removal(of) => {
            let named = store::membership::find(&mut *tx, passed.unit_id, of).await?;
            let named = named.ok_or_else(|| Error::not_found("member_not_found"))?;
            membership::pass_removal(scene.me.place, scene.target(&named)).map_err(refused)?;
            end(app, tx, &named, Ended::Removed).await
        }
        Asked::Certificate(product) => {
            certificate(app, tx, scene, passed.applicant_id, product).await?;
            Ok(Vec::new())
        }
        Asked::Seal { seal, until } => {
            lend(app, tx, scene, passed.applicant_id, (seal, until)).await?;
            Ok(Vec::new())
        }
    }
}
