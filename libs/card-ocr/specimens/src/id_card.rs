//! Both sides of an ID card, 85.6 x 54 mm.

use image::RgbImage;

use crate::dice::Dice;
use crate::facts;
use crate::ink::{BLACK, Colour, Fonts, Sheet, Style};

type Drawn = (RgbImage, Vec<(&'static str, String)>);

const SIZE: (f32, f32) = (85.6, 54.0);
const PIXELS_PER_MM: f32 = 20.0;
const LABEL: Colour = (70, 110, 160, 1.0);
const WATERMARK: Colour = (200, 40, 40, 0.13);
const ADDRESS_CHARACTERS: usize = 11;

pub fn front(dice: &mut Dice, fonts: &Fonts) -> Drawn {
    let mut sheet = card(dice, fonts, (232, 240, 245, 1.0));
    let name = facts::person(dice);
    let nation = facts::nation(dice);
    let born = facts::day(dice, 1950, 2006);
    let (number, is_man) = facts::id_number(dice, born);
    let sex = if is_man { "男" } else { "女" };
    let address = facts::address(dice);
    let style = if dice.chance(0.6) {
        Style::Sans
    } else {
        Style::Serif
    };
    let (left, value) = (5.0 + dice.real(-0.6, 0.6), 15.0 + dice.real(-0.8, 0.8));
    let size = 3.1 + dice.real(-0.15, 0.25);
    let label = |sheet: &mut Sheet<'_>, text: &str, x: f32, y: f32| {
        sheet.spaced(
            text,
            (x, y),
            2.7,
            Style::Sans,
            LABEL,
            if text.chars().count() == 2 { 0.9 } else { 0.0 },
        )
    };
    label(&mut sheet, "姓名", left, 9.6);
    sheet.spaced(&name, (value, 9.6), size + 0.4, style, BLACK, 0.3);
    label(&mut sheet, "性别", left, 16.2);
    sheet.text(sex, (value, 16.2), size, style, BLACK);
    label(&mut sheet, "民族", left + 19.0, 16.2);
    sheet.text(nation, (value + 19.5, 16.2), size, style, BLACK);
    label(&mut sheet, "出生", left, 22.6);
    let (year, month, day) = born;
    let mut x = value;
    for (number, unit) in [(year, "年"), (month, "月"), (day, "日")] {
        x = sheet.text(&number.to_string(), (x, 22.6), size, style, BLACK) + 1.0;
        x = label(&mut sheet, unit, x, 22.6) + 1.6;
    }
    label(&mut sheet, "住址", left, 29.2);
    sheet.wrapped(
        &address,
        (value, 29.2),
        (ADDRESS_CHARACTERS, 4.6),
        size,
        style,
    );
    label(&mut sheet, "公民身份号码", left, 48.4);
    sheet.spaced(&number, (30.0, 48.4), 4.1, Style::Sans, BLACK, 0.55);
    portrait(&mut sheet, dice);
    sheet.slanted(
        "样本",
        (dice.real(30.0, 50.0), 30.0),
        17.0,
        -25.0,
        WATERMARK,
    );
    let truth = vec![
        ("name", name),
        ("sex", sex.to_owned()),
        ("nation", nation.to_owned()),
        ("birth", facts::iso(born)),
        ("address", address),
        ("number", number),
    ];
    (sheet.finish(), truth)
}

pub fn back(dice: &mut Dice, fonts: &Fonts) -> Drawn {
    let mut sheet = card(dice, fonts, (238, 236, 232, 1.0));
    let authority = facts::police(dice);
    let from = facts::day(dice, 2012, 2026);
    let years = [5, 10, 20, 0]
        .get(dice.number(0, 4) as usize)
        .copied()
        .unwrap_or(10);
    let (year, month, day) = from;
    let to = (year + years, month, day);
    let dotted = |(year, month, day): facts::Day| format!("{year:04}.{month:02}.{day:02}");
    let last = if years == 0 {
        "长期".to_owned()
    } else {
        dotted(to)
    };
    let red = (190, 40, 40, 0.9);
    sheet.circle((14.0, 14.0), 7.0, 1.2, red);
    sheet.centred("★", (14.0, 17.0), 8.0, Style::Sans, red, 0.0);
    sheet.spaced(
        "中华人民共和国",
        (28.0, 13.5),
        5.2,
        Style::SerifBold,
        BLACK,
        1.2,
    );
    sheet.spaced(
        "居民身份证",
        (28.0, 24.0),
        7.6,
        Style::SerifBold,
        BLACK,
        1.8,
    );
    let style = if dice.chance(0.6) {
        Style::Sans
    } else {
        Style::Serif
    };
    sheet.text("签发机关", (20.0, 40.6), 3.0, Style::SansBold, BLACK);
    sheet.text(&authority, (36.0, 40.6), 3.2, style, BLACK);
    sheet.text("有效期限", (20.0, 47.4), 3.0, Style::SansBold, BLACK);
    sheet.text(
        &format!("{}-{last}", dotted(from)),
        (36.0, 47.4),
        3.2,
        style,
        BLACK,
    );
    sheet.slanted(
        "样本",
        (dice.real(30.0, 55.0), 30.0),
        17.0,
        -25.0,
        WATERMARK,
    );
    let valid_to = if years == 0 { last } else { facts::iso(to) };
    let truth = vec![
        ("authority", authority),
        ("valid_from", facts::iso(from)),
        ("valid_to", valid_to),
    ];
    (sheet.finish(), truth)
}

fn card<'f>(dice: &mut Dice, fonts: &'f Fonts, paper: Colour) -> Sheet<'f> {
    let mut sheet = Sheet::new(SIZE, PIXELS_PER_MM, paper, fonts);
    sheet.waves(dice, SIZE, (120, 160, 190, 0.35));
    sheet
}

/// Where the face would be: a grey head and shoulders.
fn portrait(sheet: &mut Sheet<'_>, dice: &mut Dice) {
    let shade = 110 + dice.number(0, 60) as u8;
    sheet.rectangle((56.0, 8.0), (24.0, 31.0), (225, 228, 230, 1.0));
    for step in 0..14 {
        let radius = 0.5 + step as f32 * 0.45;
        sheet.circle((68.0, 19.0), radius, 0.6, (shade, shade, shade, 1.0));
        sheet.circle(
            (68.0, 39.0 - radius / 3.0),
            radius,
            0.6,
            (shade, shade, shade, 1.0),
        );
    }
}
