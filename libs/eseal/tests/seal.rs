//! The seal from outside: refusals, geometry, and the three pictures.

// The helpers of a test stand outside the functions that clippy takes for tests; failing loudly is their work.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "seal/geometry.rs"]
mod geometry;
#[path = "seal/pictures.rs"]
mod pictures;
#[path = "seal/refusals.rs"]
mod refusals;

use eseal::{Artwork, RoundSeal, Style, round_company_seal};

/// Ideographs to take names from.
const CHARACTERS: &str = "北京市海淀区中关村互联网电子招标投标数字证书与电子印章技术服务有限责任公司西南区域第一分公司筹备组";

fn name_of(characters: usize) -> String {
    CHARACTERS.chars().take(characters).collect()
}

fn seal(name: &str) -> RoundSeal {
    RoundSeal {
        name: name.to_owned(),
        ..RoundSeal::default()
    }
}

fn full(name: &str, diameter_mm: u8) -> RoundSeal {
    RoundSeal {
        bottom_text: Some("合同专用章(1)".to_owned()),
        code: Some("1101080123456".to_owned()),
        style: Style {
            diameter_mm,
            ..Style::default()
        },
        ..seal(name)
    }
}

fn draw(seal: &RoundSeal) -> Artwork {
    round_company_seal(seal).expect("a seal that can be drawn")
}
