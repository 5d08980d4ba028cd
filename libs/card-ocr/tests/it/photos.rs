//! Photos in the repository, written once by `examples/specimen.rs`: they need no font to be read.

use card_ocr::{Expect, Grade, Reading, Retake};

use crate::{reader, text};

fn photo(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/photos/{name}.jpg", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).expect(&path)
}

fn check(name: &str, expect: Expect, truth: &[(&str, &str)]) -> Reading {
    let reading = reader().read(&photo(name), expect).expect(name);
    assert_eq!(reading.retake, None, "{name}");
    let paper = reading.papers.first().expect(name);
    assert_eq!(paper.kind(), expect, "{name}");
    for (field, expected) in truth {
        assert_eq!(text(&reading.papers, field), *expected, "{name}: {field}");
    }
    let (width, height) = reading.size;
    for (field, it) in paper.fields() {
        let [left, top, right, bottom] = it.place.expect(field);
        assert!(left < right && top < bottom, "{name}: {field} has no area");
        assert!(
            left > -50.0
                && top > -50.0
                && right < width as f32 + 50.0
                && bottom < height as f32 + 50.0,
            "{name}: {field}"
        );
    }
    reading
}

#[test]
fn idv_1_the_front_of_a_card_is_read() {
    let truth = [
        ("name", "高镕溪"),
        ("sex", "女"),
        ("nation", "壮"),
        ("birth", "1979-08-25"),
        ("address", "西屏省白鹭市高新区滨江大道121号7单元290室"),
        ("number", "310115197908255009"),
    ];
    let reading = check("id-front", Expect::IdCardFront, &truth);
    let number = reading.papers[0]
        .fields()
        .iter()
        .find(|(name, _)| *name == "number")
        .unwrap()
        .1
        .clone();
    assert_eq!((number.grade, number.repaired), (Grade::Sure, false));
}

#[test]
fn idv_1_a_photo_stored_on_its_side_is_read_by_its_note() {
    let truth = [
        ("name", "上官英旻"),
        ("number", "500103195705075586"),
        ("address", "云山省安平市平原县桂花巷72号"),
    ];
    let reading = check("id-front-noted", Expect::IdCardFront, &truth);
    // Stored 960 x 1280; the note stands it upright.
    assert_eq!(reading.size, (1280, 960));
}

#[test]
fn idv_1_the_back_of_a_card_is_read_upside_down() {
    let truth = [
        ("authority", "山阳县公安局"),
        ("valid_from", "2013-06-16"),
        ("valid_to", "2018-06-16"),
    ];
    check("id-back", Expect::IdCardBack, &truth);
}

#[test]
fn idv_1_the_wrong_side_is_named() {
    let reading = reader()
        .read(&photo("id-back"), Expect::IdCardFront)
        .expect("a picture");
    assert_eq!(
        reading.retake,
        Some(Retake::WrongPaper {
            found: Expect::IdCardBack
        })
    );
}

#[test]
fn unit_6_a_wide_licence_is_read() {
    let truth = [
        ("code", "91510107525942076X"),
        ("name", "鼎盛（安平）商贸有限责任公司"),
        ("legal_representative", "郭嘉欣"),
        ("capital", "伍佰万元整"),
        ("established", "2001-05-22"),
        ("address", "西屏省青石市滨湖区滨江大道248号18幢3层"),
    ];
    check("licence-wide", Expect::BusinessLicence, &truth);
}

#[test]
fn unit_6_an_upright_licence_is_read_lying_on_its_side() {
    let truth = [
        ("code", "91330108XB32072935"),
        ("name", "紫云正源装饰工程集团有限公司"),
        ("kind", "其他有限责任公司"),
        ("legal_representative", "邱萱煜"),
        ("capital", "贰仟万元整"),
        ("established", "2014-05-08"),
        ("address", "临海省金沙市山阳县朝阳北路239号"),
    ];
    check("licence-upright", Expect::BusinessLicence, &truth);
}

#[test]
fn unit_1_a_power_of_attorney_is_read() {
    let truth = [
        ("company", "清河弘毅机电设备股份有限公司"),
        ("code", "91350203296858769F"),
        ("legal_representative", "邱萱煜"),
        ("agent", "热依汗·艾合买提"),
        ("agent_number", "120101197005082342"),
        ("valid_from", "2025-12-08"),
        ("valid_to", "2026-12-08"),
    ];
    check("attorney", Expect::PowerOfAttorney, &truth);
}
