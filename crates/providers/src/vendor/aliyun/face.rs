//! InitFaceVerify and DescribeFaceVerify (cloudauth, version 2019-03-07): a camera page of the vendor's, with a callback
//! that is only a hint.

use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use super::{Account, Action, Body};
use crate::Provider;
use crate::answer::Answer;
use crate::face::{Face, Failure, Opened, Subject, Verdict};
use crate::vendor::http::Fault;
use crate::vendor::url::pairs;

const INIT: Action = Action {
    name: "InitFaceVerify",
    version: "2019-03-07",
};
const DESCRIBE: Action = Action {
    name: "DescribeFaceVerify",
    version: "2019-03-07",
};
/// Name, ID number and face against the authority's picture.
const PRODUCT: &str = "ID_PRO";
/// Blink, and come nearer: what the vendor recommends.
const MODEL: &str = "MOVE_ACTION";
/// As much of a user agent as tells the system and the browser.
const USER_AGENT_CHARS_MAX: usize = 256;
/// Longest number of a check that is looked at.
const REF_BYTES_MAX: usize = 64;

/// Face checks by Aliyun.
pub struct AliyunFace {
    /// The account.
    pub account: Account,
    /// 认证场景 ID, made in the vendor's console.
    pub scene_id: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Initiated {
    code: String,
    result_object: Option<Certify>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Certify {
    certify_id: String,
    certify_url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    code: String,
    result_object: Option<Outcome>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outcome {
    passed: Option<String>,
    #[serde(default)]
    sub_code: String,
}

impl AliyunFace {
    async fn begin(&self, subject: &Subject<'_>) -> Result<Opened, Fault> {
        let browser: String = subject
            .user_agent
            .chars()
            .take(USER_AGENT_CHARS_MAX)
            .collect();
        // What the vendor's own script would say of the browser; the page is chosen by it.
        let meta = serde_json::json!({
            "zimVer": "3.0.0", "appVersion": "1", "bioMetaInfo": "4.1.0:11501568,0",
            "deviceType": "h5", "ua": browser,
        })
        .to_string();
        let (scene, token) = (self.scene_id.to_string(), self.callback_token());
        let query = [
            ("SceneId", scene.as_str()),
            ("OuterOrderNo", subject.check_id),
            ("ProductCode", PRODUCT),
            ("CertType", "IDENTITY_CARD"),
            ("CertName", subject.name),
            ("CertNo", subject.id_number),
            ("MetaInfo", meta.as_str()),
            ("ReturnUrl", subject.return_url),
            ("CallbackUrl", subject.callback_url),
            ("CallbackToken", token.as_str()),
            ("CertifyUrlType", "H5"),
        ];
        let reply: Initiated = self
            .account
            .call(&INIT, &query, Body::Form(&[("Model", MODEL)]))
            .await?;
        let certify = reply.result_object.filter(|_| reply.code == "200");
        let certify = certify.ok_or_else(|| Fault::code(&reply.code))?;
        let url = certify.certify_url.filter(|url| is_page(url));
        Ok(Opened {
            provider_ref: certify.certify_id,
            url: url.ok_or_else(|| Fault::silent("no camera page is named"))?,
        })
    }

    async fn describe(&self, provider_ref: &str) -> Result<Verdict, Fault> {
        let scene = self.scene_id.to_string();
        let query = [("SceneId", scene.as_str()), ("CertifyId", provider_ref)];
        let reply: Described = self.account.call(&DESCRIBE, &query, Body::Nothing).await?;
        judge(&reply)
    }

    /// The same for every check, so that it needs no memory; who has not seen one of ours cannot make it.
    fn callback_token(&self) -> String {
        hex::encode(self.account.secret.mac(&[
            b"hulian face callback ",
            self.scene_id.to_string().as_bytes(),
        ]))
    }
}

/// The person's browser is sent there.
fn is_page(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://127.0.0.1:")
}

fn judge(reply: &Described) -> Result<Verdict, Fault> {
    let failed = |failure| Ok(Verdict::Failed(failure));
    match reply.code.as_str() {
        "200" => {
            let outcome = reply.result_object.as_ref();
            let outcome = outcome.ok_or_else(|| Fault::silent("an outcome without content"))?;
            match (outcome.passed.as_deref(), outcome.sub_code.as_str()) {
                (Some("T"), _) => Ok(Verdict::Passed),
                // Name and number were matched before: without a record or picture only an operator helps.
                (Some("F"), "201" | "202" | "203") => failed(Failure::NoPicture),
                (Some("F"), "205" | "206") => failed(Failure::Liveness),
                (Some("F"), _) => failed(Failure::Mismatch),
                _ => Err(Fault::silent("an outcome without a verdict")),
            }
        }
        // Not finished; or nothing on record, which says either that it goes on or that it was left.
        "403" | "424" => Ok(Verdict::Pending),
        // No such check any more; or device, script or system with which it cannot be done.
        "406" | "414" | "415" | "416" => failed(Failure::GivenUp),
        "417" => failed(Failure::NoPicture),
        "418" => failed(Failure::TooMany),
        "427" => failed(Failure::Liveness),
        code => Err(Fault::code(code)),
    }
}

impl Provider for AliyunFace {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "aliyun-face"
    }
}

impl Face for AliyunFace {
    fn open<'a>(&'a self, subject: &'a Subject<'a>) -> Answer<'a, Opened> {
        let work = self.begin(subject);
        Box::pin(self.account.outside.within(self.name(), work))
    }

    fn find<'a>(&'a self, provider_ref: &'a str) -> Answer<'a, Verdict> {
        let work = self.describe(provider_ref);
        Box::pin(self.account.outside.within(self.name(), work))
    }

    fn read_callback(&self, query: &str) -> Option<String> {
        let read = pairs(query);
        let only = |name: &str| {
            let mut found = read.iter().filter(|(known, _)| known == name);
            let first = found.next()?;
            found.next().is_none().then_some(first.1.as_str())
        };
        let token = only("callbackToken")?;
        let expected = self.callback_token();
        if !bool::from(token.as_bytes().ct_eq(expected.as_bytes())) {
            return None;
        }
        let certify_id = only("certifyId")?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let fits = (1..=REF_BYTES_MAX).contains(&certify_id.len());
        (fits && certify_id.bytes().all(plain)).then(|| certify_id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idv_1_every_outcome_of_aliyun_has_a_meaning() {
        let described = |code: &str, passed: Option<&str>, sub_code: &str| Described {
            code: code.to_owned(),
            result_object: passed.map(|passed| Outcome {
                passed: Some(passed.to_owned()),
                sub_code: sub_code.to_owned(),
            }),
        };
        for (code, passed, sub_code, verdict) in [
            ("200", Some("T"), "200", Verdict::Passed),
            ("200", Some("F"), "203", Verdict::Failed(Failure::NoPicture)),
            ("200", Some("F"), "204", Verdict::Failed(Failure::Mismatch)),
            ("200", Some("F"), "205", Verdict::Failed(Failure::Liveness)),
            ("403", None, "", Verdict::Pending),
            ("424", None, "", Verdict::Pending),
            ("406", None, "", Verdict::Failed(Failure::GivenUp)),
            ("417", None, "", Verdict::Failed(Failure::NoPicture)),
            ("418", None, "", Verdict::Failed(Failure::TooMany)),
        ] {
            let read = judge(&described(code, passed, sub_code));
            assert_eq!(read, Ok(verdict), "{code} {sub_code}");
        }
        for code in ["200", "401", "412", "500"] {
            assert!(judge(&described(code, None, "")).is_err(), "{code}");
        }
    }
}
