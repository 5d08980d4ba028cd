//! Verification: what each signature covers, whether it holds, whom it is from and what came after it.

mod chain;
mod changes;
mod check;
mod digests;
mod indication;
mod json;
mod level;
mod material;
mod pages;
mod ranges;
mod reason;
mod report;
mod stamps;

pub use changes::Modification;
pub use indication::{Indication, SubIndication};
pub(crate) use pages::of_signatures as pages_of_signatures;
pub(crate) use ranges::Ranges;
pub use reason::Reason;
pub use report::{
    Chain, Changes, Cost, Integrity, Level, Outcome, Policy, Report, SignatureKind,
    SignatureReport, SignatureTime,
};
