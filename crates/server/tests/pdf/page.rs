//! Pages as pictures, and seals drawn in SVG, as a person sees them.

use std::process::Command;

use crate::place::Place;

struct Pixels {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

fn read_png(bytes: &[u8]) -> Pixels {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut rgb).unwrap();
    assert_eq!(frame.color_type, png::ColorType::Rgb);
    Pixels {
        width: frame.width as usize,
        height: frame.height as usize,
        rgb,
    }
}

fn poppler(place: &Place, name: &str, page: &str, dpi: &str) -> Pixels {
    let out = place.path("poppler");
    let status = Command::new("pdftoppm")
        .args(["-png", "-r", dpi, "-cropbox", "-singlefile", "-f", page])
        .arg(place.path(name))
        .arg(&out)
        .status();
    assert!(status.unwrap().success());
    read_png(&place.read("poppler.png"))
}

fn difference(a: &Pixels, b: &Pixels) -> f64 {
    assert_eq!((a.width, a.height), (b.width, b.height));
    let differences = a.rgb.iter().zip(&b.rgb);
    let sum: u64 = differences.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.rgb.len() as f64
}

#[test]
fn a_page_with_our_own_seal_in_svg_looks_as_poppler_draws_it() {
    let place = Place::new();
    place.identity("p256");
    place.words("in.pdf", &["Contract", "Second page"]);
    let more = [
        "--seal", "seal.svg", "--mode", "all", "--at", "60,120", "--size", "100,100",
    ];
    place.seal_as("p256", "in.pdf", "out.pdf", &more);
    for page in ["1", "2"] {
        let said = place.json(
            &["page", "out.pdf", page, "page.png", "--dpi", "50"],
            0,
            "page",
        );
        let ours = read_png(&place.read("page.png"));
        assert_eq!(
            (&said["width_px"], &said["height_px"]),
            (&ours.width.into(), &ours.height.into())
        );
        assert_eq!(said["missing_characters"], 0);
        let mean = difference(&ours, &poppler(&place, "out.pdf", page, "50"));
        let without = difference(&ours, &poppler(&place, "in.pdf", page, "50"));
        assert!(
            mean < 2.0 && without > mean + 2.0,
            "page {page}: {mean}, {without}"
        );
    }
}

#[test]
fn an_svg_is_drawn_as_sharp_as_the_same_seal_in_png() {
    let place = Place::new();
    place.identity("p256");
    place.words("in.pdf", &["Contract"]);
    let seal = |picture: &str, out: &str| {
        let more = ["--seal", picture, "--at", "60,120", "--size", "80,80"];
        place.seal_as("p256", "in.pdf", out, &more);
        poppler(&place, out, "1", "150")
    };
    let svg = seal("seal.svg", "svg.pdf");
    let artwork = eseal::round_company_seal(&eseal::RoundSeal {
        name: "互连测试科技有限公司".to_owned(),
        ..eseal::RoundSeal::default()
    });
    place.write("sharp.png", artwork.unwrap().to_png(1200).unwrap());
    let sharp = seal("sharp.png", "png.pdf");
    let mean = difference(&svg, &sharp);
    assert!(mean < 0.5, "{mean}");
}
