//! Un-sealing to the byte, and when it is refused.

use crate::build::{A4, Pdf, Xref, startxref};
use crate::judge::{Bench, open, request};

#[test]
fn pitfall_17_the_last_own_seal_goes_to_the_byte() {
    let bench = Bench::new();
    for xref in [Xref::Table, Xref::Stream, Xref::Hybrid] {
        let mut base = Pdf::new(&[A4, A4]).write(xref);
        if xref == Xref::Table {
            // A file whose last line does not end: the increment begins with the line end, the cut removes it.
            base.truncate(base.len() - 1);
        }
        let first = bench.seal(&base, "one", &request(&[1, 2]));
        let second = bench.seal(&first, "two", &request(&[1]));
        let cut = |pdf: &[u8]| {
            let len = usize::try_from(open(pdf).unwrap().unseal().unwrap()).unwrap();
            pdf[..len].to_vec()
        };
        assert!(cut(&second) == first, "{xref:?}");
        assert!(cut(&first) == base, "{xref:?}");
        assert_eq!(open(&base).unwrap().unseal().unwrap_err().code(), "no_seal");
    }
}

#[test]
fn pitfall_17_a_later_revision_keeps_the_seal() {
    let bench = Bench::new();
    let sealed = bench.seal(&Pdf::new(&[A4]).write(Xref::Table), "one", &request(&[1]));
    let mut change = Pdf::default();
    change.set(60, "<</Later true>>");
    let changed = change.append_table(sealed.clone(), Some(startxref(&sealed)));
    assert_eq!(
        open(&changed).unwrap().unseal().unwrap_err().code(),
        "later_revision"
    );
    let trailing = [sealed.as_slice(), b"\n"].concat();
    assert_eq!(
        open(&trailing).unwrap().unseal().unwrap_err().code(),
        "later_revision"
    );
}

#[test]
fn pitfall_17_a_false_record_is_not_believed() {
    let bench = Bench::new();
    let base = Pdf::new(&[A4]).write(Xref::Table);
    let sealed = bench.seal(&base, "one", &request(&[1]));
    let record = format!("/HLSeal<</V 1/Base {}", base.len());
    let at = sealed
        .windows(record.len())
        .position(|window| window == record.as_bytes())
        .unwrap();
    let check = |replacement: &str| {
        assert_eq!(replacement.len(), record.len());
        let forged = [
            &sealed[..at],
            replacement.as_bytes(),
            &sealed[at + record.len()..],
        ]
        .concat();
        assert_eq!(
            open(&forged).unwrap().unseal().unwrap_err().code(),
            "not_own_seal",
            "{replacement}"
        );
    };
    check(&record.replace("/HLSeal", "/XXSeal"));
    check(&record.replace("/V 1", "/V 2"));
    // One byte less is where a file without its last line end would have ended; only the signature tells those two
    // apart. Any other length is found out from the revisions.
    check(&format!("/HLSeal<</V 1/Base {}", base.len() - 2));
    check(&format!("/HLSeal<</V 1/Base {}", base.len() + 1));
    check(&format!("/HLSeal<</V 1/Base {}", base.len() + 20));
    check(&format!(
        "/HLSeal<</V 1/Base {:0width$}",
        9,
        width = base.len().to_string().len()
    ));
    check(&format!(
        "/HLSeal<</V 1/Base {:0width$}",
        0,
        width = base.len().to_string().len()
    ));
}
