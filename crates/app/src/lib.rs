//! Use cases: one file is one thing that a person, a platform or a job can do. Check, decide, write.
//!
//! Invariant: this crate knows no axum type and no SQL text. Rules are functions of `domain`, rows are functions of
//! `store`; a use case loads, lets a rule decide, and writes in one short named transaction that never talks to the network.

pub mod account;
pub mod application;
pub mod asker;
pub mod audit;
pub mod bank;
mod caller;
pub mod cashier;
pub mod catalogue;
pub mod certificate;
pub mod clock;
pub mod content;
pub mod device;
pub mod error;
pub mod face;
pub mod fault;
mod feed;
pub mod holding;
pub mod install;
pub mod invitation;
pub mod key_half;
pub mod limit;
pub mod material;
pub mod membership;
mod notice;
pub mod once;
pub mod operation;
pub mod operator;
pub mod order;
pub mod password;
pub mod person;
mod personal;
pub mod pki;
pub mod random;
pub mod recovery;
pub mod review;
pub mod sandbox;
pub mod scan;
pub mod seal;
pub mod session;
mod settings;
pub mod shelf;
mod signature;
pub mod sms_code;
pub mod sweep;
pub mod takeover;
mod text;
pub mod timestamp;
pub mod unit;
pub mod unit_change;
pub mod unit_material;
pub mod unit_permission;
pub mod unit_profile;
pub mod verification;
pub mod work;

use std::sync::Arc;

use domain::{Id, Instant};
use issuer::Issuer;
use providers::Providers;
use store::blob::Blobs;
use store::{Db, Vault, Wake};

pub use caller::Caller;
pub use clock::Clock;
pub use error::{Error, Kind, Result};
pub use once::Ticket;
pub use random::{Draw, RandomSource};
pub use settings::Settings;

/// Everything a use case may reach. Cloning is cheap; there are no statics.
#[derive(Clone)]
pub struct App {
    /// The rows.
    pub db: Db,
    /// Opens and seals personal columns.
    pub vault: Vault,
    /// Files.
    pub blobs: Blobs,
    /// The embedded certificate authority.
    pub issuer: Arc<Issuer>,
    /// The one clock.
    pub clock: Arc<dyn Clock>,
    /// The one source of randomness.
    pub random: Arc<dyn RandomSource>,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    /// Hints to those who wait.
    pub wake: Wake,
    /// The outside world.
    pub providers: Providers,
}

impl App {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// `not_ready`.
    pub async fn ready(&self) -> Result<()> {
        let answered = store::setting::find(&self.db, "ready").await;
        answered
            .map(drop)
            .map_err(|error| Error::unavailable("not_ready").because(error))
    }

    /// A new id of any noun.
    #[must_use]
    pub fn new_id<T: From<Id>>(&self) -> T {
        T::from(Id::from_parts(self.now(), self.random_bytes()))
    }

    /// Random bytes.
    #[must_use]
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }

    /// A generator for the libraries that draw for themselves.
    #[must_use]
    pub fn rng(&self) -> Draw {
        Draw::from(Arc::clone(&self.random))
    }
}
