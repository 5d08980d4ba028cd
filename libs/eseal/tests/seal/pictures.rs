//! SVG, PNG and PDF form of one seal.

use eseal::{Kind, RoundSeal, Style};
use sha2::{Digest, Sha256};

use crate::{draw, full, name_of, seal};

#[test]
fn seal_1_svg_is_well_formed_and_holds_paths_only() {
    let artwork = draw(&full("互连<&\">科技", 42));
    let svg = artwork.to_svg();
    let mut open: Vec<&str> = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, after) = tag.split_once('>').expect("a closed tag");
        assert_eq!(after.trim(), "", "no text between tags");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let name = tag.split([' ', '/']).next().expect("a name");
        assert!(["svg", "g", "path"].contains(&name), "{name}");
        assert_eq!(tag.matches('"').count() % 2, 0, "closed attribute values");
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty());
    assert!(
        svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"42mm\" height=\"42mm\"")
    );
    assert!(svg.contains("viewBox=\"0 0 42000 42000\""));
    assert_eq!(svg.matches("<path ").count(), artwork.outlines().len());
}

#[test]
fn seal_1_png_has_the_natural_size_and_transparent_corners() {
    let color_rgb = [12, 34, 56];
    let style = Style {
        color_rgb,
        ..Style::default()
    };
    let file = draw(&RoundSeal {
        style,
        ..seal("互连科技有限公司")
    })
    .to_png(300)
    .expect("a picture");
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .expect("a PNG header");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!((info.width, info.height), (473, 473)); // 40 / 25.4 * 300 = 472.4, rounded up
    let density = reader.info().pixel_dims.expect("a resolution");
    assert_eq!(density.xppu, 11_811);
    let pixel = |x: usize, y: usize| &pixels[(y * 473 + x) * 4..][..4];
    for corner in [(0, 0), (472, 0), (0, 472), (472, 472)] {
        assert_eq!(pixel(corner.0, corner.1), [0; 4]);
    }
    assert_eq!(
        pixel(236, 236),
        [12, 34, 56, 255],
        "the star stands in the middle"
    );
    assert_eq!(pixel(236, 7), [12, 34, 56, 255], "the rim");
    assert_eq!(pixel(236, 17), [0; 4], "white between rim and name");
}

/// Operands that an operator of ISO 32000-1 Annex A takes, for those that a seal may use.
fn operands(operator: &str) -> usize {
    match operator {
        "q" | "Q" | "h" | "f" | "f*" => 0,
        "m" | "l" => 2,
        "rg" => 3,
        "c" | "cm" => 6,
        other => panic!("operator {other} in a seal"),
    }
}

#[test]
fn seal_1_pdf_form_fills_paths_and_needs_no_resources() {
    let form = draw(&full(&name_of(20), 40)).to_pdf_form();
    assert!(
        form.bbox
            .iter()
            .zip([0.0, 0.0, 113.386, 113.386])
            .all(|(a, b)| (a - b).abs() < 0.001)
    );
    let content = String::from_utf8(form.content).expect("ASCII");
    let (mut depth, mut numbers, mut fills) = (0, 0, 0);
    for token in content.split_ascii_whitespace() {
        if let Ok(number) = token.parse::<f64>() {
            assert!(
                (0.0..=40_000.0).contains(&number),
                "{number} lies outside the picture"
            );
            numbers += 1;
            continue;
        }
        assert_eq!(numbers, operands(token), "operands of {token}");
        numbers = 0;
        fills += usize::from(token == "f");
        depth += i32::from(token == "q") - i32::from(token == "Q");
        assert!((0..=1).contains(&depth));
    }
    assert_eq!((depth, numbers), (0, 0));
    assert_eq!(
        fills,
        2 + 20 + 8 + 13,
        "rim, star, name, horizontal text, code"
    );
}

/// Seals are signed and compared by digest: a changed font, layout or number format must be seen and meant, since the
/// same seal drawn again after an upgrade would otherwise differ from the one on record.
#[test]
fn seal_1_same_input_same_bytes() {
    let wish = full("互连（北京）数字证书有限公司", 40);
    let artwork = draw(&wish);
    assert_eq!(artwork, draw(&wish));
    assert_eq!(artwork.kind(), Kind::Company);
    assert_eq!(artwork.to_png(150), draw(&wish).to_png(150));
    let digest = |bytes: &[u8]| {
        Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    assert_eq!(
        digest(artwork.to_svg().as_bytes()),
        "812199f4e90e32e6609d2cf7d54351a7631112392b41176d980fa4845228d46a"
    );
    assert_eq!(
        digest(&artwork.to_pdf_form().content),
        "1ca56694f803d0fbcf5707a9315defa9c08e205955fa396aea949d3acbf9c45b"
    );
}
