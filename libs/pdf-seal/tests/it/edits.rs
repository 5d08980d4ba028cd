//! Edits of a signed file, one of each kind that somebody may make after signing.

use crate::craft::{drawing, metadata, text_field, value};

/// Where we part with pyHanko.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Than {
    /// Nowhere.
    Same,
    /// It takes for harmless what shows something else than what was signed, or hides it; the reason is in its name.
    Stricter,
}
use Than::{Same, Stricter};

/// Objects of one edit; numbers of new ones begin at the first argument.
pub type Edit = (&'static str, Than, fn(u32) -> Vec<(u32, String)>);

const PAGE: &str =
    "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R/MediaBox[0 0 595 842]";
const ANNOTS: &str = "31 0 R 33 0 R 37 0 R 34 0 R 39 0 R 50 0 R";
const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R/AcroForm 30 0 R/Metadata 35 0 R/Names 40 0 R";
const FIELDS: &str = "31 0 R 33 0 R 37 0 R 34 0 R 50 0 R";

fn form(fields: &str, rest: &str) -> (u32, String) {
    (
        30,
        format!("<</Fields[{FIELDS}{fields}]/SigFlags 3/DA(/F 9 Tf){rest}>>"),
    )
}

fn page(annots: &str, rest: &str) -> (u32, String) {
    (4, format!("{PAGE}/Annots[{ANNOTS}{annots}]{rest}>>"))
}

fn catalog(rest: &str) -> (u32, String) {
    (1, format!("{CATALOG}{rest}>>"))
}

/// A widget of a new signature field.
fn widget(name: &str, rect: &str, rest: &str) -> String {
    format!("<</Type/Annot/Subtype/Widget/FT/Sig/T({name})/F 132/Rect[{rect}]/P 4 0 R{rest}>>")
}

fn stamp(kind: &str) -> String {
    // The contents need to be a CMS for pyHanko; whose does not matter here.
    value(kind, "").replace("/Contents<0000", "/Contents<CMS")
}

fn stream(content: &str) -> String {
    format!(
        "<</Length {}>>\nstream\n{content}\nendstream",
        content.len()
    )
}

pub fn edits() -> Vec<Edit> {
    [FORMS, SIGNATURES, PAGES, ASIDES].concat()
}

const FORMS: &[Edit] = &[
    ("a value", Same, |_| {
        vec![(31, text_field("Name", "/V(new)/AP<</N 32 0 R>>"))]
    }),
    ("a value with a new drawing", Same, |n| {
        let field = text_field("Name", &format!("/V(new)/AP<</N {n} 0 R>>"));
        vec![(31, field), (n, drawing("new"))]
    }),
    ("a value with its drawing changed in place", Same, |_| {
        vec![
            (31, text_field("Name", "/V(new)/AP<</N 32 0 R>>")),
            (32, drawing("new")),
        ]
    }),
    ("another drawing for the same value", Stricter, |n| {
        let field = text_field("Sum", &format!("/V(1)/AP<</N {n} 0 R>>"));
        vec![(33, field), (n, drawing("1000000"))]
    }),
    ("a field hidden", Stricter, |_| {
        vec![(
            33,
            text_field("Sum", "/V(1)/AP<</N 38 0 R>>").replace("/F 4", "/F 6"),
        )]
    }),
    (
        "a drawing that two fields share changed in place",
        Same,
        |_| {
            vec![
                (33, text_field("Sum", "/V(2)/AP<</N 38 0 R>>")),
                (38, drawing("2")),
            ]
        },
    ),
    ("a field moved", Same, |_| {
        vec![(
            33,
            text_field("Sum", "/V(1)/AP<</N 38 0 R>>").replace("[10 100", "[10 500"),
        )]
    }),
    ("a field renamed", Same, |_| {
        vec![(33, text_field("Total", "/V(1)/AP<</N 38 0 R>>"))]
    }),
    ("a field read-only", Same, |_| {
        vec![(33, text_field("Sum", "/V(1)/AP<</N 38 0 R>>/Ff 1"))]
    }),
    ("a field with an action", Same, |_| {
        vec![(
            33,
            text_field(
                "Sum",
                "/V(1)/AP<</N 38 0 R>>/AA<</K<</S/JavaScript/JS(x)>>>>",
            ),
        )]
    }),
    ("a box ticked", Same, |_| {
        vec![(37, "<</Type/Annot/Subtype/Widget/FT/Btn/T(Yes)/F 4/Rect[10 70 20 80]/P 4 0 R/V/On/AS/On/AP<</N<</On 38 0 R/Off 42 0 R>>>>>>".to_owned())]
    }),
    ("a further text field", Same, |n| {
        vec![
            form(&format!(" {n} 0 R"), ""),
            page(&format!(" {n} 0 R"), ""),
            (n, text_field("More", "/V(x)")),
        ]
    }),
    ("a text field in the form only", Same, |n| {
        vec![
            form(&format!(" {n} 0 R"), ""),
            (n, text_field("More", "/V(x)")),
        ]
    }),
    ("a field less", Same, |_| {
        vec![(
            30,
            "<</Fields[31 0 R 37 0 R 34 0 R 50 0 R]/SigFlags 3/DA(/F 9 Tf)>>".to_owned(),
        )]
    }),
    ("the fields drawn anew", Stricter, |_| {
        vec![form("", "/NeedAppearances true")]
    }),
    ("resources of the form", Same, |n| {
        vec![
            form("", &format!("/DR<</Font<</G {n} 0 R>>>>")),
            (
                n,
                "<</Type/Font/Subtype/Type1/BaseFont/Courier>>".to_owned(),
            ),
        ]
    }),
    ("an XFA form", Same, |n| {
        vec![form("", &format!("/XFA {n} 0 R")), (n, stream("<x/>"))]
    }),
    ("an order of calculation", Same, |_| {
        vec![form("", "/CO[31 0 R]")]
    }),
];

const SIGNATURES: &[Edit] = &[
    ("an invisible field to be signed", Same, |n| {
        vec![
            form(&format!(" {n} 0 R"), ""),
            page(&format!(" {n} 0 R"), ""),
            (n, widget("Next", "0 0 0 0", "")),
        ]
    }),
    ("a visible field to be signed", Same, |n| {
        vec![
            form(&format!(" {n} 0 R"), ""),
            page(&format!(" {n} 0 R"), ""),
            (n, widget("Next", "0 0 90 90", "")),
        ]
    }),
    ("a drawn field that nobody signed", Stricter, |n| {
        let field = widget("Next", "0 0 590 840", &format!("/AP<</N {} 0 R>>", n + 1));
        vec![
            form(&format!(" {n} 0 R"), ""),
            page(&format!(" {n} 0 R"), ""),
            (n, field),
            (n + 1, drawing("covers")),
        ]
    }),
    ("an invisible signature", Same, |n| {
        let field = widget("Next", "0 0 0 0", &format!("/V {} 0 R", n + 1));
        vec![
            form(&format!(" {n} 0 R"), ""),
            page(&format!(" {n} 0 R"), ""),
            (n, field),
            (n + 1, stamp("Sig")),
        ]
    }),
    ("a visible signature", Same, |n| {
        let field = widget(
            "Next",
            "0 0 90 90",
            &format!("/V {} 0 R/AP<</N {} 0 R>>", n + 1, n + 2),
        );
        vec![
            form(&format!(" {n} 0 R"), ""),
            page(&format!(" {n} 0 R"), ""),
            (n, field),
            (n + 1, stamp("Sig")),
            (n + 2, drawing("seal")),
        ]
    }),
    ("a document time stamp", Same, |n| {
        let field = widget("Next", "0 0 0 0", &format!("/V {} 0 R", n + 1));
        vec![
            form(&format!(" {n} 0 R"), ""),
            page(&format!(" {n} 0 R"), ""),
            (n, field),
            (n + 1, stamp("DocTimeStamp")),
        ]
    }),
    ("the empty field signed", Same, |n| {
        let field = format!(
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(Empty)/F 132/Rect[10 10 60 60]/P 4 0 R/V {n} 0 R/AP<</N {} 0 R>>>>",
            n + 1
        );
        vec![(34, field), (n, stamp("Sig")), (n + 1, drawing("seal"))]
    }),
    ("the empty field drawn and not signed", Same, |n| {
        let field = format!(
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(Empty)/F 132/Rect[10 10 60 60]/P 4 0 R/AP<</N {n} 0 R>>>>"
        );
        vec![(34, field), (n, drawing("seal"))]
    }),
    ("a field that shows the first signature again", Same, |n| {
        vec![
            form(&format!(" {n} 0 R"), ""),
            page(&format!(" {n} 0 R"), ""),
            (n, widget("Next", "0 0 90 90", "/V 51 0 R")),
        ]
    }),
    ("the empty field with the first signature", Same, |_| {
        vec![(34, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Empty)/F 132/Rect[10 10 60 60]/P 4 0 R/V 51 0 R>>".to_owned())]
    }),
    ("the signed field shown", Same, |_| {
        vec![(
            50,
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(First)/F 132/Rect[0 0 90 90]/P 4 0 R/V 51 0 R>>"
                .to_owned(),
        )]
    }),
    ("a widget outside the form", Same, |n| {
        vec![
            page(&format!(" {n} 0 R"), ""),
            (n, widget("Loose", "0 0 90 90", "")),
        ]
    }),
];

const PAGES: &[Edit] = &[
    ("another content", Same, |_| {
        vec![(5, stream("BT /F 40 Tf 120 500 Td (DOWN) Tj ET"))]
    }),
    ("a content more", Same, |n| {
        let page = page("", "")
            .1
            .replace("/Contents 5 0 R", &format!("/Contents[5 0 R {n} 0 R]"));
        vec![(4, page), (n, stream("q Q"))]
    }),
    ("another font", Same, |_| {
        vec![(
            3,
            "<</Type/Font/Subtype/Type1/BaseFont/Courier>>".to_owned(),
        )]
    }),
    ("a page turned", Same, |_| vec![page("", "/Rotate 90")]),
    ("a page cropped", Same, |_| {
        vec![page("", "/CropBox[0 0 10 10]")]
    }),
    ("a page less", Same, |_| {
        vec![(2, "<</Type/Pages/Count 1/Kids[4 0 R]>>".to_owned())]
    }),
    ("pages in another order", Same, |_| {
        vec![(2, "<</Type/Pages/Count 2/Kids[6 0 R 4 0 R]>>".to_owned())]
    }),
    ("a page more", Same, |n| {
        vec![
            (
                2,
                format!("<</Type/Pages/Count 3/Kids[4 0 R 6 0 R {n} 0 R]>>"),
            ),
            (n, format!("{PAGE}>>")),
        ]
    }),
    ("a stamp", Same, |n| {
        vec![
            page(&format!(" {n} 0 R"), ""),
            (
                n,
                "<</Type/Annot/Subtype/Stamp/Rect[0 0 590 840]>>".to_owned(),
            ),
        ]
    }),
    ("a free text", Same, |n| {
        vec![
            page(&format!(" {n} 0 R"), ""),
            (
                n,
                "<</Type/Annot/Subtype/FreeText/Contents(x)/Rect[0 0 90 90]>>".to_owned(),
            ),
        ]
    }),
    ("a note", Same, |n| {
        vec![
            page(&format!(" {n} 0 R"), ""),
            (
                n,
                "<</Type/Annot/Subtype/Text/Contents(x)/Rect[0 0 20 20]>>".to_owned(),
            ),
        ]
    }),
    ("a note changed", Same, |_| {
        vec![(
            39,
            "<</Type/Annot/Subtype/Text/Rect[300 300 320 320]/Contents(another)/F 4>>".to_owned(),
        )]
    }),
    ("a note less", Same, |_| {
        vec![(
            4,
            format!("{PAGE}/Annots[31 0 R 33 0 R 37 0 R 34 0 R 50 0 R]>>"),
        )]
    }),
];

const ASIDES: &[Edit] = &[
    ("metadata", Same, |_| vec![(35, metadata("new"))]),
    ("metadata as a new object", Same, |n| {
        vec![
            (
                1,
                CATALOG.replace("/Metadata 35 0 R", &format!("/Metadata {n} 0 R")) + ">>",
            ),
            (n, metadata("new")),
        ]
    }),
    ("document information", Same, |_| {
        vec![(36, "<</Title(new)>>".to_owned())]
    }),
    ("validation data", Same, |n| {
        let (store, certificate) = (format!("/DSS {n} 0 R"), n + 1);
        vec![
            catalog(&store),
            (n, format!("<</Certs[{certificate} 0 R]>>")),
            (certificate, stream("certificate")),
        ]
    }),
    ("validation data for a signature", Same, |n| {
        let key = "A".repeat(40);
        let certificate = n + 1;
        vec![
            catalog(&format!("/DSS {n} 0 R")),
            (
                n,
                format!("<</Certs[{certificate} 0 R]/VRI<</{key}<</Cert[{certificate} 0 R]>>>>>>"),
            ),
            (certificate, stream("certificate")),
        ]
    }),
    ("something else among validation data", Same, |n| {
        vec![
            catalog(&format!("/DSS {n} 0 R")),
            (n, "<</Certs[]/Else 4 0 R>>".to_owned()),
        ]
    }),
    ("an extension", Same, |_| {
        vec![catalog(
            "/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>",
        )]
    }),
    ("a version", Same, |_| vec![catalog("/Version/2.0")]),
    ("an action at opening", Same, |_| {
        vec![catalog("/OpenAction<</S/JavaScript/JS(x)>>")]
    }),
    ("names", Same, |_| {
        vec![(40, "<</Dests 41 0 R/JavaScript<</Names[]>>>>".to_owned())]
    }),
    ("a stray object", Same, |n| {
        vec![(n, "<</Nobody/refers>>".to_owned())]
    }),
    ("a number that was free", Same, |_| {
        vec![(45, "<</Nobody/refers>>".to_owned())]
    }),
    ("the same once more", Same, |_| {
        vec![(
            3,
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        )]
    }),
    ("nothing for something", Same, |_| {
        vec![(41, "null".to_owned())]
    }),
];
