//! A power of attorney: labelled lines, or the sentence of tender documents.

use super::{date, field, field_as, labelled, name, number, trimmed};
use crate::page::{Mark, Page, position};
use crate::reading::{Field, PowerOfAttorney};

pub const LABELS: [&str; 6] = ["委托书", "授权书", "委托人", "受托人", "代理人", "授权期限"];
const STOPS: [&str; 19] = [
    "委托人",
    "委托单位",
    "授权人",
    "单位名称",
    "统一社会信用代码",
    "法定代表人",
    "受托人",
    "被授权人",
    "代理人",
    "身份证号",
    "公民身份",
    "委托事项",
    "授权事项",
    "授权期限",
    "委托期限",
    "联系电话",
    "性别",
    "职务",
    "住所",
];
const COMPANY: [&str; 4] = ["委托单位", "委托人", "授权单位", "授权人"];
const AGENT: [&str; 5] = ["受托人", "被授权人", "委托代理人", "代理人", "被委托人"];
const NUMBER: [&str; 4] = ["身份证号码", "公民身份号码", "身份证号", "身份号码"];

pub fn read(page: &Page) -> PowerOfAttorney {
    let whole = page.reading_order();
    let mut company = labelled(page, &COMPANY, &STOPS, 2);
    if company.is_missing() {
        company = between(&whole, "系", "的法定代表人").map_or_else(Field::missing, |marks| {
            field(page, trimmed(without_aside(marks)))
        });
    }
    let head = page
        .after(&["法定代表人", "负责人"], &STOPS)
        .map_or_else(Field::missing, |marks| name(page, &marks));
    let head = or_sentence(page, head, &whole, "我", "系");
    let agent = page
        .after(&AGENT, &STOPS)
        .map_or_else(Field::missing, |marks| name(page, &marks));
    let agent = or_sentence(page, agent, &whole, "现授权委托", "为");
    let agent = or_sentence(page, agent, &whole, "现委托", "为");
    let (valid_from, valid_to) = term(page, &whole);
    PowerOfAttorney {
        company,
        code: number::credit_code(page, &["统一社会信用代码", "社会信用代码", "信用代码"]),
        legal_representative: head,
        agent,
        agent_number: number::id_number(page, &NUMBER).0,
        valid_from,
        valid_to,
    }
}

/// A name from the sentence 我(…)系(…)的法定代表人,现授权委托(…)为… where no label gave it.
fn or_sentence(page: &Page, found: Field, whole: &[Mark], from: &str, to: &str) -> Field {
    if !found.is_missing() {
        return found;
    }
    between(whole, from, to).map_or(found, |marks| name(page, without_aside(marks)))
}

/// The characters between two words, when they are few.
fn between<'a>(marks: &'a [Mark], from: &str, to: &str) -> Option<&'a [Mark]> {
    const MOST: usize = 60;
    let start = position(marks, from)? + from.chars().count();
    let rest = marks.get(start..)?;
    let end = position(rest, to).filter(|it| (1..=MOST).contains(it))?;
    rest.get(..end)
}

/// Up to a bracket: 张三（法定代表人姓名）.
fn without_aside(marks: &[Mark]) -> &[Mark] {
    // A company's name may have brackets inside; an aside names what stands before it.
    let aside = ["（姓名", "（法定", "（单位", "（投标", "（身份", "（供应"];
    let end = aside
        .iter()
        .filter_map(|it| position(marks, it))
        .min()
        .unwrap_or(marks.len());
    marks.get(..end).unwrap_or_default()
}

/// 自…起至…止: the first two dates that stand together.
fn term(page: &Page, whole: &[Mark]) -> (Field, Field) {
    const APART_MOST: usize = 6;
    let mut rest = whole;
    while let Some((text, from, to)) = date::first(rest) {
        let (marks, after) = (
            rest.get(from..to).unwrap_or_default(),
            rest.get(to..).unwrap_or_default(),
        );
        if let Some((end, start, stop)) = date::first(after).filter(|it| it.1 <= APART_MOST) {
            let until = after.get(start..stop).unwrap_or_default();
            return (field_as(page, marks, text), field_as(page, until, end));
        }
        rest = after;
    }
    (Field::missing(), Field::missing())
}
