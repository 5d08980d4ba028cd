//! The sandbox's pages, made on the server. The inbox stands in a frame of its own and reads itself again, so that what one
//! is copying from the rest of the page stays where it is.

use std::fmt::Write as _;

use app::Settings;
use app::sandbox::{COMPANIES, Message, PEOPLE};
use domain::Instant;

use crate::page::{Page, escape};

/// How often the inbox reads itself again, in seconds.
const REFRESH_S: u32 = 2;
/// Messages in the frame; `inbox.json` has the rest.
const SHOWN: usize = 20;

/// The whole page.
pub(super) fn sandbox(settings: &Settings) -> Page {
    let mut body = format!(
        "<header><h1>沙箱</h1><p>这里的一切都是演示：不会真的发送短信，不会查询真实的个人或企业，也不产生任何费用。签发的证书和印章没有法律效力。</p>\
        <p>手机端：<a href=\"{0}\">{0}</a></p><p><a href=\"/sandbox/bank\">沙箱银行</a>　<a href=\"/sandbox/register\">沙箱工商登记</a></p></header><main>\
        <section id=\"inbox\"><h2>收件箱</h2><p class=\"note\">本应发出的短信，最新的在最前，自动更新。</p>\
        <iframe src=\"/sandbox/inbox\" title=\"收件箱\"></iframe></section>",
        escape(&settings.phone_url)
    );
    first_steps(&mut body);
    people(&mut body);
    companies(&mut body);
    body.push_str("</main>");
    Page {
        title: "沙箱 · 互连",
        body,
        refresh_s: None,
        in_frame: false,
        camera: false,
    }
}

/// The inbox in its frame.
pub(super) fn inbox(messages: &[Message]) -> Page {
    let mut body = String::new();
    match messages.first() {
        None => body.push_str("<p>还没有消息。在手机端点“获取验证码”，验证码会出现在这里。</p>"),
        Some(newest) => {
            let code = code(&newest.text).map_or_else(String::new, |code| {
                format!("<div class=\"big\">{code}</div>")
            });
            let _ = write!(
                body,
                "<div id=\"newest\">{code}<p class=\"note\">{} 发往 {}</p></div><ul>",
                clock(newest.at),
                escape(&newest.to)
            );
            for message in messages.iter().take(SHOWN) {
                let _ = write!(
                    body,
                    "<li>{} {}<br>{}</li>",
                    clock(message.at),
                    escape(&message.to),
                    escape(&message.text)
                );
            }
            body.push_str("</ul>");
        }
    }
    Page {
        title: "收件箱 · 沙箱",
        body,
        refresh_s: Some(REFRESH_S),
        in_frame: true,
        camera: false,
    }
}

fn first_steps(body: &mut String) {
    let (person, company) = (&PEOPLE[0], &COMPANIES[0]);
    let _ = write!(
        body,
        "<section><h2>第一次来？照着填</h2><p class=\"note\">点一下带下划线的内容即可整段选中。</p><ol>\
        <li>手机端用 <code>{}</code> 登录，验证码看上面的收件箱。</li>\
        <li>实名认证：姓名 <code>{}</code>，身份证号 <code>{}</code>。</li>\
        <li>设置六位证书密码，自己记住。</li>\
        <li>以法定代表人身份添加单位：<code>{}</code>，统一社会信用代码 <code>{}</code>。</li>\
        <li>购买平台证书并付款（沙箱收银台），证书装到手机上。</li><li>制作公章，扫投标管家上的二维码盖章。</li></ol></section>",
        person.phone, person.name, person.id_number, company.name, company.uscc
    );
}

fn people(body: &mut String) {
    body.push_str("<section id=\"people\"><h2>样本人员</h2><p class=\"note\">实名认证时使用。任何其他格式正确的姓名和身份证号也会通过。</p><div class=\"cards\">");
    for person in &PEOPLE {
        let _ = write!(
            body,
            "<div class=\"card\"><h3><code>{0}</code></h3><dl><dt>身份证号</dt><dd><code>{1}</code></dd><dt>手机号</dt><dd><code>{2}</code></dd>\
            <dt>核验</dt><dd>{3}</dd><dt>证件照</dt><dd>{4}</dd></dl></div>",
            person.name,
            person.id_number,
            person.phone,
            outcome(
                person.behaviour.as_str(),
                "想看实名认证被拒绝时选这个",
                "想看公安接口没有回应时选这个"
            ),
            papers(
                person.id_number,
                &[
                    ("front", "人像面"),
                    ("back", "国徽面"),
                    ("expired", "过期的国徽面")
                ]
            )
        );
    }
    body.push_str("</div></section>");
}

fn companies(body: &mut String) {
    body.push_str("<section id=\"companies\"><h2>样本企业</h2><p class=\"note\">以法定代表人身份添加单位时使用，登录人要与法定代表人是同一人。其他企业一律查无记录。</p><div class=\"cards\">");
    let attorney = format!("attorney-{}", PEOPLE[3].id_number);
    for company in &COMPANIES {
        let _ = write!(
            body,
            "<div class=\"card\"><h3><code>{}</code></h3><dl><dt>信用代码</dt><dd><code>{}</code></dd><dt>法定代表人</dt><dd>{}</dd>\
            <dt>核验</dt><dd>{}</dd><dt>证照</dt><dd>{}</dd></dl></div>",
            company.name,
            company.uscc,
            company.legal_representative,
            outcome(
                company.behaviour.as_str(),
                "想看工商信息不符时选这个",
                "想看工商接口没有回应时选这个"
            ),
            papers(
                company.uscc,
                &[
                    ("licence", "营业执照"),
                    (&attorney, "授权委托书（受托人赵样本）")
                ]
            )
        );
    }
    body.push_str("</div></section>");
}

/// Links to pictures of a specimen's papers, to be saved and handed in.
fn papers(number: &str, files: &[(&str, &str)]) -> String {
    let link = |(file, words): &(&str, &str)| {
        format!("<a href=\"/sandbox/specimens/{number}/{file}.png\">{words}</a>")
    };
    files.iter().map(link).collect::<Vec<_>>().join("　")
}

fn outcome(behaviour: &str, mismatch: &str, silence: &str) -> String {
    match behaviour {
        "match" => "一致，一路顺利".to_owned(),
        "mismatch" => format!("总是不一致（{mismatch}）"),
        _ => format!("始终没有回应（{silence}）"),
    }
}

/// The first run of six digits.
fn code(text: &str) -> Option<&str> {
    text.split(|letter: char| !letter.is_ascii_digit())
        .find(|run| run.len() == 6)
}

/// `MM-DD HH:MM:SS` in Shanghai.
fn clock(at: Instant) -> String {
    let day = at.day();
    let seconds = at.seconds() - day.start().seconds();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!(
        "{:02}-{:02} {hours:02}:{minutes:02}:{seconds:02}",
        day.month(),
        day.day()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_code_is_found_and_time_is_shanghai_time() {
        assert_eq!(
            code("【互连】验证码 012345，5 分钟内有效。"),
            Some("012345")
        );
        assert_eq!(code("2026 年 1234567"), None);
        assert_eq!(
            clock(Instant::from_seconds(1_772_416_800 + 61)),
            "03-02 10:01:01"
        );
    }
}
