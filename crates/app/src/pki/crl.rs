//! Revocation lists: signed when asked for and the last one is old or no longer tells everything.

use domain::product::Algorithm;
use domain::time::HOUR_US;
use domain::{Instant, product};
use issuer::{Entry, Reason};
use store::crl::Crl;

use crate::certificate::family;
use crate::{App, Error, Result};

/// How long a list says it is good for.
const LIFETIME_US: i64 = 24 * HOUR_US;
/// A new one is signed when less than this is left, so that nobody is handed a list about to end.
const RENEW_US: i64 = 12 * HOUR_US;
/// Another node, or a revocation, may come between reading and keeping.
const TRIES: usize = 5;

/// Whose list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The root's: issuing authorities.
    Root,
    /// The issuing authority's: holders.
    Issuing,
}

impl Level {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Issuing => "issuing",
        }
    }
}

/// The present list, DER.
///
/// # Errors
/// When the database fails; `busy` when lists change faster than they are signed.
pub async fn crl(app: &App, ca: product::Algorithm, level: Level) -> Result<Vec<u8>> {
    for _ in 0..TRIES {
        let now = app.now();
        let last = store::crl::find(&app.db, ca, level.as_str()).await?;
        if let Some(last) = &last
            && !last.stale
            && now.plus_micros(RENEW_US) < last.next_update
        {
            return Ok(last.der.clone());
        }
        let next = sign(app, ca, level, last.as_ref(), now).await?;
        if store::crl::put(&app.db, ca, level.as_str(), &next).await? {
            return Ok(next.der);
        }
    }
    Err(Error::unavailable("busy"))
}

/// The next list, with the version of the one it follows.
async fn sign(
    app: &App,
    ca: Algorithm,
    level: Level,
    last: Option<&Crl>,
    now: Instant,
) -> Result<Crl> {
    let number = last.map_or(1, |last| last.number.saturating_add(1));
    let next_update = now.plus_micros(LIFETIME_US);
    let counted = u64::try_from(number).map_err(Error::internal)?;
    let (from, until) = (now.seconds(), next_update.seconds());
    let der = match level {
        Level::Root => app.issuer.root_crl(family(ca), counted, &[], from, until),
        Level::Issuing => app.issuer.crl(
            family(ca),
            counted,
            &entries(app, ca, now).await?,
            from,
            until,
        ),
    };
    let der = der.map_err(Error::internal)?;
    Ok(Crl {
        number,
        der,
        next_update,
        stale: false,
        version: last.map_or(0, |last| last.version),
    })
}

async fn entries(app: &App, ca: Algorithm, now: Instant) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for revoked in store::certificate::revoked(&app.db, ca, now).await? {
        let serial = hex::decode(&revoked.serial).map_err(Error::internal)?;
        entries.push(Entry {
            serial,
            revoked_at: revoked.at.seconds(),
            reason: reason(revoked.reason),
        });
    }
    Ok(entries)
}

/// The reason of a stored number.
pub(super) fn reason(code: u32) -> Reason {
    u8::try_from(code)
        .ok()
        .and_then(Reason::from_code)
        .unwrap_or(Reason::Unspecified)
}
