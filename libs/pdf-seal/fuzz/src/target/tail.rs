//! Reading: an answer or a refusal, never a panic, and what is told twice is told the same.

use pdf_seal::Document;
use std::sync::Arc;

pub(super) fn execute(input: &[u8]) {
    let Ok(document) = Document::open(Arc::new(input.to_vec())) else {
        return;
    };
    assert_eq!(document.len(), input.len() as u64);
    if let Ok(info) = document.info() {
        assert!(!info.pages.is_empty(), "an open document has pages");
        for (number, page) in (1..).zip(&info.pages) {
            assert_eq!(page.number, number);
            assert!(page.width_mm > 0.0 && page.height_mm > 0.0, "{page:?}");
        }
    }
    if let Ok(len) = document.unseal() {
        let cut = input[..usize::try_from(len).expect("shorter than the file")].to_vec();
        Document::open(Arc::new(cut)).expect("what un-sealing leaves opens");
    }
}
