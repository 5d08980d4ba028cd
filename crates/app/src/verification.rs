//! Judging a PDF that somebody sends in (DOC-4): it is looked at once and kept nowhere.

use std::fs::File;
use std::io::Write as _;
use std::sync::Arc;

use domain::product::Algorithm;
use domain::time::SECOND_US;
use mapped_file::MappedFile;
use pdf_seal::{Document, Policy, Refusal};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::certificate::family;
use crate::pki::{self, Level};
use crate::{App, Error, Result, limit};

/// The longest file that is taken.
pub const FILE_BYTES_MAX: u64 = 256 << 20;
/// How many files one address may send in a minute.
const PER_MINUTE: i64 = 20;
/// The name that reports give to what was sent without one.
const FILE_NAME: &str = "document.pdf";

/// Counts a file from this address.
///
/// # Errors
/// `rate_limited` `{retry_after_s}`.
pub async fn allow(app: &App, address: &str) -> Result<()> {
    limit::check(
        app,
        "verification",
        address.as_bytes(),
        60 * SECOND_US,
        PER_MINUTE,
    )
    .await
}

/// Takes the pieces of a file as they arrive and gives the report of `hulian pdf verify`, by this server's roots, with
/// `sandbox` beside it.
///
/// The file has no name in any folder, so that nothing can be left of it, whatever happens.
///
/// # Errors
/// `body_too_large`; `body_unreadable` when the pieces end early; `pdf_refused` `{reason}`.
pub async fn verify(app: &App, pieces: mpsc::Receiver<Option<Vec<u8>>>) -> Result<Value> {
    let folder = app.settings.data.clone();
    let policy = policy(app).await?;
    let sandbox = !app.settings.production;
    let judged = tokio::task::spawn_blocking(move || {
        let file = collect(
            tempfile::tempfile_in(folder).map_err(Error::internal)?,
            pieces,
        )?;
        let mut report = judge(file, &policy)?;
        if let Some(report) = report.as_object_mut() {
            report.insert("sandbox".to_owned(), sandbox.into());
        }
        Ok(report)
    });
    judged.await.map_err(Error::internal)?
}

/// Writes the pieces; `None` says that they are complete.
fn collect(mut file: File, mut pieces: mpsc::Receiver<Option<Vec<u8>>>) -> Result<File> {
    let mut bytes = 0_u64;
    while let Some(piece) = pieces.blocking_recv() {
        let Some(piece) = piece else {
            return Ok(file);
        };
        bytes = bytes.saturating_add(piece.len() as u64);
        if bytes > FILE_BYTES_MAX {
            return Err(Error::too_large("body_too_large"));
        }
        file.write_all(&piece).map_err(Error::internal)?;
    }
    Err(Error::invalid("body_unreadable"))
}

/// This server's authorities and what they have revoked.
async fn policy(app: &App) -> Result<Policy> {
    let mut policy = Policy::default();
    for algorithm in [Algorithm::Rsa, Algorithm::Sm2] {
        let certificates = app.issuer.certificates(family(algorithm));
        policy.roots.push(certificates.root.to_vec());
        policy.intermediates.push(certificates.issuing.to_vec());
        for level in [Level::Root, Level::Issuing] {
            policy.crls.push(pki::crl(app, algorithm, level).await?);
        }
    }
    Ok(policy)
}

fn judge(file: File, policy: &Policy) -> Result<Value> {
    let file = MappedFile::from_file(file).map_err(Error::internal)?;
    let document = Document::open(Arc::new(file)).map_err(refused)?;
    let report = document.verify(policy).map_err(refused)?;
    Ok(report.to_json(FILE_NAME))
}

fn refused(refusal: Refusal) -> Error {
    Error::invalid("pdf_refused")
        .with("reason", refusal.code())
        .because(refusal)
}
