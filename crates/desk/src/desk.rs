//! The desk itself: what is open, what is going on, and the way back after a crash.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;
use uuid::Uuid;

use crate::document::{Document, DocumentView, Kept};
use crate::error::Error;
use crate::events::Event;
use crate::files;
use crate::folder::Folder;
use crate::journal::{Journal, Record};
use crate::link::Link;
use crate::run::Run;
use crate::scan::Scan;

/// The computer's clock, in microseconds since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Events that a slow page may be behind before it is told to look at everything anew.
const EVENTS_WAITING: usize = 256;

/// What a desk is started with.
#[derive(Clone)]
pub struct Settings {
    /// The server.
    pub server: String,
    /// The data folder.
    pub data: PathBuf,
    /// The name that phones show.
    pub name: String,
    /// The clock.
    pub clock: Clock,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("server", &self.server)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

/// A desk; clones are the same one.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

pub(crate) struct Inner {
    pub folder: Arc<Folder>,
    pub link: Link,
    pub events: broadcast::Sender<Event>,
    pub recovered: Vec<Uuid>,
    /// Held while a scan is opened, so that a document never gets two.
    pub beginning: tokio::sync::Mutex<()>,
    clock: Clock,
    journal: Mutex<Journal>,
    documents: Mutex<BTreeMap<Uuid, Arc<Document>>>,
    pub(crate) scans: Mutex<BTreeMap<Uuid, Arc<Scan>>>,
    pub(crate) runs: Mutex<BTreeMap<Uuid, Arc<Run>>>,
}

/// What the journal remembers.
#[derive(Default)]
struct Remembered {
    documents: BTreeMap<Uuid, Kept>,
    scans: BTreeMap<Uuid, crate::scan::KeptScan>,
    runs: BTreeMap<Uuid, crate::run::KeptRun>,
}

impl Remembered {
    fn from(records: Vec<Record>) -> Self {
        let mut all = Self::default();
        for record in records {
            match record {
                Record::Document(kept) => {
                    all.documents.insert(kept.document_id, *kept);
                }
                Record::Closed { document_id } => {
                    all.documents.remove(&document_id);
                }
                Record::Scan(kept) => {
                    all.scans.insert(kept.scan_id, *kept);
                }
                Record::ScanOver { scan_id } => {
                    all.scans.remove(&scan_id);
                }
                Record::Run(kept) => {
                    all.runs.insert(kept.run_id, *kept);
                }
                Record::RunOver { run_id } => {
                    all.runs.remove(&run_id);
                }
            }
        }
        let documents = &all.documents;
        all.scans.retain(|_, scan| {
            let of = scan.wish.document_id;
            of.is_none_or(|id| documents.contains_key(&id))
        });
        all
    }

    fn records(&self) -> Vec<Record> {
        let documents = self.documents.values().cloned().map(Box::new);
        let scans = self.scans.values().cloned().map(Box::new);
        let runs = self.runs.values().cloned().map(Box::new);
        documents
            .map(Record::Document)
            .chain(scans.map(Record::Scan))
            .chain(runs.map(Record::Run))
            .collect()
    }
}

impl Desk {
    /// Opens the data folder and brings back what was open.
    ///
    /// # Errors
    /// `desk_runs_already`, `desk_key_damaged`, `journal_damaged`, or a file that cannot be used.
    pub fn open(settings: &Settings) -> Result<Self, Error> {
        let folder = Arc::new(Folder::open(&settings.data)?);
        let key = folder.key()?;
        let (mut journal, records) = Journal::open(&folder.journal())?;
        let remembered = Remembered::from(records);
        journal.rewrite(&remembered.records())?;
        let known: Vec<Uuid> = remembered.documents.keys().copied().collect();
        folder.forget_all_but(&known);
        let link = Link::new(
            &settings.server,
            key,
            &settings.name,
            Arc::clone(&settings.clock),
            Arc::clone(&folder),
        )?;
        let documents = remembered
            .documents
            .into_iter()
            .map(|(id, kept)| (id, Arc::new(bring_back(&folder, kept))));
        let inner = Inner {
            documents: Mutex::new(documents.collect()),
            scans: Mutex::default(),
            runs: Mutex::default(),
            events: broadcast::channel(EVENTS_WAITING).0,
            recovered: known,
            beginning: tokio::sync::Mutex::new(()),
            clock: Arc::clone(&settings.clock),
            journal: Mutex::new(journal),
            folder,
            link,
        };
        let desk = Self(Arc::new(inner));
        desk.bring_back_scans(remembered.scans.into_values());
        desk.bring_back_runs(remembered.runs.into_values());
        Ok(desk)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    pub(crate) fn now_us(&self) -> i64 {
        (self.0.clock)()
    }

    /// A new UUIDv7.
    pub(crate) fn new_id(&self) -> Result<Uuid, Error> {
        let mut random = [0; 10];
        getrandom::fill(&mut random).map_err(|_| Error::Internal("no randomness"))?;
        let millis = u64::try_from(self.now_us().div_euclid(1000)).unwrap_or(0);
        Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// Writes to the journal; when this returns, it lasts.
    pub(crate) fn write(&self, record: &Record) -> Result<(), Error> {
        lock(&self.0.journal).append(record)
    }

    pub(crate) fn documents(&self) -> Vec<Arc<Document>> {
        lock(&self.0.documents).values().cloned().collect()
    }

    pub(crate) fn document(&self, id: Uuid) -> Result<Arc<Document>, Error> {
        let found = lock(&self.0.documents).get(&id).cloned();
        found.ok_or_else(|| Error::not_found("document_not_found"))
    }

    pub(crate) fn document_at(&self, path: &std::path::Path) -> Option<Arc<Document>> {
        let mut documents = self.documents().into_iter();
        documents.find(|document| document.lock().kept.path() == Some(path))
    }

    pub(crate) fn add_document(&self, document: &Arc<Document>) {
        lock(&self.0.documents).insert(document.id, Arc::clone(document));
    }

    pub(crate) fn remove_document(&self, id: Uuid) {
        lock(&self.0.documents).remove(&id);
    }

    /// May read the person's file; not for the threads that answer requests.
    pub(crate) fn view(&self, document: &Document) -> DocumentView {
        document.view(self.open_scan_of(document.id).map(|scan| scan.id))
    }

    /// What seals are placed on.
    pub(crate) fn paper(&self, document: &Document) -> crate::place::Paper {
        let now = document.now();
        let file = self.0.folder.revision(document.id, &now.kept.sha256);
        crate::place::Paper {
            pages: now.pages,
            file,
        }
    }

    pub(crate) fn tell_document(&self, document: &Document) {
        // Nobody may be listening.
        let _ = self.0.events.send(Event::Document(document.id));
    }

    pub(crate) fn tell_state(&self) {
        let _ = self.0.events.send(Event::State);
    }
}

/// A document whose file does not fit the journal is kept and marked: it may be all that the person has.
fn bring_back(folder: &Folder, kept: Kept) -> Document {
    let path = folder.revision(kept.document_id, &kept.sha256);
    let fits = path.metadata().is_ok_and(|file| file.len() == kept.bytes);
    let pages = fits
        .then(|| files::map(&path).and_then(crate::document::pages_of).ok())
        .flatten();
    let damaged = pages.is_none();
    Document::new(kept, pages.unwrap_or_default(), damaged)
}

/// Locks; a panic of another holder leaves nothing half-changed in the maps that are locked so.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs what waits for the disk or computes for long.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Internal("a piece of work failed"))?
}
