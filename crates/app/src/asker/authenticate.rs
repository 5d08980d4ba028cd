//! Who sent this asker's request.

use domain::id::AskerId;
use ed25519_dalek::{Signature, VerifyingKey};
use protocol::{Base64Url, Statement, sha256};
use store::asker::Asker;

use crate::{App, Error, Result};

/// The parts of an asker's request that its signature covers.
#[derive(Debug)]
pub struct Signed<'a> {
    /// The `Authorization` header.
    pub authorization: &'a str,
    /// HTTP method, upper case.
    pub method: &'a str,
    /// Path with query.
    pub path: &'a str,
    /// The exact body.
    pub body: &'a [u8],
}

/// How far the asker's clock may be off.
const SKEW_US: i64 = 300 * 1_000_000;

/// Checks signature, clock and standing.
///
/// # Errors
/// `asker_signature_invalid`, `asker_clock_skew` with the server's time, `asker_unknown`, `asker_revoked`.
pub async fn authenticate(app: &App, signed: &Signed<'_>) -> Result<Asker> {
    let (id, time_us, signature) = parts(signed.authorization)
        .ok_or_else(|| Error::unauthenticated("asker_signature_invalid"))?;
    let now = app.now();
    if (now.micros() - time_us).abs() > SKEW_US {
        return Err(Error::unauthenticated("asker_clock_skew").with("server_time_us", now.micros()));
    }
    let asker = store::asker::find(&app.db, id)
        .await?
        .ok_or_else(|| Error::unauthenticated("asker_unknown"))?;
    let id_text = asker.id.to_string();
    let body_sha256 = Base64Url::encode(&sha256(signed.body));
    let statement = Statement::AskerRequest {
        asker_id: &id_text,
        method: signed.method,
        path: signed.path,
        body_sha256: &body_sha256,
        time_us,
    }
    .to_bytes()?;
    let key = VerifyingKey::from_bytes(&asker.public_key).map_err(Error::internal)?;
    key.verify_strict(&statement, &Signature::from_bytes(&signature))
        .map_err(|_| Error::unauthenticated("asker_signature_invalid"))?;
    if asker.revoked_at.is_some() {
        return Err(Error::forbidden("asker_revoked"));
    }
    Ok(asker)
}

/// `Hulian-Asker <asker_id>:<time_us>:<signature>`
fn parts(authorization: &str) -> Option<(AskerId, i64, [u8; 64])> {
    let mut parts = authorization.strip_prefix("Hulian-Asker ")?.split(':');
    let id = parts.next()?.parse().ok()?;
    let time_us: i64 = parts
        .next()?
        .parse()
        .ok()
        .filter(|time| (0..=9_007_199_254_740_991).contains(time))?;
    let signature = Base64Url::decode_array(parts.next()?).ok()?;
    parts.next().is_none().then_some((id, time_us, signature))
}
