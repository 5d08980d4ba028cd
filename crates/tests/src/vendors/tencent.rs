//! Tencent Cloud's gateway and its ocr: whatever it refuses stands in an answer with status 200.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use base64ct::{Base64, Encoding as _};
use domain::Instant;
use serde_json::{Value, json};

use super::aliyun_ocr::shown_by;
use super::signing::{hmac, sha256_hex};
use super::{Clock, serve, signing};

/// The one key pair that it knows.
pub const TENCENT_SECRET_ID: &str = "AKIDfakeSecretIdOfTencent0123456789";
/// Its secret.
pub const TENCENT_SECRET: &str = "fAkEtEnCeNtSeCrEtKeY0123456789ab";
const SKEW_S: i64 = 300;
const ALGORITHM: &str = "TC3-HMAC-SHA256";
const BASE64_BYTES_MAX: usize = 10 * 1024 * 1024;

/// The gateway.
#[derive(Clone)]
pub struct FakeTencent {
    /// Where it answers.
    pub base_url: String,
}

/// A code and a message.
type Refused = (&'static str, &'static str);

impl FakeTencent {
    /// Starts it.
    pub async fn start(clock: Clock) -> Self {
        let router = Router::new()
            .route("/", post(answer))
            .layer(axum::extract::DefaultBodyLimit::max(2 * BASE64_BYTES_MAX))
            .with_state(Arc::new(clock));
        Self {
            base_url: serve(router).await,
        }
    }
}

async fn answer(
    State(clock): State<Arc<Clock>>,
    headers: HeaderMap,
    body: Bytes,
) -> axum::Json<Value> {
    let at = (clock)();
    let mut said = match judge(&headers, &body, at) {
        Ok(said) => said,
        Err((code, message)) => json!({ "Error": { "Code": code, "Message": message } }),
    };
    said["RequestId"] = "3c140219-cfe9-470e-b241-907877d6fb03".into();
    axum::Json(json!({ "Response": said }))
}

fn judge(headers: &HeaderMap, body: &[u8], at: Instant) -> Result<Value, Refused> {
    verify(headers, body, at)?;
    let header = |name| signing::header(headers, name);
    if header("x-tc-version") != Some("2018-11-19") {
        return Err(("NoSuchVersion", "the version does not exist"));
    }
    let asked: Value = serde_json::from_slice(body)
        .map_err(|_| ("InvalidParameter", "the body is no JSON object"))?;
    let asked = asked
        .as_object()
        .ok_or(("InvalidParameter", "the body is no JSON object"))?;
    let known: &[&str] = match header("x-tc-action") {
        Some("IDCardOCR") => &[
            "ImageBase64",
            "ImageUrl",
            "CardSide",
            "Config",
            "CardWarnType",
        ],
        Some("BizLicenseOCR") => &["ImageBase64", "ImageUrl", "EnableCopyWarn"],
        _ => return Err(("InvalidAction", "the action does not exist")),
    };
    if asked.keys().any(|name| !known.contains(&name.as_str())) {
        return Err(("UnknownParameter", "a parameter does not exist"));
    }
    let image = asked.get("ImageBase64").and_then(Value::as_str);
    let image = image.filter(|image| !image.is_empty());
    let image = image.ok_or(("FailedOperation.EmptyImageError", "图片内容为空"))?;
    if image.len() > BASE64_BYTES_MAX {
        return Err(("LimitExceeded.TooLargeFileError", "文件内容太大"));
    }
    let photo = Base64::decode_vec(image).ok();
    let shown = photo.and_then(|photo| shown_by(&photo));
    let shown = shown.ok_or(("FailedOperation.ImageDecodeFailed", "图片解码失败"))?;
    match header("x-tc-action") {
        Some("IDCardOCR") => id_card(&shown, asked.get("CardSide").and_then(Value::as_str)),
        _ => licence(&shown),
    }
}

fn verify(headers: &HeaderMap, body: &[u8], at: Instant) -> Result<(), Refused> {
    const FORM: Refused = (
        "AuthFailure.InvalidAuthorization",
        "the header is not standard",
    );
    let header = |name: &str| signing::header(headers, name);
    let given = header("authorization").ok_or(FORM)?;
    let rest = given
        .strip_prefix(ALGORITHM)
        .and_then(|rest| rest.trim().strip_prefix("Credential="))
        .ok_or(FORM)?;
    let (credential, rest) = rest.split_once(", SignedHeaders=").ok_or(FORM)?;
    let (names, signature) = rest.split_once(", Signature=").ok_or(FORM)?;
    let (id, scope) = credential.split_once('/').ok_or(FORM)?;
    if id != TENCENT_SECRET_ID {
        return Err(("AuthFailure.SecretIdNotFound", "The SecretId is not found"));
    }
    let timestamp = header("x-tc-timestamp").unwrap_or_default();
    let sent: i64 = timestamp
        .parse()
        .map_err(|_| ("MissingParameter", "X-TC-Timestamp"))?;
    if at.seconds().abs_diff(sent) > SKEW_S.unsigned_abs() {
        return Err(("AuthFailure.SignatureExpire", "The signature has expired"));
    }
    let second = jiff::Timestamp::from_second(sent).expect("a time of this century");
    let day = jiff::tz::Offset::UTC.to_datetime(second).date();
    if scope != format!("{day}/ocr/tc3_request") || names != "content-type;host" {
        return Err(FORM);
    }
    let canonical = format!(
        "POST\n/\n\ncontent-type:{}\nhost:{}\n\n{names}\n{}",
        header("content-type").unwrap_or_default(),
        header("host").unwrap_or_default(),
        sha256_hex(body)
    );
    let hash = sha256_hex(canonical.as_bytes());
    let text = format!("{ALGORITHM}\n{timestamp}\n{scope}\n{hash}");
    let key = hmac(
        format!("TC3{TENCENT_SECRET}").as_bytes(),
        day.to_string().as_bytes(),
    );
    let key = hmac(&hmac(&key, b"ocr"), b"tc3_request");
    if hex::encode(hmac(&key, text.as_bytes())) != signature {
        return Err((
            "AuthFailure.SignatureFailure",
            "The provided credentials could not be validated",
        ));
    }
    Ok(())
}

fn id_card(shown: &Value, side: Option<&str>) -> Result<Value, Refused> {
    let field = |name: &str| shown.get(name).and_then(Value::as_str).unwrap_or_default();
    let paper = field("paper");
    let found = match paper {
        "id_card_front" => "FRONT",
        "id_card_back" => "BACK",
        "blurred" => return Err(("FailedOperation.ImageBlur", "图片模糊")),
        "small" => return Err(("FailedOperation.IdCardTooSmall", "身份证占比过小")),
        _ => return Err(("FailedOperation.ImageNoIdCard", "图片中未检测到身份证")),
    };
    if side.is_some_and(|side| side != found) {
        return Err(("FailedOperation.CardSideError", "CardSide类型错误"));
    }
    Ok(json!({
        "Name": field("name"), "Sex": field("sex"), "Nation": field("nation"),
        "Birth": field("birth"), "Address": field("address"), "IdNum": field("number"),
        "Authority": field("authority"), "ValidDate": field("valid"), "AdvancedInfo": "{}",
    }))
}

fn licence(shown: &Value) -> Result<Value, Refused> {
    let field = |name: &str| shown.get(name).and_then(Value::as_str).unwrap_or_default();
    if field("paper") != "licence" {
        return Err(("FailedOperation.NoBizLicense", "非营业执照"));
    }
    Ok(json!({
        "RegNum": field("code"), "Name": field("name"), "Capital": field("capital"),
        "Person": field("legal_representative"), "Address": field("address"), "Business": "",
        "Type": field("kind"), "Period": "", "ComposingForm": "", "SetDate": field("established"),
        "RecognizeWarnCode": [], "RecognizeWarnMsg": [], "IsDuplication": 1,
    }))
}
