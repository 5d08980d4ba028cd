//! Showing that the present password is known, before a former one is asked for (PWD-3).

use protocol::Statement;

use super::verify_proof;
use crate::{App, Caller, Error, Result, device};

/// A proof as the phone makes it; its counter keeps it from being replayed, since it forgets tries.
pub struct Proof<'a> {
    /// The device's counter.
    pub counter: i64,
    /// By the password's key over the statement.
    pub password_proof: &'a [u8; 64],
    /// By the device key over the same.
    pub device_signature: &'a [u8; 64],
}

/// Judges it, and forgets tries when it holds.
///
/// # Errors
/// `device_proof_invalid`, `device_counter_stale`, `password_not_set`, `password_wrong` `{attempts_left}`.
pub async fn prove(app: &App, caller: &Caller, proof: &Proof<'_>) -> Result<()> {
    let statement = Statement::PasswordProof {
        person_id: &caller.person_id.to_string(),
        device_id: &caller.device_id.to_string(),
        counter: proof.counter,
    };
    let statement = statement.to_bytes().map_err(Error::internal)?;
    let (device, person) = (caller.device_id, caller.person_id);
    let mut tx = app.db.begin_write("password.prove").await?;
    device::verify(
        &mut tx,
        device,
        &statement,
        proof.device_signature,
        proof.counter,
    )
    .await?;
    verify_proof(app, &mut tx, person, &statement, proof.password_proof).await?;
    Ok(tx.commit().await?)
}
