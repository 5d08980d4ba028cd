//! One evaluation of the OPRF: counted before it is answered (PWD-5).

use cosign::oprf;
use domain::id::PersonId;
use store::password::Password;

use crate::limit::too_many;
use crate::{App, Caller, Error, Result, person};

/// What the phone wants to do with the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Set the first password; nothing can be guessed yet.
    Set,
    /// Use the password: a try.
    Use,
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
/// `not_verified`, `password_already_set`, `password_not_set`, `password_locked` `{retry_after_s}`, `blinded_invalid`
/// (nothing counted).
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
        (Purpose::Use, None) => return Err(Error::conflict("password_not_set")),
        _ => {}
    }
    let mut attempts = found.attempts;
    if purpose == Purpose::Use {
        attempts = attempts
            .count(now)
            .map_err(|locked| too_many("password_locked", locked.until.micros_since(now)))?;
        store::password::put_attempts(&mut tx, person, attempts).await?;
    }
    // The element is computed before the count is committed, so that a damaged one costs no try,
    // and handed out after, so that no answer goes uncounted.
    let evaluated = key(app, person, &found)?
        .evaluate(blinded)
        .map_err(|error| Error::invalid("blinded_invalid").because(error))?;
    tx.commit().await?;
    Ok(Evaluated {
        evaluated,
        epoch: found.epoch,
        attempts_left: attempts.left(now),
    })
}

/// The person's key of this epoch: from the seed outside the database and the salt inside it, so that neither is enough.
fn key(app: &App, person: PersonId, password: &Password) -> Result<oprf::ServerKey> {
    let mut info = format!("hulian/oprf/v1|{person}|{}|", password.epoch).into_bytes();
    info.extend_from_slice(&password.oprf_salt);
    oprf::ServerKey::derive(app.vault.oprf_seed(), &info).map_err(Error::internal)
}
