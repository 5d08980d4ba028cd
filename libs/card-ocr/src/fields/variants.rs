//! Traditional characters that stand on no mainland card but that a recogniser sees in the simplified one.

use crate::reading::{Field, Grade};

/// Pairs of names' characters: traditional, simplified.
const PAIRS: &str = "黃黄吳吴楊杨陳陈張张劉刘趙赵孫孙馬马鄭郑謝谢韓韩馮冯許许鄧邓蕭萧蔣蒋葉叶蘇苏呂吕盧卢賈贾鐘钟譚谭陸陆範范\
    鄒邹龍龙萬万錢钱湯汤賀贺賴赖龔龚閻阎駱骆嚴严聶聂遲迟歐欧陽阳諸诸雲云偉伟強强軍军傑杰華华國国東东蘭兰麗丽紅红艷艳\
    潔洁寶宝亞亚鳳凤鵬鹏飛飞輝辉剛刚濤涛豐丰貴贵學学銘铭澤泽瑩莹靜静穎颖夢梦曉晓愛爱蓮莲嬌娇齊齐壽寿慶庆興兴業业義义榮荣\
    維维綱纲紹绍經经緒绪綺绮繼继緯纬絢绚純纯約约練练線线縣县聯联聰聪職职肅肃臨临舉举藝艺藍蓝衛卫見见親亲觀观詩诗誠诚語语課课\
    諾诺謙谦護护讓让貝贝財财賓宾賢贤車车軒轩載载達达遠远適适選选郵邮鄉乡醫医釗钊鈞钧鋒锋鋼钢錦锦鎮镇鏡镜長长門门開开閣阁\
    關关隊队階阶際际陰阴雙双雞鸡離离電电靈灵韋韦順顺須须項项預预頡颉頤颐題题顏颜願愿風风馳驰駿骏驊骅驕骄魯鲁鮑鲍鴻鸿鶴鹤\
    麥麦龐庞";

/// The field with simplified characters, to be confirmed when one was replaced.
pub fn simplified(field: Field) -> Field {
    let pairs: Vec<char> = PAIRS.chars().filter(|it| !it.is_whitespace()).collect();
    let usual = |it: char| {
        let pair = pairs.chunks(2).find(|pair| pair.first() == Some(&it));
        pair.and_then(|pair| pair.get(1)).copied().unwrap_or(it)
    };
    let text: String = field.text.chars().map(usual).collect();
    if text == field.text {
        return field;
    }
    Field {
        text,
        grade: if field.is_missing() {
            Grade::Missing
        } else {
            Grade::Confirm
        },
        repaired: true,
        ..field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_forms_are_a_suggestion_to_confirm() {
        let read = |text: &str| Field {
            text: text.to_owned(),
            grade: Grade::Sure,
            confidence: 1.0,
            place: None,
            repaired: false,
        };
        let found = simplified(read("黃若溪"));
        assert_eq!(
            (found.text.as_str(), found.grade, found.repaired),
            ("黄若溪", Grade::Confirm, true)
        );
        assert_eq!(simplified(read("林若溪")), read("林若溪"));
        assert_eq!(
            PAIRS.chars().filter(|it| !it.is_whitespace()).count() % 2,
            0
        );
    }
}
