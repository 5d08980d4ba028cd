//! e签宝: the register's three facts, and small transfers to a unit's account. Codes other than 0 are either about the
//! facts that were stated ([`Said::Refused`]) or about the call itself, which comes back as a fault.

mod bank;
mod callback;
mod deposit;
mod register;
mod sign;

use serde::Deserialize;
use serde_json::{Value, json};

pub use deposit::EsignDeposit;
pub use register::EsignRegister;

use super::http::{Endpoint, Fault, Request};
use super::outside::Outside;
use super::secret::Secret;
use sign::Signed;

/// Longest message of the vendor's that is passed on, in characters.
const MESSAGE_CHARS_MAX: usize = 100;
/// Codes of the identity service that are about what was stated. Those below are about the call: parameters, the system.
const REFUSALS: std::ops::Range<i64> = 30_501_000..30_600_000;

/// An application and where it is used.
#[derive(Clone)]
pub struct Account {
    /// 应用 ID
    pub app_id: String,
    /// 应用 Secret
    pub secret: Secret,
    /// Where the service answers.
    pub endpoint: Endpoint,
    /// The way there.
    pub outside: Outside,
}

/// What the vendor said.
#[derive(Debug)]
enum Said {
    /// Yes, and this.
    Yes(Value),
    /// No, for this reason.
    Refused(String),
}

#[derive(Deserialize)]
struct Envelope {
    code: i64,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    data: Value,
}

/// Three facts of one unit.
#[derive(Clone, Copy)]
struct Facts<'a> {
    name: &'a str,
    uscc: &'a str,
    legal_representative: &'a str,
}

impl Account {
    async fn call(
        &self,
        method: reqwest::Method,
        target: &str,
        body: Option<Vec<u8>>,
    ) -> Result<Said, Fault> {
        let now_ms = self.outside.now().micros().div_euclid(1000);
        let signed = Signed {
            method: method.as_str(),
            target,
            body: body.as_deref(),
        };
        let request = Request {
            headers: signed.headers(&self.app_id, &self.secret, now_ms),
            method,
            endpoint: &self.endpoint,
            target,
            body: body.unwrap_or_default(),
        };
        let reply = self.outside.http.send(request).await?;
        let envelope: Envelope = reply.json()?;
        match envelope.code {
            0 if reply.status == 200 => Ok(Said::Yes(envelope.data)),
            code if reply.status == 200 && REFUSALS.contains(&code) => {
                let message = envelope.message.unwrap_or_default();
                Ok(Said::Refused(
                    message.chars().take(MESSAGE_CHARS_MAX).collect(),
                ))
            }
            code => Err(Fault::code(&code.to_string())),
        }
    }

    /// Compares the three facts with the register; yes comes with the number of a flow for further steps.
    async fn three_factors(&self, facts: Facts<'_>) -> Result<Result<String, String>, Fault> {
        let body = json!({
            "name": facts.name, "orgCode": facts.uscc, "legalRepName": facts.legal_representative,
        });
        let target = "/v2/identity/auth/api/organization/threeFactors";
        let body = Some(body.to_string().into_bytes());
        match self.call(reqwest::Method::POST, target, body).await? {
            Said::Refused(why) => Ok(Err(why)),
            Said::Yes(data) => {
                let flow = data.get("flowId").and_then(Value::as_str);
                let flow = flow.filter(|flow| is_flow(flow));
                let flow = flow.ok_or_else(|| Fault::silent("no flow is named"))?;
                Ok(Ok(flow.to_owned()))
            }
        }
    }
}

/// Numbers of flows become parts of addresses.
fn is_flow(text: &str) -> bool {
    const BYTES_MAX: usize = 64;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=BYTES_MAX).contains(&text.len()) && text.bytes().all(plain)
}
