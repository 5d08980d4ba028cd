//! Metadata that are no XMP: judges read them at every later revision, so the first seal puts them in order.

use crate::build::{A4, Pdf, Xref};
use crate::judge::{Bench, open, request};

const OLD_ADOBE: &str = "<x:xapmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='Kept'/></rdf:RDF></x:xapmeta>";
const XMP: &str = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>";

fn with(metadata: &str, catalog: &str) -> Pdf {
    let mut pdf = Pdf::with(&[A4], &format!("/Metadata 60 0 R{catalog}"), "");
    pdf.set(
        60,
        format!(
            "<</Type/Metadata/Subtype/XML/Length {}>>\nstream\n{metadata}\nendstream",
            metadata.len()
        ),
    );
    pdf.set(61, "<</Fields[]/DA(/Helv 0 Tf)>>");
    pdf
}

#[test]
fn metadata_that_are_no_xmp_do_not_spoil_later_seals() {
    let bench = Bench::new();
    for (metadata, catalog, xref) in [
        ("Potato", "", Xref::Table),
        ("<a>&b;</a>", "/AcroForm<</Fields[]>>", Xref::Stream),
        (OLD_ADOBE, "/AcroForm 61 0 R", Xref::Hybrid),
    ] {
        let base = with(metadata, catalog).write(xref);
        let first = bench.seal(&base, "one", &request(&[1]));
        assert!(first.starts_with(&base));
        let second = bench.seal(&first, "two", &request(&[1]));
        bench.judge(&second, 2);
        let text = String::from_utf8_lossy(&first[base.len()..]).into_owned();
        assert_eq!(text.matches("/Type/Metadata").count(), 1, "{metadata}");
        assert_eq!(text.contains("'Kept'"), metadata == OLD_ADOBE);
        // Whoever takes the seal away has the file as it was.
        assert_eq!(open(&first).unwrap().unseal(), Ok(base.len() as u64));
    }
}

#[test]
fn metadata_that_are_in_order_or_signed_stay() {
    let bench = Bench::new();
    let base = with(XMP, "").write(Xref::Table);
    let sealed = bench.seal(&base, "one", &request(&[1]));
    let again = bench.seal(&sealed, "two", &request(&[1]));
    assert!(!String::from_utf8_lossy(&again[base.len()..]).contains("/Type/Metadata"));
    bench.judge(&again, 2);
}

#[test]
fn information_that_names_a_key_twice_is_written_once() {
    let bench = Bench::new();
    for xref in [Xref::Table, Xref::Stream] {
        let mut pdf = Pdf::new(&[A4]);
        pdf.set(60, "<</Title(Kept)/Author(First)/Author(Last)>>");
        pdf.trailer = "/Info 60 0 R".to_owned();
        let base = pdf.write(xref);
        let first = bench.seal(&base, "one", &request(&[1]));
        let text = String::from_utf8_lossy(&first[base.len()..]).into_owned();
        assert!(text.contains("/Title(Kept) /Author(Last) >>"), "{text}");
        assert!(!text.contains("First"));
        bench.judge(&bench.seal(&first, "two", &request(&[1])), 2);
    }
}
