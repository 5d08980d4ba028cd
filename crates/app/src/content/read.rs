//! Who reads what.

use domain::content::{ContentKind, ContentState};
use domain::operator::Duty;
use store::content::Content;

use crate::operator::Acting;
use crate::{App, Result};

/// What everybody sees of a kind, in its order. Of the agreements the newest of each.
///
/// # Errors
/// When the database fails.
pub async fn published(app: &App, kind: ContentKind) -> Result<Vec<Content>> {
    let mut found = store::content::published(&app.db, kind).await?;
    if kind == ContentKind::Agreement {
        found.sort_by_key(|one| std::cmp::Reverse((one.published_at, one.id)));
        let mut seen = Vec::new();
        found.retain(|one| {
            let first = !seen.contains(&one.key);
            seen.push(one.key.clone());
            first
        });
    }
    debug_assert!(found.iter().all(|one| one.state == ContentState::Published));
    Ok(found)
}

/// All of a kind, drafts too, for those who write them.
///
/// # Errors
/// `duty_missing`.
pub async fn everything(app: &App, acting: &Acting, kind: ContentKind) -> Result<Vec<Content>> {
    acting.require(Duty::EditContent)?;
    Ok(store::content::of_kind(&app.db, kind).await?)
}
