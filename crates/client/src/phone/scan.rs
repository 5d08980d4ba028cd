//! Scanning: claim, match, choices, choose, refuse, and the view that the screen shows.

use super::Phone;
use crate::Error;
use protocol::{Base64Url, MarkWire};
use serde::Deserialize;
use serde_json::{Value, json};

/// A scan session as the phone sees it.
#[derive(Clone, Debug, Deserialize)]
pub struct View {
    /// The code.
    pub code: String,
    /// Rises with every change.
    pub version: i64,
    /// Where it stands.
    pub state: String,
    /// What for, in the asker's words.
    pub purpose: String,
    /// `seal`, `login`, `unseal`.
    pub kind: String,
    /// Who asks.
    pub asker: Asker,
    /// A platform or document sealing, as sent.
    pub scope: Value,
    /// Three numbers, one of which the asker shows.
    pub match_options: Vec<String>,
    /// What was chosen.
    pub chosen: Option<Chosen>,
    /// What the asker prepared.
    pub prepared: Option<Prepared>,
    /// The asker would like a run of codes.
    #[serde(default)]
    pub continuous: bool,
    /// The continuous run that it belongs to, while that is open.
    #[serde(default)]
    pub run: Option<super::RunView>,
    /// Why it ended.
    pub failure: Option<Value>,
}

/// Who asks.
#[derive(Clone, Debug, Deserialize)]
pub struct Asker {
    /// Its id.
    pub asker_id: String,
    /// The name it gives itself, or is registered under.
    pub name: String,
    /// False is shown as 未登记工具.
    pub registered: bool,
}

/// As whom the person signs, and with which certificate; a login has none.
#[derive(Clone, Debug, Deserialize)]
pub struct Chosen {
    /// The holding.
    pub holding_id: Option<String>,
    /// For which unit.
    pub unit_id: Option<String>,
    /// `rsa` or `sm2`.
    pub algorithm: Option<String>,
    /// DER.
    pub certificate: Option<Base64Url>,
}

/// What exactly is to be signed, as stated by the tool.
#[derive(Clone, Debug, Deserialize)]
pub struct Prepared {
    /// Digest over the document's byte ranges.
    pub digest: Base64Url,
    /// What both sides show.
    pub digest_short: String,
    /// As stated by the tool.
    pub file_name: String,
    /// As stated by the tool.
    pub page_count: u32,
    /// `page:N`, `all`, `pages:…`, `straddle:…`, `keyword:…`.
    pub mode: String,
    /// Every place.
    pub marks: Vec<MarkWire>,
    /// Which seal; empty when none is set.
    pub seal_id: String,
    /// The instant written into the signature dictionary.
    pub time_us: i64,
    /// Which signature is to be taken away.
    pub unseal: Option<Unsealing>,
}

/// A signature that is to be taken away.
#[derive(Clone, Debug, Deserialize)]
pub struct Unsealing {
    /// Its field in the document.
    pub field: String,
    /// Digest of its CMS, base64url.
    pub signature_sha256: String,
}

/// Who one can sign as here.
#[derive(Clone, Debug, Deserialize)]
pub struct Choices {
    /// One entry for the person, one for each unit.
    pub identities: Vec<ChoiceIdentity>,
}

/// One identity.
#[derive(Clone, Debug, Deserialize)]
pub struct ChoiceIdentity {
    /// None for the person themselves.
    pub unit: Option<ChoiceUnit>,
    /// Certificates with their state here and now.
    pub certificates: Vec<ChoiceCertificate>,
}

/// A unit among the choices.
#[derive(Clone, Debug, Deserialize)]
pub struct ChoiceUnit {
    /// Its id.
    pub unit_id: String,
    /// Its name.
    pub name: String,
}

/// A certificate among the choices.
#[derive(Clone, Debug, Deserialize)]
pub struct ChoiceCertificate {
    /// The holding.
    pub holding_id: String,
    /// `rsa` or `sm2`.
    pub algorithm: String,
    /// `usable`, one of the `needs_…`, or `not_usable`.
    pub state: String,
    /// Why not.
    pub reason: Option<String>,
}

impl Phone {
    /// Takes the session behind a scanned code. Only our own server's codes are taken.
    pub async fn claim(&self, code_text: &str) -> Result<View, Error> {
        self.claim_with(code_text, &json!({})).await
    }

    /// Takes it by a body: what the wire has beside the code.
    pub(super) async fn claim_with(&self, code_text: &str, body: &Value) -> Result<View, Error> {
        let code = code_text
            .rsplit_once("/s/")
            .map_or(code_text, |(_, code)| code);
        Base64Url::decode_array::<16>(code)
            .map_err(|_| Error::Differs("not a code of this system"))?;
        self.api
            .post(
                self.auth(),
                &format!("/api/v1/scans/{code}/claim"),
                body,
                None,
            )
            .await
    }

    /// The session as it stands.
    pub async fn view(&self, code: &str) -> Result<View, Error> {
        self.view_after(code, None).await
    }

    /// The same, at once or when it has changed from `after`.
    pub async fn view_after(&self, code: &str, after: Option<i64>) -> Result<View, Error> {
        let query = after.map_or_else(String::new, |version| {
            format!("?wait_s=5&after_version={version}")
        });
        self.api
            .get(self.auth(), &format!("/api/v1/scans/{code}{query}"))
            .await
    }

    /// Types the number that the asker shows.
    pub async fn match_number(&self, code: &str, number: &str) -> Result<View, Error> {
        self.api
            .post(
                self.auth(),
                &format!("/api/v1/scans/{code}/match"),
                &json!({"number": number}),
                None,
            )
            .await
    }

    /// Who one can sign as in this session.
    pub async fn choices(&self, code: &str) -> Result<Choices, Error> {
        self.api
            .get(self.auth(), &format!("/api/v1/scans/{code}/choices"))
            .await
    }

    /// Picks the certificate.
    pub async fn choose(&self, code: &str, holding_id: &str) -> Result<View, Error> {
        self.api
            .post(
                self.auth(),
                &format!("/api/v1/scans/{code}/choose"),
                &json!({"holding_id": holding_id}),
                None,
            )
            .await
    }

    /// Picks as whom a login is; none is the person themselves.
    pub async fn choose_identity(&self, code: &str, unit_id: Option<&str>) -> Result<View, Error> {
        let path = format!("/api/v1/scans/{code}/choose");
        self.api
            .post(self.auth(), &path, &json!({"unit_id": unit_id}), None)
            .await
    }

    /// Refuses.
    pub async fn refuse(&self, code: &str) -> Result<View, Error> {
        self.api
            .post(
                self.auth(),
                &format!("/api/v1/scans/{code}/refuse"),
                &json!({}),
                None,
            )
            .await
    }

    /// Waits until the asker has prepared, and gives what is to be shown.
    pub async fn wait_prepared(&self, code: &str) -> Result<View, Error> {
        let mut after = None;
        for _ in 0..120 {
            let view = self.view_after(code, after).await?;
            match view.state.as_str() {
                "ready" => return Ok(view),
                "claimed" | "chosen" => after = Some(view.version),
                _ => {
                    let code = view
                        .failure
                        .and_then(|f| f.get("code").and_then(Value::as_str).map(str::to_owned));
                    return Err(Error::SessionEnded {
                        state: view.state,
                        code: code.unwrap_or_default(),
                    });
                }
            }
        }
        Err(Error::Local("the asker did not prepare"))
    }
}
