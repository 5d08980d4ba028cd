//! Verifying: a signature that is called intact covers what was signed, byte for byte.

use pdf_seal::{Document, Integrity, Policy, SignatureReport};
use std::sync::Arc;

use crate::seeds::{AT, Sealed, seeds};

pub(super) fn execute(input: &[u8]) {
    let Ok(document) = Document::open(Arc::new(input.to_vec())) else {
        return;
    };
    let policy = Policy {
        roots: vec![seeds().authority.root.clone()],
        at: Some(AT),
        ..Policy::default()
    };
    let Ok(report) = document.verify(&policy) else {
        return;
    };
    for signature in report
        .signatures
        .iter()
        .filter(|signature| signature.integrity == Integrity::Intact)
    {
        let was_signed = seeds()
            .sealed
            .iter()
            .any(|sealed| is_from(sealed, signature, input));
        assert!(was_signed, "nobody signed this: {signature:#?}");
    }
    let _ = report.to_json("input.pdf");
}

/// Whether the signed part of `input` is that of one of the signatures in `sealed`.
fn is_from(sealed: &Sealed, signature: &SignatureReport, input: &[u8]) -> bool {
    let same = |range: std::ops::Range<usize>| {
        let parts = (input.get(range.clone()), sealed.bytes.get(range));
        matches!(parts, (Some(a), Some(b)) if a == b)
    };
    sealed.signed.iter().any(|(hole, end)| {
        signature.covered_len == *end as u64 && same(0..hole.start) && same(hole.end..*end)
    })
}
