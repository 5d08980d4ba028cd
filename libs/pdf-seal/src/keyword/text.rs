//! Texts as they are compared.

use unicode_normalization::UnicodeNormalization as _;

/// NFKC without white space, controls and characters that nobody sees.
///
/// NFKC makes full and half width forms equal, among them brackets, colons and digits, takes ligatures apart, and turns
/// the Kangxi radicals that some fonts give for ideographs into these. Other radicals follow, which NFKC leaves alone.
pub(super) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    add_normal(text, &mut out);
    out
}

/// As [`normal`], at the end of `out`.
pub(super) fn add_normal(text: &str, out: &mut String) {
    let mut characters = text.chars();
    // Nearly every glyph of a Chinese text is one of these, which normalisation leaves alone.
    if let (Some(one @ '\u{4e00}'..='\u{9fff}'), None) = (characters.next(), characters.next()) {
        out.push(one);
        return;
    }
    out.extend(text.nfkc().filter(|c| is_seen(*c)).map(ideograph));
}

fn is_seen(c: char) -> bool {
    let hidden = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffd}' | '\u{e0100}'..='\u{e01ef}');
    !(c.is_whitespace() || c.is_control() || hidden)
}

/// `EquivalentUnifiedIdeograph` of the Unicode character database for the block "CJK Radicals Supplement", from U+2E80:
/// browsers that print give these for ideographs that look the same.
const RADICALS: &str = ".厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵.旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

fn ideograph(c: char) -> char {
    let index = match c {
        '\u{2e80}'..='\u{2ef3}' => u32::from(c) - 0x2e80,
        _ => return c,
    };
    let found = RADICALS.chars().nth(index as usize);
    found.filter(|found| *found != '.').unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn texts_are_made_equal() {
        let check = |text: &str, expected: &str| assert_eq!(normal(text), expected);
        check("投标人（盖章）：", "投标人(盖章):");
        check(" 投　标 人\n(盖章)", "投标人(盖章)");
        check("１２ＡＢ", "12AB");
        check("\u{2f42}\u{200b}件", "文件");
        check("ﬁn", "fin");
        check(" \u{3000}\t", "");
        check("\u{2ed3}\u{2ed4}\u{2ec5}\u{2eda}", "长门见页");
        check("\u{2e80}\u{2e9a}\u{2ef3}", "\u{2e80}\u{2e9a}龟");
        check("章\u{fe00}\u{e0100}", "章");
        check("\u{fe35}盖章\u{fe36}", "(盖章)");
    }
}
