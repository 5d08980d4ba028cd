//! Documents: a working copy in the tool's folder, revision after revision, each a file named by its digest.
//!
//! Revisions are never changed, only added and left: a seal writes a new file and renames it, so at every instant one
//! whole revision is the current one, and the journal says which. The one before stays as long as pages still read it.

mod change;
mod facts;
mod mend;
mod open;
mod outside;
mod save;
mod view;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pdf_seal::PageInfo;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) use change::Next;
pub(crate) use facts::{Facts, SealFacts, pages as pages_of, seals as seals_of};
pub(crate) use view::{DocumentView, download_name};

/// A document as the journal keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub document_id: Uuid,
    pub file_name: String,
    /// The person's own file, when it was opened by its path.
    pub path: Option<PathBuf>,
    /// Digest of that file when it was last read or written by us.
    pub path_sha256: Option<String>,
    /// Digest of the revision that the person has: opened, saved or downloaded.
    pub saved_sha256: String,
    /// From 1; rises with each seal and un-seal.
    pub revision: u32,
    pub bytes: u64,
    pub sha256: String,
    /// The revision before, still readable.
    pub before: Option<Before>,
    pub opened_at_us: i64,
    pub seals: Vec<SealFacts>,
    /// The file that was given was damaged, and written anew when it was opened.
    #[serde(default)]
    pub repaired: bool,
}

/// A revision that is not the current one any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Before {
    pub revision: u32,
    pub bytes: u64,
    pub sha256: String,
}

/// A document that is open.
#[derive(Debug)]
pub(crate) struct Document {
    pub id: Uuid,
    now: Mutex<Now>,
    /// Held by whoever makes the next revision, saves or closes.
    pub work: tokio::sync::Mutex<()>,
}

#[derive(Debug, Clone)]
pub(crate) struct Now {
    pub kept: Kept,
    pub pages: Arc<[PageInfo]>,
    /// The working copy is not what the journal says and could not be taken up anew.
    pub damaged: bool,
    /// Length and time of the person's file when its digest was last compared, and what came of it.
    pub outside: Option<outside::Glance>,
}

impl Document {
    pub fn new(kept: Kept, pages: Arc<[PageInfo]>, damaged: bool) -> Self {
        let id = kept.document_id;
        let now = Now {
            kept,
            pages,
            damaged,
            outside: None,
        };
        Self {
            id,
            now: Mutex::new(now),
            work: tokio::sync::Mutex::new(()),
        }
    }

    /// The document as it is now, consistent in itself.
    pub fn now(&self) -> Now {
        self.lock().clone()
    }

    pub fn lock(&self) -> MutexGuard<'_, Now> {
        // Every change is one assignment: a panic elsewhere leaves nothing half-changed.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// The person has this revision.
    pub fn is_saved(&self) -> bool {
        self.saved_sha256 == self.sha256
    }

    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}
