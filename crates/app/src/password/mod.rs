//! Certificate passwords. The server never has one: it holds a key that blinds it, counts tries, and knows a public key
//! that only the right password unlocks.

mod change;
mod evaluate;
mod proof;
mod prove;
mod reset;
mod reset_key;
mod set;
mod view;

pub use change::change;
pub use evaluate::{Evaluated, Purpose, evaluate};
pub use proof::verify_proof;
pub use prove::{Proof, prove};
pub use reset::{Allowing, Begun, begin_reset, finish_reset};
pub use reset_key::{Opened, ResetKey, put_reset_key};
pub use set::{NewPassword, set};
pub use view::{View, is_set, view};

use domain::id::PersonId;
use store::Tx;
use store::password::Password;

use crate::{App, Error, Result};

/// The first epoch; a change raises it.
pub(crate) const FIRST_EPOCH: u32 = 1;

/// A person's password and its proof key, locked until the transaction ends.
///
/// # Errors
/// `password_not_set`.
async fn require_set(tx: &mut Tx, person: PersonId) -> Result<(Password, Vec<u8>)> {
    let found = store::password::lock(tx, person).await?;
    let set = found.and_then(|mut password| {
        let key = password.proof_public_key.take()?;
        Some((password, key))
    });
    set.ok_or_else(|| Error::conflict("password_not_set"))
}

/// The salt of a person's stretch: no secret, the same on every device, and unlike anybody else's.
fn salt(app: &App, person: PersonId) -> [u8; 16] {
    let hash = app.vault.index_hash("password.salt", person.as_bytes());
    let mut salt = [0; 16];
    salt.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    salt
}
