//! Keywords: text of every kind of Chinese font is found where a reader sees it.

use std::fmt::Write as _;

use pdf_seal::keyword::{Found, Hit, Occurrence, marks, search};

use crate::build::{A4, Pdf, Xref, page_number};
use crate::judge::{Bench, open, run, text};

pub const WORDS: &str = "投标人（盖章）";
pub const PER_MM: f64 = 72.0 / 25.4;

/// How the text of a test file is written.
#[derive(Clone, Copy, Debug)]
pub enum Font {
    /// Not embedded, codes are UTF-16.
    Ucs2,
    /// As `Ucs2`, from top to bottom.
    Ucs2Vertical,
    /// Not embedded, codes are GBK; knows the characters of [`WORDS`] only.
    Gbk,
    /// Embedded, codes are glyphs, with a map to Unicode.
    Embedded,
}

impl Font {
    fn objects(self, pdf: &mut Pdf) {
        let encoding = match self {
            Self::Ucs2 => "UniGB-UCS2-H",
            Self::Ucs2Vertical => "UniGB-UCS2-V",
            Self::Gbk => "GBK-EUC-H",
            Self::Embedded => return embed(pdf),
        };
        let font = format!(
            "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{encoding}/DescendantFonts[500 0 R]>>"
        );
        pdf.set(3, font);
        pdf.set(500, "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 501 0 R/DW 1000>>");
        pdf.set(501, "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>");
    }

    /// A string as the font wants it.
    pub fn string(self, text: &str) -> String {
        let code = |c: char| match self {
            Self::Ucs2 | Self::Ucs2Vertical => u32::from(c),
            Self::Gbk => {
                let known = [
                    ('投', 0xCDB6),
                    ('标', 0xB1EA),
                    ('人', 0xC8CB),
                    ('（', 0xA3A8),
                    ('盖', 0xB8C7),
                    ('章', 0xD5C2),
                    ('）', 0xA3A9),
                ];
                known.into_iter().find(|(known, _)| *known == c).unwrap().1
            }
            Self::Embedded => u32::from(face().glyph_index(c).unwrap().0),
        };
        let codes: String = text.chars().map(|c| format!("{:04X}", code(c))).collect();
        format!("<{codes}>")
    }
}

const FACE: &[u8] = include_bytes!("../../../eseal/fonts/HulianSealSong.otf");

fn face() -> ttf_parser::Face<'static> {
    ttf_parser::Face::parse(FACE, 0).unwrap()
}

pub fn embed(pdf: &mut Pdf) {
    let mut map = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/Map def/CMapType 2 def\n1 begincodespacerange<0000><FFFF>endcodespacerange\n".to_owned();
    for c in WORDS.chars().chain("甲乙方".chars()) {
        if let Some(glyph) = face().glyph_index(c) {
            writeln!(
                map,
                "1 beginbfchar<{:04X}><{:04X}>endbfchar",
                glyph.0,
                u32::from(c)
            )
            .unwrap();
        }
    }
    map.push_str("endcmap end end");
    pdf.set(3, "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Song/Encoding/Identity-H/DescendantFonts[500 0 R]/ToUnicode 503 0 R>>");
    pdf.set(500, "<</Type/Font/Subtype/CIDFontType0/BaseFont/AAAAAA+Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 501 0 R/DW 1000>>");
    pdf.set(501, "<</Type/FontDescriptor/FontName/AAAAAA+Song/Flags 4/FontBBox[0 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93/FontFile3 502 0 R>>");
    let head = format!("<</Subtype/OpenType/Length {}>>\nstream\n", FACE.len());
    pdf.set(502, [head.as_bytes(), FACE, b"\nendstream"].concat());
    pdf.set(
        503,
        format!("<</Length {}>>\nstream\n{map}\nendstream", map.len()),
    );
}

/// Pages with dictionaries and contents as given.
pub fn file(font: Font, pages: &[(&str, String)]) -> Vec<u8> {
    let dictionaries: Vec<&str> = pages.iter().map(|page| page.0).collect();
    let mut pdf = Pdf::new(&dictionaries);
    font.objects(&mut pdf);
    for (index, (_, content)) in pages.iter().enumerate() {
        let body = format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len()
        );
        pdf.set(page_number(index) + 1, body);
    }
    pdf.write(Xref::Table)
}

pub fn line(font: Font, x: u32, y: u32, text: &str) -> String {
    format!("BT /F 12 Tf {x} {y} Td {} Tj ET\n", font.string(text))
}

pub fn find(pdf: &[u8], text: &str, which: Occurrence) -> Found {
    search(&open(pdf).unwrap(), text, None, which).unwrap()
}

/// `hit` has the box left, bottom, right, top in points of an unturned page with its corner at the origin.
pub fn check_box(hit: &Hit, expected: [f64; 4]) {
    let seen = [
        hit.x_mm,
        hit.y_mm,
        hit.x_mm + hit.width_mm,
        hit.y_mm + hit.height_mm,
    ];
    for (seen, expected) in seen.into_iter().zip(expected.map(|points| points / PER_MM)) {
        assert!(
            (seen - expected).abs() < 0.1,
            "{hit:?}, expected {expected:?}"
        );
    }
}

#[test]
fn scan_5_keyword_in_fonts_of_every_kind() {
    for font in [Font::Ucs2, Font::Gbk, Font::Embedded] {
        let pdf = file(font, &[(A4, line(font, 120, 500, WORDS))]);
        for wanted in [WORDS, "投标人(盖章)", " 投标人 （盖 章）"] {
            let found = find(&pdf, wanted, Occurrence::All);
            assert_eq!(found.hits.len(), 1, "{font:?} {wanted}: {found:?}");
            assert_eq!(
                (found.hits[0].page, found.hits[0].text.as_str()),
                (1, WORDS)
            );
            check_box(
                &found.hits[0],
                [120.0, 500.0 - 1.44, 120.0 + 7.0 * 12.0, 500.0 + 10.56],
            );
        }
        let found = find(&pdf, "盖章", Occurrence::All);
        check_box(
            &found.hits[0],
            [
                120.0 + 4.0 * 12.0,
                500.0 - 1.44,
                120.0 + 6.0 * 12.0,
                500.0 + 10.56,
            ],
        );
    }
}

#[test]
fn scan_5_keyword_stands_where_poppler_sees_it() {
    let bench = Bench::new();
    let pdf = file(
        Font::Embedded,
        &[(A4, line(Font::Embedded, 120, 500, WORDS))],
    );
    let output = run(std::process::Command::new("pdftotext")
        .arg("-bbox")
        .arg(bench.file("words.pdf", &pdf))
        .arg("-"));
    let report = text(&output);
    let word = report
        .lines()
        .find(|line| line.contains("投标人"))
        .unwrap_or_else(|| panic!("{report}"));
    let value = |name: &str| -> f64 {
        let after = word.split_once(&format!("{name}=\"")).unwrap().1;
        after.split_once('"').unwrap().0.parse().unwrap()
    };
    let hit = &find(&pdf, WORDS, Occurrence::First).hits[0];
    assert!(
        (value("xMin") / PER_MM - hit.x_mm).abs() < 0.2,
        "{word} {hit:?}"
    );
    assert!(
        (value("xMax") / PER_MM - hit.x_mm - hit.width_mm).abs() < 0.2,
        "{word} {hit:?}"
    );
    // Poppler counts from the top and has its own idea of the height of a line.
    let middle = 842.0 - (value("yMin") + value("yMax")) / 2.0;
    assert!(
        (middle / PER_MM - hit.y_mm - hit.height_mm / 2.0).abs() < 1.5,
        "{word} {hit:?}"
    );
}

#[test]
fn scan_5_keyword_over_runs_drawn_in_any_order() {
    let font = Font::Ucs2;
    // The end first; then the beginning, spaced; each character of the beginning twice, to look bold.
    let mut content = line(font, 168, 500, "盖章）");
    for (x, c) in [(100, "投"), (120, "标"), (140, "人"), (156, "（")] {
        content.push_str(&line(font, x, 500, c));
        content.push_str(&format!(
            "BT /F 12 Tf {x}.4 500 Td {} Tj ET\n",
            font.string(c)
        ));
    }
    // Another line just below, and the other half of a word in the next column of a table.
    content.push_str(&line(font, 100, 486, "投标"));
    content.push_str(&line(font, 300, 486, "人（盖章）"));
    let found = find(&file(font, &[(A4, content)]), WORDS, Occurrence::All);
    assert_eq!(found.hits.len(), 1, "{found:?}");
    check_box(
        &found.hits[0],
        [100.0, 500.0 - 1.44, 168.0 + 36.0, 500.0 + 10.56],
    );
}

#[test]
fn scan_5_keyword_first_all_and_nth() {
    let font = Font::Ucs2;
    let page = |ys: &[u32]| {
        (
            A4,
            ys.iter()
                .map(|y| line(font, 90, *y, "甲方盖章乙方盖章"))
                .collect::<String>(),
        )
    };
    let pdf = file(font, &[page(&[300, 700]), page(&[]), page(&[500])]);
    let all = find(&pdf, "盖章", Occurrence::All);
    let places: Vec<(u32, bool)> = all
        .hits
        .iter()
        .map(|hit| (hit.page, hit.x_mm > 50.0))
        .collect();
    assert_eq!(
        places,
        [
            (1, false),
            (1, true),
            (1, false),
            (1, true),
            (3, false),
            (3, true)
        ]
    );
    assert!(all.hits[0].y_mm > all.hits[2].y_mm, "from top to bottom");
    assert_eq!(
        (all.pages_read, all.pages_without_text.clone()),
        (3, vec![2])
    );
    assert_eq!(find(&pdf, "盖章", Occurrence::First).hits, all.hits[..1]);
    assert_eq!(find(&pdf, "盖章", Occurrence::Nth(5)).hits, all.hits[4..5]);
    assert_eq!(find(&pdf, "盖章", Occurrence::Nth(7)).hits, []);
    let some = search(&open(&pdf).unwrap(), "盖章", Some(&[2, 3]), Occurrence::All).unwrap();
    assert_eq!((some.hits, some.pages_read), (all.hits[4..].to_vec(), 2));
}

#[test]
fn scan_5_keyword_on_turned_and_shifted_pages() {
    let font = Font::Ucs2;
    let boxes = "/MediaBox[-100 -50 495 792]";
    // The same text in user space; where it is seen turns with the page.
    let (left, bottom, right, top) = (220.0, 550.0 - 1.44, 304.0, 550.0 + 10.56);
    let (width, height) = (595.0, 842.0);
    let seen = [
        ("", [left, bottom, right, top]),
        ("/Rotate 90", [bottom, width - right, top, width - left]),
        (
            "/Rotate 180",
            [width - right, height - top, width - left, height - bottom],
        ),
        ("/Rotate 270", [height - top, left, height - bottom, right]),
    ];
    for (rotate, expected) in seen {
        let page = format!("{boxes}{rotate}");
        let found = find(
            &file(font, &[(&page, line(font, 120, 500, WORDS))]),
            WORDS,
            Occurrence::All,
        );
        check_box(&found.hits[0], expected);
    }
    // Twice the unit is twice the place.
    let found = find(
        &file(
            font,
            &[(
                "/MediaBox[0 0 300 400]/UserUnit 2",
                line(font, 60, 200, WORDS),
            )],
        ),
        WORDS,
        Occurrence::All,
    );
    check_box(&found.hits[0], [120.0, 400.0 - 2.88, 288.0, 400.0 + 21.12]);
}

#[test]
fn scan_5_keyword_runs_in_any_direction() {
    let content = format!(
        "BT /F 12 Tf 0 1 -1 0 300 100 Tm {} Tj ET",
        Font::Ucs2.string(WORDS)
    );
    let found = find(&file(Font::Ucs2, &[(A4, content)]), WORDS, Occurrence::All);
    check_box(&found.hits[0], [300.0 - 10.56, 100.0, 300.0 + 1.44, 184.0]);
    let font = Font::Ucs2Vertical;
    let found = find(
        &file(font, &[(A4, line(font, 300, 500, "投标人盖章"))]),
        "标人盖",
        Occurrence::All,
    );
    check_box(
        &found.hits[0],
        [294.0, 500.0 - 4.0 * 12.0, 306.0, 500.0 - 12.0],
    );
}

#[test]
fn not_found_and_no_text_are_told_apart() {
    let font = Font::Ucs2;
    let scanned = file(
        font,
        &[(A4, "0 0 10 10 re f".to_owned()), (A4, String::new())],
    );
    let found = find(&scanned, "盖章", Occurrence::All);
    assert!(found.hits.is_empty() && found.is_without_text());
    assert_eq!(found.pages_without_text, [1, 2]);
    let found = find(
        &file(font, &[(A4, line(font, 90, 300, "甲方"))]),
        "盖章",
        Occurrence::All,
    );
    assert!(found.hits.is_empty() && !found.is_without_text());
    // Text outside the page is not there for a reader.
    let found = find(
        &file(font, &[(A4, line(font, 90, 900, WORDS))]),
        WORDS,
        Occurrence::All,
    );
    assert!(found.hits.is_empty() && found.is_without_text());
}

#[test]
fn hostile_wishes_and_files_are_refused() {
    let font = Font::Ucs2;
    let document = open(&file(font, &[(A4, line(font, 90, 300, WORDS))])).unwrap();
    let refuse = |text: &str, pages: Option<&[u32]>, which, code: &str| {
        let refusal = search(&document, text, pages, which).unwrap_err();
        assert_eq!(refusal.code(), code, "{text}");
    };
    refuse("", None, Occurrence::All, "bad_request");
    refuse(" \u{3000}", None, Occurrence::All, "bad_request");
    refuse(&"章".repeat(61), None, Occurrence::All, "bad_request");
    refuse("章", None, Occurrence::Nth(0), "bad_request");
    refuse("章", Some(&[0]), Occurrence::All, "page_out_of_range");
    refuse("章", Some(&[2]), Occurrence::All, "page_out_of_range");
    // Six thousand places.
    let many = line(font, 90, 300, &"章".repeat(6000)).replace("12 Tf", "0.05 Tf");
    let many = open(&file(font, &[(A4, many)])).unwrap();
    assert_eq!(
        search(&many, "章", None, Occurrence::All)
            .unwrap_err()
            .code(),
        "limits"
    );
    // A page that unpacks to a hundred megabytes.
    let mut bomb = Pdf::new(&[A4]);
    let packed = crate::build::deflate(&vec![b' '; 100 << 20]);
    let head = format!("<</Length {}/Filter/FlateDecode>>\nstream\n", packed.len());
    bomb.set(5, [head.as_bytes(), &packed, b"\nendstream"].concat());
    let bomb = open(&bomb.write(Xref::Table)).unwrap();
    assert_eq!(
        search(&bomb, "章", None, Occurrence::All)
            .unwrap_err()
            .code(),
        "limits"
    );
}

#[test]
fn drawings_that_multiply_end() {
    // Ten forms, each of which draws the next one fifty times.
    let mut pdf = Pdf::new(&[A4]);
    for level in 0..10 {
        let next = if level == 9 {
            "0 0 m".to_owned()
        } else {
            "/N Do ".repeat(50)
        };
        let resources = format!("/Resources<</XObject<</N {} 0 R>>>>", 601 + level);
        pdf.set(600 + level, format!("<</Type/XObject/Subtype/Form/BBox[0 0 500 500]{resources}/Length {}>>\nstream\n{next}\nendstream", next.len()));
    }
    pdf.set(4, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</N 600 0 R>>>>/Contents 5 0 R>>");
    pdf.set(5, "<</Length 5>>\nstream\n/N Do\nendstream");
    let document = open(&pdf.write(Xref::Table)).unwrap();
    assert_eq!(
        search(&document, "章", None, Occurrence::All)
            .unwrap_err()
            .code(),
        "limits"
    );
}

#[test]
fn seals_stand_on_the_middle_of_the_text_and_on_the_page() {
    let font = Font::Ucs2;
    let content = line(font, 120, 500, WORDS) + &line(font, 540, 10, "盖章");
    let pdf = file(font, &[(A4, content)]);
    let hits = find(&pdf, "盖章", Occurrence::All).hits;
    let pages = open(&pdf).unwrap().info().unwrap().pages;
    let places = marks(&hits, &pages, 40.0, 40.0).unwrap();
    let middle = hits[0].x_mm + hits[0].width_mm / 2.0;
    assert!((places[0].x_mm + 20.0 - middle).abs() <= 0.02, "{places:?}");
    // The corner leaves no room for the middle.
    assert!(
        (places[1].x_mm + 40.0 - pages[0].width_mm).abs() <= 0.02 && places[1].y_mm == 0.0,
        "{places:?}"
    );
    assert_eq!(
        marks(&hits, &pages, 300.0, 40.0).unwrap_err().code(),
        "bad_mark"
    );
}
