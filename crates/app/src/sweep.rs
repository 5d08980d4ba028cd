//! The sweep: once an hour, what nobody can ask for any more is forgotten, in batches, so that no statement keeps others
//! waiting. Nothing depends on it: whatever is over is refused by its own time, swept or not.

use domain::Instant;
use domain::session::REFRESH_LIFETIME_US;
use domain::time::{DAY_US, HOUR_US};
use store::counter::WINDOW_US_MAX;

use crate::once::KEPT_US;
use crate::{App, Result, fault, material, recovery};

/// The job's name.
pub const SWEEP_JOB: &str = "sweep";

/// Rows of one statement.
const BATCH: u32 = 500;
/// Statements for one kind in one sweep; what is left then waits for the next.
const BATCHES_MAX: u32 = 1000;
/// A code that is over still answers `code_used` or `code_dead` to the one who typed it late.
const CODES_KEPT_US: i64 = DAY_US;
/// The limits of a number look back to the day before at most.
const ALLOWANCES_KEPT_US: i64 = 2 * DAY_US;
/// Long enough for an operator to see what was done.
const JOBS_KEPT_US: i64 = 7 * DAY_US;

/// What is swept.
#[derive(Clone, Copy, Debug)]
enum Of {
    Counters,
    Idempotency,
    AccessTokens,
    RefreshTokens,
    Codes,
    Allowances,
    Installs,
    Invitations,
    Jobs,
    Materials,
    RecoveryPhotos,
    PasswordResets,
    FaultLogs,
    OperatorTries,
    OperatorTickets,
    OperatorAccess,
}

impl Of {
    const ALL: [Self; 16] = [
        Self::Counters,
        Self::Idempotency,
        Self::AccessTokens,
        Self::RefreshTokens,
        Self::Codes,
        Self::Allowances,
        Self::Installs,
        Self::Invitations,
        Self::Jobs,
        Self::Materials,
        Self::RecoveryPhotos,
        Self::PasswordResets,
        Self::FaultLogs,
        Self::OperatorTries,
        Self::OperatorTickets,
        Self::OperatorAccess,
    ];
}

/// Has the sweep of this hour come, and with it all later ones. For every node at its start: an hour has one sweep,
/// however many ask for it.
///
/// # Errors
/// When the database fails.
pub async fn begin(app: &App) -> Result<()> {
    schedule(app, app.now()).await
}

/// Sweeps. Repeatable.
///
/// # Errors
/// When the database fails.
pub async fn run(app: &App) -> Result<()> {
    let now = app.now();
    // Before anything else, so that a sweep that fails is not the last one.
    let next_hour = (now.micros().div_euclid(HOUR_US) + 1) * HOUR_US;
    schedule(app, Instant::from_micros(next_hour)).await?;
    for of in Of::ALL {
        for _ in 0..BATCHES_MAX {
            if batch(app, of, now).await? < u64::from(BATCH) {
                break;
            }
        }
    }
    Ok(())
}

async fn schedule(app: &App, at: Instant) -> Result<()> {
    let now = app.now();
    let key = format!("{SWEEP_JOB}:{}", at.micros().div_euclid(HOUR_US));
    let job = jobs::New::now(app.new_id(), SWEEP_JOB, serde_json::json!({}), now);
    jobs::enqueue(&app.db, &job.keyed(&key).at(at), now).await?;
    Ok(())
}

/// Forgets one batch and tells how many rows it had.
async fn batch(app: &App, of: Of, now: Instant) -> Result<u64> {
    let (db, ago) = (&app.db, |us: i64| now.plus_micros(-us));
    let swept = match of {
        Of::Counters => store::counter::sweep(db, ago(WINDOW_US_MAX), BATCH).await,
        Of::Idempotency => store::idempotency::sweep(db, ago(KEPT_US), BATCH).await,
        Of::AccessTokens => store::session::sweep_access(db, now, BATCH).await,
        // A used one stays as long as an unused one would be good: its second use ends the session until then.
        Of::RefreshTokens => {
            store::session::sweep_refresh(db, ago(REFRESH_LIFETIME_US), BATCH).await
        }
        Of::PasswordResets => store::password_reset::sweep(db, now, BATCH).await,
        Of::Codes => store::sms_code::sweep(db, ago(CODES_KEPT_US), BATCH).await,
        Of::Allowances => {
            store::sms_code::sweep_allowance(db, ago(ALLOWANCES_KEPT_US), BATCH).await
        }
        Of::Installs => store::install::sweep(db, now, BATCH).await,
        Of::Invitations => store::invitation::sweep(db, now, BATCH).await,
        Of::Materials => return material::sweep(app, BATCH).await,
        Of::RecoveryPhotos => return recovery::sweep(app, BATCH).await,
        Of::FaultLogs => store::fault::sweep(db, ago(fault::KEPT_US), BATCH).await,
        Of::OperatorTries => store::operator::sweep_tries(db, now, BATCH).await,
        Of::OperatorTickets => store::operator::sweep_tickets(db, now, BATCH).await,
        Of::OperatorAccess => store::operator::sweep_access(db, now, BATCH).await,
        Of::Jobs => store::job::sweep(db, ago(JOBS_KEPT_US), BATCH).await,
    };
    Ok(swept?)
}
