//! The sandbox's page as HTML, made on the server: no script, nothing from elsewhere.

use std::fmt::Write as _;

use app::Settings;
use app::sandbox::{COMPANIES, Message, PEOPLE};

/// Own style and nothing else.
pub(super) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const STYLE: &str = "
body{margin:0;background:#f4f6f9;color:#1d2733;font:16px/1.6 system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}
header{background:#8a3b00;color:#fff;padding:20px 24px}header h1{margin:0;font-size:22px}header p{margin:6px 0 0}
header a{color:#fff}main{max-width:1060px;margin:0 auto;padding:8px 16px 48px}
section{background:#fff;border:1px solid #dde3ea;border-radius:10px;padding:16px 20px;margin:18px 0;overflow-x:auto}
h2{font-size:18px;margin:0 0 8px}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:7px 12px 7px 0;border-top:1px solid #e8ecf1;vertical-align:top}
th{border:0;color:#55606e;font-weight:600}code{font-size:15px;white-space:nowrap}.note{color:#55606e;margin:0 0 8px}pre{margin:0;white-space:pre-wrap;font:inherit}";

pub(super) fn render(settings: &Settings, messages: &[Message]) -> String {
    let mut html = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
        <title>沙箱 · 互连</title><style>{STYLE}</style></head><body><header><h1>沙箱</h1>\
        <p>这里的一切都是演示：不会真的发送短信，不会查询真实的个人或企业，也不产生任何费用。签发的证书和印章没有法律效力。</p>\
        <p>手机端：<a href=\"{0}\">{0}</a></p></header><main>",
        escape(&settings.phone_url)
    );
    inbox(&mut html, messages);
    people(&mut html);
    companies(&mut html);
    html.push_str("</main></body></html>");
    html
}

fn inbox(html: &mut String, messages: &[Message]) {
    html.push_str("<section id=\"inbox\"><h2>收件箱</h2><p class=\"note\">本应发出的短信和邮件，最新的在最前，最多保留 200 条。刷新本页即可看到新的。</p>");
    if messages.is_empty() {
        html.push_str("<p>还没有消息。</p></section>");
        return;
    }
    html.push_str("<table><tr><th>时间</th><th>发往</th><th>内容</th></tr>");
    for message in messages {
        let _ = write!(
            html,
            "<tr><td>{}</td><td><code>{}</code></td><td><pre>{}</pre></td></tr>",
            clock(message.at),
            escape(&message.to),
            escape(&message.text)
        );
    }
    html.push_str("</table></section>");
}

fn people(html: &mut String) {
    html.push_str("<section id=\"people\"><h2>样本人员</h2><p class=\"note\">实名认证时使用。任何其他格式正确的姓名和身份证号也会通过。</p><table><tr><th>姓名</th><th>身份证号</th><th>建议手机号</th><th>核验结果</th></tr>");
    for person in &PEOPLE {
        let _ = write!(
            html,
            "<tr><td>{}</td><td><code>{}</code></td><td><code>{}</code></td><td>{}</td></tr>",
            person.name,
            person.id_number,
            person.phone,
            outcome(person.behaviour.as_str())
        );
    }
    html.push_str("</table></section>");
}

fn companies(html: &mut String) {
    html.push_str("<section id=\"companies\"><h2>样本企业</h2><p class=\"note\">以法定代表人身份注册单位时使用。其他企业一律查无记录。</p><table><tr><th>名称</th><th>统一社会信用代码</th><th>法定代表人</th><th>核验结果</th></tr>");
    for company in &COMPANIES {
        let _ = write!(
            html,
            "<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
            company.name,
            company.uscc,
            company.legal_representative,
            outcome(company.behaviour.as_str())
        );
    }
    html.push_str("</table></section>");
}

fn outcome(behaviour: &str) -> &'static str {
    match behaviour {
        "match" => "一致",
        "mismatch" => "总是不一致",
        _ => "始终没有回应",
    }
}

/// `MM-DD HH:MM:SS` in Shanghai.
fn clock(at: domain::Instant) -> String {
    let day = at.day();
    let seconds = at.seconds() - day.start().seconds();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!(
        "{:02}-{:02} {hours:02}:{minutes:02}:{seconds:02}",
        day.month(),
        day.day()
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_stays_text() {
        assert_eq!(
            escape("<a href=\"x\">&"),
            "&lt;a href=&quot;x&quot;&gt;&amp;"
        );
        assert_eq!(
            clock(domain::Instant::from_seconds(1_772_416_800 + 61)),
            "03-02 10:01:01"
        );
    }
}
