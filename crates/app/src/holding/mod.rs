//! Holdings: what a person has, and where it works.

mod facts;
mod installs;
mod list;
mod of_member;
mod usable_here;

pub use installs::{InstallRecord, installs};
pub use list::{CertificateView, EntitlementView, HoldingView, UnitView, list};
pub use usable_here::{Seen, Where, usable_here};

pub(crate) use facts::standing;
pub(crate) use of_member::{end_of_member, resume, resume_of_member, suspend_of_member};
