//! The digests of all signatures of a file in about one pass.
//!
//! All first ranges begin with the file, so one running state is cloned at each hole; the second ranges, which
//! are short, follow from there.

use std::collections::BTreeMap;

use super::Ranges;
use crate::document::Document;
use crate::limits;
use crate::sign::{DigestAlgorithm, Midstate};

/// Digest by signature and algorithm.
pub(super) type Digests = BTreeMap<(usize, u8), Vec<u8>>;

pub(super) const fn tag(algorithm: DigestAlgorithm) -> u8 {
    match algorithm {
        DigestAlgorithm::Sha256 => 0,
        DigestAlgorithm::Sm3 => 1,
    }
}

/// Digests for the wanted pairs of signature and algorithm; those beyond the bound of work are left out.
pub(super) fn compute(
    document: &Document,
    wanted: &[(usize, &Ranges, DigestAlgorithm)],
) -> Digests {
    let mut out = Digests::new();
    let mut work = limits::work_bytes(document.data().len());
    for algorithm in [DigestAlgorithm::Sha256, DigestAlgorithm::Sm3] {
        let mut list: Vec<_> = wanted
            .iter()
            .filter(|(_, _, wanted)| *wanted == algorithm)
            .collect();
        list.sort_by_key(|(_, ranges, _)| ranges.hole.start);
        let mut running = Midstate::new(algorithm);
        for (index, ranges, _) in list {
            let second = ranges.end - ranges.hole.end;
            let cost = second + (ranges.hole.start - running.covered());
            let Some(left) = work.checked_sub(cost) else {
                continue;
            };
            work = left;
            running.update(slice(document, running.covered(), ranges.hole.start));
            let mut state = running.clone();
            state.update(slice(document, ranges.hole.end, ranges.end));
            out.insert((*index, tag(algorithm)), state.digest());
        }
    }
    out
}

fn slice(document: &Document, start: u64, end: u64) -> &[u8] {
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    range
        .and_then(|(start, end)| document.data().get(start..end))
        .unwrap_or_default()
}
