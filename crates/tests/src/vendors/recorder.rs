//! Somebody who listens in on the way to a vendor, and sends again what was heard.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use serde_json::Value;

use super::serve;

/// A request as it stood on the wire.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its method.
    pub method: Method,
    /// Path and query.
    pub target: String,
    /// Its headers, `Host` among them.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

/// Listens, and answers with a failure.
pub struct Recorder {
    /// Where it listens.
    pub base_url: String,
    heard: Arc<Mutex<Vec<Recorded>>>,
}

impl Recorder {
    /// Starts it.
    pub async fn start() -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let record = |State(heard): State<Arc<Mutex<Vec<Recorded>>>>,
                      method: Method,
                      uri: Uri,
                      headers: HeaderMap,
                      body: Bytes| async move {
            heard.lock().expect("no panic before").push(Recorded {
                method,
                target: uri.to_string(),
                headers,
                body,
            });
            StatusCode::BAD_GATEWAY
        };
        let router = Router::new()
            .fallback(record)
            .with_state(Arc::clone(&heard));
        Self {
            base_url: serve(router).await,
            heard,
        }
    }

    /// How much was heard.
    pub fn count(&self) -> usize {
        self.heard.lock().expect("no panic before").len()
    }

    /// What was heard last.
    pub fn last(&self) -> Recorded {
        let heard = self.heard.lock().expect("no panic before");
        heard.last().expect("something was heard").clone()
    }
}

impl Recorded {
    /// Sends it to somebody, with the `Host` that was signed; the answer's status and content.
    pub async fn send(&self, base_url: &str) -> (u16, Value) {
        let request = reqwest::Client::new()
            .request(self.method.clone(), format!("{base_url}{}", self.target))
            .headers(self.headers.clone())
            .body(self.body.clone());
        let answer = request.send().await.expect("somebody is there");
        let status = answer.status().as_u16();
        (status, answer.json().await.expect("JSON"))
    }
}
