//! The asker says what exactly is to be signed.

use domain::id::SealId;
use domain::mark::{self, Mark, Mode};
use domain::scan_session::{Event, Kind};
use protocol::{Base64Url, MarkWire};
use store::scan_session::{Prepared, ScanSession};

use super::choose::usable_seal;
use super::{Facts, SigningCertificate, load, topic, unseal};
use crate::{App, Error, Result, text};

/// What the asker states.
#[derive(Debug)]
pub struct PrepareSession {
    /// Of the document.
    pub file_name: String,
    /// Of the document.
    pub page_count: u32,
    /// The instant in the signature dictionary, or of the wish.
    pub time_us: i64,
    /// What is to be done.
    pub what: What,
    /// Digest of the request, for repeats.
    pub hash: [u8; 32],
}

/// What is to be done with the document.
#[derive(Debug)]
pub enum What {
    /// A seal is set.
    Seal(SealWish),
    /// A seal is taken away.
    Unseal {
        /// The signature's field.
        field: String,
        /// Digest of its CMS.
        signature_sha256: [u8; 32],
    },
}

/// A seal that is to be set.
#[derive(Debug)]
pub struct SealWish {
    /// Over the document's byte ranges.
    pub digest: Vec<u8>,
    /// As asked for at create.
    pub mode: String,
    /// Which seal.
    pub seal_id: SealId,
    /// Where.
    pub marks: Vec<MarkWire>,
}

/// Longest file name, in characters.
const FILE_NAME_MAX: usize = 255;
/// How far the asker's clock may be off.
const SKEW_US: u64 = 300 * 1_000_000;

/// Keeps the facts once; the same bytes again are fine, other bytes are not.
///
/// # Errors
/// `digest_invalid`, `file_name_invalid`, `mode_not_offered`, `mark_invalid` with the reason, `seal_not_usable`, `asker_clock_skew`,
/// `prepare_conflict`, `session_state`, `session_expired`.
pub async fn prepare(app: &App, session: &ScanSession, wish: PrepareSession) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin_write("scan.prepare").await?;
    let session = load::lock(&mut tx, &session.code, now).await?;
    if let Some(hash) = &session.prepared_hash {
        return if hash.as_slice() == wish.hash {
            Ok(())
        } else {
            Err(Error::conflict("prepare_conflict"))
        };
    }
    load::allow(&session, Event::Prepare)?;
    if wish.time_us.abs_diff(now.micros()) > SKEW_US {
        return Err(Error::invalid("asker_clock_skew").with("server_time_us", now.micros()));
    }
    let (Some(person), Some(certificate)) = (session.person_id, session.certificate_id) else {
        return Err(Error::internal("scan.prepare"));
    };
    let certificate = SigningCertificate::find((&mut tx).into(), certificate).await?;
    let (facts, seal_id) = match (&wish.what, session.kind) {
        (What::Seal(stated), Kind::Seal) => {
            let (at, seal) = ((&mut tx).into(), stated.seal_id);
            let seal = usable_seal(at, app, person, seal, &session, &certificate).await?;
            (check(&session, &wish, stated, &seal)?, Some(seal.id))
        }
        (
            What::Unseal {
                field,
                signature_sha256,
            },
            Kind::Unseal,
        ) => {
            let algorithm = certificate.algorithm();
            let facts = unseal::facts(&session, &wish, field, signature_sha256, algorithm)?;
            (facts, None)
        }
        _ => return Err(Error::invalid("body_invalid").with("at", "kind")),
    };
    let attributes = certificate.attributes(&facts.digest.0)?;
    let sealed = facts.wrap(app, &session)?;
    let prepared = Prepared {
        seal_id,
        hash: wish.hash,
        facts: &sealed,
        attributes: &attributes,
    };
    store::scan_session::prepare(&mut tx, &session, &prepared).await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    Ok(())
}

/// The file name, if it can be one.
pub(super) fn stated_file(wish: &PrepareSession) -> Result<&str> {
    text::line(&wish.file_name, 1, FILE_NAME_MAX).ok_or_else(|| Error::invalid("file_name_invalid"))
}

fn check(
    session: &ScanSession,
    wish: &PrepareSession,
    stated: &SealWish,
    seal: &store::seal::Seal,
) -> Result<Facts> {
    if stated.digest.len() != 32 {
        return Err(Error::invalid("digest_invalid"));
    }
    let file_name = stated_file(wish)?;
    if stated.mode != session.mode {
        return Err(Error::invalid("mode_not_offered"));
    }
    let invalid =
        |reason: mark::MarkError| Error::invalid("mark_invalid").with("reason", reason.to_string());
    if stated.marks.len() > session.mark_count_max as usize {
        return Err(Error::invalid("mark_invalid").with("reason", "more places than asked for"));
    }
    let mode = Mode::parse(&stated.mode).map_err(invalid)?;
    let marks: Vec<Mark> = stated.marks.iter().map(to_mark).collect();
    mark::check(
        &mode,
        wish.page_count,
        &marks,
        millimetres(seal.width_um),
        millimetres(seal.height_um),
    )
    .map_err(invalid)?;
    Ok(Facts {
        digest: Base64Url(stated.digest.clone()),
        file_name: file_name.to_owned(),
        page_count: wish.page_count,
        mode: stated.mode.clone(),
        marks: stated.marks.clone(),
        time_us: wish.time_us,
        unseal: None,
    })
}

fn to_mark(wire: &MarkWire) -> Mark {
    Mark {
        page: wire.page,
        x_mm: wire.x_mm,
        y_mm: wire.y_mm,
        width_mm: wire.width_mm,
        height_mm: wire.height_mm,
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a seal is a few centimetres wide"
)]
fn millimetres(um: i64) -> f64 {
    um as f64 / 1000.0
}
