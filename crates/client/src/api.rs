//! One HTTP conversation: JSON in, JSON or a problem out, repeated while the network is gone.

use crate::Error;
use reqwest::{Method, StatusCode};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::time::Duration;

/// How long a lost answer is asked for again. Every POST of PROTOCOL is repeatable, so this is always safe.
#[derive(Clone, Copy, Debug)]
pub struct Retry {
    /// Repeats after the first try.
    pub times: u32,
    /// Pause between them.
    pub pause: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            times: 40,
            pause: Duration::from_millis(250),
        }
    }
}

/// A server and, perhaps, who we are there.
#[derive(Clone, Debug)]
pub struct Api {
    http: reqwest::Client,
    base: String,
    retry: Retry,
}

/// Credentials of one request.
#[derive(Clone, Copy, Debug)]
pub enum Auth<'a> {
    /// Nobody in particular.
    None,
    /// `Authorization` as it stands.
    Header(&'a str),
}

impl Api {
    /// A conversation with the server at `base` (scheme, host and port).
    pub fn new(base: &str, retry: Retry) -> Result<Self, Error> {
        // Two providers could be linked; naming ours once makes TLS deterministic. A second call is harmless.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .timeout(Duration::from_secs(40))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| Error::Local("the HTTP client could not be built"))?;
        Ok(Self {
            http,
            base: base.trim_end_matches('/').to_owned(),
            retry,
        })
    }

    /// Scheme, host and port.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Asks.
    pub async fn get<T: DeserializeOwned>(&self, auth: Auth<'_>, path: &str) -> Result<T, Error> {
        self.send(Method::GET, auth, path, None, None)
            .await
            .and_then(|body| shape(path, body))
    }

    /// Posts a body, under an idempotency key where PROTOCOL asks one (⟳).
    pub async fn post<T: DeserializeOwned>(
        &self,
        auth: Auth<'_>,
        path: &str,
        body: &impl Serialize,
        key: Option<&str>,
    ) -> Result<T, Error> {
        let bytes =
            serde_json::to_vec(body).map_err(|_| Error::Local("a request could not be written"))?;
        self.send(Method::POST, auth, path, Some(bytes), key)
            .await
            .and_then(|body| shape(path, body))
    }

    /// Posts bytes that were signed as they are.
    pub async fn post_bytes<T: DeserializeOwned>(
        &self,
        auth: Auth<'_>,
        path: &str,
        body: Vec<u8>,
    ) -> Result<T, Error> {
        self.send(Method::POST, auth, path, Some(body), None)
            .await
            .and_then(|body| shape(path, body))
    }

    /// Puts a body; there is no answer.
    pub async fn put(
        &self,
        auth: Auth<'_>,
        path: &str,
        body: &impl Serialize,
    ) -> Result<(), Error> {
        let bytes =
            serde_json::to_vec(body).map_err(|_| Error::Local("a request could not be written"))?;
        self.send(Method::PUT, auth, path, Some(bytes), None)
            .await
            .map(drop)
    }

    /// Deletes; there is no answer.
    pub async fn delete(&self, auth: Auth<'_>, path: &str) -> Result<(), Error> {
        self.send(Method::DELETE, auth, path, None, None)
            .await
            .map(drop)
    }

    /// Fetches bytes that are no JSON, at most `limit` of them.
    pub async fn get_bytes(&self, path: &str, limit: usize) -> Result<Vec<u8>, Error> {
        let unreachable = |_| Error::Unreachable(self.base.clone());
        let request = self.http.get(format!("{}{path}", self.base));
        let mut answer = request.send().await.map_err(unreachable)?;
        if !answer.status().is_success() {
            return Err(problem(answer.status(), &[]));
        }
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(unreachable)? {
            if bytes.len() + piece.len() > limit {
                return Err(Error::Shape("a small file"));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// Sends a form as a browser would, and wants only a success.
    pub async fn post_form(&self, path: &str, form: &str) -> Result<(), Error> {
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned());
        let answer = request
            .send()
            .await
            .map_err(|_| Error::Unreachable(self.base.clone()))?;
        match answer.status() {
            status if status.is_success() || status.is_redirection() => Ok(()),
            status => Err(problem(status, &[])),
        }
    }

    async fn send(
        &self,
        method: Method,
        auth: Auth<'_>,
        path: &str,
        body: Option<Vec<u8>>,
        key: Option<&str>,
    ) -> Result<Value, Error> {
        let mut left = self.retry.times;
        loop {
            let answer = self
                .once(method.clone(), auth, path, body.clone(), key)
                .await;
            match answer {
                Err(Error::Unreachable(_)) if left > 0 => left -= 1,
                Err(Error::Problem { status: 503, .. }) if left > 0 => left -= 1,
                Err(Error::Problem { ref code, .. })
                    if code == "idempotency_in_flight" && left > 0 =>
                {
                    left -= 1
                }
                other => return other,
            }
            tokio::time::sleep(self.retry.pause).await;
        }
    }

    async fn once(
        &self,
        method: Method,
        auth: Auth<'_>,
        path: &str,
        body: Option<Vec<u8>>,
        key: Option<&str>,
    ) -> Result<Value, Error> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Auth::Header(value) = auth {
            request = request.header("authorization", value);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body);
        }
        let unreachable = |_| Error::Unreachable(self.base.clone());
        let answer = request.send().await.map_err(unreachable)?;
        let status = answer.status();
        let bytes = answer.bytes().await.map_err(unreachable)?;
        if !status.is_success() {
            return Err(problem(status, &bytes));
        }
        if bytes.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&bytes).map_err(|_| Error::Shape("a JSON answer"))
    }
}

fn shape<T: DeserializeOwned>(_path: &str, body: Value) -> Result<T, Error> {
    serde_json::from_value(body).map_err(|_| Error::Shape(std::any::type_name::<T>()))
}

fn problem(status: StatusCode, body: &[u8]) -> Error {
    #[derive(serde::Deserialize)]
    struct Body {
        code: String,
        #[serde(default)]
        params: serde_json::Map<String, Value>,
    }
    match serde_json::from_slice::<Body>(body) {
        Ok(body) => Error::Problem {
            status: status.as_u16(),
            code: body.code,
            params: body.params,
        },
        Err(_) => Error::Problem {
            status: status.as_u16(),
            code: "unknown".to_owned(),
            params: serde_json::Map::new(),
        },
    }
}
