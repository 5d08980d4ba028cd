//! The work list.

use domain::Instant;
use domain::id::CaseId;
use domain::review::{CaseKind, CaseState};
use store::review::{Listed, Query};

use super::kinds_of;
use super::look::Holder;
use super::people;
use crate::operator::{Acting, Names};
use crate::{App, Error, Result};

/// Cases of one page.
const PAGE: u32 = 50;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// Only this kind.
    pub kind: Option<CaseKind>,
    /// Open ones oldest first, others newest first.
    pub state: CaseState,
    /// Where the page before ended.
    pub after: Option<(Instant, CaseId)>,
}

/// A line of the work list; whom it is about is masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Id.
    pub case_id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// How it stands.
    pub state: CaseState,
    /// The person's name, or number as long as no name is proven.
    pub person: String,
    /// The unit's name, which is public.
    pub unit: Option<String>,
    /// Since when it waits.
    pub opened_at: Instant,
    /// When it was decided or withdrawn.
    pub decided_at: Option<Instant>,
    /// The name of whoever decided it.
    pub decided_by: Option<String>,
    /// Who has it at hand now.
    pub holder: Option<Holder>,
}

/// Some of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The cases.
    pub items: Vec<Item>,
    /// Where the next page begins; nothing at the end.
    pub after: Option<(Instant, CaseId)>,
    /// How many wait, of each kind that the operator sees.
    pub waiting: Vec<(CaseKind, u32)>,
    /// When this was so.
    pub now: Instant,
}

/// A page of the cases that the operator may decide.
///
/// # Errors
/// `duty_missing` for whoever may decide none, or none of the kind.
pub async fn list(app: &App, acting: &Acting, listing: &Listing) -> Result<Page> {
    let mut kinds = kinds_of(acting);
    if kinds.is_empty() {
        return Err(
            Error::forbidden("duty_missing").with("duty", CaseKind::PersonFace.duty().as_str())
        );
    }
    let waiting = store::review::count_open(&app.db).await?;
    let waiting = waiting.into_iter().filter(|(kind, _)| kinds.contains(kind));
    let waiting = waiting.collect();
    if let Some(kind) = listing.kind {
        acting.require(kind.duty())?;
        kinds = vec![kind];
    }
    let query = Query {
        kinds: &kinds,
        state: listing.state,
        after: listing.after,
        most: PAGE,
    };
    let found = store::review::list(&app.db, &query).await?;
    let full = found.len() == PAGE as usize;
    let last = found.last().filter(|_| full);
    let after = last.map(|last| (last.case.opened_at, last.case.id));
    let (mut names, mut items) = (Names::default(), Vec::new());
    for one in found {
        items.push(item(app, &mut names, one).await?);
    }
    Ok(Page {
        items,
        after,
        waiting,
        now: app.now(),
    })
}

async fn item(app: &App, names: &mut Names, one: Listed) -> Result<Item> {
    let person = people::listed(app, &one)?;
    let Listed { case, held, .. } = one;
    let decided_by = match case.decided_by {
        Some(by) => Some(names.of(app, by).await?),
        None => None,
    };
    Ok(Item {
        case_id: case.id,
        kind: case.kind,
        state: case.state,
        person,
        unit: one.unit_name,
        opened_at: case.opened_at,
        decided_at: case.decided_at,
        decided_by,
        holder: Holder::of(app, names, case.state, held).await?,
    })
}
