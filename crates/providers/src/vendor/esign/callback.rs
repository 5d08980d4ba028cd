//! What e签宝 reports: signed over time, query and the exact bytes of the body.

use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use super::{Account, is_flow};
use crate::deposit::CallbackInvalid;
use crate::vendor::url::pairs;

/// How old a callback may be, and how far its clock may run ahead.
const AGE_MAX_MS: i64 = 300_000;
const ALGORITHM: &str = "hmac-sha256";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    flow_id: String,
}

/// The flow that a callback is about, once its signature fits.
pub(super) fn read(
    account: &Account,
    header: &dyn Fn(&str) -> Option<String>,
    query: &str,
    body: &[u8],
    now_ms: i64,
) -> Result<String, CallbackInvalid> {
    let header = |name: &str| header(name).ok_or(CallbackInvalid);
    let algorithm = header("x-tsign-open-signature-algorithm")?;
    let ours = header("x-tsign-open-app-id")? == account.app_id;
    if !ours || !algorithm.eq_ignore_ascii_case(ALGORITHM) {
        return Err(CallbackInvalid);
    }
    let timestamp = header("x-tsign-open-timestamp")?;
    let sent_ms: i64 = timestamp.parse().map_err(|_| CallbackInvalid)?;
    if now_ms.abs_diff(sent_ms) > AGE_MAX_MS.unsigned_abs() {
        return Err(CallbackInvalid);
    }
    let mut signature = [0; 32];
    let given = header("x-tsign-open-signature")?;
    hex::decode_to_slice(given, &mut signature).map_err(|_| CallbackInvalid)?;
    if !bool::from(signature.ct_eq(&made(account, &timestamp, query, body))) {
        return Err(CallbackInvalid);
    }
    let report: Report = serde_json::from_slice(body).map_err(|_| CallbackInvalid)?;
    if is_flow(&report.flow_id) {
        Ok(report.flow_id)
    } else {
        Err(CallbackInvalid)
    }
}

fn made(account: &Account, timestamp: &str, query: &str, body: &[u8]) -> [u8; 32] {
    let mut sorted = if query.is_empty() {
        Vec::new()
    } else {
        pairs(query)
    };
    sorted.sort_unstable();
    let values: String = sorted.into_iter().map(|(_, value)| value).collect();
    account
        .secret
        .mac(&[timestamp.as_bytes(), values.as_bytes(), body])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vendor::{Endpoint, Outside, Secret};
    use std::sync::Arc;
    use std::time::Duration;

    const SENT_MS: i64 = 1_713_508_339_505;

    fn account() -> Account {
        let clock = Arc::new(|| domain::Instant::from_seconds(0));
        Account {
            app_id: "7438000000".to_owned(),
            secret: Secret::parse("secret").unwrap(),
            endpoint: Endpoint::parse("https://openapi.esign.cn").unwrap(),
            outside: Outside::new(Duration::from_secs(1), clock).unwrap(),
        }
    }

    fn judge(query: &str, body: &str, signature: &str, now_ms: i64) -> Option<String> {
        let header = |name: &str| {
            let value = match name {
                "x-tsign-open-app-id" => "7438000000".to_owned(),
                "x-tsign-open-timestamp" => SENT_MS.to_string(),
                "x-tsign-open-signature" => signature.to_owned(),
                "x-tsign-open-signature-algorithm" => "hmac-sha256".to_owned(),
                _ => return None,
            };
            Some(value)
        };
        read(&account(), &header, query, body.as_bytes(), now_ms).ok()
    }

    /// The first value was made from the published rules elsewhere; no official example is known.
    #[test]
    fn ops_2_esign_callbacks_are_signed_over_time_query_and_body() {
        let hex_of = |query: &str, body: &str| {
            hex::encode(made(
                &account(),
                &SENT_MS.to_string(),
                query,
                body.as_bytes(),
            ))
        };
        assert_eq!(
            hex_of("", r#"{"action":"X"}"#),
            "36cf75d31eace3f74f8d79270c3b4d2a361ce104fdac77e8bab2554d73fd2d07"
        );
        let body = r#"{"flowId":"2917331"}"#;
        let signature = hex_of("b=2&a=1", body);
        // The order of the query does not matter, each of its values does.
        assert_eq!(signature, hex_of("a=1&b=2", body));
        let flow = Some("2917331".to_owned());
        assert_eq!(judge("b=2&a=1", body, &signature, SENT_MS), flow);
        assert_eq!(
            judge("b=2&a=1", body, &signature, SENT_MS + AGE_MAX_MS),
            flow
        );
        for (query, body, signature, now_ms) in [
            (
                "b=2&a=1",
                body,
                signature.as_str(),
                SENT_MS + AGE_MAX_MS + 1,
            ),
            (
                "b=2&a=1",
                body,
                signature.as_str(),
                SENT_MS - AGE_MAX_MS - 1,
            ),
            ("b=2&a=2", body, signature.as_str(), SENT_MS),
            (
                "b=2&a=1",
                r#"{"flowId":"2917332"}"#,
                signature.as_str(),
                SENT_MS,
            ),
            ("b=2&a=1", body, "", SENT_MS),
            ("b=2&a=1", body, "zz", SENT_MS),
        ] {
            assert_eq!(judge(query, body, signature, now_ms), None);
        }
    }
}
