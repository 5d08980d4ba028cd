//! What e签宝 reports of a transfer: signed, and sent late, twice, out of order, or by somebody else.

use serde_json::json;

use super::esign::{ESIGN_APP_ID, ESIGN_SECRET, FakeEsign};
use super::signing::{hmac, parameters};

/// A report, ready to be sent.
#[derive(Clone, Debug)]
pub struct SignedReport {
    /// Where to.
    pub url: String,
    /// What it says, byte for byte.
    pub body: String,
    /// When it says that it was sent.
    pub timestamp_ms: i64,
    /// Over time, query and body.
    pub signature: String,
    /// Whose application it is about.
    pub app_id: String,
}

impl SignedReport {
    /// Signs it again with another secret.
    #[must_use]
    pub fn signed_with(mut self, secret: &str) -> Self {
        let query = self.url.split_once('?').map_or("", |(_, query)| query);
        let values: String = parameters(query).into_values().collect();
        let message = format!("{}{values}{}", self.timestamp_ms, self.body);
        self.signature = hex::encode(hmac(secret.as_bytes(), message.as_bytes()));
        self
    }

    /// Sends it, and tells how it was answered.
    pub async fn send(&self) -> u16 {
        let answer = reqwest::Client::new()
            .post(&self.url)
            .header("content-type", "application/json")
            .header("x-tsign-open-app-id", &self.app_id)
            .header("x-tsign-open-timestamp", self.timestamp_ms.to_string())
            .header("x-tsign-open-signature", &self.signature)
            .header("x-tsign-open-signature-algorithm", "hmac-sha256")
            .body(self.body.clone())
            .send()
            .await;
        answer.expect("somebody is there").status().as_u16()
    }
}

impl FakeEsign {
    /// The report that the bank took a transfer, as if sent at this time.
    pub fn report(&self, flow: &str, timestamp_ms: i64) -> SignedReport {
        let known = self.flow(flow);
        let body = json!({
            "action": "ORG_TRANSFER", "flowId": flow, "contextId": known.context_id,
            "success": true, "timestamp": timestamp_ms,
        });
        let report = SignedReport {
            url: known.notify_url.expect("a report was asked for"),
            body: body.to_string(),
            timestamp_ms,
            signature: String::new(),
            app_id: ESIGN_APP_ID.to_owned(),
        };
        report.signed_with(ESIGN_SECRET)
    }
}
