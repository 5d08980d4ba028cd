//! Continuous runs (SCAN-6). A run keeps a choice that was made in a session whose number was typed; further codes of
//! the same asker come to the same phone already matched and chosen. It loosens nothing else: every confirm is checked
//! as ever, and is counted here in its own transaction.

use domain::Instant;
use domain::id::{AskerId, HoldingId, ScanRunId};
use domain::scan_run::{Refusal, Run, Sides};
use domain::scan_session::{Event, Kind, State};
use store::Tx;
use store::asker::Asker;
use store::scan_run::ScanRun;
use store::scan_session::{Chosen, ScanSession};

use super::choose::usable_certificate;
use super::{load, topic, wake};
use crate::{App, Caller, Error, Result};

/// The one kind of session that comes in runs.
pub(super) const KIND: Kind = Kind::Seal;

/// What both sides see of an open run.
#[derive(Clone, Copy, Debug)]
pub struct RunView {
    /// Its id.
    pub id: ScanRunId,
    /// How many codes may still be signed in it.
    pub codes_left: u32,
    /// It is over at this instant if no code comes.
    pub idle_until: Instant,
}

/// A run that has begun.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    /// What both sides see.
    pub view: RunView,
    /// What it signs with.
    pub holding_id: HoldingId,
    /// Whose codes it takes.
    pub asker_id: AskerId,
}

impl From<&ScanRun> for RunView {
    fn from(found: &ScanRun) -> Self {
        Self {
            id: found.id,
            codes_left: found.run.codes_left(),
            idle_until: found.run.idle_until(),
        }
    }
}

impl From<&ScanRun> for Begun {
    fn from(found: &ScanRun) -> Self {
        Self {
            view: found.into(),
            holding_id: found.holding_id,
            asker_id: found.run.sides.asker_id,
        }
    }
}

/// Begins a run with the choice of a session that is not signed yet. Answers the run that the session is in, if that is
/// open.
///
/// # Errors
/// `kind_not_offered`, `run_ended` for a session of a run that is over, `session_state`, and what a session's own steps
/// refuse.
pub async fn begin(app: &App, caller: &Caller, code: &str) -> Result<Begun> {
    let now = app.now();
    let mut tx = app.db.begin_write("scan_run.begin").await?;
    let session = load::lock_own(&mut tx, caller, code, now).await?;
    if let Some(found) = of(&mut tx, &session).await? {
        if found.run.is_open(now) {
            return Ok(Begun::from(&found));
        }
        if found.session_id != session.id {
            return Err(ended());
        }
    }
    if session.state != State::Ready {
        load::allow(&session, Event::Prepare)?;
    }
    let holding = session.holding_id.filter(|_| session.kind == KIND);
    let new = ScanRun {
        id: app.new_id(),
        holding_id: holding.ok_or_else(|| Error::invalid("kind_not_offered"))?,
        session_id: session.id,
        run: Run {
            sides: sides(&session, caller),
            codes: 0,
            used_at: now,
            ended: false,
        },
        version: 1,
    };
    store::scan_run::insert(&mut tx, &new).await?;
    store::scan_session::begin_run(&mut tx, &session, new.id).await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    Ok(Begun::from(&new))
}

/// The phone ends its run. Twice is once.
///
/// # Errors
/// `run_not_found`, also for a run of somebody else.
pub async fn end(app: &App, caller: &Caller, id: ScanRunId) -> Result<()> {
    let mut tx = app.db.begin_write("scan_run.end").await?;
    let found = store::scan_run::find(&mut tx, id).await?;
    if found.is_none_or(|found| found.person_id() != caller.person_id) {
        return Err(Error::not_found("run_not_found"));
    }
    let refused = store::scan_session::refuse_in_run_of(&mut tx, id).await?;
    store::scan_run::end(&mut tx, id, app.now()).await?;
    tx.commit().await?;
    wake(app, &refused);
    Ok(())
}

/// The asker ends all runs that phones keep with it.
///
/// # Errors
/// Internal only.
pub async fn end_of_asker(app: &App, asker: &Asker) -> Result<()> {
    let mut tx = app.db.begin_write("scan_run.end_of_asker").await?;
    let refused = store::scan_session::refuse_in_runs_of_asker(&mut tx, asker.id).await?;
    store::scan_run::end_of_asker(&mut tx, asker.id, app.now()).await?;
    tx.commit().await?;
    wake(app, &refused);
    Ok(())
}

/// The run that a session belongs to, while that is open.
pub(super) async fn view(app: &App, session: &ScanSession) -> Result<Option<RunView>> {
    let Some(id) = session.run_id else {
        return Ok(None);
    };
    let found = store::scan_run::find(&app.db, id).await?;
    let open = found.filter(|found| found.run.is_open(app.now()));
    Ok(open.as_ref().map(RunView::from))
}

/// Takes a session that nobody has yet into the run.
pub(super) async fn take(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    session: &ScanSession,
    run: ScanRunId,
    expires_at: Instant,
) -> Result<()> {
    let now = app.now();
    let found = store::scan_run::lock(tx, run).await?.ok_or_else(ended)?;
    let admitted = found.run.admit(&sides(session, caller), now);
    admitted.map_err(refusal)?;
    let holding = found.holding_id;
    let certificate = usable_certificate((&mut *tx).into(), app, caller, holding, session).await?;
    let chosen = Chosen {
        run_id: found.id,
        person_id: caller.person_id,
        device_id: caller.device_id,
        holding_id: holding,
        certificate_id: certificate.row.id,
    };
    store::scan_session::claim_in_run(&mut *tx, session, &chosen, expires_at).await?;
    store::scan_run::use_at(tx, &found, found.run.codes, now).await?;
    Ok(())
}

/// Counts a code that is about to be signed. A code that was taken into a run is signed in it or not at all, since its
/// number was never typed; the one that the run began in is a session like any other.
pub(super) async fn count(
    tx: &mut Tx,
    caller: &Caller,
    session: &ScanSession,
    now: Instant,
) -> Result<()> {
    let Some(found) = of(tx, session).await? else {
        return Ok(());
    };
    match found.run.admit(&sides(session, caller), now) {
        Ok(()) => Ok(store::scan_run::use_at(tx, &found, found.run.codes + 1, now).await?),
        Err(_) if found.session_id == session.id => Ok(()),
        Err(refused) => Err(refusal(refused)),
    }
}

/// The session's run, locked.
async fn of(tx: &mut Tx, session: &ScanSession) -> Result<Option<ScanRun>> {
    match session.run_id {
        Some(id) => Ok(store::scan_run::lock(tx, id).await?),
        None => Ok(None),
    }
}

fn sides(session: &ScanSession, caller: &Caller) -> Sides {
    Sides {
        asker_id: session.asker_id,
        person_id: caller.person_id,
        device_id: caller.device_id,
    }
}

fn ended() -> Error {
    Error::gone("run_ended")
}

fn refusal(refused: Refusal) -> Error {
    match refused {
        Refusal::Ended => ended(),
        Refusal::OtherAsker => Error::conflict("run_other_asker"),
    }
}
