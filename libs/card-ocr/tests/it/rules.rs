//! The rules for fields on lines that are given: no picture, no model.

use card_ocr::{Expect, Grade, Line, Paper, Point, understand};
use proptest::prelude::*;

use crate::text;

/// Lines as (text, left, middle), 40 pixels high.
fn lines(lines: &[(&str, f32, f32)], sure: f32) -> Vec<Line> {
    let line = |(text, left, middle): &(&str, f32, f32)| {
        let right = left + 40.0 * text.chars().count() as f32;
        let corner = |x: f32, y: f32| Point { x, y };
        let corners = [(*left, -20.0), (right, -20.0), (right, 20.0), (*left, 20.0)]
            .map(|(x, y)| corner(x, middle + y));
        Line::of_text(text, sure, corners)
    };
    lines.iter().map(line).collect()
}

fn check(given: &[(&str, f32, f32)], expect: Expect, truth: &[(&str, &str)]) -> Vec<Paper> {
    let reading = understand(lines(given, 0.99), (3000, 3000), expect);
    for (field, expected) in truth {
        assert_eq!(text(&reading.papers, field), *expected, "{field}");
    }
    reading.papers
}

const FRONT: [(&str, f32, f32); 8] = [
    ("姓名黃若溪", 100.0, 100.0),
    ("性别男民族土家", 100.0, 200.0),
    ("出生1949年12月31日", 100.0, 300.0),
    ("住", 100.0, 400.0),
    ("址", 160.0, 400.0),
    ("云山省明月市长河路", 260.0, 400.0),
    ("12号", 260.0, 450.0),
    ("公民身份号码11010519491231002X", 100.0, 600.0),
];

#[test]
fn idv_1_sex_and_birth_follow_from_the_number() {
    let papers = check(
        &FRONT,
        Expect::IdCardFront,
        &[
            // 17th digit 2: a woman, whatever was read.
            ("sex", "女"),
            ("birth", "1949-12-31"),
            ("nation", "土家"),
            ("address", "云山省明月市长河路12号"),
            ("number", "11010519491231002X"),
            ("name", "黄若溪"),
        ],
    );
    let Paper::IdCardFront(card) = &papers[0] else {
        panic!("{papers:?}")
    };
    assert_eq!(card.name.grade, Grade::Confirm);
    assert_eq!(card.number.grade, Grade::Sure);
}

/// A card whose number has an 8 for the 3 in the day; the recogniser is as sure of it as is said.
fn misread(printed_birth: &'static str, sure: f32) -> card_ocr::IdCardFront {
    let mut given = FRONT;
    given[7].0 = "公民身份号码11010519491281002X";
    given[2].0 = printed_birth;
    let mut lines = lines(&given, 0.99);
    lines[7].glyphs[6 + 12].sure = sure;
    let reading = understand(lines, (3000, 3000), Expect::IdCardFront);
    match reading.papers.first() {
        Some(Paper::IdCardFront(card)) => card.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn idv_1_a_repaired_number_is_to_be_confirmed() {
    let number = misread("出生", 0.7).number;
    assert_eq!(number.text, "11010519491231002X");
    assert_eq!((number.grade, number.repaired), (Grade::Confirm, true));
}

#[test]
fn idv_1_what_was_read_clearly_or_is_contradicted_is_not_repaired() {
    assert_eq!(misread("出生", 0.99).number.grade, Grade::Missing);
    let card = misread("出生1949年12月21日", 0.7);
    assert_eq!(card.number.grade, Grade::Missing);
    assert_eq!(card.birth.text, "1949-12-21");
}

#[test]
fn idv_1_a_number_that_does_not_hold_is_not_given() {
    let mut given = FRONT;
    given[7].0 = "公民身份号码110105194912310099";
    let papers = check(
        &given,
        Expect::IdCardFront,
        &[("number", ""), ("birth", "1949-12-31"), ("sex", "男")],
    );
    assert_eq!(papers[0].missing(), ["number"]);
}

#[test]
fn both_sides_in_one_photo_are_two_papers() {
    let mut given = FRONT.to_vec();
    given.extend([
        ("居民身份证", 100.0, 1100.0),
        ("签发机关明月市公安局", 100.0, 1300.0),
        ("有效期限2020.01.31-长期", 100.0, 1400.0),
    ]);
    let papers = check(
        &given,
        Expect::IdCardBack,
        &[
            ("authority", "明月市公安局"),
            ("valid_from", "2020-01-31"),
            ("valid_to", "长期"),
        ],
    );
    assert_eq!(
        papers.iter().map(Paper::kind).collect::<Vec<_>>(),
        [Expect::IdCardBack, Expect::IdCardFront]
    );
}

#[test]
fn unit_6_a_sole_trader_s_licence_has_an_operator() {
    let given = [
        ("营业执照", 800.0, 100.0),
        ("统一社会信用代码 91350100M000100Y43", 100.0, 200.0),
        ("名称云山小厨餐饮店", 100.0, 300.0),
        ("类型个体工商户", 100.0, 380.0),
        ("经营者林若溪", 100.0, 460.0),
        ("经营场所云山省明月市长河路12号", 100.0, 540.0),
        ("注册日期2019年6月3日", 100.0, 620.0),
    ];
    check(
        &given,
        Expect::BusinessLicence,
        &[
            ("code", "91350100M000100Y43"),
            ("name", "云山小厨餐饮店"),
            ("kind", "个体工商户"),
            ("legal_representative", "林若溪"),
            ("address", "云山省明月市长河路12号"),
            ("established", "2019-06-03"),
        ],
    );
}

#[test]
fn unit_1_the_sentence_of_tender_documents_is_understood() {
    let given = [
        ("授权委托书", 800.0, 100.0),
        (
            "本授权书声明：我林若溪系明月恒信（云山）科技有限公司的法定",
            100.0,
            200.0,
        ),
        (
            "代表人，现授权委托诸葛明远为我方代理人，身份证号码",
            100.0,
            260.0,
        ),
        (
            "11010519491231002X，自2025年1月1日至2025年12月31日有效。",
            100.0,
            320.0,
        ),
    ];
    check(
        &given,
        Expect::PowerOfAttorney,
        &[
            ("company", "明月恒信（云山）科技有限公司"),
            ("legal_representative", "林若溪"),
            ("agent", "诸葛明远"),
            ("agent_number", "11010519491231002X"),
            ("valid_from", "2025-01-01"),
            ("valid_to", "2025-12-31"),
        ],
    );
}

#[test]
fn faint_characters_are_confirmed_or_left_out() {
    let grade = |sure: f32| {
        let reading = understand(lines(&FRONT, sure), (3000, 3000), Expect::IdCardFront);
        let Some(Paper::IdCardFront(card)) = reading.papers.first().cloned() else {
            panic!("{reading:?}")
        };
        (card.nation.grade, card.address.grade, card.name.grade)
    };
    assert_eq!(grade(0.95), (Grade::Sure, Grade::Sure, Grade::Confirm));
    assert_eq!(grade(0.7), (Grade::Confirm, Grade::Confirm, Grade::Confirm));
    assert_eq!(grade(0.4), (Grade::Confirm, Grade::Confirm, Grade::Missing));
}

proptest! {
    #[test]
    fn lines_of_anything_do_no_harm(given in proptest::collection::vec(("[姓名类型住所0-9Xx：代理人年月日 A-Z]{0,24}", -1e5f32..1e5, -1e5f32..1e5), 0..24)) {
        let given: Vec<(&str, f32, f32)> = given.iter().map(|(text, left, middle)| (text.as_str(), *left, *middle)).collect();
        for expect in [Expect::IdCardFront, Expect::IdCardBack, Expect::BusinessLicence, Expect::PowerOfAttorney, Expect::Any] {
            let _ = understand(lines(&given, 0.9), (100, 100), expect);
        }
    }
}
