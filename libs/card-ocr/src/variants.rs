//! Traditional characters that stand on no mainland paper but that a recogniser sees in the simplified ones.

use crate::line::Glyph;

/// Pairs: traditional, simplified.
const PAIRS: &str = "\
    黃黄吳吴楊杨陳陈張张劉刘趙赵孫孙馬马鄭郑謝谢韓韩馮冯許许鄧邓蕭萧蔣蒋葉叶蘇苏呂吕盧卢賈贾鐘钟譚谭陸陆範范鄒邹龍龙\
    萬万錢钱湯汤賀贺賴赖龔龚閻阎駱骆嚴严聶聂遲迟歐欧陽阳諸诸雲云偉伟強强軍军傑杰華华國国東东蘭兰麗丽紅红艷艳潔洁寶宝\
    亞亚鳳凤鵬鹏飛飞輝辉剛刚濤涛豐丰貴贵學学銘铭澤泽瑩莹靜静穎颖夢梦曉晓愛爱蓮莲嬌娇齊齐壽寿慶庆興兴業业義义榮荣維维\
    綱纲紹绍經经緒绪綺绮繼继緯纬絢绚純纯約约練练線线縣县聯联聰聪職职肅肃臨临舉举藝艺藍蓝衛卫見见親亲觀观詩诗誠诚語语\
    課课諾诺謙谦護护讓让貝贝財财賓宾賢贤車车軒轩載载達达遠远適适選选郵邮鄉乡醫医釗钊鈞钧鋒锋鋼钢錦锦鎮镇鏡镜長长門门\
    開开閣阁關关隊队階阶際际陰阴雙双雞鸡離离電电靈灵韋韦順顺須须項项預预頡颉頤颐題题顏颜願愿風风馳驰駿骏驊骅驕骄魯鲁\
    鮑鲍鴻鸿鶴鹤麥麦龐庞漢汉滿满號号區区廣广設设術术務务機机網网環环園园圓圆億亿責责資资單单個个體体類类樓楼層层棟栋\
    灣湾濱滨裝装飾饰發发銷销產产農农備备營营運运輸输諮咨詢询織织總总會会當当師师廠厂館馆統统編编碼码認认證证訊讯軟软\
    數数據据內内遼辽寧宁滬沪贛赣粵粤瓊琼陝陕臺台爾尔瑤瑶納纳喬乔簽签權权託托書书圍围執执參参與与對对於于別别戶户創创\
    標标質质檢检測测綠绿優优療疗藥药齒齿監监場场庫库鐵铁錄录計计記记註注冊册舊旧銀银島岛嶺岭橋桥溝沟塊块勝胜";

/// A replaced character is a suggestion, and this sure at most: whoever reads it is asked to look.
const SURE_MAX: f32 = 0.89;

/// The line in simplified characters.
pub fn simplified(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let usual = |glyph: Glyph| match simplified_form(glyph.character) {
        Some(character) => Glyph {
            character,
            sure: glyph.sure.min(SURE_MAX),
            ..glyph
        },
        None => glyph,
    };
    glyphs.into_iter().map(usual).collect()
}

fn simplified_form(character: char) -> Option<char> {
    let mut rest = PAIRS.chars();
    while let (Some(traditional), Some(simplified)) = (rest.next(), rest.next()) {
        if traditional == character {
            return Some(simplified);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_forms_are_a_suggestion_to_confirm() {
        let glyph = |character| Glyph {
            character,
            sure: 1.0,
            at: 0.5,
        };
        let line = simplified(vec![glyph('黃'), glyph('若')]);
        assert_eq!((line[0].character, line[0].sure), ('黄', SURE_MAX));
        assert_eq!(line[1], glyph('若'));
    }

    #[test]
    fn pairs_are_pairs() {
        let all: Vec<char> = PAIRS.chars().collect();
        assert!(all.len().is_multiple_of(2));
        for pair in all.chunks(2) {
            // A simplified form that is itself replaced would be a mistake in the list.
            assert_eq!(simplified_form(pair[1]), None, "{pair:?}");
        }
    }
}
