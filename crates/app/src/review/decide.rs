//! An operator decides a case. Of two at once, one counts and the other is told (OPS-1).

use domain::application::REASON_CHARS_MAX;
use domain::id::CaseId;
use domain::review::{self, CaseState, Decision, NotDecided};
use store::Tx;
use store::review::Case;

use super::facts::seal_reason;
use super::settle::{self, Told};
use crate::audit::{self, Actor};
use crate::operator::Acting;
use crate::text::line;
use crate::{App, Error, Result, feed};

/// What an operator says.
pub struct Ruling<'a> {
    /// Yes or no.
    pub decision: Decision,
    /// Why. Whoever refuses says so, since the person reads it; whoever passes may.
    pub reason: &'a str,
}

/// Decides one that is open; the state that it has then.
///
/// # Errors
/// `case_not_found`, `duty_missing`, `case_decided` `{state}`, `reason_invalid` `{most}`, and what the noun has against it,
/// such as `document_in_use`; then nothing is decided.
pub async fn decide(
    app: &App,
    acting: &Acting,
    id: CaseId,
    ruling: &Ruling<'_>,
) -> Result<CaseState> {
    let reason = reason_of(ruling)?;
    let mut tx = app.db.begin_write("case.decide").await?;
    let found = store::review::lock(&mut tx, id).await?;
    let case = found.ok_or_else(|| Error::not_found("case_not_found"))?;
    let state = review::decide(case.state, case.kind, &acting.duties, ruling.decision);
    let state = state.map_err(|refusal| match refusal {
        NotDecided::NotYours => {
            Error::forbidden("duty_missing").with("duty", case.kind.duty().as_str())
        }
        NotDecided::Before(state) => Error::conflict("case_decided").with("state", state.as_str()),
    })?;
    let told = write(app, &mut tx, acting, &case, state, reason).await?;
    tx.commit().await?;
    for unit in told.units {
        feed::tell(app, unit, &told.people);
    }
    feed::tell_people(app, &told.people);
    Ok(state)
}

async fn write(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    case: &Case,
    state: CaseState,
    reason: Option<&str>,
) -> Result<Told> {
    let sealed = reason.map(|reason| seal_reason(app, case.id, reason));
    let (by, sealed) = (Some(acting.operator_id), sealed.transpose()?);
    store::review::close(tx, case.id, state, by, sealed, app.now()).await?;
    let told = settle::settle(app, tx, acting, case, state).await?;
    let act = match state {
        CaseState::Passed => "case.pass",
        _ => "case.refuse",
    };
    let subject = format!("case:{}", case.id);
    let (actor, why) = (
        Actor::Operator(acting.operator_id),
        reason.unwrap_or_default(),
    );
    audit::record(app, tx, actor, act, &subject, why).await?;
    Ok(told)
}

fn reason_of<'a>(ruling: &Ruling<'a>) -> Result<Option<&'a str>> {
    if ruling.decision == Decision::Pass && ruling.reason.trim().is_empty() {
        return Ok(None);
    }
    let reason = line(ruling.reason, 1, REASON_CHARS_MAX);
    let invalid = || Error::invalid("reason_invalid").with("most", REASON_CHARS_MAX);
    reason.map(Some).ok_or_else(invalid)
}
