//! The outside world: a trait each and an embedded default that really behaves.
//!
//! Invariant: this crate knows no storage, no routes and no rules of the service; it turns a question into an answer of
//! somebody outside, or into the reason why there is none.

use std::fmt;

/// What every provider tells of itself.
pub trait Provider: Send + Sync {
    /// Whether it is a stand-in that asks nobody outside; `--production` refuses to start with one.
    fn is_sandbox(&self) -> bool;
    /// Its name in configuration, logs and refusals.
    fn name(&self) -> &'static str;
}

/// The providers in force, one `Arc<dyn …>` per noun; each slice adds its own, here and in [`Providers::all`].
#[derive(Clone)]
pub struct Providers {}

impl Providers {
    /// The embedded defaults of every noun.
    #[must_use]
    pub const fn sandbox() -> Self {
        Self {}
    }

    /// All of them, for questions that concern each.
    #[must_use]
    pub fn all(&self) -> Vec<&dyn Provider> {
        Vec::new()
    }

    /// The names of those that are stand-ins.
    #[must_use]
    pub fn sandboxes(&self) -> Vec<&'static str> {
        self.all()
            .into_iter()
            .filter(|provider| provider.is_sandbox())
            .map(Provider::name)
            .collect()
    }
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.all().iter().map(|provider| provider.name()))
            .finish()
    }
}
