//! A proof that the right password was entered.

use domain::id::PersonId;
use store::Tx;

use crate::{App, Error, Result, signature};

/// Checks the proof key's signature over a statement, and forgets tries and locks in `tx`. The try itself was counted
/// when the OPRF was evaluated; the statement's counter, which `device::verify` checks, keeps proofs from being replayed.
///
/// # Errors
/// `password_not_set`, `password_wrong` `{attempts_left}`.
pub async fn verify_proof(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    statement: &[u8],
    proof: &[u8; 64],
) -> Result<()> {
    let (found, key) = super::require_set(tx, person).await?;
    if !signature::is_by(&key, statement, proof) {
        return Err(Error::forbidden("password_wrong")
            .with("attempts_left", found.attempts.left(app.now())));
    }
    Ok(store::password::put_attempts(tx, person, found.attempts.proven()).await?)
}
