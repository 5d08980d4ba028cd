//! The one way in which these commands ask the network: http and https alone, bounded in number, size, time and
//! redirects. Addresses come from files and certificates of others.

use std::time::Duration;

use pdf_seal::longterm::Fetch;

use super::refused::Refused;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);
const REDIRECTS: usize = 3;
/// Requests of one run.
const REQUESTS: u32 = 100;
/// Longest address.
const ADDRESS_BYTES: usize = 2048;

/// A client for one run.
pub(super) struct Web {
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
    left: u32,
}

impl Web {
    pub fn new() -> Result<Self, Refused> {
        let internal = |error: &dyn std::error::Error| {
            Refused::new("internal", format!("no network can be used: {error}"))
        };
        // Fails only when a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| internal(&error))?;
        let client = reqwest::Client::builder()
            .user_agent(concat!("hulian/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            .redirect(reqwest::redirect::Policy::limited(REDIRECTS))
            .build()
            .map_err(|error| internal(&error))?;
        Ok(Self {
            runtime,
            client,
            left: REQUESTS,
        })
    }

    /// Posts a body of a type and reads at most `limit` bytes of the answer.
    pub fn post(
        &mut self,
        url: &str,
        content_type: &'static str,
        body: Vec<u8>,
        limit: usize,
    ) -> Result<Vec<u8>, String> {
        self.check(url)?;
        let request = self
            .client
            .post(url)
            .header("content-type", content_type)
            .body(body);
        self.runtime.block_on(answer(request, limit))
    }

    fn check(&mut self, url: &str) -> Result<(), String> {
        let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
        if !lower.starts_with("http://") && !lower.starts_with("https://") {
            return Err("only http and https addresses are asked".to_owned());
        }
        if url.len() > ADDRESS_BYTES {
            return Err("the address is too long".to_owned());
        }
        self.left = self
            .left
            .checked_sub(1)
            .ok_or("too many addresses are named")?;
        Ok(())
    }
}

impl Fetch for Web {
    fn get(&mut self, url: &str, limit: usize) -> Result<Vec<u8>, String> {
        self.check(url)?;
        let request = self.client.get(url);
        self.runtime.block_on(answer(request, limit))
    }

    fn ask(&mut self, url: &str, request: &[u8], limit: usize) -> Result<Vec<u8>, String> {
        self.post(url, "application/ocsp-request", request.to_vec(), limit)
    }
}

async fn answer(request: reqwest::RequestBuilder, limit: usize) -> Result<Vec<u8>, String> {
    let sent = request.send().await;
    let mut response = sent.map_err(|error| innermost(&error))?;
    if !response.status().is_success() {
        return Err(format!("the service answered {}", response.status()));
    }
    let mut answer = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| innermost(&error))? {
        if answer.len() + chunk.len() > limit {
            return Err("the answer is too long".to_owned());
        }
        answer.extend_from_slice(&chunk);
    }
    Ok(answer)
}

/// What went wrong at the bottom, as "connection refused": the layers above repeat the address.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    last.to_string()
}
