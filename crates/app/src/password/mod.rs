//! Certificate passwords. The server never has one: it holds a key that blinds it, counts tries, and knows a public key
//! that only the right password unlocks.

mod change;
mod evaluate;
mod proof;
mod prove;
mod set;
mod view;

pub use change::change;
pub use evaluate::{Evaluated, Purpose, evaluate};
pub use proof::verify_proof;
pub use prove::{Proof, prove};
pub use set::{NewPassword, set};
pub use view::{View, is_set, view};

use domain::id::PersonId;

use crate::App;

/// The first epoch; a change raises it.
pub(crate) const FIRST_EPOCH: u32 = 1;

/// The salt of a person's stretch: no secret, the same on every device, and unlike anybody else's.
fn salt(app: &App, person: PersonId) -> [u8; 16] {
    let hash = app.vault.index_hash("password.salt", person.as_bytes());
    let mut salt = [0; 16];
    salt.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    salt
}
