//! Aliyun's gateway: it judges the signature before any service sees the request.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use domain::Instant;
use serde_json::{Value, json};

use super::signing::{encode, hmac, parameters, sha256_hex};
use super::{Clock, aliyun_face, aliyun_ocr, aliyun_sms, serve, signing};

/// The one access key that it knows.
pub const ALIYUN_KEY_ID: &str = "LTAI5tFakeAccessKeyId";
/// Its secret.
pub const ALIYUN_SECRET: &str = "fAkE0aCcEsS1kEy2sEcReT3oFaLiYuN";
const SKEW_S: i64 = 15 * 60;
const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// The gateway with all services behind it, on one address.
#[derive(Clone)]
pub struct FakeAliyun {
    /// Where it answers.
    pub base_url: String,
    pub(super) inside: Arc<Inside>,
}

pub(super) struct Inside {
    pub clock: Clock,
    pub books: Mutex<Books>,
}

#[derive(Default)]
pub(super) struct Books {
    nonces: HashSet<String>,
    pub sms: aliyun_sms::Book,
    pub faces: aliyun_face::Book,
}

/// A request whose signature holds.
pub(super) struct Asked {
    pub parameters: BTreeMap<String, String>,
    pub body: Bytes,
    pub at: Instant,
}

impl Asked {
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.parameters.get(name).map(String::as_str);
        value.filter(|value| !value.is_empty())
    }
}

/// How a service answers: a status and a body.
pub(super) type Said = (StatusCode, Value);

impl FakeAliyun {
    /// Starts it.
    pub async fn start(clock: Clock) -> Self {
        let inside = Arc::new(Inside {
            clock,
            books: Mutex::default(),
        });
        let router = Router::new()
            .route("/", post(answer))
            .with_state(Arc::clone(&inside));
        Self {
            base_url: serve(router).await,
            inside,
        }
    }

    pub(super) fn books(&self) -> MutexGuard<'_, Books> {
        self.inside.books.lock().expect("no panic before")
    }
}

pub(super) fn refuse(status: u16, code: &str) -> Said {
    let status = StatusCode::from_u16(status).expect("a status");
    let body = json!({
        "Code": code, "Message": "see Recommend", "RequestId": "4C467B38-3910-447D-87BC-AC049166F216",
        "HostId": "fake", "Recommend": "https://api.aliyun.com/troubleshoot",
    });
    (status, body)
}

async fn answer(
    State(inside): State<Arc<Inside>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (status, body) = judge(&inside, &uri, &headers, body).unwrap_or_else(|said| said);
    (status, axum::Json(body)).into_response()
}

fn judge(inside: &Inside, uri: &Uri, headers: &HeaderMap, body: Bytes) -> Result<Said, Said> {
    let query = uri.query().unwrap_or_default();
    let at = (inside.clock)();
    verify(query, headers, &body, at)?;
    let header = |name| signing::header(headers, name);
    let nonce = header("x-acs-signature-nonce").unwrap_or_default();
    let mut books = inside.books.lock().expect("no panic before");
    if !books.nonces.insert(nonce.to_owned()) {
        return Err(refuse(400, "SignatureNonceUsed"));
    }
    let mut all = parameters(query);
    if header("content-type") == Some("application/x-www-form-urlencoded") {
        let form = std::str::from_utf8(&body).map_err(|_| refuse(400, "InvalidParameter"))?;
        all.extend(parameters(form));
    }
    let asked = Asked {
        parameters: all,
        body,
        at,
    };
    let action = (header("x-acs-action"), header("x-acs-version"));
    match action {
        (Some("SendSms"), Some("2017-05-25")) => aliyun_sms::send(&mut books.sms, &asked),
        (Some("Id2MetaVerify"), Some("2019-03-07")) => Ok(aliyun_face::id2_meta(&asked)),
        (Some("InitFaceVerify"), Some("2019-03-07")) => {
            Ok(aliyun_face::init(&mut books.faces, &asked))
        }
        (Some("DescribeFaceVerify"), Some("2019-03-07")) => {
            Ok(aliyun_face::describe(&books.faces, &asked))
        }
        (Some("RecognizeIdcard"), Some("2021-07-07")) => aliyun_ocr::id_card(&asked),
        (Some("RecognizeBusinessLicense"), Some("2021-07-07")) => aliyun_ocr::licence(&asked),
        _ => Err(refuse(404, "InvalidAction.NotFound")),
    }
}

/// The signature over the headers that it names, among which must be those that matter.
fn verify(query: &str, headers: &HeaderMap, body: &[u8], at: Instant) -> Result<(), Said> {
    let header = |name: &str| signing::header(headers, name);
    let given = header("authorization").ok_or_else(|| refuse(400, "MissingAuthorization"))?;
    let parts: Option<(&str, &str, &str)> = given
        .strip_prefix(ALGORITHM)
        .and_then(|rest| rest.trim().strip_prefix("Credential="))
        .and_then(|rest| rest.split_once(",SignedHeaders="))
        .and_then(|(key, rest)| Some((key, rest.split_once(",Signature=")?)))
        .map(|(key, (names, signature))| (key, names, signature));
    let (key, names, signature) = parts.ok_or_else(|| refuse(400, "IncompleteSignature"))?;
    if key != ALIYUN_KEY_ID {
        return Err(refuse(404, "InvalidAccessKeyId.NotFound"));
    }
    let signed: Vec<&str> = names.split(';').collect();
    let needed = ["host", "x-acs-action", "x-acs-version", "x-acs-date"];
    let needed = needed
        .into_iter()
        .chain(["x-acs-signature-nonce", "x-acs-content-sha256"])
        .chain(header("content-type").map(|_| "content-type"));
    for name in needed {
        if !signed.contains(&name) || header(name).is_none_or(str::is_empty) {
            return Err(refuse(400, "IncompleteSignature"));
        }
    }
    let nonce = header("x-acs-signature-nonce").unwrap_or_default();
    if !(16..=64).contains(&nonce.len()) {
        return Err(refuse(400, "InvalidParameter.SignatureNonce"));
    }
    let date = header("x-acs-date").unwrap_or_default();
    let date: jiff::Timestamp = date
        .parse()
        .map_err(|_| refuse(400, "InvalidTimeStamp.Format"))?;
    if at.seconds().abs_diff(date.as_second()) > SKEW_S.unsigned_abs() {
        return Err(refuse(400, "InvalidTimeStamp.Expired"));
    }
    let hash = header("x-acs-content-sha256").unwrap_or_default();
    let lines: String = signed
        .iter()
        .map(|name| format!("{name}:{}\n", header(name).unwrap_or_default()))
        .collect();
    let query: Vec<String> = parameters(query)
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    let canonical = format!("POST\n/\n{}\n{lines}\n{names}\n{hash}", query.join("&"));
    let text = format!("{ALGORITHM}\n{}", sha256_hex(canonical.as_bytes()));
    let expected = hex::encode(hmac(ALIYUN_SECRET.as_bytes(), text.as_bytes()));
    if expected != signature || hash != sha256_hex(body) {
        return Err(refuse(400, "SignatureDoesNotMatch"));
    }
    Ok(())
}
