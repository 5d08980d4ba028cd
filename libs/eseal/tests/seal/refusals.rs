//! Hostile texts: typed errors, never a panic.

use eseal::{CharacterClass, Error, Field, RoundSeal, Style, round_company_seal};
use proptest::prelude::*;

use crate::{draw, full, name_of, seal};

fn check(name: &str, expected: &Error, code: &str) {
    let error = round_company_seal(&seal(name)).expect_err(name);
    assert_eq!(&error, expected);
    assert_eq!(error.code(), code);
}

#[test]
fn seal_1_name_has_2_to_40_characters_after_trimming() {
    check(
        " 互 ",
        &Error::TooShort {
            field: Field::Name,
            characters: 1,
            min: 2,
        },
        "seal_text_too_short",
    );
    check(
        "",
        &Error::TooShort {
            field: Field::Name,
            characters: 0,
            min: 2,
        },
        "seal_text_too_short",
    );
    check(
        &name_of(41),
        &Error::TooLong {
            field: Field::Name,
            max: 40,
        },
        "seal_text_too_long",
    );
    check(
        &"一".repeat(1_000_000),
        &Error::TooLong {
            field: Field::Name,
            max: 40,
        },
        "seal_text_too_long",
    );
    assert_eq!(draw(&seal("\u{3000}互连\n")), draw(&seal("互连")));
    draw(&seal(&name_of(40)));
}

#[test]
fn seal_1_forbidden_characters_are_named_by_class_and_place() {
    for (character, class, code) in [
        ('\0', CharacterClass::Control, "seal_text_control"),
        ('\n', CharacterClass::Control, "seal_text_control"),
        ('\u{85}', CharacterClass::Control, "seal_text_control"),
        ('\u{2028}', CharacterClass::Control, "seal_text_control"),
        (
            '\u{202E}',
            CharacterClass::BidiControl,
            "seal_text_bidi_control",
        ),
        (
            '\u{2066}',
            CharacterClass::BidiControl,
            "seal_text_bidi_control",
        ),
        ('\u{200B}', CharacterClass::Format, "seal_text_format"),
        ('\u{FEFF}', CharacterClass::Format, "seal_text_format"),
        (
            '\u{E000}',
            CharacterClass::PrivateUse,
            "seal_text_private_use",
        ),
        (
            '\u{10FFFD}',
            CharacterClass::PrivateUse,
            "seal_text_private_use",
        ),
        (
            '\u{378}',
            CharacterClass::Unassigned,
            "seal_text_unassigned",
        ),
        (
            '\u{FFFF}',
            CharacterClass::Unassigned,
            "seal_text_unassigned",
        ),
    ] {
        let expected = Error::Forbidden {
            field: Field::Name,
            position: 2,
            character,
            class,
        };
        check(&format!("互{character}连"), &expected, code);
        assert!(
            !expected.to_string().contains(character),
            "a refusal prints no control character"
        );
    }
}

#[test]
fn seal_1_character_missing_from_the_font_is_named() {
    for character in ['😀', 'あ', 'ع', '\u{FE00}', '\u{301}', '\u{3000}'] {
        let expected = Error::MissingGlyph {
            field: Field::Name,
            position: 2,
            character,
        };
        check(
            &format!("互{character}连"),
            &expected,
            "seal_text_missing_glyph",
        );
    }
}

#[test]
fn seal_1_names_of_every_script_standard_are_in_the_font() {
    // Simplified, traditional, Hong Kong, rare characters of the General Standard table, Latin, brackets.
    for name in [
        "互连科技",
        "臺灣電腦股份有限公司",
        "香港㗎喺嘅咗啲",
        "䶮㛃𬭎𠅤𫟦",
        "ＡＢＣabc123（）()《》·—〇",
        "A B",
    ] {
        draw(&seal(name));
    }
}

#[test]
fn seal_1_bottom_text_code_diameter_and_rim_are_bounded() {
    let good = full("互连科技", 40);
    let fails = |seal: RoundSeal| round_company_seal(&seal).expect_err("a refusal").code();
    assert_eq!(
        fails(RoundSeal {
            bottom_text: Some(" ".into()),
            ..good.clone()
        }),
        "seal_text_too_short"
    );
    assert_eq!(
        fails(RoundSeal {
            bottom_text: Some("章".repeat(13)),
            ..good.clone()
        }),
        "seal_text_too_long"
    );
    for code in [
        "",
        "123456789012",
        "12345678901234",
        "123456789012X",
        "１１０１０８０１２３４５６",
    ] {
        assert_eq!(
            fails(RoundSeal {
                code: Some(code.into()),
                ..good.clone()
            }),
            "seal_code"
        );
    }
    for diameter_mm in [0, 37, 39, 58, 255] {
        let style = Style {
            diameter_mm,
            ..Style::default()
        };
        assert_eq!(
            fails(RoundSeal {
                style,
                ..good.clone()
            }),
            "seal_diameter"
        );
    }
    for rim_um in [0, 799, 1601, u32::MAX] {
        let style = Style {
            rim_um,
            ..Style::default()
        };
        assert_eq!(
            fails(RoundSeal {
                style,
                ..good.clone()
            }),
            "seal_rim"
        );
    }
}

#[test]
fn seal_1_resolution_is_bounded() {
    let artwork = draw(&seal("互连"));
    for dpi in [0, 35, 1201, u32::MAX] {
        assert_eq!(artwork.to_png(dpi), Err(Error::Dpi(dpi)));
    }
}

proptest! {
    #[test]
    fn seal_1_arbitrary_strings_never_panic(
        name in any::<String>(),
        bottom_text in any::<Option<String>>(),
        code in any::<Option<String>>(),
        diameter_mm in any::<u8>(),
        rim_um in any::<u32>(),
    ) {
        let style = Style { diameter_mm, rim_um, ..Style::default() };
        let _ = round_company_seal(&RoundSeal { name: name.clone(), bottom_text, code, style });
        let _ = round_company_seal(&seal(&name));
    }

    #[test]
    fn seal_1_arbitrary_ideographs_and_latin_are_drawn_or_refused(name in "[ -~一-鿿㐀-䶿（）·]{0,44}") {
        if let Ok(artwork) = round_company_seal(&seal(&name)) {
            prop_assert!(artwork.to_svg().ends_with("</svg>\n"));
        }
    }
}
