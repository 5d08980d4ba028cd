use super::*;
use proptest::prelude::*;

/// Lines as (text, left, middle) of a page with lines 20 high, turned about a point.
fn page(lines: &[(&str, f32, f32)], angle: f32) -> Page {
    let line = |(text, left, middle): &(&str, f32, f32)| {
        let length = 20.0 * text.chars().count() as f32;
        let centre = Point::new(left + length / 2.0, *middle).turned(angle);
        let strip = Strip {
            centre: Point::new(centre.x + 500.0, centre.y + 500.0),
            length,
            thickness: 20.0,
            angle,
        };
        Line::of_text(text, 1.0, strip.corners())
    };
    Page::of(&lines.iter().map(line).collect::<Vec<_>>())
}

fn check(
    lines: &[(&str, f32, f32)],
    angle: f32,
    labels: &[&str],
    stops: &[&str],
    most: usize,
    expected: &str,
) {
    let page = page(lines, angle);
    let value = page
        .after(labels, stops)
        .map(|value| page.continued(value, stops, most));
    assert_eq!(
        text(&value.unwrap_or_default()),
        expected,
        "{lines:?} at {angle}"
    );
}

const CARD: &[(&str, f32, f32)] = &[
    ("姓名林若溪", 0.0, 0.0),
    ("性别女", 0.0, 40.0),
    ("民族汉", 120.0, 40.0),
    ("住址", 0.0, 80.0),
    ("云山省明月市长河路", 60.0, 80.0),
    ("12号3单元", 60.0, 104.0),
    ("公民身份号码", 0.0, 160.0),
];

proptest! {
    #[test]
    fn values_are_found_whichever_way_the_page_lies(angle in -3.1f32..3.1) {
        let stops = ["姓名", "性别", "民族", "住址", "公民身份号码"];
        check(CARD, angle, &["姓名"], &stops, 1, "林若溪");
        check(CARD, angle, &["性别"], &stops, 1, "女");
        check(CARD, angle, &["民族"], &stops, 1, "汉");
        check(CARD, angle, &["住址"], &stops, 3, "云山省明月市长河路12号3单元");
    }
}

#[test]
fn columns_do_not_mix() {
    let lines = [
        ("名", 0.0, 0.0),
        ("称", 60.0, 0.0),
        ("明月科技有限公司", 120.0, 0.0),
        ("注册资本", 500.0, 0.0),
        ("伍佰万元整", 620.0, 0.0),
        ("类型", 0.0, 40.0),
        ("有限责任公司住所", 120.0, 40.0),
        ("云山省", 620.0, 40.0),
        ("长河路1号", 620.0, 64.0),
    ];
    let stops = ["名称", "类型", "注册资本", "住所"];
    check(&lines, 0.0, &["名称"], &stops, 2, "明月科技有限公司");
    check(&lines, 0.0, &["注册资本"], &stops, 1, "伍佰万元整");
    check(&lines, 0.0, &["类型"], &stops, 1, "有限责任公司");
    // A label glued to the end of another column's line.
    check(&lines, 0.0, &["住所"], &stops, 3, "云山省长河路1号");
}

#[test]
fn watermarks_and_slanted_lines_are_left_out() {
    let mut lines = CARD.to_vec();
    lines.push(("样本样本", 50.0, 60.0));
    lines.push(("仅供核验使用", 50.0, 20.0));
    assert_eq!(page(&lines, 0.4).lines.len(), CARD.len());
}

#[test]
fn bounds_hold_the_characters() {
    let page = page(CARD, 0.0);
    let value = page.after(&["姓名"], &[]).unwrap();
    assert_eq!(
        page.bounds(&value).unwrap().map(f32::round),
        [540.0, 490.0, 600.0, 510.0]
    );
    assert!(page.bounds(&[]).is_none());
}
