//! ACS3-HMAC-SHA256, the signature of version 3 of Aliyun's gateway.

use sha2::{Digest, Sha256};

use super::Action;
use crate::vendor::secret::Secret;

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// Everything that is signed: query and body are the very bytes that are sent.
pub(super) struct Signed<'a> {
    pub action: &'a Action,
    pub host: &'a str,
    pub date: &'a str,
    pub nonce: &'a str,
    pub query: &'a str,
    pub content_type: Option<&'static str>,
    pub body: &'a [u8],
}

impl Signed<'_> {
    /// The headers to send beside `Host`.
    pub fn headers(&self, key_id: &str, secret: &Secret) -> Vec<(&'static str, String)> {
        let (names, canonical) = self.canonical();
        let signature = signature(secret, &canonical);
        let mut headers: Vec<(&'static str, String)> = self
            .signed_headers()
            .into_iter()
            .filter(|(name, _)| *name != "host")
            .collect();
        headers.push(("accept", "application/json".to_owned()));
        headers.push((
            "authorization",
            format!("{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"),
        ));
        headers
    }

    /// In the order of their names.
    fn signed_headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        if let Some(content_type) = self.content_type {
            headers.push(("content-type", content_type.to_owned()));
        }
        headers.extend([
            ("host", self.host.to_owned()),
            ("x-acs-action", self.action.name.to_owned()),
            (
                "x-acs-content-sha256",
                hex::encode(Sha256::digest(self.body)),
            ),
            ("x-acs-date", self.date.to_owned()),
            ("x-acs-signature-nonce", self.nonce.to_owned()),
            ("x-acs-version", self.action.version.to_owned()),
        ]);
        headers
    }

    fn canonical(&self) -> (String, String) {
        let headers = self.signed_headers();
        let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let lines: String = headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let hash = hex::encode(Sha256::digest(self.body));
        let canonical = format!("POST\n/\n{}\n{lines}\n{names}\n{hash}", self.query);
        (names, canonical)
    }
}

fn signature(secret: &Secret, canonical: &str) -> String {
    let hash = hex::encode(Sha256::digest(canonical));
    hex::encode(secret.mac(&[ALGORITHM.as_bytes(), b"\n", hash.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vendor::url::canonical;

    /// The example of the vendor's documentation, and one that its Python SDK made.
    #[test]
    fn ops_2_aliyun_signatures_are_those_of_the_published_examples() {
        let secret = Secret::parse("YourAccessKeySecret").unwrap();
        let run_instances = Signed {
            action: &Action {
                name: "RunInstances",
                version: "2014-05-26",
            },
            host: "ecs.cn-shanghai.aliyuncs.com",
            date: "2023-10-26T10:22:32Z",
            nonce: "3156853299f313e23d1673dc12e1703d",
            query: &canonical(&[
                (
                    "ImageId",
                    "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
                ),
                ("RegionId", "cn-shanghai"),
            ]),
            content_type: None,
            body: b"",
        };
        let send_sms = Signed {
            action: &Action {
                name: "SendSms",
                version: "2017-05-25",
            },
            host: "dysmsapi.aliyuncs.com",
            date: "2024-01-02T03:04:05Z",
            nonce: "0123456789abcdef0123456789abcdef",
            query: &canonical(&[
                ("PhoneNumbers", "13900000000"),
                ("SignName", "测试"),
                ("TemplateCode", "SMS_1"),
                ("TemplateParam", r#"{"code":"123456"}"#),
            ]),
            content_type: None,
            body: b"",
        };
        for (signed, hash, expected) in [
            (
                run_instances,
                "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
                "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
            ),
            (
                send_sms,
                "7da1d7bb6af7fa58e35e0d904d6d81e31d9dcb3ae6d130dc359256a354a87cdc",
                "787ebd2244708c60bdead80b2267d5d8c72e59cb8dc5f24b19d46a1bafa97dce",
            ),
        ] {
            let (_, canonical) = signed.canonical();
            assert_eq!(hex::encode(Sha256::digest(&canonical)), hash);
            assert_eq!(signature(&secret, &canonical), expected);
        }
    }
}
