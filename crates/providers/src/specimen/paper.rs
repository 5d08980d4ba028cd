//! Papers of the specimens, drawn by code to be photographed in demonstrations and tests. Each bears 样本.

use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};
use ttf_parser::{Face, OutlineBuilder};

use super::{Company, Person};
use crate::register::Registered;

/// Pixels to the millimetre, and what lies around a card.
const SCALE: f32 = 20.0;
const MARGIN_MM: f32 = 6.0;
const CARD_MM: (f32, f32) = (85.6, 54.0);
/// A licence is shown smaller than it is: what counts is the size of its text in the picture.
const LICENCE_MM: (f32, f32) = (110.0, 78.0);
const TABLE: [u8; 3] = [96, 84, 74];
const INK: [u8; 3] = [25, 25, 28];
const LABEL: [u8; 3] = [70, 110, 160];
const RED: [u8; 3] = [185, 45, 40];
const GREY: [u8; 3] = [150, 152, 156];
/// Pale enough not to be read as a field.
const WATERMARK: [u8; 3] = [226, 214, 216];

/// The side with the portrait, as PNG.
#[must_use]
pub fn id_card_front(person: &Person) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new(CARD_MM, [236, 242, 247])?;
    portrait(&mut sheet);
    let digits = |at: std::ops::Range<usize>| person.id_number.get(at).unwrap_or_default();
    let plain = |text: &'static str| text.trim_start_matches('0');
    let is_man = digits(16..17)
        .parse::<u8>()
        .is_ok_and(|digit| digit % 2 == 1);
    for (label, at) in [
        ("姓名", 9.6),
        ("性别", 16.2),
        ("出生", 22.6),
        ("住址", 29.2),
    ] {
        sheet.text(label, (5.0, at), 2.7, LABEL);
    }
    sheet.text("民族", (24.0, 16.2), 2.7, LABEL);
    sheet.text(person.name, (15.0, 9.6), 3.6, INK);
    sheet.text(if is_man { "男" } else { "女" }, (15.0, 16.2), 3.1, INK);
    sheet.text("汉", (34.0, 16.2), 3.1, INK);
    let mut x = 15.0;
    for (number, unit) in [(6..10, "年"), (10..12, "月"), (12..14, "日")] {
        x = sheet.text(plain(digits(number)), (x, 22.6), 3.1, INK) + 1.0;
        x = sheet.text(unit, (x, 22.6), 2.7, LABEL) + 1.6;
    }
    sheet.text("云山省样本市长河路", (15.0, 29.2), 3.1, INK);
    sheet.text("一百零一号", (15.0, 33.8), 3.1, INK);
    sheet.text("公民身份号码", (5.0, 48.4), 2.7, LABEL);
    sheet.text(person.id_number, (30.0, 48.4), 4.1, INK);
    sheet.png()
}

/// The side with the emblem, as PNG: good for twenty years, or run out.
#[must_use]
pub fn id_card_back(is_expired: bool) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new(CARD_MM, [240, 238, 234])?;
    sheet.disc((14.0, 14.0), 7.5, RED);
    sheet.disc((14.0, 14.0), 6.2, [240, 238, 234]);
    sheet.disc((14.0, 14.0), 4.0, RED);
    sheet.text("中华人民共和国", (28.0, 13.5), 5.2, INK);
    sheet.text("居民身份证", (28.0, 24.0), 7.6, INK);
    sheet.text("签发机关", (20.0, 40.6), 3.0, INK);
    sheet.text("样本市公安局", (36.0, 40.6), 3.2, INK);
    sheet.text("有效期限", (20.0, 47.4), 3.0, INK);
    let term = if is_expired {
        "2004.05.06-2024.05.06"
    } else {
        "2020.05.06-2040.05.06"
    };
    sheet.text(term, (36.0, 47.4), 3.2, INK);
    sheet.text("样本", (66.0, 33.0), 6.0, WATERMARK);
    sheet.png()
}

/// A business licence in the wide form, as PNG: of a company as the register has it now.
#[must_use]
pub fn licence(uscc: &str, entry: &Registered) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new(LICENCE_MM, [250, 247, 240])?;
    sheet.text("营业执照", (38.0, 15.0), 8.5, INK);
    sheet.text("统一社会信用代码", (6.0, 23.5), 2.6, INK);
    sheet.text(uscc, (6.0, 28.5), 3.4, INK);
    let rows = [
        ("名称", entry.name.as_str(), 6.0, 38.0),
        ("类型", "有限责任公司", 6.0, 46.0),
        ("法定代表人", &entry.legal_representative, 6.0, 54.0),
        ("注册资本", "壹仟万元整", 64.0, 46.0),
        ("成立日期", "2015年03月12日", 64.0, 54.0),
        ("住所", "云山省样本市长河路一百零一号", 6.0, 62.0),
    ];
    for (label, value, x, y) in rows {
        sheet.text(label, (x, y), 2.7, INK);
        sheet.text(value, (x + 17.0, y), 3.0, INK);
    }
    sheet.text("登记机关", (64.0, 71.0), 2.7, INK);
    sheet.text("样本", (90.0, 22.0), 7.0, WATERMARK);
    sheet.png()
}

/// A power of attorney by which a company empowers a person, as PNG.
#[must_use]
pub fn power_of_attorney(company: &Company, agent: &Person) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new(LICENCE_MM, [252, 252, 250])?;
    sheet.text("授权委托书", (36.0, 14.0), 7.0, INK);
    let rows = [
        ("委托单位：", company.name, 25.0),
        ("统一社会信用代码：", company.uscc, 33.0),
        ("法定代表人：", company.legal_representative, 41.0),
        ("受托人：", agent.name, 49.0),
        ("身份证号码：", agent.id_number, 57.0),
        ("授权期限：", "2026年01月01日至2036年12月31日", 65.0),
    ];
    for (label, value, y) in rows {
        let x = sheet.text(label, (8.0, y), 3.2, INK);
        sheet.text(value, (x + 1.0, y), 3.2, INK);
    }
    sheet.text("样本", (86.0, 74.0), 6.0, WATERMARK);
    sheet.png()
}

/// Where the face would be: head and shoulders, and what everybody should see.
fn portrait(sheet: &mut Sheet) {
    sheet.rectangle((58.0, 9.0), (22.0, 30.0), [222, 226, 230]);
    sheet.disc((69.0, 19.5), 5.6, GREY);
    sheet.disc((69.0, 37.0), 9.0, GREY);
    sheet.rectangle((58.0, 39.0), (22.0, 8.0), [236, 242, 247]);
    sheet.text("样本", (46.0, 40.0), 6.0, WATERMARK);
}

/// A paper on a table, measured in millimetres from the paper's corner.
struct Sheet {
    pixels: Pixmap,
    font: Face<'static>,
}

impl Sheet {
    fn new(size: (f32, f32), paper: [u8; 3]) -> Option<Self> {
        let side = |mm: f32| ((mm + 2.0 * MARGIN_MM) * SCALE).round() as u32;
        let font = Face::parse(eseal::font_file(), 0).ok()?;
        let mut pixels = Pixmap::new(side(size.0), side(size.1))?;
        pixels.fill(Color::from_rgba8(TABLE[0], TABLE[1], TABLE[2], 255));
        let mut sheet = Self { pixels, font };
        sheet.rectangle((0.0, 0.0), size, paper);
        Some(sheet)
    }

    fn fill(&mut self, path: &Path, ink: [u8; 3], place: Transform) {
        let mut paint = Paint::default();
        paint.set_color_rgba8(ink[0], ink[1], ink[2], 255);
        paint.anti_alias = true;
        let paper = Transform::from_scale(SCALE, SCALE).pre_translate(MARGIN_MM, MARGIN_MM);
        let place = paper.pre_concat(place);
        self.pixels
            .fill_path(path, &paint, FillRule::Winding, place, None);
    }

    fn rectangle(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), ink: [u8; 3]) {
        if let Some(area) = Rect::from_xywh(x, y, width, height) {
            self.fill(&PathBuilder::from_rect(area), ink, Transform::identity());
        }
    }

    fn disc(&mut self, (x, y): (f32, f32), radius: f32, ink: [u8; 3]) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            self.fill(&path, ink, Transform::identity());
        }
    }

    /// Draws a text from its left end on its base line, and answers where it ends.
    fn text(&mut self, text: &str, (x, y): (f32, f32), size: f32, ink: [u8; 3]) -> f32 {
        let scale = size / f32::from(self.font.units_per_em());
        let mut pen = Pen {
            builder: PathBuilder::new(),
            x: 0.0,
        };
        for character in text.chars() {
            let Some(glyph) = self.font.glyph_index(character) else {
                continue;
            };
            self.font.outline_glyph(glyph, &mut pen);
            pen.x += f32::from(self.font.glyph_hor_advance(glyph).unwrap_or_default());
        }
        let end = x + pen.x * scale;
        if let Some(path) = pen.builder.finish() {
            // Fonts count upward, pictures downward.
            self.fill(
                &path,
                ink,
                Transform::from_row(scale, 0.0, 0.0, -scale, x, y),
            );
        }
        end
    }

    fn png(&self) -> Option<Vec<u8>> {
        self.pixels.encode_png().ok()
    }
}

struct Pen {
    builder: PathBuilder,
    x: f32,
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.builder.move_to(self.x + x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.builder.line_to(self.x + x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.builder.quad_to(self.x + x1, y1, self.x + x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.builder
            .cubic_to(self.x + x1, y1, self.x + x2, y2, self.x + x, y);
    }
    fn close(&mut self) {
        self.builder.close();
    }
}
