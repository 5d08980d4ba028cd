//! A business licence: the wide form with two columns, or the older upright one.

use super::{date, field, field_as, labelled, name, number, trimmed};
use crate::page::{Mark, Page, position, text};
use crate::reading::{BusinessLicence, Field};

pub const LABELS: [&str; 9] = [
    "营业执照",
    "统一社会信用代码",
    "名称",
    "类型",
    "法定代表人",
    "注册资本",
    "成立日期",
    "住所",
    "经营范围",
];
const STOPS: [&str; 19] = [
    "统一社会信用代码",
    "名称",
    "类型",
    "法定代表人",
    "负责人",
    "经营者",
    "执行事务合伙人",
    "投资人",
    "注册资本",
    "出资额",
    "成立日期",
    "注册日期",
    "营业期限",
    "合伙期限",
    "住所",
    "主要经营场所",
    "经营场所",
    "经营范围",
    "登记机关",
];
const HEADS: [&str; 5] = ["法定代表人", "负责人", "经营者", "执行事务合伙人", "投资人"];
const ADDRESS_LINES_MAX: usize = 4;
const NAME_LINES_MAX: usize = 2;
const NAME_ENDS: [&str; 8] = [
    "公司",
    "合作社",
    "事务所",
    "厂",
    "店",
    "中心",
    "（有限合伙）",
    "部",
];

pub fn read(page: &Page) -> BusinessLicence {
    let mut company = labelled(page, &["名称", "称"], &STOPS, NAME_LINES_MAX);
    if company.is_missing() {
        company = by_its_end(page);
    }
    BusinessLicence {
        code: number::credit_code(page, &["统一社会信用代码", "社会信用代码", "信用代码"]),
        name: company,
        kind: labelled(page, &["类型", "型"], &STOPS, 2),
        legal_representative: page
            .after(&HEADS, &STOPS)
            .map_or_else(Field::missing, |marks| name(page, &marks)),
        capital: labelled(page, &["注册资本", "出资额"], &STOPS, 1),
        established: page
            .after(&["成立日期", "注册日期"], &STOPS)
            .map_or_else(Field::missing, |marks| day(page, &marks)),
        address: labelled(
            page,
            &["主要经营场所", "经营场所", "住所", "所"],
            &STOPS,
            ADDRESS_LINES_MAX,
        ),
    }
}

fn day(page: &Page, marks: &[Mark]) -> Field {
    let found = date::first(marks)
        .and_then(|(text, from, to)| Some(field_as(page, marks.get(from..to)?, text)));
    found.unwrap_or_else(Field::missing)
}

/// The first line that ends as names of firms do.
fn by_its_end(page: &Page) -> Field {
    let line = (0..page.lines.len())
        .map(|line| page.marks_of(line))
        .find(|marks| {
            let text = text(marks);
            marks.len() > 4
                && position(marks, "范围").is_none()
                && NAME_ENDS.iter().any(|end| text.ends_with(end))
        });
    line.map_or_else(Field::missing, |marks| {
        // Its own label may stand before it with a character misread.
        let from = position(&marks, "称")
            .filter(|at| *at < 2)
            .map_or(0, |at| at + 1);
        field(page, trimmed(marks.get(from..).unwrap_or_default()))
    })
}
