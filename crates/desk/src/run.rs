//! A continuous run: one seal after another over several documents, while the phone scans code after code.

use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::desk::{Desk, lock};
use crate::error::Error;
use crate::events::Event;
use crate::journal::Record;
use crate::scan::{Scan, SealWish, View};

/// Codes that a phone takes in one run.
const ITEMS_MAX: usize = 50;

/// One seal of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Item {
    pub document_id: Uuid,
    pub mode: String,
    pub at: Option<(f64, f64)>,
}

/// A run as the journal keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptRun {
    pub run_id: Uuid,
    pub items: Vec<Item>,
    pub done: usize,
    pub seal_id: Option<String>,
    pub platform_id: Option<String>,
    pub purpose: String,
    /// The scan of the item that is next.
    pub scan_id: Option<Uuid>,
}

/// A run.
#[derive(Debug)]
pub(crate) struct Run {
    kept: Mutex<KeptRun>,
}

/// A run as the page sees it.
#[derive(Debug, Serialize)]
pub(crate) struct RunView {
    run_id: Uuid,
    total: usize,
    done: usize,
    scan: Option<View>,
}

impl Run {
    pub fn kept(&self) -> KeptRun {
        lock(&self.kept).clone()
    }
}

impl Desk {
    /// Begins with the first item.
    pub(crate) async fn begin_run(&self, wish: KeptRun) -> Result<Arc<Run>, Error> {
        if wish.items.is_empty() || wish.items.len() > ITEMS_MAX {
            return Err(Error::invalid("run_length").with("most", ITEMS_MAX));
        }
        for item in &wish.items {
            self.document(item.document_id)?;
        }
        let scan = self.begin_item(&wish).await?;
        let kept = KeptRun {
            scan_id: Some(scan.id),
            ..wish
        };
        self.write(&Record::Run(Box::new(kept.clone())))?;
        let run = Arc::new(Run {
            kept: Mutex::new(kept),
        });
        lock(&self.inner().runs).insert(run.kept().run_id, Arc::clone(&run));
        Ok(run)
    }

    async fn begin_item(&self, run: &KeptRun) -> Result<Arc<Scan>, Error> {
        let item = run.items.get(run.done);
        let item = item.ok_or(Error::Internal("a run beyond its end"))?;
        let wish = SealWish {
            mode: item.mode.clone(),
            at: item.at,
            seal_id: run.seal_id.clone(),
            platform_id: run.platform_id.clone(),
            purpose: run.purpose.clone(),
            continuous: true,
            run_id: Some(run.run_id),
        };
        let document = self.document(item.document_id)?;
        match self.begin_seal(&document, wish.clone()).await {
            // The run stands where it is: the page shows why, and a fresh code goes on.
            Err(error) if run.done > 0 => self.begin_failed(&document, wish, &error),
            other => other,
        }
    }

    /// A seal of a run has landed: the next item's code follows by itself.
    pub(crate) async fn go_on(&self, landed: &Scan) {
        let run = landed.wish.run_id.and_then(|id| self.run(id).ok());
        let Some(run) = run else { return };
        let mut kept = run.kept();
        if kept.scan_id != Some(landed.id) {
            return;
        }
        kept.done += 1;
        kept.scan_id = None;
        // What was picked once holds for the whole run.
        kept.seal_id = landed.view().seal_id;
        if kept.done < kept.items.len() {
            match self.begin_item(&kept).await {
                Ok(scan) => kept.scan_id = Some(scan.id),
                Err(error) => tracing::warn!(%error, "a run does not go on"),
            }
        }
        let over = kept.done == kept.items.len();
        let run_id = kept.run_id;
        let record = match over {
            true => Record::RunOver { run_id },
            false => Record::Run(Box::new(kept.clone())),
        };
        *lock(&run.kept) = kept;
        if let Err(error) = self.write(&record) {
            tracing::warn!(%error, "the progress of a run was not written");
        }
        self.tell_run(run_id);
    }

    /// Ends a run; what has landed stays.
    pub(crate) async fn end_run(&self, id: Uuid) -> Result<(), Error> {
        let run = self.run(id)?;
        self.write(&Record::RunOver { run_id: id })?;
        lock(&self.inner().runs).remove(&id);
        let scan = run.kept().scan_id.and_then(|scan| self.scan(scan).ok());
        if let Some(scan) = scan {
            // A seal that is being signed lands; it has no run any more to go on with.
            let _ = self.cancel(&scan).await;
        }
        if let Ok(asker) = self.inner().link.asker().await
            && let Err(error) = asker.end_runs(self.now_us()).await
        {
            tracing::info!(%error, "the phone ends its run by itself");
        }
        self.tell_run(id);
        Ok(())
    }

    pub(crate) fn run(&self, id: Uuid) -> Result<Arc<Run>, Error> {
        let found = lock(&self.inner().runs).get(&id).cloned();
        found.ok_or_else(|| Error::not_found("run_not_found"))
    }

    pub(crate) fn run_view(&self, run: &Run) -> RunView {
        let kept = run.kept();
        let scan = kept.scan_id.and_then(|id| self.scan(id).ok());
        RunView {
            run_id: kept.run_id,
            total: kept.items.len(),
            done: kept.done,
            scan: scan.map(|scan| scan.view()),
        }
    }

    pub(crate) fn bring_back_runs(&self, kept: impl Iterator<Item = KeptRun>) {
        let mut runs = lock(&self.inner().runs);
        for kept in kept {
            let run = Run {
                kept: Mutex::new(kept),
            };
            runs.insert(run.kept().run_id, Arc::new(run));
        }
    }

    fn tell_run(&self, id: Uuid) {
        let _ = self.inner().events.send(Event::Run(id));
    }
}
