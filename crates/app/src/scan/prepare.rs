//! The asker says what exactly is to be signed.

use domain::id::SealId;
use domain::mark::{self, Mark, Mode};
use domain::scan_session::Event;
use protocol::{Base64Url, MarkWire};
use store::scan_session::{Prepared, ScanSession};

use super::{Facts, SigningCertificate, load, topic};
use crate::{App, Error, Result, text};

/// What the asker states.
#[derive(Debug)]
pub struct PrepareSession {
    /// Over the document's byte ranges.
    pub digest: Vec<u8>,
    /// Of the document.
    pub file_name: String,
    /// Of the document.
    pub page_count: u32,
    /// As asked for at create.
    pub mode: String,
    /// Which seal.
    pub seal_id: SealId,
    /// Where.
    pub marks: Vec<MarkWire>,
    /// The instant in the signature dictionary.
    pub time_us: i64,
    /// Digest of the request, for repeats.
    pub hash: [u8; 32],
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
    let seal = crate::seal::check(
        (&mut tx).into(),
        app,
        person,
        wish.seal_id,
        session.platform_id,
    )
    .await?;
    if seal.unit_id != certificate.unit_id {
        return Err(Error::forbidden("seal_not_usable").with("reason", "seal_of_other_identity"));
    }
    let facts = check(&session, &wish, &seal)?;
    let attributes = certificate.attributes(&facts.digest.0)?;
    let sealed = facts.wrap(app, &session)?;
    let prepared = Prepared {
        seal_id: wish.seal_id,
        hash: wish.hash,
        facts: &sealed,
        attributes: &attributes,
    };
    store::scan_session::prepare(&mut tx, &session, &prepared).await?;
    tx.commit().await?;
    app.wake.notify(&topic(session.id));
    Ok(())
}

fn check(session: &ScanSession, wish: &PrepareSession, seal: &store::seal::Seal) -> Result<Facts> {
    if wish.digest.len() != 32 {
        return Err(Error::invalid("digest_invalid"));
    }
    let file_name = text::line(&wish.file_name, 1, FILE_NAME_MAX)
        .ok_or_else(|| Error::invalid("file_name_invalid"))?;
    if wish.mode != session.mode {
        return Err(Error::invalid("mode_not_offered"));
    }
    let invalid =
        |reason: mark::MarkError| Error::invalid("mark_invalid").with("reason", reason.to_string());
    if wish.marks.len() > session.mark_count_max as usize {
        return Err(Error::invalid("mark_invalid").with("reason", "more places than asked for"));
    }
    let mode = Mode::parse(&wish.mode).map_err(invalid)?;
    let marks: Vec<Mark> = wish.marks.iter().map(to_mark).collect();
    mark::check(
        &mode,
        wish.page_count,
        &marks,
        millimetres(seal.width_um),
        millimetres(seal.height_um),
    )
    .map_err(invalid)?;
    Ok(Facts {
        digest: Base64Url(wish.digest.clone()),
        file_name: file_name.to_owned(),
        page_count: wish.page_count,
        mode: wish.mode.clone(),
        marks: wish.marks.clone(),
        time_us: wish.time_us,
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
