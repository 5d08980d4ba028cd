//! The side of an ID card with the portrait. The number anchors it: date of birth and sex follow from it.

use super::{date, field, labelled, name, number};
use crate::check::IdNumber;
use crate::page::{Mark, Page};
use crate::reading::{Field, Grade, IdCardFront};

pub const LABELS: [&str; 6] = ["姓名", "性别", "民族", "出生", "住址", "公民身份号码"];
const STOPS: [&str; 7] = [
    "姓名",
    "性别",
    "民族",
    "出生",
    "住址",
    "公民身份",
    "身份号码",
];
const ADDRESS_LINES_MAX: usize = 4;
/// Without 族, the longest first where one begins another.
const NATIONS: &str = "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 \
    柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 \
    门巴 珞巴 基诺 穿青人";

pub fn read(page: &Page) -> IdCardFront {
    let (mut number, parsed) = number::id_number(page, &["公民身份号码", "身份号码", "号码"]);
    let printed_birth = page
        .after(&["出生", "生"], &["住址", "公民身份"])
        .and_then(|marks| {
            let (text, from, to) = date::first(&marks)?;
            Some((text, marks.get(from..to)?.to_vec()))
        });
    let printed_sex = page
        .after(&["性别", "别"], &["民族"])
        .and_then(|marks| marks.first().copied());
    let mut sex = printed_sex
        .filter(|it| matches!(it.character, '男' | '女'))
        .map_or_else(Field::missing, |it| field(page, &[it]));
    let mut birth = printed_birth.map_or_else(Field::missing, |(text, marks)| {
        super::field_as(page, &marks, text)
    });
    let contradicted =
        |parsed: &IdNumber| birth.grade == Grade::Sure && birth.text != parsed.birth();
    let parsed = match parsed {
        Some(parsed) if contradicted(&parsed) => {
            number.grade = Grade::Confirm;
            // A correction that the printed date speaks against is none.
            if number.repaired {
                number = Field::missing();
            }
            (!number.is_missing()).then_some(parsed)
        }
        other => other,
    };
    if let Some(parsed) = parsed {
        let of_number = |text: String, printed: &Field| Field {
            text,
            place: printed.place.or(number.place),
            ..number.clone()
        };
        birth = of_number(parsed.birth(), &birth);
        sex = of_number(if parsed.is_male() { "男" } else { "女" }.to_owned(), &sex);
    }
    IdCardFront {
        name: person(page),
        sex,
        nation: nation(page),
        birth,
        address: labelled(page, &["住址", "址"], &STOPS, ADDRESS_LINES_MAX),
        number,
    }
}

fn person(page: &Page) -> Field {
    let behind = page.after(&["姓名", "名"], &STOPS);
    let found = behind.map_or_else(Field::missing, |marks| name(page, &marks));
    if !found.is_missing() {
        return found;
    }
    // The name stands above everything else.
    let above = (0..page.lines.len())
        .map(|line| page.marks_of(line))
        .find(|marks| {
            let is_label =
                |it: &Mark| "姓名性别民族出生住址公身份号码年月日".contains(it.character);
            (2..=8).contains(&marks.len())
                && marks
                    .iter()
                    .all(|it| super::is_chinese(it.character) || it.character == '·')
                && !marks.iter().any(is_label)
        });
    let mut found = above.map_or_else(Field::missing, |marks| name(page, &marks));
    if found.grade == Grade::Sure {
        found.grade = Grade::Confirm;
    }
    found
}

fn nation(page: &Page) -> Field {
    let Some(marks) = page.after(&["民族", "族"], &STOPS) else {
        return Field::missing();
    };
    let text = crate::page::text(&marks);
    let known = NATIONS
        .split_whitespace()
        .filter(|nation| text.starts_with(nation))
        .max_by_key(|it| it.len());
    let Some(length) = known.map(|it| it.chars().count()) else {
        return Field::missing();
    };
    let marks = marks.get(..length).unwrap_or_default();
    let found = field(page, marks);
    // There are few nations: one of them read faintly is worth a look.
    if found.is_missing() {
        super::to_confirm(page, marks)
    } else {
        found
    }
}
