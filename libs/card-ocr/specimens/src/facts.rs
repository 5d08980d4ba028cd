//! Invented people, places and firms, with numbers whose checks hold.

use crate::dice::Dice;

const FAMILIES: &str = "林 陈 黄 张 李 王 吴 刘 蔡 杨 许 郑 谢 郭 洪 曾 邱 廖 赖 徐 周 叶 苏 庄 江 吕 何 罗 高 萧 潘 朱 简 钟 彭 游 詹 胡 施 沈 余 赵 \
    卢 梁 颜 柯 翁 魏 孙 戴 范 方 宋 邓 杜 傅 侯 曹 薛 丁 卓 阮 马 董 温 唐 石 蓝 程 尹 欧阳 上官 司徒 诸葛 郄 缑 忞";
const GIVEN: &str = "若 溪 明 远 思 源 子 涵 雨 桐 浩 然 佳 怡 晓 峰 志 强 丽 华 建 国 文 博 嘉 欣 俊 杰 秀 英 伟 芳 梓 萱 宇 轩 诗 琪 海 燕 春 梅 \
    珮 镕 赟 昉 翀 婳 旻 禛 玥 煜 熠 霖 瑾 瑜 皓 晟 烨 翊 沁 淼 鑫 森 垚 彧 祎 喆 堃 骏 骁 茜 薇 蔓 莹 雪 冰 鸿 鹏 凯 勇 军 敏 静 波 涛";
const LONG_NAMES: &str = "阿依古丽·买买提 迪丽拜尔·吐尔逊 才让卓玛 巴特尔·苏和 热依汗·艾合买提";
const NATIONS: &str = "汉 汉 汉 汉 汉 汉 回 满 蒙古 壮 苗 土家 维吾尔 藏 朝鲜 彝";
const PROVINCES: &str = "云山省 南浦省 东陵省 北川省 西屏省 临海省";
const CITIES: &str = "明月市 清河市 白鹭市 青石市 长宁市 安平市 紫云市 金沙市";
const DISTRICTS: &str = "江北区 滨湖区 高新区 新城区 东湖区 山阳县 平原县 望江县";
const STREETS: &str =
    "长河路 中山路 建设大街 人民东路 科技园二路 和平里 文昌街 滨江大道 桂花巷 朝阳北路";
const TRADES: &str = "科技 建设工程 信息技术 商贸 机电设备 咨询服务 物流 园林绿化 文化传媒 医疗器械 环保工程 软件 食品 装饰工程 电力工程";
const BRANDS: &str = "云帆 明德 恒信 瑞丰 海纳 正源 鼎盛 博远 天成 华泰 中盈 卓越 嘉禾 众诚 星辰 蓝图 启航 润泽 锦程 弘毅";
const FORMS: &str = "有限公司 有限责任公司 股份有限公司 集团有限公司";
const TYPES: &str = "有限责任公司（自然人投资或控股） 有限责任公司（自然人独资） 股份有限公司（非上市、自然人投资或控股） 有限责任公司（法人独资） 其他有限责任公司";
const CAPITALS: &str = "壹佰万元整 伍佰万元整 壹仟万元整 贰仟万元整 伍仟万元整 叁佰万元整 壹亿元整";
const SCOPES: &str = "技术开发、技术咨询、技术服务 销售电子产品、机械设备、五金交电 建筑工程施工、市政工程施工 软件开发、信息系统集成 货物进出口、技术进出口 企业管理咨询、会议服务";
const REGIONS: &str = "110105 120101 130102 210203 310115 320106 330108 340104 350203 370202 410105 420106 430104 440305 500103 510107 610113";

pub fn person(dice: &mut Dice) -> String {
    if dice.chance(0.06) {
        return dice.word(LONG_NAMES).to_owned();
    }
    let mut name = dice.word(FAMILIES).to_owned();
    let given = if dice.chance(0.8) { 2 } else { 1 };
    for _ in 0..given {
        name += dice.word(GIVEN);
    }
    name
}

pub fn nation(dice: &mut Dice) -> &'static str {
    dice.word(NATIONS)
}

pub fn address(dice: &mut Dice) -> String {
    let place = [PROVINCES, CITIES, DISTRICTS, STREETS]
        .map(|words| dice.word(words))
        .concat();
    let house = dice.number(1, 400);
    match dice.number(0, 4) {
        0 => format!("{place}{house}号"),
        1 => format!(
            "{place}{house}号{}单元{}室",
            dice.number(1, 9),
            dice.number(101, 2900)
        ),
        2 => format!(
            "{place}{house}弄{}号{}室",
            dice.number(1, 99),
            dice.number(101, 1900)
        ),
        _ => format!(
            "{place}{house}号{}幢{}层",
            dice.number(1, 30),
            dice.number(1, 30)
        ),
    }
}

pub fn police(dice: &mut Dice) -> String {
    let (city, district) = (dice.word(CITIES), dice.word(DISTRICTS));
    if dice.chance(0.6) {
        let district: String = district.chars().take(2).collect();
        format!("{city}公安局{district}分局")
    } else {
        format!("{district}公安局")
    }
}

pub fn company(dice: &mut Dice) -> String {
    let city: String = dice.word(CITIES).chars().take(2).collect();
    let (brand, trade, form) = (dice.word(BRANDS), dice.word(TRADES), dice.word(FORMS));
    if dice.chance(0.25) {
        format!("{brand}（{city}）{trade}{form}")
    } else {
        format!("{city}{brand}{trade}{form}")
    }
}

pub fn company_type(dice: &mut Dice) -> &'static str {
    dice.word(TYPES)
}

pub fn capital(dice: &mut Dice) -> String {
    if dice.chance(0.7) {
        dice.word(CAPITALS).to_owned()
    } else {
        format!("{}万元人民币", dice.number(1, 90) * 100)
    }
}

pub fn scope(dice: &mut Dice) -> String {
    let parts = [SCOPES; 4].map(|words| dice.word(words));
    format!(
        "{}。（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
        parts.join("；")
    )
}

/// Year, month, day.
pub type Day = (u32, u32, u32);

pub fn day(dice: &mut Dice, from: u32, to: u32) -> Day {
    (
        dice.number(from, to),
        dice.number(1, 13),
        dice.number(1, 29),
    )
}

pub fn iso((year, month, day): Day) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// A number by GB 11643 and whether it is a man's.
pub fn id_number(dice: &mut Dice, born: Day) -> (String, bool) {
    let serial = dice.number(1, 1000);
    let (year, month, day) = born;
    let body = format!(
        "{}{year:04}{month:02}{day:02}{serial:03}",
        dice.word(REGIONS)
    );
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = "10X98765432"
        .chars()
        .nth((sum % 11) as usize)
        .unwrap_or('0');
    (format!("{body}{check}"), serial % 2 == 1)
}

/// A code by GB 32100 with the organisation code of GB 11714 inside.
pub fn credit_code(dice: &mut Dice) -> String {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let letters = dice.chance(0.4);
    let organisation: String = (0..8)
        .map(|at| {
            let most = if letters && at < 3 { 31 } else { 10 };
            ALPHABET
                .chars()
                .nth(dice.number(0, most) as usize)
                .unwrap_or('0')
        })
        .collect();
    let value = |it: char| it.to_digit(36).unwrap_or(0);
    let sum: u32 = organisation
        .chars()
        .zip([3, 7, 9, 10, 5, 8, 4, 2])
        .map(|(it, weight)| value(it) * weight)
        .sum();
    let inner = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    let body = format!("91{}{organisation}{inner}", dice.word(REGIONS));
    let weights = [
        1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
    ];
    let place = |it: char| ALPHABET.chars().position(|other| other == it).unwrap_or(0);
    let sum: usize = body
        .chars()
        .zip(weights)
        .map(|(it, weight)| place(it) * weight)
        .sum();
    let check = ALPHABET.chars().nth((31 - sum % 31) % 31).unwrap_or('0');
    format!("{body}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;

    #[test]
    fn the_same_seed_gives_the_same_facts() {
        let facts = |seed: Seed| {
            let mut dice = seed.dice();
            (
                person(&mut dice),
                credit_code(&mut dice),
                id_number(&mut dice, (1990, 1, 2)).0,
            )
        };
        assert_eq!(facts(Seed::tuning(3)), facts(Seed::tuning(3)));
        assert_ne!(facts(Seed::tuning(3)), facts(Seed::figures(3)));
        let (_, code, number) = facts(Seed::figures(9));
        assert_eq!((code.len(), number.len()), (18, 18));
    }
}
