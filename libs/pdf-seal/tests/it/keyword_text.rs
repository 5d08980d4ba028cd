//! Keywords in text that is hard to read: broken lines, hidden text, look-alike characters, drawn fonts.

use std::fmt::Write as _;

use pdf_seal::keyword::Occurrence;

use crate::build::{A4, Pdf, Xref};
use crate::keyword::{Font, PER_MM, WORDS, check_box, embed, file, find, line};

#[test]
fn a_keyword_goes_on_in_the_next_line() {
    let font = Font::Ucs2;
    let check = |content: String, boxed: [f64; 4]| {
        let found = find(&file(font, &[(A4, content)]), WORDS, Occurrence::All);
        assert_eq!(found.hits.len(), 1, "{found:?}");
        assert_eq!(found.hits[0].text, WORDS);
        check_box(&found.hits[0], boxed);
    };
    // A paragraph: the end of one line and the beginning of the next, which starts further left.
    let end = line(font, 100, 500, "本页由甲乙双方投标人（盖");
    let next = line(font, 76, 480, "章）后生效");
    check(
        format!("{next}{end}"),
        [184.0, 500.0 - 1.44, 184.0 + 60.0, 500.0 + 10.56],
    );
    // A narrow cell of a table over three lines, with another cell beside it.
    let cell = line(font, 100, 500, "投标")
        + &line(font, 100, 485, "人（")
        + &line(font, 100, 470, "盖章）")
        + &line(font, 300, 500, "项目")
        + &line(font, 300, 485, "名称");
    check(cell, [100.0, 470.0 - 1.44, 136.0, 470.0 + 10.56]);
    // What stands far below, beside, or in another size is no next line.
    for other in [
        line(font, 100, 400, "人（盖章）"),
        line(font, 300, 485, "人（盖章）"),
        line(font, 100, 500 - 25, "人（盖章）").replace("12 Tf", "24 Tf"),
    ] {
        let content = line(font, 100, 500, "投标") + &other;
        let found = find(&file(font, &[(A4, content)]), WORDS, Occurrence::All);
        assert_eq!(found.hits, [], "{other}");
    }
    // Columns that run down are read from right to left.
    let font = Font::Ucs2Vertical;
    let columns = line(font, 300, 500, "投标人盖") + &line(font, 280, 500, "章处");
    let found = find(&file(font, &[(A4, columns)]), "标人盖章", Occurrence::All);
    assert_eq!(found.hits.len(), 1, "{found:?}");
    check_box(&found.hits[0], [294.0, 500.0 - 48.0, 306.0, 500.0 - 12.0]);
}

#[test]
fn text_that_nobody_sees_is_found_as_recognition_lays_it_under_a_scan() {
    let font = Font::Ucs2;
    for mode in [3, 7] {
        let content = format!(
            "0.9 g 0 0 595 842 re f BT {mode} Tr /F 12 Tf 120 500 Td {} Tj ET",
            font.string(WORDS)
        );
        let found = find(&file(font, &[(A4, content)]), WORDS, Occurrence::All);
        assert_eq!(found.hits.len(), 1, "{mode} Tr");
        check_box(&found.hits[0], [120.0, 500.0 - 1.44, 204.0, 500.0 + 10.56]);
    }
}

/// A page with `text` in a font whose map alone says what its codes mean.
fn mapped(text: &str) -> Vec<u8> {
    let mut pdf = Pdf::new(&[A4]);
    embed(&mut pdf);
    let mut map = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/Map def/CMapType 2 def\n1 begincodespacerange<0000><FFFF>endcodespacerange\n".to_owned();
    let mut codes = String::new();
    for (code, c) in text.chars().enumerate() {
        writeln!(
            map,
            "1 beginbfchar<{:04X}><{:04X}>endbfchar",
            code + 1,
            u32::from(c)
        )
        .unwrap();
        write!(codes, "{:04X}", code + 1).unwrap();
    }
    map.push_str("endcmap end end");
    pdf.set(
        503,
        format!("<</Length {}>>\nstream\n{map}\nendstream", map.len()),
    );
    let content = format!("BT /F 12 Tf 120 500 Td <{codes}> Tj ET");
    pdf.set(
        5,
        format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len()
        ),
    );
    pdf.write(Xref::Table)
}

#[test]
fn characters_that_only_look_the_same_are_the_same() {
    for (on_page, wanted) in [
        ("\u{2f42}件", "文件"),
        ("\u{2ed3}期\u{2eda}", "长期页"),
        ("文件", "\u{2f42}件"),
        ("投标 人\u{3000}（盖  章）", WORDS),
        ("ＡＢ１２", "AB12"),
        ("\u{fe35}盖章\u{fe36}", "（盖章）"),
        ("\u{fb01}nal", "final"),
        ("盖\u{200b}章\u{fe00}", "盖章"),
    ] {
        let found = find(&mapped(on_page), wanted, Occurrence::All);
        assert_eq!(found.hits.len(), 1, "{on_page} {wanted}");
        // Blanks and what nobody sees at the end do not belong to what was found.
        let seen = found.hits[0].text.trim_end_matches('\u{fe00}');
        assert_eq!(seen, on_page.trim_end_matches('\u{fe00}'));
    }
}

/// A font of drawings whose first glyph is 1.5 wide; the map makes it two characters, as a ligature is.
fn drawn_font(pdf: &mut Pdf) {
    let map = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/Map def/CMapType 2 def\n1 begincodespacerange<00><FF>endcodespacerange\n2 beginbfchar<41><76D67AE0><42><5904>endbfchar\nendcmap end end";
    pdf.set(3, "<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[0.1 0 0 0.1 0 0]/FirstChar 65/LastChar 66/Widths[15 10]/Encoding<</Type/Encoding/Differences[65/one/two]>>/CharProcs<</one 500 0 R/two 500 0 R>>/Resources<<>>/ToUnicode 501 0 R>>");
    let draw = "15 0 0 0 10 10 d1 0 0 9 9 re f";
    pdf.set(
        500,
        format!("<</Length {}>>\nstream\n{draw}\nendstream", draw.len()),
    );
    pdf.set(
        501,
        format!("<</Length {}>>\nstream\n{map}\nendstream", map.len()),
    );
}

#[test]
fn ligatures_and_drawn_fonts() {
    let mut pdf = Pdf::new(&[A4]);
    drawn_font(&mut pdf);
    let content = "BT /F 20 Tf 100 400 Td (AB) Tj ET";
    pdf.set(
        5,
        format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len()
        ),
    );
    let found = find(&pdf.write(Xref::Table), "盖章处", Occurrence::All);
    assert_eq!(found.hits.len(), 1, "{found:?}");
    let hit = &found.hits[0];
    let (left, right) = (hit.x_mm * PER_MM, (hit.x_mm + hit.width_mm) * PER_MM);
    assert!(
        (left - 100.0).abs() < 0.2 && (right - 150.0).abs() < 0.2,
        "{hit:?}"
    );
    // The ligature is one glyph: who looks for a part of it gets all of it.
    let half = find(&pdf.write(Xref::Table), "章处", Occurrence::All);
    assert_eq!(half.hits[0].x_mm, hit.x_mm);
}

/// As [`Font::Embedded`], written from top to bottom by a map of codes inside the file.
#[test]
fn an_embedded_map_of_codes_may_run_down() {
    let mut pdf = Pdf::new(&[A4]);
    embed(&mut pdf);
    let map = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo 3 dict dup begin/Registry(Adobe)def/Ordering(Identity)def/Supplement 0 def end def/CMapName/Down def/CMapType 1 def/WMode 1 def\n1 begincodespacerange<0000><FFFF>endcodespacerange\n1 begincidrange<0000><FFFF>0 endcidrange\nendcmap end end";
    pdf.set(504, format!("<</Type/CMap/CMapName/Down/WMode 1/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/Length {}>>\nstream\n{map}\nendstream", map.len()));
    for encoding in ["/Identity-V", " 504 0 R"] {
        pdf.set(3, format!("<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Song/Encoding{encoding}/DescendantFonts[500 0 R]/ToUnicode 503 0 R>>"));
        let content = line(Font::Embedded, 300, 500, "投标人盖章");
        pdf.set(
            5,
            format!(
                "<</Length {}>>\nstream\n{content}\nendstream",
                content.len()
            ),
        );
        let found = find(&pdf.write(Xref::Table), "标人盖", Occurrence::All);
        assert_eq!(found.hits.len(), 1, "{encoding}: {found:?}");
        check_box(&found.hits[0], [294.0, 500.0 - 48.0, 306.0, 500.0 - 12.0]);
    }
}
