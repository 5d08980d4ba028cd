//! Time stamps from an RFC 3161 service.

use gm_pki::{cms, tsp};

use super::fetch::Web;
use super::refused::Refused;

/// Asks `url` for a token over an imprint and checks that it is one over it.
pub(super) fn stamp(web: &mut Web, url: &str, imprint: &tsp::Imprint) -> Result<Vec<u8>, Refused> {
    let failed = |why: &str| {
        Refused::new(
            "time_stamp",
            format!("no time stamp from {url}: {why}; try again or another service"),
        )
    };
    let mut nonce = [0_u8; 8];
    getrandom::fill(&mut nonce).map_err(|error| Refused::new("internal", error.to_string()))?;
    // DER has no leading zeros, and a service may echo the number in its shortest form.
    nonce[0] |= 1;
    let request = tsp::request(imprint, None, Some(&nonce), true);
    let answer = web
        .post(
            url,
            "application/timestamp-query",
            request,
            tsp::MAX_RESPONSE_BYTES,
        )
        .map_err(|why| failed(&why))?;
    let response = tsp::parse_response(&answer).map_err(|error| failed(&error.to_string()))?;
    let Some(token) = response.token else {
        let text = response.text.unwrap_or_default();
        return Err(failed(&format!(
            "the service refused (status {}) {text}",
            response.status
        )));
    };
    check(&token, imprint, &nonce).map_err(|why| failed(&why))?;
    Ok(token)
}

/// The token must be over our data, answer our question and be signed by the certificate in it. Whom it is from is
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
