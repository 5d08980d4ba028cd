//! The one HTTP client for vendors: rustls, no redirects, every answer bounded in size and time.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::de::DeserializeOwned;

use crate::answer::Unavailable;

const CONNECT_TIMEOUT_MAX: Duration = Duration::from_secs(2);
/// Longest answer. Vendors of this crate answer with a few kilobytes; pictures are never asked for.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;
const USER_AGENT: &str = concat!("hulian/", env!("CARGO_PKG_VERSION"));

/// Why a call brought no answer of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nobody there, too slow, or nonsense.
    Silent(String),
    /// The vendor says why not, by this code.
    Code(String),
}

impl Fault {
    pub fn silent(reason: impl Into<String>) -> Self {
        Self::Silent(reason.into())
    }

    /// A code of the vendor's, never the words beside it: those may repeat what was asked about. So may a code that
    /// does not look like one, or that holds as many digits as numbers of people and phones have.
    pub fn code(code: &str) -> Self {
        const BYTES_MAX: usize = 64;
        const DIGITS_MAX: usize = 9;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        let fits = (1..=BYTES_MAX).contains(&code.len()) && digits <= DIGITS_MAX;
        if fits && code.bytes().all(plain) {
            Self::Code(code.to_owned())
        } else {
            Self::silent("a refusal that cannot be read")
        }
    }

    pub fn of(self, provider: &'static str) -> Unavailable {
        let reason = match self {
            Self::Silent(reason) => reason,
            Self::Code(code) => format!("code {code}"),
        };
        Unavailable { provider, reason }
    }
}

/// Where a vendor answers: scheme, host and port.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    origin: String,
    host: String,
    is_tls: bool,
}

/// An address that no vendor can answer at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an endpoint is https://HOST or https://HOST:PORT; plain http is for addresses of this computer alone"
)]
pub struct EndpointInvalid;

impl Endpoint {
    /// Reads `https://HOST[:PORT]`, or `http://` to this computer.
    ///
    /// # Errors
    /// [`EndpointInvalid`].
    pub fn parse(text: &str) -> Result<Self, EndpointInvalid> {
        let url = Url::parse(text).map_err(|_| EndpointInvalid)?;
        let host = url.host_str().ok_or(EndpointInvalid)?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let anonymous = url.username().is_empty() && url.password().is_none();
        let is_tls = url.scheme() == "https";
        let is_here = host == "localhost"
            || host
                .trim_matches(['[', ']'])
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        if !bare || !anonymous || !(is_tls || (url.scheme() == "http" && is_here)) {
            return Err(EndpointInvalid);
        }
        let host = url
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Ok(Self {
            origin: format!("{}://{host}", url.scheme()),
            host,
            is_tls,
        })
    }

    /// Whether nobody on the way can read along.
    #[must_use]
    pub const fn is_tls(&self) -> bool {
        self.is_tls
    }

    /// What the header `Host` says.
    pub(super) fn host(&self) -> &str {
        &self.host
    }
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.origin)
    }
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.origin)
    }
}

/// A request as it was signed. `target` is path and query, percent-encoded already; `host` is set by the client.
pub(super) struct Request<'a> {
    pub method: reqwest::Method,
    pub endpoint: &'a Endpoint,
    pub target: &'a str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// An answer, whatever its status.
pub(super) struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Reply {
    /// Reads the body as JSON of this shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        serde_json::from_slice(&self.body).map_err(|_| {
            Fault::silent(format!(
                "status {} with a body that cannot be read",
                self.status
            ))
        })
    }
}

#[derive(Clone)]
pub(super) struct Http(reqwest::Client);

impl Http {
    pub fn new(limit: Duration) -> Result<Self, Fault> {
        // Fails only when a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(limit.min(CONNECT_TIMEOUT_MAX))
            .timeout(limit)
            .redirect(reqwest::redirect::Policy::none())
            .build();
        client
            .map(Self)
            .map_err(|error| Fault::silent(innermost(&error)))
    }

    /// Sends these very bytes.
    pub async fn send(&self, request: Request<'_>) -> Result<Reply, Fault> {
        let wanted = format!("{}{}", request.endpoint, request.target);
        let url = Url::parse(&wanted).map_err(|_| Fault::silent("the address cannot be built"))?;
        // What would be written otherwise on the wire is not what was signed.
        if url.as_str() != wanted {
            return Err(Fault::silent("the address has no single form"));
        }
        let sent = self
            .0
            .request(request.method, url)
            .headers(headers(&request.headers)?)
            .body(request.body)
            .send()
            .await;
        let mut response = sent.map_err(|error| Fault::silent(innermost(&error)))?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        loop {
            let chunk = response.chunk().await;
            let Some(chunk) = chunk.map_err(|error| Fault::silent(innermost(&error)))? else {
                return Ok(Reply { status, body });
            };
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(Fault::silent("the answer is too long"));
            }
            body.extend_from_slice(&chunk);
        }
    }
}

fn headers(pairs: &[(&'static str, String)]) -> Result<HeaderMap, Fault> {
    pairs
        .iter()
        .map(|(name, value)| {
            let value = HeaderValue::from_str(value)
                .map_err(|_| Fault::silent(format!("header {name} cannot be written")))?;
            Ok((HeaderName::from_static(name), value))
        })
        .collect()
}

/// What went wrong at the bottom, as "connection refused": the layers above repeat the address with all that was asked.
fn innermost(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut last: &dyn std::error::Error = error;
    while let Some(next) = last.source() {
        last = next;
    }
    if last.is::<reqwest::Error>() {
        return "the connection broke".to_owned();
    }
    last.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ops_2_an_endpoint_is_an_origin_over_tls() {
        for (text, host) in [
            ("https://dysmsapi.aliyuncs.com", "dysmsapi.aliyuncs.com"),
            ("https://dysmsapi.aliyuncs.com/", "dysmsapi.aliyuncs.com"),
            ("https://sms.example:8443", "sms.example:8443"),
            ("http://127.0.0.1:9", "127.0.0.1:9"),
            ("http://localhost:9", "localhost:9"),
            ("http://[::1]:9", "[::1]:9"),
        ] {
            let endpoint = Endpoint::parse(text).unwrap();
            assert_eq!(endpoint.host(), host);
            assert_eq!(endpoint.is_tls(), text.starts_with("https"));
        }
        for text in [
            "",
            "dysmsapi.aliyuncs.com",
            "http://dysmsapi.aliyuncs.com",
            "ftp://127.0.0.1",
            "https://user@host",
            "https://host/path",
            "https://host?query",
            "http://127.0.0.1.example.com",
        ] {
            assert_eq!(Endpoint::parse(text).err(), Some(EndpointInvalid), "{text}");
        }
    }

    #[test]
    fn ops_2_a_code_carries_nothing_else_outside() {
        for code in [
            "",
            "何某人",
            "two words",
            "10010119790312001X",
            "13900000000",
            "a\nb",
        ] {
            let reason = Fault::code(code).of("x").reason;
            assert_eq!(reason, "a refusal that cannot be read", "{code}");
        }
    }
}
