//! dysmsapi: what it refuses it refuses with status 200.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::Instant;
use providers::sms::Template;
use serde_json::{Value, json};

use super::FakeAliyun;
use super::aliyun::{Asked, Said, refuse};

/// The passed signature.
pub const SIGN_NAME: &str = "互连";
/// Templates of codes, whose number is limited.
pub const CODE_TEMPLATES: [&str; 5] = ["SMS_100", "SMS_101", "SMS_102", "SMS_103", "SMS_104"];
const PARAMETER_CHARS_MAX: usize = 35;
const NUMBERS_MAX: usize = 1000;

/// A message that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentSms {
    /// As it was dialled.
    pub number: String,
    /// 模板 CODE
    pub template: String,
    /// Its parameters.
    pub parameters: BTreeMap<String, String>,
    at: Instant,
}

#[derive(Default)]
pub(super) struct Book(Vec<SentSms>);

/// The passed templates for the mainland, by our names.
pub fn templates() -> BTreeMap<String, String> {
    numbered(100)
}

/// The passed templates for elsewhere.
pub fn templates_elsewhere() -> BTreeMap<String, String> {
    numbered(200)
}

fn numbered(from: usize) -> BTreeMap<String, String> {
    let names = Template::NAMES.iter().enumerate();
    names
        .map(|(index, name)| ((*name).to_owned(), format!("SMS_{}", from + index)))
        .collect()
}

/// What a template's text has places for.
fn places(name: &str) -> &'static [&'static str] {
    match name {
        "phone_changed" => &["phone"],
        "account_ended" | "cancellation_stopped" | "password_reset_begun" => &[],
        "takeover_passed" | "takeover_refused" | "administrator_replaced" => &["unit"],
        "invitation" => &["unit", "token", "days"],
        _ => &["code"],
    }
}

impl FakeAliyun {
    /// The messages that were taken, oldest first.
    pub fn sent(&self) -> Vec<SentSms> {
        self.books().sms.0.clone()
    }
}

fn said(code: &str, message: &str) -> Said {
    let body = json!({
        "Code": code, "Message": message, "BizId": "900619746936498440^0",
        "RequestId": "F655A8D5-B967-440B-8683-DAD6FF8DE990",
    });
    (StatusCode::OK, body)
}

pub(super) fn send(book: &mut Book, asked: &Asked) -> Result<Said, Said> {
    let need = |name: &str| {
        let missing = || refuse(400, &format!("Missing{name}"));
        asked.get(name).ok_or_else(missing)
    };
    let numbers: Vec<&str> = need("PhoneNumbers")?.split(',').collect();
    let (sign_name, template) = (need("SignName")?, need("TemplateCode")?);
    if numbers.len() > NUMBERS_MAX {
        return Err(said("isv.MOBILE_COUNT_OVER_LIMIT", "手机号码数量超过限制"));
    }
    if sign_name != SIGN_NAME {
        return Err(said("isv.SMS_SIGNATURE_ILLEGAL", "短信签名不合法"));
    }
    for number in &numbers {
        let mainland =
            is_mainland(number).ok_or_else(|| said("isv.MOBILE_NUMBER_ILLEGAL", "非法手机号"))?;
        magic(number)?;
        let table = if mainland {
            templates()
        } else {
            templates_elsewhere()
        };
        let name = table.iter().find(|(_, code)| *code == template);
        let (name, _) = name.ok_or_else(|| said("isv.SMS_TEMPLATE_ILLEGAL", "短信模版不合法"))?;
        let parameters = parameters(asked.get("TemplateParam"), name)?;
        if CODE_TEMPLATES.contains(&template) {
            book.limit(number, asked.at)?;
        }
        book.0.push(SentSms {
            number: (*number).to_owned(),
            template: template.to_owned(),
            parameters,
            at: asked.at,
        });
    }
    Ok(said("OK", "OK"))
}

/// None for what is no number.
fn is_mainland(number: &str) -> Option<bool> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let national = ["+86", "0086", "86"]
        .iter()
        .find_map(|area| number.strip_prefix(area))
        .unwrap_or(number);
    let mobile = national.len() == 11 && digits(national) && national.starts_with('1');
    if mobile && !national.starts_with("10") {
        return Some(true);
    }
    let elsewhere = [("852", 8), ("853", 8), ("886", 9)];
    let fits = elsewhere.iter().any(|(area, length)| {
        number
            .strip_prefix(area)
            .is_some_and(|rest| rest.len() == *length && digits(rest))
    });
    fits.then_some(false)
}

/// Numbers that stand for a state of the account.
fn magic(number: &str) -> Result<(), Said> {
    match number {
        "19900000001" => Err(said("isv.OUT_OF_SERVICE", "业务停机")),
        "19900000002" => Err(said("isp.SYSTEM_ERROR", "系统错误")),
        "19900000003" => Err(said("isv.AMOUNT_NOT_ENOUGH", "账户余额不足")),
        "19900000004" => Err(refuse(503, "Throttling.User")),
        _ => Ok(()),
    }
}

fn parameters(given: Option<&str>, name: &str) -> Result<BTreeMap<String, String>, Said> {
    let invalid = || said("isv.INVALID_JSON_PARAM", "参数格式错误");
    let given: Value = serde_json::from_str(given.unwrap_or("{}")).map_err(|_| invalid())?;
    let mut read = BTreeMap::new();
    for (name, value) in given.as_object().ok_or_else(invalid)? {
        // Numbers are refused as well: values must be texts.
        let value = value.as_str().ok_or_else(invalid)?;
        if value.chars().count() > PARAMETER_CHARS_MAX {
            return Err(said("isv.PARAM_LENGTH_LIMIT", "参数超出长度限制"));
        }
        if value.contains("://") || value.contains("www.") {
            return Err(said("isv.PARAM_NOT_SUPPORT_URL", "变量不支持传入URL"));
        }
        read.insert(name.clone(), value.to_owned());
    }
    if places(name).iter().any(|place| !read.contains_key(*place)) {
        return Err(said("isv.TEMPLATE_MISSING_PARAMETERS", "模版缺少变量"));
    }
    Ok(read)
}

impl Book {
    /// One a minute, five an hour, ten a day, for one signature and number.
    fn limit(&self, number: &str, at: Instant) -> Result<(), Said> {
        let within = |seconds: i64| {
            let since = at.plus_seconds(-seconds);
            let to_it = self.0.iter().filter(|sent| sent.number == number);
            to_it.filter(|sent| sent.at > since).count()
        };
        for (seconds, most, message) in [
            (60, 1, "触发分钟级流控Permits:1"),
            (3600, 5, "触发小时级流控Permits:5"),
            (86_400, 10, "触发天级流控Permits:10"),
        ] {
            if within(seconds) >= most {
                return Err(said("isv.BUSINESS_LIMIT_CONTROL", message));
            }
        }
        Ok(())
    }
}
