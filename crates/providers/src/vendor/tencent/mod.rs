//! Tencent Cloud (腾讯云): one key pair, the signature TC3, JSON both ways.

mod ocr;
mod sign;

pub use ocr::TencentOcr;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::date::utc_day;
use super::http::{Endpoint, Fault, Request};
use super::outside::Outside;
use super::secret::Secret;
use sign::{CONTENT_TYPE, Signed};

/// A key pair and where it is used.
#[derive(Clone)]
pub struct Account {
    /// SecretId.
    pub secret_id: String,
    /// SecretKey.
    pub secret: Secret,
    /// Where the service answers.
    pub endpoint: Endpoint,
    /// The way there.
    pub outside: Outside,
}

/// What is asked: an action of a dated version of a service.
struct Action {
    service: &'static str,
    name: &'static str,
    version: &'static str,
}

#[derive(Deserialize)]
struct Envelope<T> {
    #[serde(rename = "Response")]
    response: Response<T>,
}

/// Refusals come with status 200 and are told by their content alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Response<T> {
    Refused {
        #[serde(rename = "Error")]
        error: Refused,
    },
    Answered(T),
}

#[derive(Deserialize)]
struct Refused {
    #[serde(rename = "Code")]
    code: String,
}

impl Account {
    async fn call<T: DeserializeOwned>(
        &self,
        action: &Action,
        question: &impl Serialize,
    ) -> Result<T, Fault> {
        let body = serde_json::to_vec(question)
            .map_err(|_| Fault::silent("the question cannot be written"))?;
        let now = self.outside.now();
        let signed = Signed {
            service: action.service,
            host: self.endpoint.host(),
            timestamp: now.seconds(),
            day: &utc_day(now),
            body: &body,
        };
        let headers = vec![
            ("content-type", CONTENT_TYPE.to_owned()),
            (
                "authorization",
                signed.authorization(&self.secret_id, &self.secret),
            ),
            ("x-tc-action", action.name.to_owned()),
            ("x-tc-version", action.version.to_owned()),
            ("x-tc-timestamp", now.seconds().to_string()),
        ];
        let request = Request {
            method: reqwest::Method::POST,
            endpoint: &self.endpoint,
            target: "/",
            headers,
            body,
        };
        let reply = self.outside.http.send(request).await?;
        match reply.json::<Envelope<T>>()?.response {
            Response::Refused { error } => Err(Fault::code(&error.code)),
            Response::Answered(answer) if reply.status == 200 => Ok(answer),
            Response::Answered(_) => Err(Fault::silent(format!("status {}", reply.status))),
        }
    }
}
