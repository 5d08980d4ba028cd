//! A time stamp over the signature from an RFC 3161 service, bounded in size and time.

use std::time::Duration;

use gm_pki::{Algorithm, cms, tsp};

use super::refused::Refused;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);

/// Asks `url` for a token over `signature` and checks that it is one over it.
pub(super) fn stamp(
    url: &str,
    algorithm: Algorithm,
    signature: &[u8],
    nonce: &[u8],
) -> Result<Vec<u8>, Refused> {
    let failed = |why: &str| {
        Refused::new(
            "time_stamp",
            format!("no time stamp from {url}: {why}; try again or another service"),
        )
    };
    let imprint = tsp::imprint_of(algorithm, signature);
    let request = tsp::request(&imprint, None, Some(nonce), true);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| failed(&error.to_string()))?;
    let answer = runtime
        .block_on(post(url, request))
        .map_err(|why| failed(&why))?;
    let response = tsp::parse_response(&answer).map_err(|error| failed(&error.to_string()))?;
    let Some(token) = response.token else {
        let text = response.text.unwrap_or_default();
        return Err(failed(&format!(
            "the service refused (status {}) {text}",
            response.status
        )));
    };
    check(&token, &imprint, nonce).map_err(|why| failed(&why))?;
    Ok(token)
}

/// The token must be over our signature, answer our question and be signed by the certificate in it. Whom it is from is
/// for those to judge who verify the file.
fn check(token: &[u8], imprint: &tsp::Imprint, nonce: &[u8]) -> Result<(), String> {
    let stamp = tsp::parse_token(token).map_err(|error| error.to_string())?;
    if stamp.imprint != *imprint {
        return Err("the stamp is over something else".to_owned());
    }
    if stamp.nonce.as_deref() != Some(nonce) {
        return Err("the stamp answers another question".to_owned());
    }
    let parsed = cms::parse(token).map_err(|error| error.to_string())?;
    match parsed.verify(cms::Content::Bytes(
        parsed.content.as_deref().unwrap_or_default(),
    )) {
        // Services sign with algorithms that this library does not have; the stamp is theirs to answer for.
        Ok(_) | Err(gm_pki::Error::Unsupported(_)) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

async fn post(url: &str, request: Vec<u8>) -> Result<Vec<u8>, String> {
    // Fails only when a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TOTAL_TIMEOUT)
        .redirect(reqwest::redirect::Policy::limited(3))
        .build()
        .map_err(|error| error.to_string())?;
    let sent = client
        .post(url)
        .header("content-type", "application/timestamp-query")
        .body(request)
        .send();
    let mut response = sent.await.map_err(|error| error.to_string())?;
    if !response.status().is_success() {
        return Err(format!("the service answered {}", response.status()));
    }
    let mut answer = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| error.to_string())? {
        if answer.len() + chunk.len() > tsp::MAX_RESPONSE_BYTES {
            return Err("the answer is too long".to_owned());
        }
        answer.extend_from_slice(&chunk);
    }
    Ok(answer)
}
