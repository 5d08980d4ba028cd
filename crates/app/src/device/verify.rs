//! A device signs a statement: all key operations need it besides the session.

use domain::id::DeviceId;
use store::{Exec, Tx};

use crate::{Error, Result, signature};

/// Checks a statement that carries `counter`, and raises the device's counter in `tx`. The device's row is locked until
/// the transaction ends, so of two statements with one counter only one passes.
///
/// # Errors
/// `device_proof_invalid`; `device_counter_stale` when the counter was seen before: a replay, or a copied phone store.
pub async fn verify(
    tx: &mut Tx,
    device: DeviceId,
    statement: &[u8],
    signature: &[u8; 64],
    counter: i64,
) -> Result<()> {
    let found = store::device::lock(tx, device).await?;
    check_signature(&found.public_key, statement, signature)?;
    if counter <= found.counter {
        return Err(Error::conflict("device_counter_stale"));
    }
    Ok(store::device::raise_counter(tx, device, counter).await?)
}

/// Checks a statement that carries no counter, since it can do no harm twice.
///
/// # Errors
/// `device_proof_invalid`.
pub async fn verify_statement(
    at: impl Into<Exec<'_>>,
    device: DeviceId,
    statement: &[u8],
    signature: &[u8; 64],
) -> Result<()> {
    let public_key = store::device::public_key(at, device).await?;
    check_signature(&public_key, statement, signature)
}

pub(crate) fn check_signature(
    public_key: &[u8],
    statement: &[u8],
    signature: &[u8; 64],
) -> Result<()> {
    if signature::is_by(public_key, statement, signature) {
        Ok(())
    } else {
        Err(Error::invalid("device_proof_invalid"))
    }
}
