//! Photos drawn while the test runs. They need Noto Sans and Serif CJK, which the checks of this project install.

use card_ocr::{Expect, normal_text};
use card_ocr_specimens::{Condition, Fonts, Kind, Seed, draw, shoot_at};

use crate::{reader, text};

/// Fields that a reader may miss in a photo are none here: numbers anchor the papers.
fn check(fonts: &Fonts, kind: Kind, condition: Condition, expect: Expect, fields: &[&str]) {
    let seed = Seed::tuning(200);
    let specimen = draw(kind, seed, fonts);
    let photo = shoot_at(&specimen, condition, seed, 1600);
    let reading = reader().read(&photo, expect).expect("a photo");
    for name in fields {
        let truth = &specimen
            .truth
            .iter()
            .find(|(it, _)| it == name)
            .expect(name)
            .1;
        assert_eq!(
            normal_text(text(&reading.papers, name)),
            normal_text(truth),
            "{kind:?} {condition:?}: {name}"
        );
    }
}

#[test]
fn idv_1_freshly_drawn_cards_are_read() {
    let fonts = Fonts::installed();
    assert!(
        fonts.is_some(),
        "Noto Sans and Serif CJK are not installed (Debian: apt-get install fonts-noto-cjk)"
    );
    let fonts = fonts.unwrap();
    check(
        &fonts,
        Kind::IdCardFront,
        Condition::Careless,
        Expect::IdCardFront,
        &["name", "number", "birth"],
    );
    check(
        &fonts,
        Kind::IdCardBack,
        Condition::Sideways,
        Expect::Any,
        &["authority", "valid_from", "valid_to"],
    );
}
