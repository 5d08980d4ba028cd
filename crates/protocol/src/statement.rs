//! Statements: JSON objects with a `type`, signed in their RFC 8785 form.

use serde::Serialize;

/// A number in the statement has no canonical form (not finite).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the statement has no canonical form")]
pub struct NotCanonical;

/// Where something is used: a platform's id, or the word `document_sealing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Scope<'a>(pub &'a str);

impl Scope<'_> {
    /// The scope of sealing one's own documents.
    pub const DOCUMENT_SEALING: Scope<'static> = Scope("document_sealing");
}

/// Everything that is ever signed as a statement. Binary members are base64url text.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type")]
pub enum Statement<'a> {
    /// Proof of a device key at sign-in.
    #[serde(rename = "hulian/device/v1")]
    Device {
        /// Area code with plus sign.
        area: &'a str,
        /// Number as typed.
        number: &'a str,
        /// The SMS code.
        code: &'a str,
        /// The device key.
        public_key: &'a str,
    },
    /// Setting the certificate password.
    #[serde(rename = "hulian/password/v1")]
    Password {
        /// Whose password.
        person_id: &'a str,
        /// On which device it is set.
        device_id: &'a str,
        /// Raised with each change.
        epoch: u32,
        /// The proof key.
        proof_public_key: &'a str,
    },
    /// Showing that the certificate password is known, for no other purpose.
    #[serde(rename = "hulian/password-proof/v1")]
    PasswordProof {
        /// Whose password.
        person_id: &'a str,
        /// On which device it was entered.
        device_id: &'a str,
        /// The device's counter.
        counter: i64,
    },
    /// The key that opens a device's shares should the password be forgotten.
    #[serde(rename = "hulian/reset-key/v1")]
    ResetKey {
        /// Whose shares.
        person_id: &'a str,
        /// On which device.
        device_id: &'a str,
        /// Its public half; the private one is handed in beside the statement.
        public_key: &'a str,
        /// The device's counter.
        counter: i64,
    },
    /// Beginning to reset a forgotten password; the device key alone signs it.
    #[serde(rename = "hulian/password-reset/v1")]
    PasswordReset {
        /// Whose password.
        person_id: &'a str,
        /// On which device.
        device_id: &'a str,
        /// The SMS code.
        code: &'a str,
    },
    /// The password that takes a forgotten one's place, and the reset key that comes with it.
    #[serde(rename = "hulian/password-reset-done/v1")]
    PasswordResetDone {
        /// The reset that the code allowed.
        password_reset_id: &'a str,
        /// Whose password.
        person_id: &'a str,
        /// On which device.
        device_id: &'a str,
        /// The epoch of the new password.
        epoch: u32,
        /// Its proof key.
        proof_public_key: &'a str,
        /// The public half of the new reset key.
        reset_public_key: &'a str,
    },
    /// Beginning an enrolment.
    #[serde(rename = "hulian/install/v1")]
    Install {
        /// The holding that gets a certificate.
        holding_id: &'a str,
        /// 16 random bytes of the device.
        request_id: &'a str,
        /// The device that will hold half 1.
        device_id: &'a str,
        /// `sign`.
        usage: &'a str,
        /// Digest of the first key generation message.
        message_sha256: &'a str,
        /// Raised with each statement of the device.
        counter: i64,
    },
    /// Registering an asker's key.
    #[serde(rename = "hulian/asker/v1")]
    Asker {
        /// Ed25519 key.
        public_key: &'a str,
        /// The name it gives itself.
        name: &'a str,
    },
    /// One request of an asker.
    #[serde(rename = "hulian/asker-request/v1")]
    AskerRequest {
        /// Who asks.
        asker_id: &'a str,
        /// `POST`
        method: &'a str,
        /// Path with query.
        path: &'a str,
        /// Digest of the body.
        body_sha256: &'a str,
        /// The asker's clock.
        time_us: i64,
    },
    /// All that the phone showed before it signed.
    #[serde(rename = "hulian/confirm/v1")]
    Confirm(Confirm<'a>),
    /// A person signs an asker in; the device key alone signs it.
    #[serde(rename = "hulian/login/v1")]
    Login(Login<'a>),
    /// Which signature is to be taken away.
    #[serde(rename = "hulian/unseal/v1")]
    Unseal(Unseal<'a>),
    /// The record of one use, as the log keeps it.
    #[serde(rename = "hulian/operation/v1")]
    Operation(Operation<'a>),
}

/// All that the phone showed before it signed.
#[derive(Clone, Debug, Serialize)]
#[allow(
    missing_docs,
    reason = "each member is the member of the same name in PROTOCOL section 9"
)]
pub struct Confirm<'a> {
    pub code: &'a str,
    pub kind: &'a str,
    pub purpose: &'a str,
    pub asker_id: &'a str,
    pub asker_name: &'a str,
    pub scope: Scope<'a>,
    pub person_id: &'a str,
    pub unit_id: Option<&'a str>,
    pub device_id: &'a str,
    pub holding_id: &'a str,
    pub certificate_sha256: &'a str,
    pub seal_id: &'a str,
    pub digest: &'a str,
    pub file_name: &'a str,
    pub page_count: u32,
    pub mode: &'a str,
    pub mark_count: u32,
    pub marks_sha256: &'a str,
    pub time_us: i64,
    pub attributes_sha256: &'a str,
    pub message_sha256: &'a str,
    pub counter: i64,
}

/// A person signs an asker in, as themselves or as a unit.
#[derive(Clone, Debug, Serialize)]
#[allow(
    missing_docs,
    reason = "each member is the member of the same name in PROTOCOL section 9"
)]
pub struct Login<'a> {
    pub code: &'a str,
    pub purpose: &'a str,
    pub asker_id: &'a str,
    pub asker_name: &'a str,
    pub scope: Scope<'a>,
    pub person_id: &'a str,
    pub unit_id: Option<&'a str>,
    pub device_id: &'a str,
    pub counter: i64,
}

/// Which signature is to be taken away; signed by the certificate that made it.
#[derive(Clone, Debug, Serialize)]
#[allow(
    missing_docs,
    reason = "each member is the member of the same name in PROTOCOL section 9"
)]
pub struct Unseal<'a> {
    pub code: &'a str,
    pub field: &'a str,
    pub signature_sha256: &'a str,
    pub file_name: &'a str,
    pub page_count: u32,
    pub time_us: i64,
}

/// The record of one use of a certificate and a seal.
#[derive(Clone, Debug, Serialize)]
#[allow(
    missing_docs,
    reason = "each member is the member of the same name in PROTOCOL section 9"
)]
pub struct Operation<'a> {
    pub operation_id: &'a str,
    pub session_id: &'a str,
    pub kind: &'a str,
    pub person_id: &'a str,
    pub unit_id: Option<&'a str>,
    pub holding_id: &'a str,
    pub certificate_serial: &'a str,
    pub seal_id: &'a str,
    pub device_id: &'a str,
    pub asker_id: &'a str,
    pub scope: Scope<'a>,
    pub file_name: &'a str,
    pub digest: &'a str,
    pub mode: &'a str,
    pub mark_count: u32,
    pub outcome: &'a str,
    pub at_us: i64,
}

impl Statement<'_> {
    /// The bytes that are signed.
    pub fn to_bytes(&self) -> Result<Vec<u8>, NotCanonical> {
        serde_jcs::to_vec(self).map_err(|_| NotCanonical)
    }
}

/// The context that both halves put into every proof of a key generation (PROTOCOL section 7).
pub fn keygen_context(request_id: &str, usage: &str, device_id: &str) -> Vec<u8> {
    format!("v1|keygen|{request_id}|{usage}|{device_id}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_sorted_and_the_type_is_inside() {
        let statement = Statement::Password {
            person_id: "p",
            device_id: "d",
            epoch: 1,
            proof_public_key: "k",
        };
        let bytes = statement.to_bytes().expect("canonical");
        assert_eq!(
            String::from_utf8(bytes).expect("utf-8"),
            r#"{"device_id":"d","epoch":1,"person_id":"p","proof_public_key":"k","type":"hulian/password/v1"}"#
        );
    }

    #[test]
    fn nested_statements_carry_their_type_too() {
        let scope = Scope::DOCUMENT_SEALING;
        let record = Operation {
            operation_id: "o",
            session_id: "s",
            kind: "seal",
            person_id: "p",
            unit_id: None,
            holding_id: "h",
            certificate_serial: "01",
            seal_id: "x",
            device_id: "d",
            asker_id: "a",
            scope,
            file_name: "投标.pdf",
            digest: "AA",
            mode: "all",
            mark_count: 2,
            outcome: "done",
            at_us: 5,
        };
        let text = String::from_utf8(Statement::Operation(record).to_bytes().expect("canonical"))
            .expect("utf-8");
        assert!(text.starts_with(r#"{"asker_id":"a","at_us":5,"#), "{text}");
        assert!(
            text.contains(r#""scope":"document_sealing""#)
                && text.contains(r#""type":"hulian/operation/v1""#),
            "{text}"
        );
        assert!(text.contains(r#""unit_id":null"#), "{text}");
    }
}
