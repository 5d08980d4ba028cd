//! A scan session from the asker's side.

use super::Asker;
use crate::{Api, Error, api::Auth};
use protocol::{Base64Url, MarkWire};
use serde::Deserialize;
use serde_json::{Value, json};

/// A session that was created.
#[derive(Clone, Debug, Deserialize)]
pub struct Created {
    /// Its id.
    pub session_id: String,
    /// What the QR code holds.
    pub code_text: String,
    /// For a phone without a camera.
    pub short_code: String,
    /// Opens the asker's view, and nothing else does.
    pub secret: String,
    /// Two digits that the person types.
    pub match_number: String,
}

/// The asker's view.
#[derive(Clone, Debug, Deserialize)]
pub struct SessionView {
    /// Rises with every change.
    pub version: i64,
    /// Where it stands.
    pub state: String,
    /// A second phone has scanned the code.
    pub second_phone: bool,
    /// Who signs, from `chosen` on.
    pub signer: Option<Signer>,
    /// The signature, when done.
    pub result: Option<ResultView>,
    /// Why it ended.
    pub failure: Option<Value>,
}

/// The signer's public facts.
#[derive(Clone, Debug, Deserialize)]
pub struct Signer {
    /// `rsa` or `sm2`.
    pub algorithm: String,
    /// DER.
    pub certificate: Base64Url,
    /// Issuing and root certificate.
    pub chain: Vec<Base64Url>,
    /// The person's name.
    pub person_name: String,
    /// The unit, if signed for one.
    pub unit: Option<Value>,
    /// Seals that this person may use here.
    pub seals: Vec<SealPicture>,
}

/// A seal with its picture.
#[derive(Clone, Debug, Deserialize)]
pub struct SealPicture {
    /// Its id.
    pub seal_id: String,
    /// True width.
    pub width_mm: f64,
    /// True height.
    pub height_mm: f64,
    /// For the screen.
    pub svg: String,
    /// For the document.
    pub pdf_form: PdfForm,
}

/// A PDF form: fill operators only.
#[derive(Clone, Debug, Deserialize)]
pub struct PdfForm {
    /// In points.
    pub bbox: [f32; 4],
    /// Content stream.
    pub content: Base64Url,
}

/// A signature.
#[derive(Clone, Debug, Deserialize)]
pub struct ResultView {
    /// CMS SignedData, DER.
    pub cms: Base64Url,
    /// The record of it.
    pub operation_id: String,
}

/// What the asker states about the new revision.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// Over the byte ranges.
    pub digest: &'a [u8],
    /// Of the document.
    pub file_name: &'a str,
    /// Of the document.
    pub page_count: u32,
    /// As asked for.
    pub mode: &'a str,
    /// Which seal.
    pub seal_id: &'a str,
    /// Where.
    pub marks: &'a [MarkWire],
    /// The instant in the signature dictionary.
    pub time_us: i64,
}

impl Asker {
    /// Opens a session for one seal. `time_us` is the asker's clock.
    pub async fn create(
        &self,
        purpose: &str,
        platform_id: Option<&str>,
        mode: &str,
        mark_count_max: usize,
        time_us: i64,
    ) -> Result<Created, Error> {
        let scope = platform_id.map_or_else(
            || json!({"document_sealing": true}),
            |id| json!({"platform_id": id}),
        );
        let body = json!({
            "request_id": request_id()?, "kind": "seal", "purpose": purpose, "scope": scope,
            "ask": {"mode": mode, "mark_count_max": mark_count_max}, "lifetime_s": 90,
            "one_time_key": Base64Url::encode(&*Self::new_key()?),
        });
        let bytes = serde_json::to_vec(&body)
            .map_err(|_| Error::Local("a request could not be written"))?;
        let path = "/api/v1/scan-sessions";
        let authorization = self.authorization("POST", path, &bytes, time_us)?;
        self.api
            .post_bytes(Auth::Header(&authorization), path, bytes)
            .await
    }
}

impl Created {
    fn auth(&self) -> String {
        format!("Bearer {}", self.secret)
    }

    /// The view, at once or when it has changed from `after`.
    pub async fn view(&self, api: &Api, after: Option<i64>) -> Result<SessionView, Error> {
        let query = after.map_or_else(String::new, |version| {
            format!("?wait_s=5&after_version={version}")
        });
        api.get(
            Auth::Header(&self.auth()),
            &format!("/api/v1/scan-sessions/{}{query}", self.session_id),
        )
        .await
    }

    /// Waits until `done` answers something; ends with the session.
    pub async fn wait<T>(
        &self,
        api: &Api,
        done: impl Fn(&SessionView) -> Option<T>,
    ) -> Result<T, Error> {
        let mut after = None;
        for _ in 0..1000 {
            let view = self.view(api, after).await?;
            if let Some(found) = done(&view) {
                return Ok(found);
            }
            if matches!(
                view.state.as_str(),
                "refused" | "expired" | "failed" | "done"
            ) {
                let code = view
                    .failure
                    .and_then(|f| f.get("code").and_then(Value::as_str).map(str::to_owned));
                return Err(Error::SessionEnded {
                    state: view.state,
                    code: code.unwrap_or_default(),
                });
            }
            after = Some(view.version);
        }
        Err(Error::Local("the session did not move"))
    }

    /// States what is to be signed.
    pub async fn prepare(&self, api: &Api, facts: &Facts<'_>) -> Result<SessionView, Error> {
        let body = json!({
            "digest": Base64Url::encode(facts.digest), "file_name": facts.file_name, "page_count": facts.page_count,
            "mode": facts.mode, "seal_id": facts.seal_id, "marks": facts.marks, "time_us": facts.time_us,
        });
        api.post(
            Auth::Header(&self.auth()),
            &format!("/api/v1/scan-sessions/{}/prepare", self.session_id),
            &body,
            None,
        )
        .await
    }

    /// Takes the session back.
    pub async fn cancel(&self, api: &Api) -> Result<(), Error> {
        let path = format!("/api/v1/scan-sessions/{}/cancel", self.session_id);
        let _: Value = api
            .post(Auth::Header(&self.auth()), &path, &json!({}), None)
            .await?;
        Ok(())
    }
}

fn request_id() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Error::Local("no randomness"))?;
    Ok(Base64Url::encode(&bytes))
}
