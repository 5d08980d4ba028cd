//! The audit log (OPS-1): every act of an operator, in the transaction of the act. Each entry holds the digest of the one
//! before it, so that whoever keeps the last digest can prove that nothing was altered or left out.

use domain::id::OperatorId;
use sha2::{Digest, Sha256};
use store::audit::Entry;
use store::{Exec, Tx};

use crate::{App, Error, Result};

const DETAIL: &str = "audit.detail";
/// Entries that are read at a time.
const PAGE: u32 = 500;

/// Who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody at the console.
    Operator(OperatorId),
    /// The command line of the server.
    CommandLine,
}

impl Actor {
    fn text(self) -> String {
        match self {
            Self::Operator(id) => id.to_string(),
            Self::CommandLine => "console".to_owned(),
        }
    }
}

/// Appends an act. Call it last in the transaction: it holds the end of the chain until the commit.
pub(crate) async fn record(
    app: &App,
    tx: &mut Tx,
    actor: Actor,
    act: &'static str,
    subject: &str,
    detail: &str,
) -> Result<()> {
    let (last, before) = store::audit::lock_head(tx).await?;
    let seq = last + 1;
    let mut entry = Entry {
        seq,
        at: app.now(),
        actor: actor.text(),
        act: act.to_owned(),
        subject: subject.to_owned(),
        detail: app.vault.wrap_text(DETAIL, &seq.to_be_bytes(), detail)?,
        hash: [0; 32],
    };
    entry.hash = digest(&before, &entry);
    Ok(store::audit::append(tx, &entry).await?)
}

/// The open form of an entry's detail.
pub(crate) fn detail(app: &App, entry: &Entry) -> Result<String> {
    let seq = entry.seq.to_be_bytes();
    let detail = app.vault.unwrap_text(DETAIL, &seq, &entry.detail)?;
    Ok(detail.to_string())
}

/// SHA-256 over the digest before, and each field with its length in front, so that no two logs look alike.
fn digest(before: &[u8; 32], entry: &Entry) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    let (seq, at) = (entry.seq.to_be_bytes(), entry.at.micros().to_be_bytes());
    let fields: [&[u8]; 6] = [
        &seq,
        &at,
        entry.actor.as_bytes(),
        entry.act.as_bytes(),
        entry.subject.as_bytes(),
        &entry.detail,
    ];
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}

/// What a look over the whole log finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// It is whole: how many entries, and the digest of the last one.
    Whole {
        /// Entries.
        entries: i64,
        /// Lower-case hexadecimal digits; keep it elsewhere to prove later that nothing before it changed.
        head: String,
    },
    /// From this place on it does not hold together.
    Broken {
        /// The first entry that is missing, altered or too many.
        seq: i64,
    },
}

/// Goes over the whole log. `kept` is a digest from earlier, which must then be the digest of some entry.
///
/// # Errors
/// `audit_head_unknown` when no entry has the digest that was kept, or when the database fails.
pub async fn verify(app: &App, kept: Option<[u8; 32]>) -> Result<Verified> {
    let (mut last, mut before) = (0, [0; 32]);
    let mut met = kept.is_none_or(|kept| kept == before);
    loop {
        let page = store::audit::after(Exec::from(&app.db), last, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for entry in &page {
            if entry.seq != last + 1 || entry.hash != digest(&before, entry) {
                return Ok(Verified::Broken { seq: last + 1 });
            }
            (last, before) = (entry.seq, entry.hash);
            met |= kept == Some(before);
        }
    }
    // Entries may have been added since the last page; one that is missing at the end shows here.
    let (seq, hash) = store::audit::head(&app.db).await?;
    if seq < last || (seq == last && hash != before) {
        return Ok(Verified::Broken { seq: last + 1 });
    }
    if seq > last && store::audit::after(&app.db, last, 1).await?.is_empty() {
        return Ok(Verified::Broken { seq: last + 1 });
    }
    if !met {
        return Err(Error::conflict("audit_head_unknown"));
    }
    Ok(Verified::Whole {
        entries: last,
        head: hex::encode(before),
    })
}
