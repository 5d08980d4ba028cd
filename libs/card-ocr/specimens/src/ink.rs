//! Paper and ink: text as outlines of an installed font.

use image::RgbImage;
use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};
use ttf_parser::{Face, OutlineBuilder};

use crate::dice::Dice;

/// Where Debian's fonts-noto-cjk and others put the fonts; the number is the simplified Chinese face in a collection.
const PLACES: [[(&str, u32); 3]; 4] = [
    [
        ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
        ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
        (
            "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
            2,
        ),
    ],
    [
        ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
        ("/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc", 2),
        (
            "/usr/share/fonts/google-noto-cjk/NotoSerifCJK-Regular.ttc",
            2,
        ),
    ],
    [
        ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2),
        ("/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc", 2),
        ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc", 2),
    ],
    [
        ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2),
        ("/usr/share/fonts/noto-cjk/NotoSerifCJK-Bold.ttc", 2),
        ("/usr/share/fonts/google-noto-cjk/NotoSerifCJK-Bold.ttc", 2),
    ],
];

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Sans,
    Serif,
    SansBold,
    SerifBold,
}

/// The files of the installed fonts.
#[derive(Debug)]
pub struct Fonts(Vec<(Vec<u8>, u32)>);

impl Fonts {
    /// Looks for Noto Sans and Serif CJK in the usual places (Debian: `apt-get install fonts-noto-cjk`).
    #[must_use]
    pub fn installed() -> Option<Self> {
        let one = |places: &[(&str, u32); 3]| {
            let found = places
                .iter()
                .find_map(|(path, index)| Some((std::fs::read(path).ok()?, *index)));
            found.filter(|(bytes, index)| Face::parse(bytes, *index).is_ok())
        };
        PLACES.iter().map(one).collect::<Option<Vec<_>>>().map(Self)
    }

    fn face(&self, style: Style) -> Option<Face<'_>> {
        let (bytes, index) = self.0.get(style as usize)?;
        Face::parse(bytes, *index).ok()
    }
}

/// A sheet measured in millimetres.
pub struct Sheet<'f> {
    pixels: Pixmap,
    scale: f32,
    fonts: &'f Fonts,
}

/// Red, green, blue and how much it covers, 0 to 1.
pub type Colour = (u8, u8, u8, f32);
pub const BLACK: Colour = (25, 25, 28, 1.0);

impl<'f> Sheet<'f> {
    pub fn new(size_mm: (f32, f32), pixels_per_mm: f32, paper: Colour, fonts: &'f Fonts) -> Self {
        let side = |mm: f32| (mm * pixels_per_mm).round().max(1.0) as u32;
        let mut pixels = blank(side(size_mm.0), side(size_mm.1));
        pixels.fill(colour(paper));
        Self {
            pixels,
            scale: pixels_per_mm,
            fonts,
        }
    }

    fn transform(&self) -> Transform {
        Transform::from_scale(self.scale, self.scale)
    }

    /// Draws a text; `x` is its left end and `y` its baseline. Answers where it ends.
    pub fn text(
        &mut self,
        text: &str,
        at: (f32, f32),
        size: f32,
        style: Style,
        ink: Colour,
    ) -> f32 {
        self.spaced(text, at, size, style, ink, 0.0)
    }

    /// The same with more room between the characters.
    pub fn spaced(
        &mut self,
        text: &str,
        (x, y): (f32, f32),
        size: f32,
        style: Style,
        ink: Colour,
        space: f32,
    ) -> f32 {
        let Some((path, width)) = self.outline(text, size, style, space) else {
            return x;
        };
        let place = self.transform().pre_translate(x, y);
        self.pixels
            .fill_path(&path, &paint(ink), FillRule::Winding, place, None);
        x + width
    }

    /// Draws a text slanted about its middle.
    pub fn slanted(
        &mut self,
        text: &str,
        (x, y): (f32, f32),
        size: f32,
        degrees: f32,
        ink: Colour,
    ) {
        let Some((path, width)) = self.outline(text, size, Style::SansBold, 0.0) else {
            return;
        };
        let place = self
            .transform()
            .pre_translate(x, y)
            .pre_concat(Transform::from_rotate(degrees))
            .pre_translate(-width / 2.0, size / 3.0);
        self.pixels
            .fill_path(&path, &paint(ink), FillRule::Winding, place, None);
    }

    /// Draws a text about a middle.
    pub fn centred(
        &mut self,
        text: &str,
        (x, y): (f32, f32),
        size: f32,
        style: Style,
        ink: Colour,
        space: f32,
    ) {
        if let Some((_, width)) = self.outline(text, size, style, space) {
            self.spaced(text, (x - width / 2.0, y), size, style, ink, space);
        }
    }

    /// Draws a text over several lines of so many characters.
    pub fn wrapped(
        &mut self,
        text: &str,
        (x, y): (f32, f32),
        line: (usize, f32),
        size: f32,
        style: Style,
    ) -> f32 {
        let characters: Vec<char> = text.chars().collect();
        let mut y = y;
        for part in characters.chunks(line.0.max(1)) {
            self.text(&part.iter().collect::<String>(), (x, y), size, style, BLACK);
            y += line.1;
        }
        y
    }

    pub fn rectangle(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), ink: Colour) {
        if let Some(rectangle) = Rect::from_xywh(x, y, width, height) {
            self.pixels
                .fill_rect(rectangle, &paint(ink), self.transform(), None);
        }
    }

    pub fn frame(
        &mut self,
        (x, y): (f32, f32),
        (width, height): (f32, f32),
        thickness: f32,
        ink: Colour,
    ) {
        if let Some(rectangle) = Rect::from_xywh(x, y, width, height) {
            self.stroke(&PathBuilder::from_rect(rectangle), thickness, ink);
        }
    }

    pub fn circle(&mut self, (x, y): (f32, f32), radius: f32, thickness: f32, ink: Colour) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            self.stroke(&path, thickness, ink);
        }
    }

    /// Fine waves, as security paper has.
    pub fn waves(&mut self, dice: &mut Dice, size: (f32, f32), ink: Colour) {
        let phase = dice.real(0.0, 6.0);
        let lines = 26;
        for line in 0..lines {
            let middle = size.1 * line as f32 / lines as f32;
            let mut path = PathBuilder::new();
            path.move_to(0.0, middle);
            for step in 1..=80 {
                let x = size.0 * step as f32 / 80.0;
                path.line_to(
                    x,
                    middle + size.1 / 40.0 * (x / size.0 * 20.0 + phase + line as f32 * 0.4).sin(),
                );
            }
            if let Some(path) = path.finish() {
                self.stroke(&path, size.1 / 500.0, ink);
            }
        }
    }

    /// A round seal with a star of rays and a text across it.
    pub fn seal(&mut self, text: &str, (x, y): (f32, f32), radius: f32) {
        let red = (215, 35, 40, 0.75);
        self.circle((x, y), radius, radius / 16.0, red);
        self.centred(
            "★",
            (x, y + radius / 6.0),
            radius * 0.6,
            Style::Sans,
            red,
            0.0,
        );
        self.centred(
            text,
            (x, y + radius * 0.55),
            radius / 5.0,
            Style::SerifBold,
            red,
            0.0,
        );
    }

    fn stroke(&mut self, path: &Path, thickness: f32, ink: Colour) {
        let stroke = Stroke {
            width: thickness,
            ..Stroke::default()
        };
        let place = self.transform();
        self.pixels
            .stroke_path(path, &paint(ink), &stroke, place, None);
    }

    fn outline(&self, text: &str, size: f32, style: Style, space: f32) -> Option<(Path, f32)> {
        let face = self.fonts.face(style)?;
        let scale = size / f32::from(face.units_per_em());
        let mut pen = Pen {
            path: PathBuilder::new(),
            scale,
            x: 0.0,
        };
        for character in text.chars() {
            let glyph = face.glyph_index(character)?;
            face.outline_glyph(glyph, &mut pen);
            pen.x += f32::from(face.glyph_hor_advance(glyph)?) * scale + space;
        }
        let width = pen.x - space;
        Some((pen.path.finish()?, width))
    }

    pub fn finish(self) -> RgbImage {
        let (width, height) = (self.pixels.width(), self.pixels.height());
        let rgb = self
            .pixels
            .data()
            .chunks(4)
            .flat_map(|it| it.iter().take(3).copied())
            .collect();
        RgbImage::from_raw(width, height, rgb).unwrap_or_default()
    }
}

#[expect(
    clippy::expect_used,
    reason = "the sizes are those of papers, written down in this crate"
)]
fn blank(width: u32, height: u32) -> Pixmap {
    Pixmap::new(width, height).expect("a sheet has an area")
}

fn colour((r, g, b, covers): Colour) -> Color {
    Color::from_rgba8(r, g, b, (covers.clamp(0.0, 1.0) * 255.0) as u8)
}

fn paint(ink: Colour) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(colour(ink));
    paint.anti_alias = true;
    paint
}

struct Pen {
    path: PathBuilder,
    scale: f32,
    x: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, -y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
