//! What e签宝 wants to know of a bank beside its branch: the head bank and the place. Both are read from what a branch
//! carries: its name begins with the bank's, and digits 4 to 7 of its code are the central bank's number of the place.

use crate::deposit::Branch;

/// `中国工商银行` of `中国工商银行股份有限公司北京海淀支行`; the whole name where it is no 银行.
pub(super) fn head(branch: &Branch) -> &str {
    const WORD: &str = "银行";
    let found = branch.name.find(WORD);
    found
        .and_then(|at| branch.name.get(..at + WORD.len()))
        .unwrap_or(&branch.name)
}

/// The province by the first two digits of the place.
pub(super) fn province(branch: &Branch) -> Option<&'static str> {
    let place = branch.code.get(3..7)?;
    if place.starts_with("653") {
        return Some("重庆");
    }
    Some(match place.get(..2)?.parse::<u8>().ok()? {
        10 => "北京",
        11 => "天津",
        12..=14 => "河北",
        16..=18 => "山西",
        19..=20 => "内蒙古",
        22..=23 => "辽宁",
        24..=25 => "吉林",
        26..=27 => "黑龙江",
        29 => "上海",
        30..=31 => "江苏",
        33..=34 => "浙江",
        36..=37 => "安徽",
        39..=40 => "福建",
        42..=43 => "江西",
        45..=47 => "山东",
        49..=51 => "河南",
        52..=54 => "湖北",
        55..=57 => "湖南",
        58..=60 => "广东",
        61..=63 => "广西",
        64 => "海南",
        65..=68 => "四川",
        70..=72 => "贵州",
        73..=76 => "云南",
        77..=78 => "西藏",
        79..=81 => "陕西",
        82..=84 => "甘肃",
        85..=86 => "青海",
        87 => "宁夏",
        88..=90 => "新疆",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_7_bank_and_place_are_read_from_the_branch() {
        for (code, name, bank, place) in [
            (
                "102100000030",
                "中国工商银行股份有限公司北京海淀支行",
                "中国工商银行",
                Some("北京"),
            ),
            (
                "308331012024",
                "招商银行股份有限公司杭州高新支行",
                "招商银行",
                Some("浙江"),
            ),
            (
                "105653000013",
                "中国建设银行重庆市分行",
                "中国建设银行",
                Some("重庆"),
            ),
            (
                "402000000000",
                "某某农村信用合作联社",
                "某某农村信用合作联社",
                None,
            ),
            ("1", "银行", "银行", None),
        ] {
            let branch = Branch {
                code: code.to_owned(),
                name: name.to_owned(),
            };
            assert_eq!((head(&branch), province(&branch)), (bank, place), "{code}");
        }
    }
}
