//! One evaluation of the OPRF: counted before it is answered (PWD-5).

use cosign::oprf;
use domain::Instant;
use domain::id::{PasswordResetId, PersonId};
use domain::password::next_epoch;
use store::Tx;
use store::password::Password;

use super::reset;
use crate::limit::too_many;
use crate::{App, Caller, Error, Result, person};

/// What the phone wants to do with the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Set the first password; nothing can be guessed yet.
    Set,
    /// Use the password: a try.
    Use,
    /// Use a former one, on a device that was not there at the change: a try as well.
    Former(u32),
    /// Change it: the key is new, so nothing can be guessed yet.
    Change,
    /// Replace a forgotten one: the same, and a lock does not keep it back, since tries were why it is reset.
    Reset(PasswordResetId),
}

/// An answer.
#[derive(Clone, Copy, Debug)]
pub struct Evaluated {
    /// The evaluated element, SEC1 compressed.
    pub evaluated: [u8; 33],
    /// The epoch of the key that evaluated it.
    pub epoch: u32,
    /// Tries left after this one.
    pub attempts_left: i64,
}

/// Evaluates a blinded password under the person's key.
///
/// # Errors
/// `not_verified`, `password_already_set`, `password_not_set`, `password_locked` `{retry_after_s}`, `blinded_invalid` and
/// `password_epoch_unknown` (nothing counted), `password_reset_not_found`, `password_reset_expired`.
pub async fn evaluate(
    app: &App,
    caller: &Caller,
    blinded: &[u8],
    purpose: Purpose,
) -> Result<Evaluated> {
    let (person, now) = (caller.person_id, app.now());
    let mut tx = app.db.begin_write("password.evaluate").await?;
    person::require_verified(app, &mut tx, person).await?;
    if purpose == Purpose::Set {
        store::password::begin(
            &mut tx,
            person,
            &app.random_bytes(),
            app.settings.password_stretch(),
        )
        .await?;
    }
    // Locked from here on: side by side evaluations of one person stand in line.
    let found = store::password::lock(&mut tx, person).await?;
    let found = found.ok_or_else(|| Error::conflict("password_not_set"))?;
    match (purpose, &found.proof_public_key) {
        (Purpose::Set, Some(_)) => return Err(Error::conflict("password_already_set")),
        (Purpose::Set, None) | (_, Some(_)) => {}
        (_, None) => {
            return Err(Error::conflict("password_not_set"));
        }
    }
    let locked = |until: Instant| too_many("password_locked", until.micros_since(now));
    let mut attempts = found.attempts;
    match purpose {
        Purpose::Use | Purpose::Former(_) => {
            attempts = attempts.count(now).map_err(|lock| locked(lock.until))?;
            store::password::put_attempts(&mut tx, person, attempts).await?;
        }
        Purpose::Set | Purpose::Change => {
            if let Some(until) = attempts.locked(now) {
                return Err(locked(until));
            }
        }
        Purpose::Reset(id) => reset::require_open(app, &mut tx, caller, id).await?,
    }
    let (epoch, salt) = epoch_of(app, &mut tx, person, purpose, &found).await?;
    // The element is computed before the count is committed, so that a damaged one costs no try,
    // and handed out after, so that no answer goes uncounted.
    let evaluated = key(app, person, epoch, &salt)?
        .evaluate(blinded)
        .map_err(|error| Error::invalid("blinded_invalid").because(error))?;
    tx.commit().await?;
    Ok(Evaluated {
        evaluated,
        epoch,
        attempts_left: attempts.left(now),
    })
}

/// The epoch that is asked for, and what makes its key.
async fn epoch_of(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    purpose: Purpose,
    found: &Password,
) -> Result<(u32, [u8; 16])> {
    match purpose {
        Purpose::Change | Purpose::Reset(_) => {
            let next = next_epoch(found.epoch, found.next_epoch);
            let salt = app.random_bytes();
            store::password::begin_change(tx, person, next, &salt).await?;
            Ok((next, salt))
        }
        Purpose::Former(epoch) if epoch != found.epoch => {
            let salt = store::password::former_salt(tx, person, epoch).await?;
            let salt = salt.ok_or_else(|| Error::invalid("password_epoch_unknown"))?;
            Ok((epoch, salt))
        }
        Purpose::Set | Purpose::Use | Purpose::Former(_) => Ok((found.epoch, found.oprf_salt)),
    }
}

/// The person's key of an epoch: from the seed outside the database and the salt inside it, so that neither is enough.
fn key(app: &App, person: PersonId, epoch: u32, salt: &[u8; 16]) -> Result<oprf::ServerKey> {
    let mut info = format!("hulian/oprf/v1|{person}|{epoch}|").into_bytes();
    info.extend_from_slice(salt);
    oprf::ServerKey::derive(app.vault.oprf_seed(), &info).map_err(Error::internal)
}
