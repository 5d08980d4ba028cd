//! Seals as pictures: drawn by poppler, measured in pixels, upright and where they were asked for.

use std::process::Command;

use pdf_seal::{Artwork, Mark, Request};

use crate::build::{Pdf, Xref};
use crate::judge::{Bench, RING, open, request, run};

/// Two pixels for each millimetre.
pub const DPI: &str = "50.8";

pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Picture {
    /// Draws page 1 as a reader shows it.
    fn draw(bench: &Bench, pdf: &[u8]) -> Self {
        Self::draw_page(bench, pdf, 1)
    }

    pub fn draw_page(bench: &Bench, pdf: &[u8], page: usize) -> Self {
        Self::draw_at(bench, pdf, page, DPI)
    }

    pub fn draw_at(bench: &Bench, pdf: &[u8], page: usize, dpi: &str) -> Self {
        let path = bench.file("draw.pdf", pdf);
        let out = bench.path("page");
        run(Command::new("pdftoppm")
            .args([
                "-r",
                dpi,
                "-cropbox",
                "-singlefile",
                "-f",
                &page.to_string(),
            ])
            .arg(path)
            .arg(&out));
        let ppm = std::fs::read(out.with_extension("ppm")).unwrap();
        let mut words = ppm.splitn(4, |byte| byte.is_ascii_whitespace());
        let mut word = || String::from_utf8(words.next().unwrap().to_vec()).unwrap();
        assert_eq!(word(), "P6");
        let (width, height) = (word().parse().unwrap(), word().parse().unwrap());
        let pixels = ppm[ppm.len() - width * height * 3..].to_vec();
        Self {
            width,
            height,
            pixels,
        }
    }

    fn is_red(&self, x: usize, y: usize) -> bool {
        let at = (y * self.width + x) * 3;
        let [r, g, b] = [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]];
        r > 180 && g < 130 && b < 130
    }

    /// The pixels under `mark`, row by row from the top: true where they are red.
    pub fn cut(&self, mark: &Mark) -> Vec<Vec<bool>> {
        let pixel = |mm: f64| (mm * 2.0).round() as usize;
        let (left, right) = (
            pixel(mark.x_mm),
            pixel(mark.x_mm + mark.width_mm).min(self.width),
        );
        let bottom = self.height - pixel(mark.y_mm).min(self.height);
        let top = self
            .height
            .saturating_sub(pixel(mark.y_mm + mark.height_mm));
        (top..bottom)
            .map(|y| (left..right).map(|x| self.is_red(x, y)).collect())
            .collect()
    }

    /// Columns and rows that hold red: left, top, right, bottom.
    pub fn red_box(&self) -> [usize; 4] {
        let reds = || {
            (0..self.height)
                .flat_map(|y| (0..self.width).map(move |x| (x, y)))
                .filter(|(x, y)| self.is_red(*x, *y))
        };
        let (left, right) = (
            reds().map(|p| p.0).min().unwrap(),
            reds().map(|p| p.0).max().unwrap() + 1,
        );
        let (top, bottom) = (
            reds().map(|p| p.1).min().unwrap(),
            reds().map(|p| p.1).max().unwrap() + 1,
        );
        [left, top, right, bottom]
    }

    /// From the first to the last red pixel of a row.
    pub fn red_width(&self, y: usize) -> usize {
        let reds: Vec<usize> = (0..self.width).filter(|x| self.is_red(*x, y)).collect();
        reds.last().map_or(0, |last| last - reds[0] + 1)
    }
}

/// A seal of 30 x 20 mm at 25, 40 mm must show just there, with the point of its triangle up.
fn check(page: &str, tree: &str, artwork: Artwork<'_>) {
    let bench = Bench::new();
    let pdf = Pdf::with(&[page], "", tree).write(Xref::Table);
    let marks = vec![Mark {
        page: 1,
        x_mm: 25.0,
        y_mm: 40.0,
        width_mm: 30.0,
        height_mm: 20.0,
        slice: None,
    }];
    let prepared = open(&pdf)
        .unwrap()
        .prepare(&Request {
            artwork,
            marks,
            ..request(&[])
        })
        .unwrap();
    let mut sealed = Vec::new();
    prepared.write_to(&mut sealed).unwrap();
    let picture = Picture::draw(&bench, &sealed);
    let info = open(&pdf).unwrap().info().unwrap().pages[0];
    let near = |pixels: usize, mm: f64| (pixels as f64 / 2.0 - mm).abs() <= 1.0;
    assert!(
        near(picture.width, info.width_mm) && near(picture.height, info.height_mm),
        "{page}: size of the page"
    );
    let [left, top, right, bottom] = picture.red_box();
    let seen = [left, picture.height - bottom, right, picture.height - top];
    for (pixels, mm) in seen.into_iter().zip([25.0, 40.0, 55.0, 60.0]) {
        assert!(near(pixels, mm), "{page}: {seen:?} in half millimetres");
    }
    assert!(
        picture.red_width(bottom - 3) > 2 * picture.red_width(top + 6),
        "{page}: not upright"
    );
}

#[test]
fn pitfall_19_upright_and_in_place_on_turned_pages() {
    for rotate in [
        "",
        "/Rotate 90",
        "/Rotate 180",
        "/Rotate 270",
        "/Rotate -90",
        "/Rotate 450",
    ] {
        check(&format!("/MediaBox[0 0 595 842]{rotate}"), "", RING);
    }
}

#[test]
fn pitfall_19_boxes_off_the_origin() {
    for rotate in ["", "/Rotate 90", "/Rotate 180", "/Rotate 270"] {
        check(&format!("/MediaBox[-100 -200 500 600]{rotate}"), "", RING);
        check(
            &format!("/MediaBox[0 0 700 900]/CropBox[90 50 650 800]{rotate}"),
            "",
            RING,
        );
        // Corners in the wrong order, and a crop box that sticks out of the media box on every side.
        check(
            &format!("/MediaBox[700 900 20 30]/CropBox[90 50 650 800]{rotate}"),
            "",
            RING,
        );
        check(
            &format!("/MediaBox[20 30 700 900]/CropBox[-90 -50 9650 9800]{rotate}"),
            "",
            RING,
        );
    }
}

/// Every way to turn a page, with every kind of box and unit: what its dictionary holds, and its unit.
pub fn combinations() -> Vec<(String, f64)> {
    let turns = ["", "/Rotate 90", "/Rotate 180", "/Rotate 270"];
    let boxes = [
        "/MediaBox[0 0 595 842]",
        "/MediaBox[0 0 700 900]/CropBox[90 50 650 800]",
        "/MediaBox[-300 -400 295 442]",
        "/MediaBox[-300 -400 400 500]/CropBox[-200 -350 250 -20]",
        "/MediaBox[1000 2000 1600 2500]/CropBox[900 1900 1500 2400]",
    ];
    let units = [("", 1.0), ("/UserUnit 2", 2.0), ("/UserUnit 1.25", 1.25)];
    let mut all = Vec::new();
    for turn in turns {
        for page in boxes {
            for (text, unit) in units {
                all.push((format!("{page}{turn}{text}"), unit));
            }
        }
    }
    all
}

/// A seal of 30 x 20 mm at 25, 40 mm on every page.
pub fn on_every_page(pages: &[(String, f64)]) -> (Vec<u8>, Vec<pdf_seal::PageInfo>) {
    let dictionaries: Vec<&str> = pages.iter().map(|page| page.0.as_str()).collect();
    let pdf = Pdf::new(&dictionaries).write(Xref::Table);
    let document = open(&pdf).unwrap();
    let infos = document.info().unwrap().pages;
    let mark = |page: &pdf_seal::PageInfo| Mark {
        page: page.number,
        x_mm: 25.0,
        y_mm: 40.0,
        width_mm: 30.0,
        height_mm: 20.0,
        slice: None,
    };
    let marks = infos.iter().map(mark).collect();
    let request = Request {
        marks,
        ..request(&[])
    };
    let mut sealed = Vec::new();
    let prepared = document.prepare(&request).unwrap();
    prepared.write_to(&mut sealed).unwrap();
    (sealed, infos)
}

/// The seal of [`on_every_page`] is seen upright and in its place; `per_mm` pixels to a millimetre.
pub fn check_upright(picture: &Picture, info: &pdf_seal::PageInfo, per_mm: f64, what: &str) {
    let near = |pixels: usize, mm: f64| (pixels as f64 - mm * per_mm).abs() <= 2.0;
    assert!(
        near(picture.width, info.width_mm) && near(picture.height, info.height_mm),
        "{what}: the page has {} x {} pixels, {info:?}",
        picture.width,
        picture.height
    );
    let [left, top, right, bottom] = picture.red_box();
    let seen = [left, picture.height - bottom, right, picture.height - top];
    for (pixels, mm) in seen.into_iter().zip([25.0, 40.0, 55.0, 60.0]) {
        assert!(
            near(pixels, mm),
            "{what}: {seen:?}, {per_mm} to the millimetre"
        );
    }
    assert!(
        picture.red_width(bottom - 3) > 2 * picture.red_width(top + 5),
        "{what}: not upright"
    );
}

#[test]
fn pitfall_19_every_combination_of_turn_box_and_unit() {
    let bench = Bench::new();
    let pages = combinations();
    let (sealed, infos) = on_every_page(&pages);
    for (index, (page, unit)) in pages.iter().enumerate() {
        // Poppler draws a page as if its unit were a point, so that all of it comes out smaller.
        let dpi = (50.8 * unit).to_string();
        let picture = Picture::draw_at(&bench, &sealed, index + 1, &dpi);
        check_upright(&picture, &infos[index], 2.0, page);
    }
}

#[test]
fn pitfall_19_a_seal_outside_the_page_is_refused_and_the_page_named() {
    let pages = combinations();
    let dictionaries: Vec<&str> = pages.iter().map(|page| page.0.as_str()).collect();
    let pdf = Pdf::new(&dictionaries).write(Xref::Table);
    let document = open(&pdf).unwrap();
    for info in document.info().unwrap().pages {
        let (width, height) = (info.width_mm, info.height_mm);
        for (x_mm, y_mm) in [
            (width + 1.0, 10.0),
            (10.0, height + 1.0),
            (-31.0, 10.0),
            (10.0, -21.0),
        ] {
            let mark = Mark {
                page: info.number,
                x_mm,
                y_mm,
                width_mm: 30.0,
                height_mm: 20.0,
                slice: None,
            };
            let request = Request {
                marks: vec![mark],
                ..request(&[])
            };
            let refusal = document.prepare(&request).unwrap_err();
            assert_eq!(refusal.code(), "bad_mark");
            let named = format!("page {}:", info.number);
            assert!(refusal.to_string().contains(&named), "{refusal}");
        }
    }
}

#[test]
fn pitfall_11_attributes_come_from_the_tree() {
    check(
        "",
        "/MediaBox[0 0 700 900]/CropBox[90 50 650 800]/Rotate 90",
        RING,
    );
    check("/Rotate 0", "/MediaBox[0 0 700 900]/Rotate 90", RING);
}

#[test]
fn pitfall_20_a_png_with_transparency() {
    // The same triangle, point up, 100 x 100 pixels.
    let mut pixels = Vec::new();
    for y in 0..100_i32 {
        for x in 0..100_i32 {
            let inside = (x - 50).abs() * 2 <= y;
            pixels.extend_from_slice(if inside {
                &[220, 20, 20, 255]
            } else {
                &[0, 0, 255, 0]
            });
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 100, 100);
    encoder.set_color(png::ColorType::Rgba);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&pixels)
        .unwrap();
    for rotate in ["", "/Rotate 90", "/Rotate 270"] {
        check(
            &format!("/MediaBox[0 0 595 842]{rotate}"),
            "",
            Artwork::Png(&file),
        );
    }
    // What the form may hold: a mask when the picture has transparency, no font ever, and a widget that is printed.
    let told = |artwork| {
        let pdf = Pdf::new(&[crate::build::A4]).write(Xref::Table);
        let wish = Request {
            artwork,
            ..request(&[1])
        };
        let prepared = open(&pdf).unwrap().prepare(&wish).unwrap();
        let text = String::from_utf8_lossy(prepared.increment()).into_owned();
        // The page was written again with what it had before; everything else is ours.
        let ours = text
            .split("endobj")
            .filter(|it| !it.contains("/Type/Page/"));
        for object in ours {
            let brings = |key| object.contains(key);
            assert!(!brings("/Font") && !brings("/JavaScript"), "{object}");
        }
        // 4 is Print, 128 Locked; Hidden, NoView and Invisible would be 2, 32 and 1.
        assert!(text.contains("/F 132"), "{text}");
        text
    };
    assert!(told(Artwork::Png(&file)).contains("/SMask "));
    let mut opaque = Vec::new();
    let mut encoder = png::Encoder::new(&mut opaque, 100, 100);
    encoder.set_color(png::ColorType::Rgb);
    let pixels = [220, 20, 20].repeat(100 * 100);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels).unwrap();
    drop(writer);
    // PDF/A-1 forbids transparency: a picture without any brings none.
    for artwork in [Artwork::Png(&opaque), RING] {
        let text = told(artwork);
        assert!(
            !text.contains("/SMask") && !text.contains("/Group"),
            "{text}"
        );
    }
}

#[test]
fn pitfall_19_user_units() {
    // A unit of 2/72 inch: the page is twice as large, and a mark has half as many units.
    let pdf = Pdf::new(&["/MediaBox[0 0 360 720]/UserUnit 2"]).write(Xref::Table);
    let document = open(&pdf).unwrap();
    let page = document.info().unwrap().pages[0];
    assert!((page.width_mm - 254.0).abs() < 1e-9 && (page.height_mm - 508.0).abs() < 1e-9);
    let marks = vec![Mark {
        page: 1,
        x_mm: 25.4,
        y_mm: 50.8,
        width_mm: 25.4,
        height_mm: 25.4,
        slice: None,
    }];
    let prepared = document
        .prepare(&Request {
            marks,
            ..request(&[])
        })
        .unwrap();
    let increment = String::from_utf8_lossy(prepared.increment()).into_owned();
    assert!(increment.contains("/Rect[36 72 72 108]"), "{increment}");
}
