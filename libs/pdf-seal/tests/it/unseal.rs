//! Un-sealing to the byte, and when it is refused.

use pdf_seal::{MultiPage, Request};

use crate::build::{A4, Pdf, Xref, startxref};
use crate::judge::{Bench, open, request, signed_bytes};

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
fn a_file_that_is_opened_anew_tells_where_its_seals_are_and_what_they_hold() {
    let bench = Bench::new();
    for multi_page in [MultiPage::KidsV, MultiPage::SharedV] {
        let base = Pdf::new(&[A4, A4, A4]).write(Xref::Stream);
        assert!(open(&base).unwrap().info().unwrap().signatures.is_empty());
        let wish = |pages: &[u32]| Request {
            multi_page,
            ..request(pages)
        };
        let mut prepared = open(&base).unwrap().prepare(&wish(&[1, 3])).unwrap();
        let cms = bench.cms("one", &signed_bytes(&base, &prepared));
        prepared.embed(&cms).unwrap();
        let mut sealed = Vec::new();
        prepared.write_to(&mut sealed).unwrap();
        let sealed = bench.seal(&sealed, "two", &wish(&[2]));
        let told = open(&sealed).unwrap().info().unwrap().signatures;
        assert_eq!(told.len(), 2);
        assert_eq!((&told[0].pages, &told[1].pages), (&vec![1, 3], &vec![2]));
        assert!(told[0].cms.as_ref() == Some(&cms), "to the byte");
        assert_ne!(told[0].cms, told[1].cms);
        // The second seal covers the first one's hole, so what fills it up must not move: another byte there is told.
        let hex: String = cms.iter().map(|byte| format!("{byte:02x}")).collect();
        let text = sealed.to_ascii_lowercase();
        let at = text
            .windows(hex.len())
            .position(|window| window == hex.as_bytes())
            .unwrap();
        let mut filled = sealed.clone();
        filled[at + hex.len()] = b'7';
        let told = open(&filled).unwrap().info().unwrap().signatures;
        assert_eq!((&told[0].cms, &told[0].pages), (&None, &vec![1, 3]));
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
