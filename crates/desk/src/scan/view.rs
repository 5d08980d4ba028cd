//! A scan as the page sees it.

use client::asker::SealPicture;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Kind, Wish};
use crate::error::Params;

/// Where a scan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The code can be scanned.
    Created,
    /// A phone has it.
    Claimed,
    /// The number was typed.
    Matched,
    /// A certificate was chosen; the revision is being built.
    Chosen,
    /// The person picks one of several seals in the page.
    ChooseSeal,
    /// The phone shows what is to be signed.
    Ready,
    /// The phone has confirmed.
    Signing,
    /// The seal is in the document.
    Landed,
    /// The tool is signed in.
    SignedIn,
    /// The last seal is gone.
    Removed,
    /// The phone said no.
    Refused,
    /// Too late.
    Expired,
    /// Taken back in the page.
    Cancelled,
    /// It says why.
    Failed,
    /// The document is not the one that the scan was opened for.
    Changed,
}

impl State {
    /// Nothing more comes of this code.
    pub fn is_over(self) -> bool {
        matches!(
            self,
            Self::Landed
                | Self::SignedIn
                | Self::Removed
                | Self::Refused
                | Self::Expired
                | Self::Cancelled
                | Self::Failed
                | Self::Changed
        )
    }

    /// What was wished has happened.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Landed | Self::SignedIn | Self::Removed)
    }
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SignerView {
    pub person_name: String,
    pub unit: Option<Value>,
    pub algorithm: String,
}

/// A seal to pick from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SealView {
    pub seal_id: String,
    pub kind: Option<String>,
    pub name: Option<String>,
    pub width_mm: f64,
    pub height_mm: f64,
    pub svg: String,
}

impl From<&SealPicture> for SealView {
    fn from(seal: &SealPicture) -> Self {
        Self {
            seal_id: seal.seal_id.clone(),
            kind: seal.kind.clone(),
            name: seal.name.clone(),
            width_mm: seal.width_mm,
            height_mm: seal.height_mm,
            svg: seal.svg.clone(),
        }
    }
}

/// Why nothing came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Failure {
    pub code: String,
    pub params: Params,
}

/// The whole view.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct View {
    pub scan_id: Uuid,
    pub kind: Kind,
    pub document_id: Option<Uuid>,
    pub run_id: Option<Uuid>,
    pub state: State,
    pub version: u64,
    pub code_text: Option<String>,
    pub short_code: Option<String>,
    pub match_number: Option<String>,
    pub expires_at_us: Option<i64>,
    pub second_phone: bool,
    pub signer: Option<SignerView>,
    pub seals: Option<Vec<SealView>>,
    pub seal_id: Option<String>,
    pub digest_short: Option<String>,
    pub failure: Option<Failure>,
    pub landed_ms: Option<u64>,
}

impl View {
    pub fn new(id: Uuid, wish: &Wish, state: State) -> Self {
        Self {
            scan_id: id,
            kind: wish.kind,
            document_id: wish.document_id,
            run_id: wish.run_id,
            state,
            version: 1,
            code_text: None,
            short_code: None,
            match_number: None,
            expires_at_us: None,
            second_phone: false,
            signer: None,
            seals: None,
            seal_id: wish.seal_id.clone(),
            digest_short: None,
            failure: None,
            landed_ms: None,
        }
    }
}
