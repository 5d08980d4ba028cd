//! A seal picture in SVG, drawn sharp: shapes only, nothing from outside, within bounds.
//!
//! What a program for drawing may put into an SVG beside shapes — text that needs a font of this computer, pictures,
//! filters, patterns — is refused by name, since leaving it out silently would change the seal.

use std::collections::HashMap;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::{self, Document, Node, NodeId};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

/// The longest SVG file; a seal of our own has 40 thousand bytes.
pub(super) const SVG_BYTES: usize = 2 << 20;
/// Elements, those that `<use>` repeats counted as often as they are drawn.
const ELEMENTS: u64 = 100_000;
/// Elements inside elements, followed through `<use>`, `mask` and `clip-path`: each may need a layer of its own.
const DEPTH: u32 = 48;
/// Resolution, and the longest side in pixels.
const DPI: f64 = 600.0;
const SIDE: f64 = 3000.0;
const MM_PER_INCH: f64 = 25.4;

/// What is drawn, and what says something about it.
const KNOWN: [&str; 23] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "mask",
    "metadata",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "title",
    "use",
];
const SVG: &str = "http://www.w3.org/2000/svg";

/// An SVG that was read.
pub(super) struct Drawing {
    tree: Tree,
    /// Whether it says its size in units of length.
    pub natural_mm: Option<(f64, f64)>,
}

impl Drawing {
    /// Reads it; the error says what is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > SVG_BYTES {
            return Err("the SVG is larger than 2 megabytes".to_owned());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| "the SVG is not in UTF-8".to_owned())?;
        let options = roxmltree::ParsingOptions {
            allow_dtd: true,
            nodes_limit: 400_000,
            ..roxmltree::ParsingOptions::default()
        };
        let document = Document::parse_with_options(text, options)
            .map_err(|error| format!("the SVG cannot be read ({error})"))?;
        check(&document)?;
        let nothing = ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        };
        let options = Options {
            image_href_resolver: nothing,
            ..Options::default()
        };
        let tree = Tree::from_xmltree(&document, &options)
            .map_err(|error| format!("the SVG cannot be read ({error})"))?;
        let length = |name| length_mm(document.root_element().attribute(name)?);
        let natural_mm = length("width").zip(length("height"));
        Ok(Self { tree, natural_mm })
    }

    /// Height over width.
    pub fn proportion(&self) -> f64 {
        let size = self.tree.size();
        f64::from(size.height()) / f64::from(size.width())
    }

    /// Draws it to fill `width_mm` by `height_mm` on transparent ground.
    pub fn draw(&self, width_mm: f64, height_mm: f64) -> Result<Pixmap, String> {
        let longest = width_mm.max(height_mm);
        let per_mm = (DPI / MM_PER_INCH).min(SIDE / longest);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to a few thousand pixels"
        )]
        let pixels = |mm: f64| (mm * per_mm).round().clamp(1.0, SIDE) as u32;
        let (width, height) = (pixels(width_mm), pixels(height_mm));
        let mut pixmap = Pixmap::new(width, height).ok_or("the SVG has no size")?;
        let size = self.tree.size();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a few thousand pixels are exact"
        )]
        let scale =
            Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
        resvg::render(&self.tree, scale, &mut pixmap.as_mut());
        if pixmap.pixels().iter().all(|pixel| pixel.alpha() == 0) {
            return Err("the SVG shows nothing".to_owned());
        }
        Ok(pixmap)
    }
}

/// Elements of kinds that are known, and not too many of them.
fn check(document: &Document<'_>) -> Result<(), String> {
    let root = document.root_element();
    if !is_svg(root) || root.tag_name().name() != "svg" {
        return Err("this is not an SVG".to_owned());
    }
    for node in root.descendants().filter(|node| is_svg(*node)) {
        let name = node.tag_name().name();
        if !KNOWN.contains(&name) {
            return Err(unknown(name));
        }
    }
    let ids = root.descendants().filter_map(|node| {
        let id = node.attribute("id")?;
        Some((id, node))
    });
    let mut weights = Weights {
        ids: ids.collect(),
        known: HashMap::new(),
    };
    let (weight, _) = weights.of(root, 0)?;
    if weight > ELEMENTS {
        return Err(
            "the SVG has too many elements; save it in a simpler form or as a PNG".to_owned(),
        );
    }
    Ok(())
}

fn is_svg(node: Node<'_, '_>) -> bool {
    node.is_element() && node.tag_name().namespace() == Some(SVG)
}

fn unknown(name: &str) -> String {
    let way_out = match name {
        "text" | "tspan" | "textPath" | "tref" | "font" => {
            "text needs a font that others do not have; turn it into paths"
        }
        "image" | "feImage" => "save it as a PNG",
        _ => "turn it into plain shapes or save it as a PNG",
    };
    // The name is from the file: shown short, and only when it is a word.
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(30)
        .collect();
    format!("the SVG holds <{name}>, which a seal cannot have: {way_out}")
}

/// How many elements are drawn for one, what it refers to included.
struct Weights<'a, 'input> {
    ids: HashMap<&'a str, Node<'a, 'input>>,
    /// Weight and height of what was counted already.
    known: HashMap<NodeId, (u64, u32)>,
}

impl<'a, 'input> Weights<'a, 'input> {
    /// Weight and height of `node`, which stands `depth` below the root.
    fn of(&mut self, node: Node<'a, 'input>, depth: u32) -> Result<(u64, u32), String> {
        let known = self.known.get(&node.id()).copied();
        if depth + known.map_or(0, |(_, height)| height) > DEPTH {
            return Err("the SVG is nested too deeply, or in a circle".to_owned());
        }
        if let Some(known) = known {
            return Ok(known);
        }
        let (mut weight, mut height) = (1_u64, 0_u32);
        let others = node.children().filter(Node::is_element);
        for other in others.chain(self.referred(node)) {
            let (more, below) = self.of(other, depth + 1)?;
            weight = weight.saturating_add(more);
            height = height.max(below + 1);
        }
        self.known.insert(node.id(), (weight, height));
        Ok((weight, height))
    }

    fn referred(&self, node: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
        let in_links = node
            .attributes()
            .filter(|attribute| attribute.name() == "href")
            .filter_map(|attribute| attribute.value().trim().strip_prefix('#'));
        let in_styles = node
            .attributes()
            .filter(|attribute| matches!(attribute.name(), "mask" | "clip-path" | "style"))
            .flat_map(|attribute| attribute.value().split("url(").skip(1))
            .filter_map(|rest| {
                let name = rest.split(')').next()?;
                name.trim_matches(['\'', '"', ' ']).strip_prefix('#')
            });
        in_links
            .chain(in_styles)
            .filter_map(|id| self.ids.get(id).copied())
            .collect()
    }
}

/// A length with a unit of length; a bare number is pixels of a screen, which say nothing about paper.
fn length_mm(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 5] = [
        ("mm", 1.0),
        ("cm", 10.0),
        ("in", MM_PER_INCH),
        ("pt", MM_PER_INCH / 72.0),
        ("pc", MM_PER_INCH / 6.0),
    ];
    let text = text.trim();
    let (unit, mm) = UNITS.into_iter().find(|(unit, _)| text.ends_with(unit))?;
    let number: f64 = text.strip_suffix(unit)?.trim().parse().ok()?;
    Some(number * mm).filter(|mm| (1.0..=500.0).contains(mm))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> Vec<u8> {
        format!("<svg xmlns='{SVG}' xmlns:xlink='http://www.w3.org/1999/xlink' width='42mm' height='42mm' viewBox='0 0 100 100'>{inside}</svg>").into_bytes()
    }

    fn refuse(inside: &str, why: &str) {
        let read = Drawing::read(&svg(inside));
        let error = read
            .and_then(|drawing| drawing.draw(42.0, 42.0))
            .unwrap_err();
        assert!(error.contains(why), "{inside}: {error}");
    }

    #[test]
    fn shapes_are_drawn_sharp_and_on_no_ground() {
        let drawing = Drawing::read(&svg("<circle cx='50' cy='50' r='40' fill='#c00'/>")).unwrap();
        assert_eq!(drawing.natural_mm, Some((42.0, 42.0)));
        let picture = drawing.draw(42.0, 42.0).unwrap();
        assert_eq!((picture.width(), picture.height()), (992, 992));
        let alpha = |x, y| picture.pixel(x, y).unwrap().alpha();
        assert_eq!((alpha(496, 496), alpha(5, 5)), (255, 0));
        // A wide place stretches it, a large one is capped.
        let wide = drawing.draw(400.0, 100.0).unwrap();
        assert_eq!((wide.width(), wide.height()), (3000, 750));
    }

    #[test]
    fn what_would_be_left_out_is_refused_by_name() {
        refuse("<text>章</text>", "<text>");
        refuse("<g><image href='http://example.org/a.png'/></g>", "<image>");
        refuse("<image href='file:///etc/passwd'/>", "<image>");
        refuse("<filter id='f'/>", "<filter>");
        refuse("<script>1</script>", "<script>");
        refuse(
            "<rect width='10' height='10' fill='none'/>",
            "shows nothing",
        );
        refuse("<rect", "cannot be read");
        assert!(Drawing::read(b"<html/>").is_err());
        assert!(Drawing::read(&vec![b' '; SVG_BYTES + 1]).is_err());
    }

    #[test]
    fn what_multiplies_ends() {
        let mut nested = "<path id='a0' d='M0 0h9v9z'/>".to_owned();
        for level in 1..12 {
            let below = format!("<use xlink:href='#a{}'/>", level - 1).repeat(10);
            nested.push_str(&format!("<g id='a{level}'>{below}</g>"));
        }
        refuse(&nested, "too many");
        refuse("<g id='a'><use xlink:href='#a'/></g>", "circle");
        refuse(
            "<mask id='m' mask='url(#m)'/><path mask='url(#m)' d='M0 0h9v9z'/>",
            "circle",
        );
        refuse(&("<g>".repeat(100) + &"</g>".repeat(100)), "deeply");
        let bomb = "<!DOCTYPE svg [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>]>";
        let bomb = [bomb.as_bytes(), &svg("<title>&e;&e;&e;</title>")].concat();
        assert!(
            Drawing::read(&bomb)
                .and_then(|it| it.draw(40.0, 40.0))
                .is_err()
        );
    }
}
