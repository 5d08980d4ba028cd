//! Business licences: the wide form of 2019 and the upright one before it. The layouts are simplified.

use image::RgbImage;

use crate::dice::Dice;
use crate::facts;
use crate::ink::{BLACK, Fonts, Sheet, Style};

type Drawn = (RgbImage, Vec<(&'static str, String)>);

const PAPER: (u8, u8, u8, f32) = (250, 247, 236, 1.0);
const GOLD: (u8, u8, u8, f32) = (190, 150, 60, 1.0);
const WATERMARK: (u8, u8, u8, f32) = (200, 40, 40, 0.12);

struct Company {
    code: String,
    name: String,
    kind: &'static str,
    head: String,
    capital: String,
    established: facts::Day,
    address: String,
    scope: String,
}

impl Company {
    fn new(dice: &mut Dice) -> Self {
        Self {
            code: facts::credit_code(dice),
            name: facts::company(dice),
            kind: facts::company_type(dice),
            head: facts::person(dice),
            capital: facts::capital(dice),
            established: facts::day(dice, 1995, 2026),
            address: facts::address(dice),
            scope: facts::scope(dice),
        }
    }

    fn date(&self) -> String {
        let (year, month, day) = self.established;
        format!("{year:04}年{month:02}月{day:02}日")
    }

    fn truth(self) -> Vec<(&'static str, String)> {
        vec![
            ("code", self.code),
            ("name", self.name),
            ("kind", self.kind.to_owned()),
            ("legal_representative", self.head),
            ("capital", self.capital),
            ("established", facts::iso(self.established)),
            ("address", self.address),
        ]
    }
}

pub fn wide(dice: &mut Dice, fonts: &Fonts) -> Drawn {
    let size = (297.0, 210.0);
    let mut sheet = bordered(dice, fonts, size);
    let company = Company::new(dice);
    let style = if dice.chance(0.5) {
        Style::Serif
    } else {
        Style::Sans
    };
    sheet.circle((148.0, 28.0), 11.0, 1.5, (200, 50, 40, 0.9));
    sheet.centred(
        "营业执照",
        (148.0, 62.0),
        17.0,
        Style::SerifBold,
        BLACK,
        4.0,
    );
    if dice.chance(0.5) {
        sheet.centred("（副本）", (148.0, 73.0), 6.0, Style::Serif, BLACK, 0.0);
    }
    sheet.text("统一社会信用代码", (26.0, 42.0), 5.0, Style::Sans, BLACK);
    sheet.text(&company.code, (26.0, 50.0), 5.4, Style::SansBold, BLACK);
    code_square(&mut sheet, dice, (240.0, 30.0), 28.0);
    let (left, right, step) = (
        26.0 + dice.real(-2.0, 2.0),
        162.0 + dice.real(-3.0, 3.0),
        13.0,
    );
    let top = 88.0 + dice.real(-2.0, 2.0);
    let text = 4.6 + dice.real(-0.2, 0.3);
    let rows = [
        ("名称", company.name.as_str()),
        ("类型", company.kind),
        ("法定代表人", company.head.as_str()),
    ];
    for (row, (label, value)) in rows.iter().enumerate() {
        let y = top + step * row as f32;
        self::label(&mut sheet, label, (left, y), 25.0);
        sheet.wrapped(value, (left + 30.0, y), (20, 6.2), text, style);
    }
    self::label(&mut sheet, "经营范围", (left, top + step * 3.0), 25.0);
    sheet.wrapped(
        &company.scope,
        (left + 30.0, top + step * 3.0),
        (21, 6.2),
        text,
        style,
    );
    let rows = [
        ("注册资本", company.capital.clone()),
        ("成立日期", company.date()),
        ("住所", company.address.clone()),
    ];
    for (row, (label, value)) in rows.iter().enumerate() {
        let y = top + step * row as f32;
        self::label(&mut sheet, label, (right, y), 21.0);
        sheet.wrapped(value, (right + 27.0, y), (17, 6.2), text, style);
    }
    registry(&mut sheet, dice, (210.0, 172.0));
    sheet.slanted(
        "样本",
        (dice.real(110.0, 180.0), 120.0),
        60.0,
        -25.0,
        WATERMARK,
    );
    (sheet.finish(), company.truth())
}

pub fn upright(dice: &mut Dice, fonts: &Fonts) -> Drawn {
    let size = (210.0, 297.0);
    let mut sheet = bordered(dice, fonts, size);
    let company = Company::new(dice);
    let style = if dice.chance(0.5) {
        Style::Serif
    } else {
        Style::Sans
    };
    sheet.circle((105.0, 40.0), 13.0, 1.5, (200, 50, 40, 0.9));
    sheet.centred(
        "营业执照",
        (105.0, 82.0),
        18.0,
        Style::SerifBold,
        BLACK,
        5.0,
    );
    let code = format!("统一社会信用代码 {}", company.code);
    sheet.centred(&code, (105.0, 97.0), 5.0, Style::Sans, BLACK, 0.0);
    let (left, step) = (30.0 + dice.real(-3.0, 3.0), 14.5);
    let mut y = 116.0;
    let text = 5.0 + dice.real(-0.2, 0.3);
    let date = company.date();
    let rows = [
        ("名称", company.name.as_str()),
        ("类型", company.kind),
        ("住所", company.address.as_str()),
        ("法定代表人", company.head.as_str()),
        ("注册资本", company.capital.as_str()),
        ("成立日期", date.as_str()),
        ("营业期限", "长期"),
    ];
    for (label, value) in rows {
        self::label(&mut sheet, label, (left, y), 27.0);
        sheet.wrapped(value, (left + 34.0, y), (23, 6.6), text, style);
        y += step;
    }
    self::label(&mut sheet, "经营范围", (left, y), 27.0);
    sheet.wrapped(&company.scope, (left + 34.0, y), (23, 6.6), text, style);
    registry(&mut sheet, dice, (140.0, 262.0));
    sheet.slanted(
        "样本",
        (dice.real(80.0, 130.0), 170.0),
        60.0,
        -25.0,
        WATERMARK,
    );
    (sheet.finish(), company.truth())
}

fn bordered<'f>(dice: &mut Dice, fonts: &'f Fonts, size: (f32, f32)) -> Sheet<'f> {
    let mut sheet = Sheet::new(size, 11.0, PAPER, fonts);
    sheet.waves(dice, size, (215, 190, 130, 0.3));
    for (inset, thickness) in [(9.0, 2.2), (13.0, 0.6)] {
        sheet.frame(
            (inset, inset),
            (size.0 - 2.0 * inset, size.1 - 2.0 * inset),
            thickness,
            GOLD,
        );
    }
    sheet
}

/// A label set so wide that all labels of a column end together.
fn label(sheet: &mut Sheet<'_>, text: &str, at: (f32, f32), width: f32) {
    let size = 4.6;
    let count = text.chars().count() as f32;
    let space = ((width - size * count) / (count - 1.0)).max(0.0);
    sheet.spaced(text, at, size, Style::Sans, BLACK, space);
}

/// Random squares where the QR code is.
fn code_square(sheet: &mut Sheet<'_>, dice: &mut Dice, (x, y): (f32, f32), side: f32) {
    let count = 29;
    let step = side / count as f32;
    for cell in 0..count * count {
        if dice.chance(0.5) {
            let place = (
                x + (cell % count) as f32 * step,
                y + (cell / count) as f32 * step,
            );
            sheet.rectangle(place, (step, step), BLACK);
        }
    }
}

fn registry(sheet: &mut Sheet<'_>, dice: &mut Dice, (x, y): (f32, f32)) {
    let (year, month, day) = facts::day(dice, 2016, 2026);
    sheet.text("登记机关", (x, y), 5.5, Style::Serif, BLACK);
    sheet.text(
        &format!("{year}年{month:02}月{day:02}日"),
        (x + 18.0, y + 14.0),
        4.8,
        Style::Serif,
        BLACK,
    );
    sheet.seal("样本市场监督管理局", (x + 42.0, y + 4.0), 19.0);
}
