//! Scans: one code's life on this side, from the wish to what came of it.

mod begin;
mod drive;
mod land;
mod login;
mod prepare;
mod seal;
mod session;
mod unseal;
mod view;

use std::sync::{Arc, Mutex};

use client::asker::Created;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use uuid::Uuid;

pub(crate) use begin::SealWish;
pub(crate) use view::{State, View};

/// What a scan is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// A seal on a document.
    Seal,
    /// A person signs the tool in.
    Login,
    /// The last seal is taken away.
    Unseal,
}

/// What is wished, so that a fresh code can be had for the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Wish {
    pub kind: Kind,
    pub document_id: Option<Uuid>,
    pub run_id: Option<Uuid>,
    pub purpose: String,
    /// None is document sealing.
    pub platform_id: Option<String>,
    pub mode: String,
    pub at: Option<(f64, f64)>,
    pub seal_id: Option<String>,
    pub continuous: bool,
}

/// A scan as the journal keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptScan {
    pub scan_id: Uuid,
    pub wish: Wish,
}

/// A scan.
#[derive(Debug)]
pub(crate) struct Scan {
    pub id: Uuid,
    pub wish: Wish,
    view: watch::Sender<View>,
    /// The seal that the person picks in the page.
    pick: watch::Sender<Option<String>>,
    /// Raised to end the driver of a code.
    stop: watch::Sender<u64>,
    /// The session behind the present code.
    session: Mutex<Option<Arc<Created>>>,
}

impl Scan {
    fn new(id: Uuid, wish: Wish, state: State) -> Self {
        let view = View::new(id, &wish, state);
        Self {
            id,
            pick: watch::Sender::new(wish.seal_id.clone()),
            wish,
            view: watch::Sender::new(view),
            stop: watch::Sender::new(0),
            session: Mutex::default(),
        }
    }

    /// As it is now.
    pub fn view(&self) -> View {
        self.view.borrow().clone()
    }

    /// Hears of changes.
    pub fn watch(&self) -> watch::Receiver<View> {
        self.view.subscribe()
    }

    /// Changes the view; its version rises when it is another one after.
    fn change(&self, change: impl FnOnce(&mut View)) {
        self.view.send_if_modified(|view| {
            let before = view.clone();
            change(view);
            let changed = *view != before;
            if changed {
                view.version = before.version + 1;
            }
            changed
        });
    }
}
