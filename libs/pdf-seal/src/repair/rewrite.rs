//! The new file: what was found, under the same numbers, with a table that is right.

use super::scan::{Found, Place};
use super::writer::Writer;
use super::{Repaired, catalog};
use crate::object::Ref;
use crate::refusal::{Refusal, damaged};
use crate::tail;

/// Writes everything anew. `reason` is why the old file was not sealed.
pub(super) fn rewrite(found: &Found<'_>, reason: Option<String>) -> Result<Repaired, Refusal> {
    let root = catalog::find(found).ok_or_else(|| {
        damaged(
            reason
                .clone()
                .unwrap_or_else(|| "no catalog is found in it".to_owned()),
        )
    })?;
    let mut writer = Writer::new(&version(found.data));
    let mut packed = Vec::new();
    for (number, place) in &found.objects {
        match *place {
            Place::Plain {
                generation,
                body,
                limit,
                stream,
            } => {
                let number = *number;
                writer.plain(found, Ref { number, generation }, (body, limit), stream);
                writer.check()?;
            }
            Place::Packed { container, at } => packed.push((container, *number, at)),
        }
    }
    if catalog::is_encrypted(found) {
        // What stands in an object stream is not encrypted by itself, and would have to be where it is written now.
        let keeps = packed.is_empty() && catalog::reference(found, b"Encrypt").is_some();
        if !keeps {
            return Err(Refusal::DamagedEncrypted);
        }
    }
    // In the order of their streams, so that each is decoded once.
    packed.sort_unstable();
    for run in packed.chunk_by(|(a, ..), (b, ..)| a == b) {
        let Some((container, ..)) = run.first() else {
            continue;
        };
        let unpacked = found.unpacked(*container)?;
        for (_, number, at) in run {
            writer.packed(*number, &unpacked, *at);
        }
        writer.check()?;
    }
    writer.missing();
    writer.finish(found, root);
    let mut reasons: Vec<String> = reason.into_iter().collect();
    let count = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    reasons.extend(count(found.wrong_lengths, "streams told a wrong length"));
    reasons.extend(count(
        found.unreadable + writer.dropped,
        "objects cannot be read and were left out",
    ));
    Ok(Repaired {
        bytes: writer.bytes,
        reasons,
    })
}

/// The version of the header, when it is one.
fn version(data: &[u8]) -> String {
    let known = |version: &String| matches!(version.as_bytes(), [b'1' | b'2', b'.', b'0'..=b'9']);
    tail::version(data)
        .filter(known)
        .unwrap_or_else(|| "1.7".to_owned())
}
