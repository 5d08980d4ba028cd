//! What the file itself tells: pages and signatures.

use std::sync::Arc;

use pdf_seal::{
    Document as Pdf, Outcome, PageInfo, Policy, SignatureInfo, SignatureReport, SignatureTime,
    Source,
};
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// A signature, for the list beside the pages. Its verdict is the verification's matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SealFacts {
    pub field: String,
    /// The person, from the certificate.
    pub signer: Option<String>,
    pub unit: Option<String>,
    /// What the signer calls the seal, and its kind; told by the file, under the signature.
    pub seal_name: Option<String>,
    pub seal_kind: Option<String>,
    pub signed_at_us: Option<i64>,
    /// Pages that show it.
    pub pages: Vec<u32>,
    /// Made by this system's tools: it says where the file ended before.
    pub own: bool,
    /// Where its revision ends; the last one can be taken away.
    pub covered_len: u64,
    /// SHA-256 of the CMS, base64url.
    pub signature_sha256: Option<String>,
    /// SHA-256 of the signer's certificate, base64url.
    pub certificate_sha256: Option<String>,
    /// It verified in itself when it was last looked at, and nothing forbidden followed.
    pub sound: bool,
}

/// Pages and signatures of a revision.
#[derive(Debug)]
pub(crate) struct Facts {
    pub pages: Arc<[PageInfo]>,
    pub seals: Vec<SealFacts>,
}

impl Facts {
    /// Reads a whole file: one pass where there are signatures.
    pub fn read(source: Source) -> Result<Self, Error> {
        let pdf = Pdf::open(source)?;
        let info = pdf.info()?;
        let seals = if info.signatures.is_empty() {
            Vec::new()
        } else {
            let report = pdf.verify(&Policy::default())?;
            seals(&info.signatures, &report.signatures)
        };
        Ok(Self {
            pages: info.pages.into(),
            seals,
        })
    }
}

impl SealFacts {
    /// The same signature in another revision.
    pub fn is_same(&self, other: &Self) -> bool {
        self.field == other.field && self.covered_len == other.covered_len
    }
}

/// The pages of a file whose signatures are known.
pub(crate) fn pages(source: Source) -> Result<Arc<[PageInfo]>, Error> {
    Ok(Pdf::open(source)?.info()?.pages.into())
}

/// The lists name the same signatures; the report has them in the order in which they were made.
pub(crate) fn seals(infos: &[SignatureInfo], reports: &[SignatureReport]) -> Vec<SealFacts> {
    let of = |report: &SignatureReport| {
        let info = infos.iter().find(|info| {
            info.field == report.field && info.covered_len == Some(report.covered_len)
        });
        let cms = info.and_then(|info| info.cms.as_deref());
        let subject = report
            .certificate
            .as_deref()
            .and_then(|der| gm_pki::certificate::parse(der).ok())
            .map(|facts| facts.subject);
        let unix = match report.time {
            SignatureTime::Token { unix, .. } | SignatureTime::Claimed(unix) => Some(unix),
            SignatureTime::Unknown => None,
        };
        SealFacts {
            field: report.field.clone(),
            signer: report.signer.clone(),
            unit: subject.and_then(|subject| subject.organization),
            seal_name: report.seal_name.clone(),
            seal_kind: report.seal_kind.clone(),
            signed_at_us: unix.and_then(|unix| unix.checked_mul(1_000_000)),
            pages: report.pages.clone(),
            own: info.is_some_and(|info| info.own_base_len.is_some()),
            covered_len: report.covered_len,
            signature_sha256: cms.map(sha256_text),
            certificate_sha256: report.certificate.as_deref().map(sha256_text),
            sound: report.outcome() != Outcome::Failed,
        }
    };
    reports.iter().map(of).collect()
}

/// SHA-256 as the protocol spells it.
pub(crate) fn sha256_text(bytes: &[u8]) -> String {
    protocol::Base64Url::encode(&protocol::sha256(bytes))
}
