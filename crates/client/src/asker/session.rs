//! A scan session from the asker's side.

use super::Asker;
use crate::{Api, Error, api::Auth};
use protocol::{Base64Url, MarkWire};
use serde::{Deserialize, Serialize};
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
    /// Until when a phone may take it.
    pub claim_expires_at_us: i64,
}

/// What an asker wishes.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// `seal`, `login`, `unseal`.
    pub kind: &'a str,
    /// In words, for the phone.
    pub purpose: &'a str,
    /// In whose name the tool asks; none is document sealing.
    pub platform_id: Option<&'a str>,
    /// What is asked, as PROTOCOL has it for the kind.
    pub ask: Value,
    /// The tool would like a run of codes.
    pub continuous: bool,
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
    /// The person has picked the number that the asker shows.
    pub matched: bool,
    /// Nothing happens in it after this instant.
    pub expires_at_us: i64,
    /// Who signs, from `chosen` on.
    pub signer: Option<Signer>,
    /// The signature, when done.
    pub result: Option<ResultView>,
    /// The continuous run that it belongs to, while that is open.
    #[serde(default)]
    pub run: Option<RunView>,
    /// Why it ended.
    pub failure: Option<Value>,
}

/// A continuous run as its asker sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RunView {
    /// Its id.
    pub run_id: String,
    /// How many codes the phone may still sign in it.
    pub codes_left: u32,
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
    /// `company`, `finance`, …; servers before the kinds were told send none.
    #[serde(default)]
    pub kind: Option<String>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
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

/// What came of it.
#[derive(Clone, Debug, Deserialize)]
pub struct ResultView {
    /// CMS SignedData, DER; a login has none.
    #[serde(default)]
    pub cms: Option<Base64Url>,
    /// The record of it.
    pub operation_id: String,
    /// When the signature was made.
    #[serde(default)]
    pub signed_at_us: Option<i64>,
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
        let wish = Wish {
            kind: "seal",
            purpose,
            platform_id,
            ask: json!({"mode": mode, "mark_count_max": mark_count_max}),
            continuous: false,
        };
        self.open(&wish, time_us).await
    }

    /// Opens a session of any kind. `time_us` is the asker's clock.
    pub async fn open(&self, wish: &Wish<'_>, time_us: i64) -> Result<Created, Error> {
        let scope = wish.platform_id.map_or_else(
            || json!({"document_sealing": true}),
            |id| json!({"platform_id": id}),
        );
        let mut body = json!({
            "request_id": request_id()?, "kind": wish.kind, "purpose": wish.purpose, "scope": scope,
            "ask": wish.ask, "lifetime_s": 90, "one_time_key": Base64Url::encode(&*Self::new_key()?),
        });
        if let (true, Some(members)) = (wish.continuous, body.as_object_mut()) {
            members.insert("continuous".to_owned(), true.into());
        }
        let bytes = serde_json::to_vec(&body)
            .map_err(|_| Error::Local("a request could not be written"))?;
        let path = "/api/v1/scan-sessions";
        let authorization = self.authorization("POST", path, &bytes, time_us)?;
        self.api
            .post_bytes(Auth::Header(&authorization), path, bytes)
            .await
    }
}

/// What the asker states about a seal that is to be taken away.
#[derive(Clone, Debug, Serialize)]
pub struct UnsealFacts<'a> {
    /// The signature's field.
    pub field: &'a str,
    /// Digest of its CMS, base64url.
    pub signature_sha256: &'a str,
    /// Of the document.
    pub file_name: &'a str,
    /// Of the document.
    pub page_count: u32,
    /// The instant of the wish.
    pub time_us: i64,
}

impl Created {
    /// The code alone, as statements name it.
    pub fn code(&self) -> &str {
        let code = self.code_text.rsplit_once("/s/");
        code.map_or(self.code_text.as_str(), |(_, code)| code)
    }

    fn auth(&self) -> String {
        format!("Bearer {}", self.secret)
    }

    /// The view, at once or when it has changed from `after`.
    pub async fn view(&self, api: &Api, after: Option<i64>) -> Result<SessionView, Error> {
        let query = after.map_or_else(String::new, |version| {
            format!("?wait_s={WAIT_S}&after_version={version}")
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

    /// States which seal is to be taken away.
    pub async fn prepare_unseal(
        &self,
        api: &Api,
        facts: &UnsealFacts<'_>,
    ) -> Result<SessionView, Error> {
        let path = format!("/api/v1/scan-sessions/{}/prepare", self.session_id);
        api.post(Auth::Header(&self.auth()), &path, facts, None)
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

/// How long one question waits for a change: short enough that an end of the session is noticed in time.
const WAIT_S: u32 = 20;

fn request_id() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Error::Local("no randomness"))?;
    Ok(Base64Url::encode(&bytes))
}
