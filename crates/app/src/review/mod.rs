//! Cases: what operators decide about people and units (OPS-1, OPS-4). Whoever opens one says what was typed and what was
//! handed in; the decision is carried out in its own transaction by the noun that it is about.

mod decide;
pub mod desk;
mod facts;
mod open;
mod settle;

pub use decide::{Ruling, decide};
pub use facts::Facts;
pub(crate) use facts::{forget, open_facts};
pub use open::Standing;
pub(crate) use open::{NewCase, open, standing};
pub(crate) use settle::Told;
