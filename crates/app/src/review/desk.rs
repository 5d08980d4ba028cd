//! Cases as operators work on them: a list by duty, each masked until it is opened with a reason, and then for fifteen
//! minutes in clear for whoever opened it (IDV-5).

mod clear;
mod list;
mod look;
mod people;

pub use clear::{file, open_in_clear};
pub use list::{Item, Listing, Page, list};
pub use look::{Holder, Shown, look};

use domain::id::CaseId;
use domain::review::CaseKind;
use store::Exec;
use store::review::Case;

use crate::operator::Acting;
use crate::{Error, Result};

/// The kinds of cases that an operator sees: those that they may decide.
fn kinds_of(acting: &Acting) -> Vec<CaseKind> {
    let may = |kind: &&CaseKind| acting.duties.contains(&kind.duty());
    CaseKind::ALL.iter().filter(may).copied().collect()
}

/// A case of the operator's work.
async fn find(at: impl Into<Exec<'_>>, acting: &Acting, id: CaseId) -> Result<Case> {
    let found = store::review::find(at, id).await?;
    let case = found.ok_or_else(|| Error::not_found("case_not_found"))?;
    acting.require(case.kind.duty())?;
    Ok(case)
}
