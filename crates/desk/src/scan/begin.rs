//! A scan begins, ends by the page's wish, and begins again with a fresh code.

use std::sync::Arc;

use client::asker::Wish as SessionWish;
use serde_json::{Value, json};
use uuid::Uuid;

use super::view::Failure;
use super::{KeptScan, Kind, Scan, State, View, Wish};
use crate::desk::{Desk, blocking, lock};
use crate::document::Document;
use crate::error::Error;
use crate::journal::Record;
use crate::place::{Mode, Shape};

/// Scans that are remembered after their end, for pages that still look at them.
const SCANS_KEPT: usize = 200;
/// A seal's size before one is known: only the number of places follows from it.
const USUAL_MM: f64 = 40.0;

/// A seal as the page wishes it.
#[derive(Debug, Clone)]
pub(crate) struct SealWish {
    pub mode: String,
    pub at: Option<(f64, f64)>,
    pub seal_id: Option<String>,
    pub platform_id: Option<String>,
    pub purpose: String,
    pub continuous: bool,
    pub run_id: Option<Uuid>,
}

impl Desk {
    /// Opens a scan for one seal.
    pub(crate) async fn begin_seal(
        &self,
        document: &Arc<Document>,
        wish: SealWish,
    ) -> Result<Arc<Scan>, Error> {
        let _beginning = self.inner().beginning.lock().await;
        self.one_at_a_time(document)?;
        {
            let _working = document.work.lock().await;
            self.follow_outside(document).await?;
        }
        if document.now().damaged {
            return Err(Error::conflict("working_copy_damaged"));
        }
        self.begin(wish.of(document.id)).await
    }

    /// Opens a scan that signs the tool in.
    pub(crate) async fn begin_login(&self, purpose: String) -> Result<Arc<Scan>, Error> {
        let platform_id = None;
        self.begin(Wish::bare(Kind::Login, None, purpose, platform_id))
            .await
    }

    /// Opens a scan that takes the last seal away.
    pub(crate) async fn begin_unseal(
        &self,
        document: &Arc<Document>,
        purpose: String,
        platform_id: Option<String>,
    ) -> Result<Arc<Scan>, Error> {
        let _beginning = self.inner().beginning.lock().await;
        self.one_at_a_time(document)?;
        let wish = Wish::bare(Kind::Unseal, Some(document.id), purpose, platform_id);
        self.begin(wish).await
    }

    fn one_at_a_time(&self, document: &Document) -> Result<(), Error> {
        match self.open_scan_of(document.id) {
            None => Ok(()),
            Some(open) => Err(Error::conflict("scan_open").with("scan_id", open.id.to_string())),
        }
    }

    async fn begin(&self, wish: Wish) -> Result<Arc<Scan>, Error> {
        let scan = Arc::new(Scan::new(self.new_id()?, wish, State::Created));
        self.open_code(&scan).await?;
        self.write(&Record::Scan(Box::new(KeptScan {
            scan_id: scan.id,
            wish: scan.wish.clone(),
        })))?;
        self.remember(&scan);
        self.drive(&scan);
        self.tell_of(&scan);
        Ok(scan)
    }

    /// A scan that could not be opened, for the page to show and to renew.
    pub(crate) fn begin_failed(
        &self,
        document: &Document,
        wish: SealWish,
        error: &Error,
    ) -> Result<Arc<Scan>, Error> {
        let wish = wish.of(document.id);
        let scan = Arc::new(Scan::new(self.new_id()?, wish, State::Failed));
        let (code, params) = error.told();
        scan.change(|view| view.failure = Some(Failure { code, params }));
        self.remember(&scan);
        Ok(scan)
    }

    /// Asks the server for a code.
    async fn open_code(&self, scan: &Scan) -> Result<(), Error> {
        let ask = self.ask(scan).await?;
        let asker = self.inner().link.asker().await?;
        let wish = SessionWish {
            kind: scan.wish.kind.as_str(),
            purpose: &scan.wish.purpose,
            platform_id: scan.wish.platform_id.as_deref(),
            ask,
            continuous: scan.wish.continuous,
        };
        let opened = asker.open(&wish, self.now_us()).await;
        if matches!(opened, Err(client::Error::Unreachable(_))) {
            self.inner().link.kick();
        }
        let created = Arc::new(opened?);
        *lock(&scan.session) = Some(Arc::clone(&created));
        let fresh = View::new(scan.id, &scan.wish, State::Created);
        scan.change(|view| {
            *view = View {
                version: view.version,
                code_text: Some(created.code_text.clone()),
                short_code: Some(created.short_code.clone()),
                match_number: Some(created.match_number.clone()),
                expires_at_us: Some(created.claim_expires_at_us),
                ..fresh
            };
        });
        Ok(())
    }

    async fn ask(&self, scan: &Scan) -> Result<Value, Error> {
        let wish = &scan.wish;
        let document = wish.document_id.map(|id| self.document(id)).transpose()?;
        match (wish.kind, document) {
            (Kind::Seal, Some(document)) => {
                let shape = Shape {
                    at: wish.at,
                    width_mm: USUAL_MM,
                    height_mm: USUAL_MM,
                };
                let (mode, paper) = (Mode::parse(&wish.mode)?, self.paper(&document));
                let count = blocking(move || Ok(paper.plan(&mode, shape)?.marks.len())).await?;
                let mut ask = json!({"mode": wish.mode, "mark_count_max": count});
                if let (Some(seal), Some(members)) = (&wish.seal_id, ask.as_object_mut()) {
                    members.insert("seal_id".to_owned(), seal.as_str().into());
                }
                Ok(ask)
            }
            (Kind::Unseal, Some(document)) => super::unseal::ask(&document),
            (Kind::Login, _) => Ok(json!({"certificate": false})),
            _ => Err(Error::not_found("document_not_found")),
        }
    }

    /// A fresh code for the same wish; the scan stays the same one.
    pub(crate) async fn renew(&self, scan: &Arc<Scan>) -> Result<(), Error> {
        let _beginning = self.inner().beginning.lock().await;
        let state = scan.view().state;
        if state.is_done() || state == State::Signing {
            return Err(Error::conflict("scan_state"));
        }
        if let Some(id) = scan.wish.document_id {
            let document = self.document(id)?;
            if let Some(other) = self.open_scan_of(id).filter(|other| other.id != scan.id) {
                let refused = Error::conflict("scan_open");
                return Err(refused.with("scan_id", other.id.to_string()));
            }
            let _working = document.work.lock().await;
            self.follow_outside(&document).await?;
        }
        self.stop(scan, None).await;
        scan.pick.send_replace(scan.wish.seal_id.clone());
        if let Err(error) = self.open_code(scan).await {
            // The code before is given up already.
            let (code, params) = error.told();
            self.end(scan, State::Failed, Some(Failure { code, params }));
            return Err(error);
        }
        self.write(&Record::Scan(Box::new(KeptScan {
            scan_id: scan.id,
            wish: scan.wish.clone(),
        })))?;
        self.drive(scan);
        self.tell_of(scan);
        Ok(())
    }

    /// Takes a scan back.
    pub(crate) async fn cancel(&self, scan: &Arc<Scan>) -> Result<(), Error> {
        match scan.view().state {
            State::Signing => Err(Error::conflict("scan_state")),
            state if state.is_over() => Ok(()),
            _ => {
                self.stop(scan, Some(State::Cancelled)).await;
                Ok(())
            }
        }
    }

    async fn stop(&self, scan: &Arc<Scan>, state: Option<State>) {
        scan.stop.send_modify(|turn| *turn += 1);
        let session = lock(&scan.session).take();
        if let Some(state) = state {
            self.end(scan, state, None);
        }
        if let Some(session) = session {
            // A server that cannot be reached lets the code expire by itself.
            let _ = session.cancel(self.inner().link.api()).await;
        }
    }

    /// Picks the seal.
    pub(crate) fn pick(&self, scan: &Scan, seal_id: &str) -> Result<(), Error> {
        let view = scan.view();
        if view.state != State::ChooseSeal {
            return Err(Error::conflict("scan_state"));
        }
        let offered = view.seals.unwrap_or_default();
        if !offered.iter().any(|seal| seal.seal_id == seal_id) {
            return Err(Error::not_found("seal_not_found"));
        }
        scan.pick.send_replace(Some(seal_id.to_owned()));
        Ok(())
    }

    pub(crate) fn scan(&self, id: Uuid) -> Result<Arc<Scan>, Error> {
        let found = lock(&self.inner().scans).get(&id).cloned();
        found.ok_or_else(|| Error::not_found("scan_not_found"))
    }

    pub(crate) fn open_scan_of(&self, document: Uuid) -> Option<Arc<Scan>> {
        let scans = lock(&self.inner().scans);
        let mut open = scans.values().filter(|scan| {
            scan.wish.document_id == Some(document) && !scan.view.borrow().state.is_over()
        });
        open.next().cloned()
    }

    /// Ends what is open for a document that goes.
    pub(crate) fn end_scans_of(&self, document: Uuid) {
        while let Some(scan) = self.open_scan_of(document) {
            let desk = self.clone();
            self.end(&scan, State::Cancelled, None);
            tokio::spawn(async move { desk.stop(&scan, None).await });
        }
        let of = |scan: &Arc<Scan>| scan.wish.document_id == Some(document);
        lock(&self.inner().scans).retain(|_, scan| !of(scan));
    }

    /// The tool ends: nobody drives its codes any more. They expire by themselves, and are offered again at the next
    /// start.
    pub(crate) fn leave_scans(&self) {
        for scan in lock(&self.inner().scans).values() {
            scan.stop.send_modify(|turn| *turn += 1);
        }
    }

    fn remember(&self, scan: &Arc<Scan>) {
        let mut scans = lock(&self.inner().scans);
        scans.insert(scan.id, Arc::clone(scan));
        let over: Vec<Uuid> = scans
            .values()
            .filter(|scan| scan.view.borrow().state.is_over())
            .map(|scan| scan.id)
            .collect();
        // Ids rise with time, so the first ones are the oldest.
        for id in over.iter().take(scans.len().saturating_sub(SCANS_KEPT)) {
            scans.remove(id);
        }
    }

    /// Scans that were open when the tool ended are offered again, as expired.
    pub(crate) fn bring_back_scans(&self, kept: impl Iterator<Item = KeptScan>) {
        for kept in kept {
            let scan = Scan::new(kept.scan_id, kept.wish, State::Expired);
            self.remember(&Arc::new(scan));
        }
    }

    fn tell_of(&self, scan: &Scan) {
        let document = scan.wish.document_id.and_then(|id| self.document(id).ok());
        if let Some(document) = document {
            self.tell_document(&document);
        }
    }
}

impl SealWish {
    fn of(self, document_id: Uuid) -> Wish {
        Wish {
            kind: Kind::Seal,
            document_id: Some(document_id),
            run_id: self.run_id,
            purpose: self.purpose,
            platform_id: self.platform_id,
            mode: self.mode,
            at: self.at,
            seal_id: self.seal_id,
            continuous: self.continuous,
        }
    }
}

impl Wish {
    fn bare(
        kind: Kind,
        document_id: Option<Uuid>,
        purpose: String,
        platform_id: Option<String>,
    ) -> Self {
        Self {
            kind,
            document_id,
            run_id: None,
            purpose,
            platform_id,
            mode: kind.as_str().to_owned(),
            at: None,
            seal_id: None,
            continuous: false,
        }
    }
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Login => "login",
            Self::Unseal => "unseal",
        }
    }
}
