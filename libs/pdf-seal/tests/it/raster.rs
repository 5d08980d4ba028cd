//! Pages as pictures, beside those of poppler.

use std::sync::Arc;

use pdf_seal::raster::{self, Wish};

use crate::build::{A4, Pdf, Xref, page_number};
use crate::geometry::{Picture, check_upright, combinations, on_every_page};
use crate::judge::{Bench, open, request};

const SONG: &[u8] = include_bytes!("../../../eseal/fonts/HulianSealSong.otf");

fn draw(pdf: &[u8], page: u32, dpi: u32) -> raster::Picture {
    let wish = Wish {
        dpi,
        cjk_font: Some(Arc::new(SONG)),
    };
    raster::draw(&open(pdf).unwrap(), page, &wish).unwrap()
}

fn as_picture(drawn: &raster::Picture) -> Picture {
    Picture {
        width: drawn.width as usize,
        height: drawn.height as usize,
        pixels: drawn.rgb.clone(),
    }
}

/// The mean difference of all samples, from 0 to 255.
fn difference(a: &Picture, b: &Picture) -> f64 {
    assert_eq!((a.width, a.height), (b.width, b.height), "sizes");
    let sum: u64 = a
        .pixels
        .iter()
        .zip(&b.pixels)
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum();
    sum as f64 / a.pixels.len() as f64
}

/// Text, shapes, clips, a picture and transparency, on pages of many kinds.
fn document() -> Vec<u8> {
    let pages = [
        A4,
        "/MediaBox[0 0 595 842]/Rotate 90",
        "/MediaBox[-100 -200 500 600]/Rotate 180",
        "/MediaBox[0 0 700 900]/CropBox[90 50 650 800]/Rotate 270",
        "/MediaBox[0 0 420 595]",
    ];
    let mut pdf = Pdf::new(&pages);
    let content = "q 0.2 0.4 0.8 rg 130 520 200 60 re f Q q 1 0 0 RG 4 w 140 300 m 240 420 340 200 440 380 c S Q \
        q 150 200 100 80 re W n 0 0.5 0 rg 120 180 m 300 180 l 200 320 l h f Q \
        q /G gs 0.9 0.5 0 rg 200 350 150 150 re f Q q 100 0 0 100 300 200 cm /I Do Q \
        BT /F 24 Tf 130 470 Td (Bid document of 2026) Tj 0 -30 Td (Seal here, please) Tj ET";
    for (index, page) in pages.iter().enumerate() {
        let number = page_number(index);
        let dictionary = format!(
            "<</Type/Page/Parent 2 0 R{}/Resources<</Font<</F 3 0 R>>/XObject<</I 900 0 R>>/ExtGState<</G<</ca 0.4>>>>>>/Contents {} 0 R>>",
            page,
            number + 1
        );
        pdf.set(number, dictionary);
        pdf.set(
            number + 1,
            format!(
                "<</Length {}>>\nstream\n{content}\nendstream",
                content.len()
            ),
        );
    }
    let mut pixels = Vec::new();
    for y in 0..64_u8 {
        for x in 0..64_u8 {
            pixels.extend_from_slice(&[x * 4, y * 4, 128]);
        }
    }
    let head = format!(
        "<</Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceRGB/BitsPerComponent 8/Length {}>>\nstream\n",
        pixels.len()
    );
    pdf.set(900, [head.as_bytes(), &pixels, b"\nendstream"].concat());
    pdf.write(Xref::Table)
}

#[test]
fn pages_look_as_poppler_draws_them() {
    let bench = Bench::new();
    let pdf = document();
    let sealed = bench.seal(&pdf, "one", &request(&[1, 2, 3, 4, 5]));
    for page in 1..=5 {
        let ours = as_picture(&draw(&sealed, page, 50));
        let theirs = Picture::draw_at(&bench, &sealed, page as usize, "50");
        let mean = difference(&ours, &theirs);
        assert!(mean < 2.5, "page {page}: {mean}");
        // The same page without its seal is another one, so that this test can tell.
        let bare = as_picture(&draw(&pdf, page, 50));
        let without = difference(&bare, &theirs);
        assert!(without > mean + 0.5, "page {page}: {mean}, {without}");
    }
}

#[test]
fn pitfall_19_our_own_pictures_show_every_combination_upright() {
    let pages = combinations();
    let (sealed, infos) = on_every_page(&pages);
    for (index, (page, _)) in pages.iter().enumerate() {
        let drawn = draw(&sealed, infos[index].number, 51);
        check_upright(&as_picture(&drawn), &infos[index], 51.0 / 25.4, page);
    }
}

/// A page with `text` in a Chinese font that is not in the file.
fn chinese(text: &str) -> Vec<u8> {
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(3, "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[500 0 R]>>");
    pdf.set(500, "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/FontDescriptor 501 0 R/DW 1000>>");
    pdf.set(501, "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>");
    let codes: String = text
        .encode_utf16()
        .map(|unit| format!("{unit:04X}"))
        .collect();
    let content = format!("BT /F 72 Tf 72 400 Td <{codes}> Tj ET");
    pdf.set(
        5,
        format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len()
        ),
    );
    pdf.write(Xref::Table)
}

/// Dark pixels in the em box of the `index`-th character at 72 dpi.
fn ink(picture: &raster::Picture, index: usize) -> usize {
    let (left, bottom) = (72 + 72 * index, 842 - 400 + 9);
    let dark = |x: usize, y: usize| picture.rgb[(y * picture.width as usize + x) * 3] < 128;
    let rows = bottom - 72..bottom;
    rows.flat_map(|y| (left..left + 72).map(move |x| (x, y)))
        .filter(|(x, y)| dark(*x, *y))
        .count()
}

#[test]
fn chinese_text_without_its_font_is_drawn_and_what_no_font_has_becomes_a_box() {
    let drawn = draw(&chinese("盖章"), 1, 72);
    assert_eq!((drawn.missing_characters, drawn.notes.len()), (0, 0));
    assert!(ink(&drawn, 0) > 500 && ink(&drawn, 1) > 500);
    // U+3405 is an ideograph that the font was cut without.
    let drawn = draw(&chinese("盖\u{3405}"), 1, 72);
    assert_eq!((drawn.missing_characters, drawn.notes.len()), (1, 1));
    assert!(ink(&drawn, 0) > 500 && (100..500).contains(&ink(&drawn, 1)));
    // Without a font for them all characters are boxes.
    let wish = Wish {
        dpi: 72,
        cjk_font: None,
    };
    let drawn = raster::draw(&open(&chinese("盖章")).unwrap(), 1, &wish).unwrap();
    assert_eq!(drawn.missing_characters, 2);
    assert!(ink(&drawn, 0) > 100 && ink(&drawn, 1) > 100);
}

#[test]
fn annotations_show_as_their_flags_say() {
    let page = "/MediaBox[0 0 200 200]/Annots[20 0 R 21 0 R 22 0 R]";
    let mut pdf = Pdf::new(&[page]);
    for (number, flags, left) in [(20, 4, 10), (21, 2, 70), (22, 32, 130)] {
        pdf.set(
            number,
            format!(
                "<</Type/Annot/Subtype/Stamp/Rect[{left} 10 {} 50]/F {flags}/AP<</N 30 0 R>>>>",
                left + 40
            ),
        );
    }
    let content = "1 0 0 rg 0 0 10 10 re f";
    pdf.set(30, format!("<</Type/XObject/Subtype/Form/BBox[0 0 10 10]/Resources<<>>/Length {}>>\nstream\n{content}\nendstream", content.len()));
    let picture = as_picture(&draw(&pdf.write(Xref::Table), 1, 72));
    // Only the first is to be seen: the others are hidden, and not for the screen.
    assert_eq!(picture.red_box(), [10, 150, 50, 190]);
}

fn refuse(pdf: &[u8], page: u32, dpi: u32, code: &str) {
    let wish = Wish {
        dpi,
        cjk_font: None,
    };
    let refusal = raster::draw(&open(pdf).unwrap(), page, &wish).unwrap_err();
    assert_eq!(refusal.code(), code, "{refusal}");
}

#[test]
fn pictures_have_limits() {
    let pdf = document();
    for page in [0, 6] {
        refuse(&pdf, page, 50, "page_out_of_range");
    }
    for dpi in [0, 7, 1201, u32::MAX] {
        refuse(&pdf, 1, dpi, "bad_request");
    }
    // A page of five metres; a picture that says to have more pixels than there are; drawings that multiply.
    let huge = Pdf::new(&["/MediaBox[0 0 14400 14400]"]).write(Xref::Table);
    refuse(&huge, 1, 150, "limits");
    assert_eq!(draw(&huge, 1, 8).width, 1600);
    let mut pdf = Pdf::new(&[A4]);
    pdf.set(4, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</N 600 0 R>>>>/Contents 5 0 R>>");
    pdf.set(5, "<</Length 5>>\nstream\n/N Do\nendstream");
    pdf.set(600, "<</Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8/Length 3>>\nstream\nabc\nendstream");
    refuse(&pdf.write(Xref::Table), 1, 50, "limits");
    for level in 0..10 {
        let next = if level == 9 {
            "0 0 1 1 re f".to_owned()
        } else {
            "/N Do ".repeat(50)
        };
        let resources = format!("/Resources<</XObject<</N {} 0 R>>>>", 601 + level);
        pdf.set(600 + level, format!("<</Type/XObject/Subtype/Form/BBox[0 0 500 500]{resources}/Length {}>>\nstream\n{next}\nendstream", next.len()));
    }
    refuse(&pdf.write(Xref::Table), 1, 50, "limits");
}
