//! The signature of requests: HMAC-SHA256 over method, headers and path, with the body by its MD5.

use base64ct::{Base64, Encoding as _};
use md5::{Digest as _, Md5};

use crate::vendor::secret::Secret;

const ACCEPT: &str = "*/*";
const CONTENT_TYPE: &str = "application/json; charset=UTF-8";

/// Everything that is signed. A request without a body has an empty `Content-MD5`, in the header as in the string.
pub(super) struct Signed<'a> {
    pub method: &'a str,
    /// Path and query as they are sent.
    pub target: &'a str,
    pub body: Option<&'a [u8]>,
}

impl Signed<'_> {
    pub fn headers(
        &self,
        app_id: &str,
        secret: &Secret,
        now_ms: i64,
    ) -> Vec<(&'static str, String)> {
        vec![
            ("accept", ACCEPT.to_owned()),
            ("content-type", CONTENT_TYPE.to_owned()),
            ("content-md5", self.content_md5()),
            ("x-tsign-open-app-id", app_id.to_owned()),
            ("x-tsign-open-auth-mode", "Signature".to_owned()),
            ("x-tsign-open-ca-timestamp", now_ms.to_string()),
            ("x-tsign-open-ca-signature", self.signature(secret)),
        ]
    }

    fn content_md5(&self) -> String {
        self.body
            .map(|body| Base64::encode_string(&Md5::digest(body)))
            .unwrap_or_default()
    }

    fn signature(&self, secret: &Secret) -> String {
        let text = format!(
            "{}\n{ACCEPT}\n{}\n{CONTENT_TYPE}\n\n{}",
            self.method,
            self.content_md5(),
            self.target
        );
        Base64::encode_string(&secret.mac(&[text.as_bytes()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made from the published rules; no official example is known.
    #[test]
    fn ops_2_esign_signatures_stay_as_they_are() {
        let signed = Signed {
            method: "PUT",
            target: "/v2/identity/auth/pub/organization/123/verifyRandomAmount",
            body: Some(br#"{"amount":0.37}"#),
        };
        let secret = Secret::parse("secret").unwrap();
        assert_eq!(signed.content_md5(), "z2ZSNsTNVCDUo4CAe4lBMg==");
        assert_eq!(
            signed.signature(&secret),
            "gLSI4fom3Nt4aU8+duQ+rtJdCForki0acFBqlm5jUzE="
        );
    }
}
