//! e签宝: enterprise checks and transfers, in flows.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use base64ct::{Base64, Encoding as _};
use domain::Instant;
use md5::{Digest as _, Md5};
use providers::specimen::{Behaviour, COMPANIES};
use serde_json::{Value, json};

use super::signing::{hmac, parameters};
use super::{Clock, serve, signing};

/// The one application that it knows.
pub const ESIGN_APP_ID: &str = "7438912345";
/// Its secret.
pub const ESIGN_SECRET: &str = "fAkEeSiGnSeCrEt0123456789abcdef";
/// The branch that is found under most words.
pub const BRANCH_CODE: &str = "308331012024";
/// Its name.
pub const BRANCH_NAME: &str = "招商银行股份有限公司杭州高新支行";
const SKEW_MS: i64 = 15 * 60 * 1000;
/// How long it keeps silent after it did what was asked: longer than anybody waits.
const SILENCE: Duration = Duration::from_secs(30);
const GUESSES_MAX: u32 = 3;

/// The service.
#[derive(Clone)]
pub struct FakeEsign {
    /// Where it answers.
    pub base_url: String,
    inside: Arc<Inside>,
}

struct Inside {
    clock: Clock,
    flows: Mutex<BTreeMap<String, Flow>>,
}

#[derive(Clone, Default)]
pub(super) struct Flow {
    pub context_id: Option<String>,
    pub notify_url: Option<String>,
    card: Option<String>,
    process: Option<&'static str>,
    amount_fen: i64,
    guesses: u32,
}

/// Status, code, message, data.
type Said = (u16, i64, &'static str, Value);

impl FakeEsign {
    /// Starts it.
    pub async fn start(clock: Clock) -> Self {
        let inside = Arc::new(Inside {
            clock,
            flows: Mutex::default(),
        });
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&inside));
        Self {
            base_url: serve(router).await,
            inside,
        }
    }

    fn flows(&self) -> MutexGuard<'_, BTreeMap<String, Flow>> {
        self.inside.flows.lock().expect("no panic before")
    }

    pub(super) fn flow(&self, id: &str) -> Flow {
        self.flows().get(id).expect("a flow").clone()
    }

    /// The bank is done with a transfer.
    pub fn arrive(&self, flow: &str) {
        self.flows().get_mut(flow).expect("a flow").process = Some("PAID");
    }

    /// What came to the account.
    pub fn amount_fen(&self, flow: &str) -> i64 {
        self.flows().get(flow).expect("a flow").amount_fen
    }

    /// Flows so far: each is a question to the register.
    pub fn flow_count(&self) -> usize {
        self.flows().len()
    }

    /// The flow in which a number's transfer was asked for.
    pub fn flow_of(&self, context_id: &str) -> Option<String> {
        let flows = self.flows();
        let of = |flow: &Flow| flow.context_id.as_deref() == Some(context_id);
        let found = flows.iter().find(|(_, flow)| of(flow));
        found.map(|(id, _)| id.clone())
    }

    /// Transfers so far, by the number of whoever asked for them.
    pub fn transfers_of(&self, context_id: &str) -> usize {
        let flows = self.flows();
        let of = |flow: &&Flow| flow.context_id.as_deref() == Some(context_id);
        flows.values().filter(of).count()
    }
}

async fn answer(
    State(inside): State<Arc<Inside>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let at = (inside.clock)();
    let (said, silent) = match verify(&method, &uri, &headers, &body, at) {
        Err(said) => (said, false),
        Ok(()) => {
            let mut flows = inside.flows.lock().expect("no panic before");
            let said = route(&mut flows, &method, &uri, &body);
            let card = |flow: &Flow| flow.card.as_deref().is_some_and(|it| it.ends_with("0009"));
            let silent = uri.path().ends_with("/transferRandomAmount") && flows.values().any(card);
            (said.unwrap_or_else(|said| said), silent)
        }
    };
    if silent {
        tokio::time::sleep(SILENCE).await;
    }
    let (status, code, message, data) = said;
    let status = StatusCode::from_u16(status).expect("a status");
    let body = json!({ "code": code, "message": message, "data": data });
    (status, axum::Json(body)).into_response()
}

fn verify(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
    at: Instant,
) -> Result<(), Said> {
    let refused = |message| (401, 401, message, Value::Null);
    let header = |name: &str| signing::header(headers, name).unwrap_or_default();
    if header("x-tsign-open-app-id") != ESIGN_APP_ID {
        return Err(refused("应用不存在"));
    }
    if header("x-tsign-open-auth-mode") != "Signature" {
        return Err(refused("鉴权方式错误"));
    }
    let sent: Option<i64> = header("x-tsign-open-ca-timestamp").parse().ok();
    let now_ms = at.micros() / 1000;
    if sent.is_none_or(|sent| now_ms.abs_diff(sent) > SKEW_MS.unsigned_abs()) {
        return Err(refused("时间戳过期"));
    }
    let md5 = if body.is_empty() {
        String::new()
    } else {
        Base64::encode_string(&Md5::digest(body))
    };
    if header("content-md5") != md5 {
        return Err(refused("Content-MD5 不匹配"));
    }
    let target = uri.path_and_query().expect("a path").as_str();
    let text = format!(
        "{method}\n{}\n{md5}\n{}\n\n{target}",
        header("accept"),
        header("content-type")
    );
    let expected = Base64::encode_string(&hmac(ESIGN_SECRET.as_bytes(), text.as_bytes()));
    if header("x-tsign-open-ca-signature") != expected {
        return Err(refused("签名错误"));
    }
    Ok(())
}

fn route(
    flows: &mut BTreeMap<String, Flow>,
    method: &Method,
    uri: &Uri,
    body: &[u8],
) -> Result<Said, Said> {
    let path = uri.path().strip_prefix("/v2/identity/auth/");
    let path = path.ok_or((404, 404, "接口不存在", Value::Null))?;
    let asked: Value = serde_json::from_slice(body).unwrap_or_default();
    if path == "api/organization/threeFactors" && method == Method::POST {
        return three_factors(flows, &asked);
    }
    let flow = path.strip_prefix("pub/organization/");
    let (id, step) =
        flow.and_then(|rest| rest.split_once('/'))
            .ok_or((404, 404, "接口不存在", Value::Null))?;
    let flow = flows
        .get_mut(id)
        .ok_or((200, 30_500_104, "流程不存在", Value::Null))?;
    match (method.as_str(), step) {
        ("GET", "subbranch") => branches(uri.query().unwrap_or_default()),
        ("PUT", "transferRandomAmount") => transfer(flow, &asked, id.len()),
        ("GET", "transferProcess") => Ok(process(flow)),
        ("PUT", "verifyRandomAmount") => compare(flow, body),
        _ => Err((404, 404, "接口不存在", Value::Null)),
    }
}

const fn parameter(message: &'static str) -> Said {
    (200, 30_500_100, message, Value::Null)
}

fn text<'a>(asked: &'a Value, name: &str) -> Result<&'a str, Said> {
    let text = asked.get(name).and_then(Value::as_str);
    text.filter(|text| (1..=256).contains(&text.len()))
        .ok_or(parameter("参数不能为空"))
}

fn three_factors(flows: &mut BTreeMap<String, Flow>, asked: &Value) -> Result<Said, Said> {
    let (name, code) = (text(asked, "name")?, text(asked, "orgCode")?);
    let person = text(asked, "legalRepName")?;
    if code.len() != 18 {
        return Err(parameter("证件号格式错误"));
    }
    let company = COMPANIES.iter().find(|company| company.uscc == code);
    let company = company.ok_or((200, 30_503_001, "企业信息不存在", Value::Null))?;
    let matches = company.name == name
        && company.legal_representative == person
        && company.behaviour == Behaviour::Match;
    if !matches {
        return Err((200, 30_503_002, "企业信息比对不一致", Value::Null));
    }
    let id = (2_917_331_000_000_u64 + flows.len() as u64).to_string();
    flows.insert(id.clone(), Flow::default());
    Ok((200, 0, "成功", json!({ "flowId": id })))
}

fn branches(query: &str) -> Result<Said, Said> {
    let asked = parameters(query);
    let words = asked.get("keyWord").filter(|words| !words.is_empty());
    let words = words.ok_or(parameter("keyWord 不能为空"))?;
    let mut all = vec![(BRANCH_CODE.to_owned(), BRANCH_NAME.to_owned())];
    let more = |number: u32| {
        (
            format!("10210000{number:04}"),
            format!("中国工商银行北京第{number}支行"),
        )
    };
    all.extend((0..40).map(more));
    let rows: Vec<Value> = all
        .into_iter()
        .filter(|(_, name)| name.contains(words.as_str()))
        .take(20)
        .map(|(code, name)| json!({ "bankName": name, "cnapsCode": code }))
        .collect();
    Ok((200, 0, "成功", json!({ "list": rows })))
}

fn transfer(flow: &mut Flow, asked: &Value, salt: usize) -> Result<Said, Said> {
    for name in ["bank", "province", "city", "subbranch"] {
        text(asked, name)?;
    }
    let (card, branch) = (text(asked, "cardNo")?, text(asked, "cnapsCode")?);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(8..=32).contains(&card.len()) || !digits(card) || branch.len() != 12 || !digits(branch) {
        return Err(parameter("银行账号格式错误"));
    }
    if flow.process.is_some() {
        return Err((200, 30_504_010, "打款处理中，请勿重复提交", Value::Null));
    }
    if card.ends_with("0001") {
        return Err((200, 30_504_001, "收款账户户名不符", Value::Null));
    }
    *flow = Flow {
        context_id: asked
            .get("contextId")
            .and_then(Value::as_str)
            .map(str::to_owned),
        notify_url: asked
            .get("notifyUrl")
            .and_then(Value::as_str)
            .map(str::to_owned),
        card: Some(card.to_owned()),
        process: Some(if card.ends_with("0002") {
            "FAIL"
        } else {
            "PAYING"
        }),
        amount_fen: 1 + (card.len() as i64 * 37 + salt as i64) % 99,
        guesses: 0,
    };
    Ok((200, 0, "成功", Value::Null))
}

fn process(flow: &Flow) -> Said {
    let data = json!({
        "process": flow.process.unwrap_or("INIT"), "cardNo": flow.card, "foresee": "",
        "message": if flow.process == Some("FAIL") { "收款账户状态异常，已退汇" } else { "" },
        "remaintimes": GUESSES_MAX - flow.guesses,
    });
    (200, 0, "成功", data)
}

/// The amount is compared as it is written: a number of yuan with two digits.
fn compare(flow: &mut Flow, body: &[u8]) -> Result<Said, Said> {
    let body = std::str::from_utf8(body).unwrap_or_default();
    let written = body
        .strip_prefix(r#"{"amount":0."#)
        .and_then(|rest| rest.strip_suffix('}'))
        .filter(|digits| digits.len() == 2);
    let fen: i64 = written
        .and_then(|digits| digits.parse().ok())
        .ok_or(parameter("金额应为 0.01 至 0.99"))?;
    if flow.process != Some("PAID") {
        return Err((200, 30_504_020, "打款尚未完成", Value::Null));
    }
    if flow.guesses >= GUESSES_MAX {
        return Err((200, 30_504_022, "校验次数已用完", Value::Null));
    }
    if fen != flow.amount_fen {
        flow.guesses += 1;
        return Err((200, 30_504_021, "金额校验不一致", Value::Null));
    }
    Ok((200, 0, "成功", Value::Null))
}
