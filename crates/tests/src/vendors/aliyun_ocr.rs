//! ocr-api: the photo is the body. What a photo shows stands behind its first bytes as JSON, so that a test can take
//! pictures without drawing them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::aliyun::{Asked, Said, refuse};

const PHOTO_BYTES_MAX: usize = 10 * 1024 * 1024;
const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0";

/// A photo that shows this.
pub fn photo_of(shown: &Value) -> Vec<u8> {
    let mut bytes = JPEG.to_vec();
    bytes.extend(shown.to_string().into_bytes());
    bytes
}

/// What a photo shows; none when it is no picture.
pub(super) fn shown_by(photo: &[u8]) -> Option<Value> {
    serde_json::from_slice(photo.strip_prefix(JPEG)?).ok()
}

fn read(asked: &Asked) -> Result<Value, Said> {
    if asked.body.is_empty() {
        return Err(refuse(400, "imageUrlOrBodyEmpty"));
    }
    if asked.body.len() > PHOTO_BYTES_MAX {
        return Err(refuse(400, "illegalImageSize"));
    }
    shown_by(&asked.body).ok_or_else(|| refuse(400, "unsupportedImageFormat"))
}

fn said(data: &Value) -> Said {
    let body = json!({
        "RequestId": "43A29C77-405E-4CC0-BC55-EE694AD00655", "Data": data.to_string(),
        "Code": null, "Message": null,
    });
    (StatusCode::OK, body)
}

pub(super) fn id_card(asked: &Asked) -> Result<Said, Said> {
    let shown = read(asked)?;
    let field = |name: &str| shown.get(name).cloned().unwrap_or_default();
    match shown.get("paper").and_then(Value::as_str) {
        Some("id_card_front") => Ok(said(&json!({ "data": { "face": { "data": {
            "name": field("name"), "sex": field("sex"), "ethnicity": field("nation"),
            "birthDate": field("birth"), "address": field("address"), "idNumber": field("number"),
        } } } }))),
        Some("id_card_back") => Ok(said(&json!({ "data": { "back": { "data": {
            "issueAuthority": field("authority"), "validPeriod": field("valid"),
        } } } }))),
        _ => Err(refuse(400, "unmatchedImageType")),
    }
}

pub(super) fn licence(asked: &Asked) -> Result<Said, Said> {
    let shown = read(asked)?;
    let field = |name: &str| shown.get(name).cloned().unwrap_or_default();
    if shown.get("paper").and_then(Value::as_str) != Some("licence") {
        return Err(refuse(400, "unmatchedImageType"));
    }
    Ok(said(&json!({ "data": {
        "creditCode": field("code"), "companyName": field("name"), "companyType": field("kind"),
        "businessAddress": field("address"), "legalPerson": field("legal_representative"),
        "registeredCapital": field("capital"), "RegistrationDate": field("established"),
        "validPeriod": "", "businessScope": "",
    } })))
}
