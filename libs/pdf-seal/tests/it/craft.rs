//! Signed files made by hand, so that every byte of them can be what an attacker or another program would write.

use gm_pki::{Algorithm, cms};

use crate::build::{Pdf, Xref, startxref};
use crate::verify::Pki;

/// The field of the signature and its dictionary.
pub const FIELD: u32 = 50;
pub const VALUE: u32 = 51;
/// Bytes of the place for the CMS.
const ROOM: usize = 3000;
/// Blanks for the numbers of `/ByteRange`.
const RANGE: usize = 48;

/// Two pages, a form with two text fields, a check box and an empty signature field, a note, metadata, document
/// information and a signature field with a signature to be made by [`sign`]. `rules` go into the signature's dictionary,
/// `lock` into its field.
pub fn document(rules: &str, lock: &str) -> Pdf {
    let a4 = "/MediaBox[0 0 595 842]";
    let widgets = "/Annots[31 0 R 33 0 R 37 0 R 34 0 R 39 0 R 50 0 R]";
    let first = format!("{a4}{widgets}");
    let mut pdf = Pdf::with(
        &[&first, a4],
        "/AcroForm 30 0 R/Metadata 35 0 R/Names 40 0 R",
        "",
    );
    pdf.set(
        30,
        format!("<</Fields[31 0 R 33 0 R 37 0 R 34 0 R {FIELD} 0 R]/SigFlags 3/DA(/F 9 Tf)>>"),
    );
    pdf.set(31, text_field("Name", "/V(old)/AP<</N 32 0 R>>"));
    pdf.set(32, drawing("old"));
    pdf.set(33, text_field("Sum", "/V(1)/AP<</N 38 0 R>>"));
    pdf.set(
        34,
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(Empty)/F 132/Rect[10 10 60 60]/P 4 0 R>>",
    );
    pdf.set(35, metadata("old"));
    pdf.set(36, "<</Title(old)>>");
    pdf.set(37, "<</Type/Annot/Subtype/Widget/FT/Btn/T(Yes)/F 4/Rect[10 70 20 80]/P 4 0 R/V/Off/AS/Off/AP<</N<</On 38 0 R/Off 42 0 R>>>>>>");
    pdf.set(38, drawing("1"));
    pdf.set(
        39,
        "<</Type/Annot/Subtype/Text/Rect[300 300 320 320]/Contents(a note)/F 4>>",
    );
    pdf.set(40, "<</Dests 41 0 R>>");
    pdf.set(41, "<</Names[]>>");
    pdf.set(42, drawing("off"));
    pdf.set(
        FIELD,
        format!("<</Type/Annot/Subtype/Widget/FT/Sig/T(First)/F 132/Rect[0 0 0 0]/P 4 0 R/V {VALUE} 0 R{lock}>>"),
    );
    pdf.set(VALUE, value("Sig", rules));
    pdf.trailer = "/Info 36 0 R".to_owned();
    pdf
}

pub fn text_field(name: &str, rest: &str) -> String {
    format!("<</Type/Annot/Subtype/Widget/FT/Tx/T({name})/F 4/Rect[10 100 200 120]/P 4 0 R{rest}>>")
}

pub fn drawing(text: &str) -> String {
    let content = format!("BT /F 9 Tf 2 2 Td ({text}) Tj ET");
    format!(
        "<</Type/XObject/Subtype/Form/BBox[0 0 190 20]/Resources<</Font<</F 3 0 R>>>>/Length {}>>\nstream\n{content}\nendstream",
        content.len()
    )
}

pub fn metadata(text: &str) -> String {
    let content = format!("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><a>{text}</a></x:xmpmeta>");
    format!(
        "<</Type/Metadata/Subtype/XML/Length {}>>\nstream\n{content}\nendstream",
        content.len()
    )
}

/// A signature dictionary whose numbers and contents are still to be filled in.
pub fn value(kind: &str, rules: &str) -> String {
    format!(
        "<</Type/{kind}/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20261124040000Z){rules}/ByteRange[{}]/Contents<{}>>>",
        " ".repeat(RANGE),
        "0".repeat(2 * ROOM)
    )
}

/// Where the numbers of the last `/ByteRange` stand, and the last hole with its brackets.
pub fn places(pdf: &[u8]) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
    let last = |word: &[u8]| {
        pdf.windows(word.len())
            .rposition(|window| window == word)
            .unwrap()
            + word.len()
    };
    let range = last(b"/ByteRange[");
    let hole = last(b"/Contents<") - 1;
    let end = hole + pdf[hole..].iter().position(|byte| *byte == b'>').unwrap() + 1;
    (range..range + RANGE, hole..end)
}

/// Fills in the last signature of the file, over everything but its hole.
pub fn fill(pki: &Pki, mut pdf: Vec<u8>) -> Vec<u8> {
    let (range, hole) = places(&pdf);
    let numbers = format!("0 {} {} {}", hole.start, hole.end, pdf.len() - hole.end);
    pdf[range].copy_from_slice(format!("{numbers:<RANGE$}").as_bytes());
    let digest = Algorithm::P256Sha256.digest(&[&pdf[..hole.start], &pdf[hole.end..]].concat());
    put(
        &mut pdf,
        hole,
        &cms::sign(pki.key(), &[pki.leaf()], &digest).unwrap(),
    );
    pdf
}

/// Writes a CMS into a hole.
pub fn put(pdf: &mut [u8], hole: std::ops::Range<usize>, cms: &[u8]) {
    let mut text: String = cms.iter().map(|byte| format!("{byte:02x}")).collect();
    text.push_str(&"0".repeat(hole.len() - 2 - text.len()));
    pdf[hole.start + 1..hole.end - 1].copy_from_slice(text.as_bytes());
}

/// [`document`], signed.
pub fn sign(pki: &Pki, rules: &str, lock: &str) -> Vec<u8> {
    fill(pki, document(rules, lock).write(Xref::Table))
}

/// Appends objects as a revision.
pub fn append(pdf: &[u8], objects: &[(u32, String)]) -> Vec<u8> {
    let mut change = Pdf {
        trailer: "/Info 36 0 R".to_owned(),
        ..Pdf::default()
    };
    for (number, body) in objects {
        change.set(*number, body);
    }
    change.append_sized(pdf.to_vec(), startxref(pdf), size(pdf))
}

/// `/Size` of the newest trailer: the first number that no object has.
fn size(pdf: &[u8]) -> u32 {
    let at = pdf
        .windows(6)
        .rposition(|window| window == b"/Size ")
        .unwrap();
    let digits = pdf[at + 6..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

pub fn docmdp(permission: u8) -> String {
    format!(
        "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P {permission}>>>>]"
    )
}

pub fn fieldmdp(action: &str) -> String {
    format!(
        "/Reference[<</Type/SigRef/TransformMethod/FieldMDP/Data 1 0 R/TransformParams<</Type/TransformParams/V/1.2{action}>>>>]"
    )
}
