//! Small files of the classes that readers and the writer tell apart.

use super::build::{A4, Pdf, page_number};

pub(super) fn all() -> Vec<Pdf> {
    vec![
        Pdf::new(&[A4]),
        pages(),
        direct_form(),
        indirect_form(),
        tree(),
        locked(),
    ]
}

/// Inherited and own geometry; annotations inline, indirect, shared, absent.
fn pages() -> Pdf {
    let own = [
        "/CropBox[10 20 400 500]/Annots[60 0 R]",
        "/Rotate 270/Annots 61 0 R",
        "/MediaBox[-100 -50 495 792]/UserUnit 2/Annots 62 0 R",
        "/Annots 62 0 R",
    ];
    let mut pdf = Pdf::with(&own, "/Metadata 63 0 R", "/MediaBox[0 0 595 842]/Rotate 90");
    pdf.set(60, "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>");
    pdf.set(61, "[60 0 R]");
    pdf.set(62, "[60 0 R 60 0 R]");
    pdf.set(63, "<</Type/Metadata/Length 4>>\nstream\n<x/>\nendstream");
    pdf.trailer = "/ID[<01><02>]/Info<</Title(x)>>".to_owned();
    pdf
}

fn direct_form() -> Pdf {
    let form = "/AcroForm<</Fields[60 0 R 61 0 R]/NeedAppearances true/DA(/F 0 Tf)>>";
    let mut pdf = Pdf::with(
        &["/MediaBox[0 0 595 842]/Annots[60 0 R 62 0 R]", A4],
        form,
        "",
    );
    pdf.set(
        60,
        "<</FT/Tx/T(name)/V(x)/Subtype/Widget/Rect[9 9 99 30]/AP<</N 63 0 R>>>>",
    );
    pdf.set(61, "<</FT/Btn/T(box)/Kids[62 0 R]>>");
    pdf.set(62, "<</Subtype/Widget/Parent 61 0 R/Rect[9 40 19 50]/AS/On/AP<</N<</On 63 0 R/Off 63 0 R>>>>>>");
    pdf.set(
        63,
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 3>>\nstream\nq Q\nendstream",
    );
    pdf
}

/// A form of objects, with an empty signature field and one that only looks signed.
fn indirect_form() -> Pdf {
    let mut pdf = Pdf::with(
        &["/MediaBox[0 0 595 842]/Annots 61 0 R", A4],
        "/AcroForm 62 0 R",
        "/Rotate 90",
    );
    pdf.set(60, "<</FT/Sig/T(Old)/V 64 0 R/Kids[65 0 R]>>");
    pdf.set(61, "[60 0 R 65 0 R]");
    pdf.set(62, "<</Fields 63 0 R/SigFlags 1>>");
    pdf.set(63, "[60 0 R 66 0 R]");
    let contents = "30".repeat(40);
    pdf.set(64, format!("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<{contents}>/M(D:2026)/HLSeal<</V 1/Base 9>>>>"));
    pdf.set(
        65,
        "<</Subtype/Widget/Parent 60 0 R/Rect[9 9 99 99]/V 64 0 R>>",
    );
    pdf.set(66, "<</FT/Sig/T(Empty)/Subtype/Widget/Rect[0 0 0 0]/Lock<</Type/SigFieldLock/Action/Include/Fields[(name)]>>>>");
    pdf
}

/// Nodes inside nodes, a null kid, a page that is listed twice.
fn tree() -> Pdf {
    let mut pdf = Pdf::new(&[A4, A4, A4]);
    let [first, second, third] = [0, 1, 2].map(page_number);
    pdf.set(2, "<</Type/Pages/Count 4/Kids[60 0 R 61 0 R]>>");
    pdf.set(
        60,
        format!("<</Type/Pages/Parent 2 0 R/Count 2/Kids[{first} 0 R 99 0 R {second} 0 R]>>"),
    );
    pdf.set(
        61,
        "<</Type/Pages/Parent 2 0 R/Count 2/Kids 62 0 R/MediaBox[0 0 100 100]>>",
    );
    pdf.set(62, format!("[{third} 0 R {third} 0 R]"));
    pdf
}

/// A certification signature that allows forms to be filled in, and locks.
fn locked() -> Pdf {
    let mut pdf = Pdf::with(
        &[A4],
        "/AcroForm<</Fields[60 0 R]/SigFlags 3>>/Perms<</DocMDP 61 0 R>>",
        "",
    );
    pdf.set(60, "<</FT/Sig/T(First)/V 61 0 R/Subtype/Widget/Rect[0 0 0 0]/Lock<</Action/Include/Fields[(a)]/P 2>>>>");
    pdf.set(
        61,
        "<</Type/Sig/Reference[62 0 R]/ByteRange[0 1 2 3]/Contents<30>>>",
    );
    pdf.set(
        62,
        "<</TransformMethod/DocMDP/TransformParams<</P 2/V/1.2>>>>",
    );
    pdf
}
