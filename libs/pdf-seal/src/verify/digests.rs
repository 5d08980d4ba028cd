//! The digests of all signatures of a file in about one pass.
//!
//! All first ranges begin with the file, so one running state is cloned at each hole; the second ranges, which
//! are short, follow from there.

use std::collections::{BTreeMap, BTreeSet};

use gm_pki::Hash;

use super::Ranges;
use crate::document::Document;
use crate::limits;

/// Digest by signature.
pub(super) type Digests = BTreeMap<usize, Vec<u8>>;

/// Digests for the wanted signatures, and how many bytes went in; those beyond the bound of work are left out.
pub(super) fn compute(document: &Document, wanted: &[(usize, &Ranges, Hash)]) -> (Digests, u64) {
    let mut out = Digests::new();
    let whole = limits::work_bytes(document.data().len());
    let mut work = whole;
    let hashes: BTreeSet<Hash> = wanted.iter().map(|(_, _, hash)| *hash).collect();
    for hash in hashes {
        let mut list: Vec<_> = wanted
            .iter()
            .filter(|(_, _, wanted)| *wanted == hash)
            .collect();
        list.sort_by_key(|(_, ranges, _)| ranges.hole.start);
        let (mut running, mut covered) = (hash.start(), 0);
        for (index, ranges, _) in list {
            let second = ranges.end - ranges.hole.end;
            let cost = second + (ranges.hole.start - covered);
            let Some(left) = work.checked_sub(cost) else {
                continue;
            };
            work = left;
            running.update(slice(document, covered, ranges.hole.start));
            covered = ranges.hole.start;
            let mut state = running.clone();
            state.update(slice(document, ranges.hole.end, ranges.end));
            out.insert(*index, state.finish());
        }
    }
    (out, whole - work)
}

fn slice(document: &Document, start: u64, end: u64) -> &[u8] {
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    range
        .and_then(|(start, end)| document.data().get(start..end))
        .unwrap_or_default()
}
