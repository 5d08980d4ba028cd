//! Sealing: whatever is not refused comes out whole.

use pdf_seal::{Document, Integrity, MultiPage, Outcome, Policy, SignatureReport};
use std::sync::Arc;

use crate::seeds::{AT, seal, seeds};

pub(super) fn execute(input: &[u8]) {
    let Ok(document) = Document::open(Arc::new(input.to_vec())) else {
        return;
    };
    let authority = &seeds().authority;
    let kinds = [MultiPage::KidsV, MultiPage::KidsV1, MultiPage::SharedV];
    let Some((out, _)) = seal(&document, authority, kinds[input.len() % kinds.len()]) else {
        return;
    };
    assert!(out.starts_with(input), "the base is never touched");
    let sealed = Document::open(Arc::new(out)).expect("what was sealed opens");
    let (was, is) = (
        document.info().expect("it was read before"),
        sealed.info().expect("what was sealed can be read"),
    );
    assert_eq!(was.pages, is.pages);
    assert_eq!(was.signatures.len() + 1, is.signatures.len());
    let policy = Policy {
        roots: vec![authority.root.clone()],
        at: Some(AT),
        ..Policy::default()
    };
    let (was, is) = (
        document.verify(&policy).expect("it was read before"),
        sealed.verify(&policy).expect("and still"),
    );
    let own = is
        .signatures
        .iter()
        .find(|signature| signature.covers_whole_file)
        .expect("the new seal");
    assert_eq!(own.outcome(), Outcome::Passed, "{own:#?}");
    assert_eq!(own.own_base_len, Some(input.len() as u64));
    for before in was.signatures.iter().filter(|signature| keeps(signature)) {
        let same = |after: &&SignatureReport| {
            after.field == before.field && after.covered_len == before.covered_len
        };
        let after = is
            .signatures
            .iter()
            .find(same)
            .expect("an earlier signature is still there");
        assert!(
            keeps(after),
            "an earlier signature was broken: {before:#?} became {after:#?}"
        );
    }
    assert_eq!(sealed.unseal(), Ok(input.len() as u64));
}

fn keeps(signature: &SignatureReport) -> bool {
    signature.integrity == Integrity::Intact && signature.outcome() != Outcome::Failed
}
