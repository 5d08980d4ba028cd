//! TC3-HMAC-SHA256.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::vendor::secret::{Secret, hmac_sha256};

const ALGORITHM: &str = "TC3-HMAC-SHA256";
pub(super) const CONTENT_TYPE: &str = "application/json; charset=utf-8";
const SIGNED_HEADERS: &str = "content-type;host";

/// Everything that is signed: the body is the very bytes that are sent.
pub(super) struct Signed<'a> {
    pub service: &'a str,
    pub host: &'a str,
    /// Unix seconds.
    pub timestamp: i64,
    /// The same as a day in UTC.
    pub day: &'a str,
    pub body: &'a [u8],
}

impl Signed<'_> {
    pub fn authorization(&self, secret_id: &str, secret: &Secret) -> String {
        format!(
            "{ALGORITHM} Credential={secret_id}/{}, SignedHeaders={SIGNED_HEADERS}, Signature={}",
            self.scope(),
            self.signature(secret)
        )
    }

    fn scope(&self) -> String {
        format!("{}/{}/tc3_request", self.day, self.service)
    }

    fn signature(&self, secret: &Secret) -> String {
        let body = hex::encode(Sha256::digest(self.body));
        let canonical = format!(
            "POST\n/\n\ncontent-type:{CONTENT_TYPE}\nhost:{}\n\n{SIGNED_HEADERS}\n{body}",
            self.host
        );
        let text = format!(
            "{ALGORITHM}\n{}\n{}\n{}",
            self.timestamp,
            self.scope(),
            hex::encode(Sha256::digest(canonical))
        );
        let start = Zeroizing::new(format!("TC3{}", secret.reveal()));
        let key = hmac_sha256(start.as_bytes(), &[self.day.as_bytes()]);
        let key = hmac_sha256(&key, &[self.service.as_bytes()]);
        let key = hmac_sha256(&key, &[b"tc3_request"]);
        hex::encode(hmac_sha256(&key, &[text.as_bytes()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vendor's public example.
    #[test]
    fn ops_2_tencent_signatures_are_those_of_the_published_example() {
        let body = r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;
        assert_eq!(
            hex::encode(Sha256::digest(body)),
            "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064"
        );
        let signed = Signed {
            service: "cvm",
            host: "cvm.tencentcloudapi.com",
            timestamp: 1_551_113_065,
            day: "2019-02-25",
            body: body.as_bytes(),
        };
        let secret = Secret::parse("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE").unwrap();
        assert_eq!(
            signed.authorization("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", &secret),
            "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, \
             SignedHeaders=content-type;host, \
             Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
        );
    }
}
