//! The round company seal (公章): what is asked for, and how it is put together.

use kurbo::{Affine, BezPath, Circle, Point, Shape};

use crate::artwork::{Artwork, Kind};
use crate::error::{Error, Field};
use crate::font::{Font, Glyph};
use crate::outline::{Outline, Part};
use crate::round_layout::Layout;
use crate::text;

/// The thinnest rim, in micrometres.
pub const RIM_UM_MIN: u32 = 800;
/// The thickest rim, in micrometres.
pub const RIM_UM_MAX: u32 = 1600;

/// How a round seal looks, beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Style {
    /// 38 (departments, sole owners), 40 (limited companies) or 42 (state-owned and joint-stock companies).
    pub diameter_mm: u8,
    /// Thickness of the rim in micrometres, [`RIM_UM_MIN`]`..=`[`RIM_UM_MAX`].
    pub rim_um: u32,
    /// The one colour.
    pub color_rgb: [u8; 3],
}

impl Style {
    /// The red of ink paste (印泥红) on white paper.
    pub const INK_PASTE_RED: [u8; 3] = [0xd2, 0x1a, 0x21];
}

impl Default for Style {
    /// A limited company's: 40 mm, rim 1.2 mm, ink paste red.
    fn default() -> Self {
        Self {
            diameter_mm: 40,
            rim_um: 1200,
            color_rgb: Self::INK_PASTE_RED,
        }
    }
}

/// A round seal to be drawn. Texts are trimmed; none needs checking beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct RoundSeal {
    /// The unit's name on the upper arc, 2 to 40 characters.
    pub name: String,
    /// Horizontal text below the star such as 合同专用章, 1 to 12 characters.
    pub bottom_text: Option<String>,
    /// The registration code on the lower inner rim, 13 digits.
    pub code: Option<String>,
    /// Size and colour.
    pub style: Style,
}

/// Draws the round company seal.
///
/// # Errors
/// A text of the wrong length, with a forbidden character or one that the font does not have; a code that is not 13
/// digits; a diameter or rim that is not made.
pub fn round_company_seal(seal: &RoundSeal) -> Result<Artwork, Error> {
    let style = &seal.style;
    if !matches!(style.diameter_mm, 38 | 40 | 42) {
        return Err(Error::Diameter(style.diameter_mm));
    }
    if !(RIM_UM_MIN..=RIM_UM_MAX).contains(&style.rim_um) {
        return Err(Error::Rim(style.rim_um));
    }
    let name = text::name(&seal.name)?;
    let bottom = seal
        .bottom_text
        .as_deref()
        .map(text::bottom_text)
        .transpose()?
        .unwrap_or_default();
    let code = seal
        .code
        .as_deref()
        .map(text::code)
        .transpose()?
        .unwrap_or_default();

    let font = Font::open()?;
    let name = font.line(&name, Field::Name)?;
    let bottom = font.line(&bottom, Field::BottomText)?;
    let code = font
        .line(&code, Field::Name)
        .map_err(|_| Error::Internal("the seal font has no digits"))?;

    let layout = Layout::new(style, !bottom.is_empty(), !code.is_empty());
    let half_mm = layout.radius;
    let mut outlines = vec![
        Outline::from_path(Part::Rim, &rim(&layout), half_mm),
        Outline::from_path(Part::Star, &star(layout.star), half_mm),
    ];
    let mut put = |part: fn(usize) -> Part, glyphs: &[Glyph], places: Vec<Affine>| {
        for (index, (glyph, place)) in glyphs.iter().zip(places).enumerate() {
            outlines.push(Outline::from_path(
                part(index),
                &(place * glyph.path.clone()),
                half_mm,
            ));
        }
    };
    put(Part::Name, &name, layout.name(&name));
    put(Part::BottomText, &bottom, layout.bottom_text(&bottom));
    put(Part::Code, &code, layout.code(&code));

    let side_um = u32::from(style.diameter_mm) * 1000;
    Ok(Artwork {
        kind: Kind::Company,
        width_um: side_um,
        height_um: side_um,
        color_rgb: style.color_rgb,
        outlines,
    })
}

/// Two circles of opposite direction, so that the nonzero rule leaves the inside empty.
fn rim(layout: &Layout) -> BezPath {
    // Four curves to a circle differ from it by less than six micrometres at this size; eight by a hundredth of one.
    let tolerance_mm = 0.000_1;
    let mut ring = Circle::new(Point::ORIGIN, layout.radius).to_path(tolerance_mm);
    let inner = Circle::new(Point::ORIGIN, layout.inner)
        .to_path(tolerance_mm)
        .reverse_subpaths();
    ring.extend(inner);
    ring
}

/// A regular five-pointed star, one point upward.
fn star(radius: f64) -> BezPath {
    let notch = radius * (18_f64.to_radians().sin() / 54_f64.to_radians().sin());
    let mut path = BezPath::new();
    for corner in 0..10_u8 {
        let (sin, cos) = (f64::from(corner) * 36.0).to_radians().sin_cos();
        let r = if corner % 2 == 0 { radius } else { notch };
        let at = Point::new(r * sin, r * cos);
        if corner == 0 {
            path.move_to(at)
        } else {
            path.line_to(at)
        }
    }
    path.close_path();
    path
}
