//! SendSms (dysmsapi, version 2017-05-25).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Account, Action, Body};
use crate::Provider;
use crate::answer::Answer;
use crate::sms::{Limit, Refusal, Sent, Sms, Text};
use crate::vendor::http::Fault;

const SEND_SMS: Action = Action {
    name: "SendSms",
    version: "2017-05-25",
};
/// Longest value of a parameter that is no code, in characters.
const PARAMETER_CHARS_MAX: usize = 35;

/// The vendor's codes of the passed templates, by our names: one table for the mainland and one, where it differs, for
/// everywhere else.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    /// Mainland.
    pub mainland: BTreeMap<String, String>,
    /// Hong Kong, Macau, Taiwan; what is missing is taken from the mainland's.
    pub elsewhere: BTreeMap<String, String>,
}

impl Templates {
    fn find(&self, name: &str, mainland: bool) -> Option<&str> {
        let elsewhere = self.elsewhere.get(name).filter(|_| !mainland);
        elsewhere
            .or_else(|| self.mainland.get(name))
            .map(String::as_str)
    }
}

/// Text messages by Aliyun.
pub struct AliyunSms {
    /// The account.
    pub account: Account,
    /// The passed signature, without brackets.
    pub sign_name: String,
    /// The passed templates.
    pub templates: Templates,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reply {
    code: String,
    #[serde(default)]
    message: String,
}

impl AliyunSms {
    async fn ask(&self, text: &Text) -> Result<Sent, Fault> {
        let (number, mainland) = as_dialled(&text.to);
        let Some(template) = self.templates.find(text.template.name(), mainland) else {
            return Ok(Sent::Refused(Refusal::Content));
        };
        let parameters: serde_json::Map<String, serde_json::Value> = text
            .template
            .parameters()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), shortened(&value).into()))
            .collect();
        let parameters = serde_json::Value::Object(parameters).to_string();
        let query = [
            ("PhoneNumbers", number.as_str()),
            ("SignName", self.sign_name.as_str()),
            ("TemplateCode", template),
            ("TemplateParam", parameters.as_str()),
        ];
        // A template without variables is sent without parameters.
        let query = query.get(..if parameters == "{}" { 3 } else { 4 });
        let reply: Reply = self
            .account
            .call(&SEND_SMS, query.unwrap_or_default(), Body::Nothing)
            .await?;
        judge(&reply.code, &reply.message)
    }
}

/// Mainland numbers without their area, others with it; never with a plus sign.
fn as_dialled(e164: &str) -> (String, bool) {
    let digits = e164.trim_start_matches('+');
    match e164.strip_prefix("+86") {
        Some(national) => (national.to_owned(), true),
        None => (digits.to_owned(), false),
    }
}

/// A unit's name may be longer than the vendor lets through; its beginning tells it.
fn shortened(value: &str) -> String {
    if value.chars().count() <= PARAMETER_CHARS_MAX {
        return value.to_owned();
    }
    let kept: String = value.chars().take(PARAMETER_CHARS_MAX - 1).collect();
    format!("{kept}…")
}

/// The status is 200 also for what is refused; the code says what became of it.
fn judge(code: &str, message: &str) -> Result<Sent, Fault> {
    let refusal = match code {
        "OK" => return Ok(Sent::Taken),
        "isv.BUSINESS_LIMIT_CONTROL" => Refusal::TooOften(limit(message)),
        "isv.DAY_LIMIT_CONTROL" | "isv.SMS_DAY_LIMIT" => Refusal::TooOften(Limit::Day),
        "isv.MOBILE_NUMBER_ILLEGAL" | "isv.MOBILE_COUNT_OVER_LIMIT" => Refusal::Number,
        "isv.TEMPLATE_MISSING_PARAMETERS"
        | "isv.SMS_TEMPLATE_ILLEGAL"
        | "isv.SMS_SIGNATURE_ILLEGAL"
        | "isv.INVALID_PARAMETERS"
        | "isv.INVALID_JSON_PARAM"
        | "isv.BLACK_KEY_CONTROL_LIMIT"
        | "isv.PARAM_LENGTH_LIMIT"
        | "isv.PARAM_NOT_SUPPORT_URL" => Refusal::Content,
        "isv.OUT_OF_SERVICE"
        | "isv.AMOUNT_NOT_ENOUGH"
        | "isv.ACCOUNT_ABNORMAL"
        | "isv.ACCOUNT_NOT_EXISTS"
        | "isp.RAM_PERMISSION_DENY" => Refusal::Account,
        // `isp.SYSTEM_ERROR` among them: the vendor's own trouble.
        _ => return Err(Fault::code(code)),
    };
    Ok(Sent::Refused(refusal))
}

/// One code stands for three limits; only the message tells them apart (触发分钟级流控, 小时级, 天级). What is not
/// understood counts as the day's, so that nothing is tried again in vain.
fn limit(message: &str) -> Limit {
    if message.contains("分钟级") {
        Limit::Minute
    } else if message.contains("小时级") {
        Limit::Hour
    } else {
        Limit::Day
    }
}

impl Provider for AliyunSms {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "aliyun-sms"
    }
}

impl Sms for AliyunSms {
    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Sent> {
        let work = self.ask(text);
        Box::pin(self.account.outside.within(self.name(), work))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ops_2_numbers_are_written_as_aliyun_dials_them() {
        for (e164, dialled, mainland) in [
            ("+8613900000000", "13900000000", true),
            ("+85291234567", "85291234567", false),
            ("+85361234567", "85361234567", false),
            ("+886912345678", "886912345678", false),
        ] {
            assert_eq!(as_dialled(e164), (dialled.to_owned(), mainland));
        }
    }

    #[test]
    fn ops_2_limits_of_aliyun_are_told_apart() {
        for (code, message, sent) in [
            ("OK", "OK", Ok(Sent::Taken)),
            (
                "isv.BUSINESS_LIMIT_CONTROL",
                "触发分钟级流控Permits:1",
                Ok(Sent::Refused(Refusal::TooOften(Limit::Minute))),
            ),
            (
                "isv.BUSINESS_LIMIT_CONTROL",
                "触发小时级流控Permits:5",
                Ok(Sent::Refused(Refusal::TooOften(Limit::Hour))),
            ),
            (
                "isv.BUSINESS_LIMIT_CONTROL",
                "触发天级流控Permits:10",
                Ok(Sent::Refused(Refusal::TooOften(Limit::Day))),
            ),
            (
                "isv.MOBILE_NUMBER_ILLEGAL",
                "",
                Ok(Sent::Refused(Refusal::Number)),
            ),
            (
                "isv.AMOUNT_NOT_ENOUGH",
                "",
                Ok(Sent::Refused(Refusal::Account)),
            ),
            (
                "isp.SYSTEM_ERROR",
                "",
                Err(Fault::Code("isp.SYSTEM_ERROR".to_owned())),
            ),
        ] {
            assert_eq!(judge(code, message), sent, "{code} {message}");
        }
    }

    #[test]
    fn ops_2_long_names_are_shortened_to_what_aliyun_takes() {
        assert_eq!(shortened("某某有限公司"), "某某有限公司");
        let long = shortened(&"某".repeat(60));
        assert_eq!(long.chars().count(), PARAMETER_CHARS_MAX);
        assert!(long.ends_with('…'));
    }
}
