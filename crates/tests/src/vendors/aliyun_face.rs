//! cloudauth: names against numbers, and faces against the authority's picture.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use providers::specimen::{Behaviour, PEOPLE};
use serde_json::{Value, json};

use super::FakeAliyun;
use super::aliyun::{Asked, Said};
use super::signing::encode;

/// The one 认证场景 that it knows.
pub const SCENE_ID: u64 = 1_000_001_234;

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceOutcome {
    /// It goes on.
    Open,
    /// It was left, or nothing is on record yet.
    Left,
    /// Passed.
    Passed,
    /// Not passed, with this SubCode.
    Failed(u16),
    /// Describe refuses with this Code.
    Refused(u16),
}

struct Check {
    order: String,
    facts: [String; 2],
    callback: Option<(String, String)>,
    outcome: FaceOutcome,
}

#[derive(Default)]
pub(super) struct Book(BTreeMap<String, Check>);

impl FakeAliyun {
    /// Decides what became of a check.
    pub fn decide(&self, certify_id: &str, outcome: FaceOutcome) {
        let mut books = self.books();
        books.faces.0.get_mut(certify_id).expect("a check").outcome = outcome;
    }

    /// The address that is called when a check is finished, with what the vendor appends.
    pub fn callback_of(&self, certify_id: &str) -> String {
        let books = self.books();
        let check = books.faces.0.get(certify_id).expect("a check");
        let (url, token) = check.callback.as_ref().expect("a callback was asked for");
        let code = match check.outcome {
            FaceOutcome::Failed(code) => code,
            _ => 200,
        };
        let begin = if url.contains('?') { '&' } else { '?' };
        let token = encode(token);
        format!("{url}{begin}callbackToken={token}&certifyId={certify_id}&passed={code}")
    }

    /// Calls it, and tells how it was answered.
    pub async fn call_back(&self, certify_id: &str) -> u16 {
        let url = self.callback_of(certify_id);
        let answer = reqwest::get(url).await.expect("somebody is there");
        answer.status().as_u16()
    }
}

fn said(code: &str, result: &Value) -> Said {
    let body = json!({
        "Code": code, "Message": "success", "RequestId": "130A2C10-B9EE-4D84-88E3-5384FF039795",
        "ResultObject": result,
    });
    (StatusCode::OK, body)
}

fn code(code: &str) -> Said {
    let body = json!({ "Code": code, "Message": "see documentation", "RequestId": "130A2C10" });
    (StatusCode::OK, body)
}

pub(super) fn id2_meta(asked: &Asked) -> Said {
    let parts = (
        asked.get("ParamType"),
        asked.get("UserName"),
        asked.get("IdentifyNum"),
    );
    let (Some(kind), Some(name), Some(number)) = parts else {
        return code("400");
    };
    if kind != "normal" || number.len() != 18 || name.chars().count() > 50 {
        return code("401");
    }
    let on_record = PEOPLE.iter().find(|person| person.id_number == number);
    let verdict = match on_record {
        None => "3",
        Some(person) if person.behaviour == Behaviour::Match && person.name == name => "1",
        Some(_) => "2",
    };
    said("200", &json!({ "BizCode": verdict }))
}

pub(super) fn init(book: &mut Book, asked: &Asked) -> Said {
    let needed = [
        "SceneId",
        "OuterOrderNo",
        "ProductCode",
        "CertType",
        "CertName",
        "CertNo",
    ];
    let needed = needed.into_iter().chain(["MetaInfo", "ReturnUrl", "Model"]);
    let mut given = Vec::new();
    for name in needed {
        let Some(value) = asked.get(name) else {
            return code("400");
        };
        given.push(value);
    }
    let [scene, order, product, kind, name, number, meta, _, model] = given[..] else {
        return code("400");
    };
    if scene != SCENE_ID.to_string() {
        return code("404");
    }
    let alphanumeric = order.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let meta: Option<Value> = serde_json::from_str(meta).ok();
    let models = [
        "LIVENESS",
        "PHOTINUS_LIVENESS",
        "MULTI_ACTION",
        "MOVE_ACTION",
    ];
    // Real callbacks are https; a test listens on this computer.
    let reachable = |url: &str| url.starts_with("https://") || url.starts_with("http://127.0.0.1:");
    let right = order.len() == 32
        && alphanumeric
        && product == "ID_PRO"
        && kind == "IDENTITY_CARD"
        && number.len() == 18
        && models.contains(&model)
        && meta.is_some_and(|meta| meta.get("ua").is_some_and(Value::is_string))
        && asked.get("CallbackUrl").is_none_or(reachable)
        && asked
            .get("CertifyUrlType")
            .is_none_or(|kind| matches!(kind, "WEB" | "H5"));
    if !right {
        return code("401");
    }
    let facts = [name.to_owned(), number.to_owned()];
    let known = book.0.iter().find(|(_, check)| check.order == order);
    let certify_id = match known {
        Some((_, check)) if check.facts != facts => return code("401"),
        Some((id, _)) => id.clone(),
        None => format!("sha{:029}", book.0.len() + 1),
    };
    let url = format!("https://t.aliyun.com/{certify_id}");
    let token = asked.get("CallbackToken").unwrap_or_default();
    let callback = asked.get("CallbackUrl");
    let check = Check {
        order: order.to_owned(),
        facts,
        callback: callback.map(|url| (url.to_owned(), token.to_owned())),
        outcome: FaceOutcome::Open,
    };
    book.0.entry(certify_id.clone()).or_insert(check);
    said(
        "200",
        &json!({ "CertifyId": certify_id, "CertifyUrl": url }),
    )
}

pub(super) fn describe(book: &Book, asked: &Asked) -> Said {
    let (Some(scene), Some(id)) = (asked.get("SceneId"), asked.get("CertifyId")) else {
        return code("400");
    };
    if scene != SCENE_ID.to_string() {
        return code("404");
    }
    let Some(check) = book.0.get(id) else {
        return code("406");
    };
    let outcome = |passed: &str, sub_code: u16| {
        json!({
            "Passed": passed, "SubCode": sub_code.to_string(), "IdentityInfo": null,
            "DeviceToken": "McozS1ZWRcRZStlERcZZo_QOytx5jcgZoZJEoRLOxxxxxxx", "MaterialInfo": "{}",
        })
    };
    match check.outcome {
        FaceOutcome::Open => code("403"),
        FaceOutcome::Left => code("424"),
        FaceOutcome::Passed => said("200", &outcome("T", 200)),
        FaceOutcome::Failed(sub_code) => said("200", &outcome("F", sub_code)),
        FaceOutcome::Refused(refused) => code(&refused.to_string()),
    }
}
