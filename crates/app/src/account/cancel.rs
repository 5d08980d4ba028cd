//! Asking for the account's end (ACC-6).

use domain::Instant;
use domain::account::{self, State};
use domain::id::PersonId;
use domain::sms_code::Purpose;
use protocol::sha256;
use serde::Serialize;
use store::Tx;
use store::cancellation::Waiting;

use super::settle::schedule;
use super::{end, present_phone};
use crate::sms_code::{Entered, take};
use crate::{App, Caller, Error, Result, person, personal};

/// Something that must be settled first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Obstacle {
    /// The unit would have no administrator.
    SoleAdministrator {
        /// Which.
        unit_id: String,
        /// Its name.
        unit_name: String,
    },
    /// An order waits for its payment; it closes by itself after half an hour.
    UnpaidOrder {
        /// Which.
        order_id: String,
    },
}

/// What asking would come to now.
pub struct Prospect {
    /// Whether the account would end at once.
    pub at_once: bool,
    /// What must be settled first.
    pub obstacles: Vec<Obstacle>,
}

/// What a person asks for, as it came.
pub struct Wish<'a> {
    /// The notice was read and accepted.
    pub notice_accepted: bool,
    /// So were the important reminders.
    pub reminders_accepted: bool,
    /// As typed.
    pub code: &'a str,
}

/// What became of it.
pub struct Cancelled {
    /// When the account ends; none when it has.
    pub due_at: Option<Instant>,
}

/// Tells what asking would come to.
///
/// # Errors
/// When the database fails.
pub async fn prospect(app: &App, caller: &Caller) -> Result<Prospect> {
    let standing = person::standing(app, &app.db, caller.person_id).await?;
    let mut tx = app.db.begin_write("account.prospect").await?;
    let obstacles = obstacles(&mut tx, caller.person_id, app.now()).await?;
    tx.rollback().await?;
    Ok(Prospect {
        at_once: !standing.verified,
        obstacles,
    })
}

/// Asks for it: the account ends at once, or after thirty days without a sign-in; every session ends now.
///
/// # Errors
/// `agreement_required`, `code_wrong` `{left}`, `code_expired`, `code_used`, `code_dead`, `cancellation_blocked`
/// `{obstacles}` (the code stays good).
pub async fn cancel(app: &App, caller: &Caller, wish: &Wish<'_>) -> Result<Cancelled> {
    if !(wish.notice_accepted && wish.reminders_accepted) {
        return Err(Error::invalid("agreement_required"));
    }
    let (person, now) = (caller.person_id, app.now());
    let mut tx = app.db.begin_write("account.cancel").await?;
    let phone = present_phone(app, &mut tx, person).await?;
    let entered = Entered {
        phone_hash: &personal::phone_hash(app, &phone),
        purpose: Purpose::CancelAccount,
        code: wish.code,
        by_sha256: &sha256(format!("{}|{}", caller.session_id, wish.code).as_bytes()),
    };
    let mut tx = take(app, tx, &entered).await?;
    store::person::lock(&mut tx, person).await?;
    if !store::session::find_live(&mut tx, person, caller.session_id).await? {
        // The same request was faster elsewhere.
        return Err(Error::unauthenticated("unauthenticated"));
    }
    let verified = person::standing(app, &mut tx, person).await?.verified;
    let obstacles = obstacles(&mut tx, person, now).await?;
    let Ok(due_at) = account::cancel(verified, obstacles.len(), now) else {
        let told = serde_json::to_value(obstacles).map_err(Error::internal)?;
        return Err(Error::conflict("cancellation_blocked").with("obstacles", told));
    };
    let waiting = Waiting {
        id: app.new_id(),
        person_id: person,
        due_at,
    };
    let at_once = due_at <= now;
    let state = if at_once { State::Done } else { State::Waiting };
    store::cancellation::insert(&mut tx, &waiting, state, now).await?;
    store::session::end_all(&mut tx, person, None, "account_cancelled", now).await?;
    if at_once {
        end::end(app, &mut tx, person).await?;
    } else {
        schedule(app, &mut tx, &waiting).await?;
    }
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(Cancelled {
        due_at: (!at_once).then_some(due_at),
    })
}

/// What must be settled first, with the units held until the transaction ends.
pub(super) async fn obstacles(
    tx: &mut Tx,
    person: PersonId,
    now: Instant,
) -> Result<Vec<Obstacle>> {
    let units = store::cancellation::left_without_administrator(tx, person).await?;
    let orders = store::cancellation::unpaid_orders(tx, person, now).await?;
    let units = units
        .into_iter()
        .map(|(unit, unit_name)| Obstacle::SoleAdministrator {
            unit_id: unit.to_string(),
            unit_name,
        });
    let orders = orders.into_iter().map(|order| Obstacle::UnpaidOrder {
        order_id: order.to_string(),
    });
    Ok(units.chain(orders).collect())
}
