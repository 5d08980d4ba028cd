//! Powers of attorney on A4: one with labels, one as the sentence of tender documents.

use image::RgbImage;

use crate::dice::Dice;
use crate::facts;
use crate::ink::{BLACK, Fonts, Sheet, Style};

const SIZE: (f32, f32) = (210.0, 297.0);

pub fn draw(dice: &mut Dice, fonts: &Fonts) -> (RgbImage, Vec<(&'static str, String)>) {
    let mut sheet = Sheet::new(SIZE, 11.0, (252, 252, 250, 1.0), fonts);
    let company = facts::company(dice);
    let code = facts::credit_code(dice);
    let (head, agent) = (facts::person(dice), facts::person(dice));
    let born = facts::day(dice, 1960, 2003);
    let (number, _) = facts::id_number(dice, born);
    let from = facts::day(dice, 2024, 2026);
    let to = (from.0 + 1, from.1, from.2);
    let style = if dice.chance(0.7) {
        Style::Serif
    } else {
        Style::Sans
    };
    let written = |(year, month, day): facts::Day| format!("{year}年{month}月{day}日");
    let title = if dice.chance(0.5) {
        "授权委托书"
    } else {
        "法人授权委托书"
    };
    sheet.centred(title, (105.0, 45.0), 11.0, Style::SerifBold, BLACK, 2.0);
    let term = format!("自{}起至{}止", written(from), written(to));
    let left = 30.0 + dice.real(-4.0, 4.0);
    let size = 5.0 + dice.real(-0.2, 0.4);
    let as_sentence = dice.chance(0.4);
    let lines = if as_sentence {
        vec![
            format!("本人{head}系{company}"),
            "的法定代表人，现授权委托本单位员工办理数字证书和电子印章".to_owned(),
            "的申请、领取和变更手续，其签署的文件本单位均予以承认。".to_owned(),
            format!("委托人：{company}"),
            format!("统一社会信用代码：{code}"),
            format!("法定代表人：{head}"),
            format!("代理人：{agent}"),
            format!("身份证号码：{number}"),
            format!("授权期限：{term}。"),
        ]
    } else {
        vec![
            format!("委托人：{company}"),
            format!("统一社会信用代码：{code}"),
            format!("法定代表人：{head}"),
            format!("受托人：{agent}"),
            format!("身份证号码：{number}"),
            "委托事项：办理数字证书和电子印章的申请、领取和变更手续。".to_owned(),
            format!("授权期限：{term}。"),
            "受托人无转委托权，其签署的文件委托人均予以承认。".to_owned(),
        ]
    };
    let mut y = 70.0;
    for line in &lines {
        y = sheet.wrapped(line, (left, y), (30, 8.5), size, style) + 4.5;
    }
    sheet.text("委托人（盖章）：", (110.0, y + 20.0), size, style, BLACK);
    sheet.text(&written(from), (125.0, y + 34.0), size, style, BLACK);
    // Seals are set where they like: sometimes they touch the last lines.
    sheet.seal(
        "样本专用章",
        (150.0 + dice.real(-12.0, 12.0), y + dice.real(12.0, 26.0)),
        20.0,
    );
    sheet.slanted("样本", (105.0, 150.0), 60.0, -25.0, (200, 40, 40, 0.1));
    let truth = vec![
        ("company", company),
        ("code", code),
        ("legal_representative", head),
        ("agent", agent),
        ("agent_number", number),
        ("valid_from", facts::iso(from)),
        ("valid_to", facts::iso(to)),
    ];
    (sheet.finish(), truth)
}
