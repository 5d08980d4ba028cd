//! Aliyun (阿里云): one account, one signature, several services.

mod face;
mod identity;
mod ocr;
mod sign;
mod sms;

use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use face::AliyunFace;
pub use identity::AliyunIdentity;
pub use ocr::AliyunOcr;
pub use sms::{AliyunSms, Templates};

use super::date::utc_second;
use super::http::{Endpoint, Fault, Request};
use super::outside::Outside;
use super::secret::Secret;
use super::url::canonical;
use sign::Signed;

/// An access key and where it is used.
#[derive(Clone)]
pub struct Account {
    /// AccessKey ID.
    pub key_id: String,
    /// AccessKey Secret.
    pub secret: Secret,
    /// Where the service answers.
    pub endpoint: Endpoint,
    /// The way there.
    pub outside: Outside,
}

/// What is asked: an action of a dated version.
struct Action {
    name: &'static str,
    version: &'static str,
}

/// What goes with the query.
enum Body<'a> {
    Nothing,
    Form(&'a [(&'a str, &'a str)]),
    Bytes(&'a [u8]),
}

/// How the gateway refuses, whatever the service.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Refused {
    code: String,
}

impl Account {
    /// Asks, and reads an answer with status 200 in this shape; any other status comes back as the gateway's code.
    async fn call<T: DeserializeOwned>(
        &self,
        action: &Action,
        query: &[(&str, &str)],
        body: Body<'_>,
    ) -> Result<T, Fault> {
        let query = canonical(query);
        let (content_type, body) = match body {
            Body::Nothing => (None, Vec::new()),
            Body::Form(pairs) => (
                Some("application/x-www-form-urlencoded"),
                canonical(pairs).into_bytes(),
            ),
            Body::Bytes(bytes) => (Some("application/octet-stream"), bytes.to_vec()),
        };
        let signed = Signed {
            action,
            host: self.endpoint.host(),
            date: &utc_second(self.outside.now()),
            nonce: &Outside::nonce(),
            query: &query,
            content_type,
            body: &body,
        };
        let headers = signed.headers(&self.key_id, &self.secret);
        let target = if query.is_empty() {
            "/".to_owned()
        } else {
            format!("/?{query}")
        };
        let request = Request {
            method: reqwest::Method::POST,
            endpoint: &self.endpoint,
            target: &target,
            headers,
            body,
        };
        let reply = self.outside.http.send(request).await?;
        if reply.status == 200 {
            return reply.json();
        }
        Err(reply
            .json()
            .map_or_else(|fault| fault, |refused: Refused| Fault::code(&refused.code)))
    }
}
