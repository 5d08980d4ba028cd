//! Sign-in by number and SMS code, and the real-name check.

use super::Phone;
use crate::{Error, api::Auth};
use protocol::{Base64Url, Statement};
use serde::Deserialize;
use serde_json::json;

/// Who is signed in, as the server tells it.
#[derive(Clone, Debug, Deserialize)]
pub struct Me {
    /// The person.
    pub person_id: String,
    /// What the policy says of the evidence.
    pub verified: bool,
    /// Kinds of evidence that are still asked.
    pub missing_evidence: Vec<String>,
    /// A certificate password is set.
    pub password_set: bool,
}

#[derive(Deserialize)]
struct SignedIn {
    access_token: String,
    person_id: String,
    device_id: String,
}

impl Phone {
    /// Asks for an SMS code.
    pub async fn ask_code(&self, area: &str, number: &str) -> Result<(), Error> {
        let body = json!({"area": area, "number": number, "purpose": "sign_in"});
        let _: serde_json::Value = self
            .api
            .post(Auth::None, "/api/v1/sms-codes", &body, None)
            .await?;
        Ok(())
    }

    /// Signs in with the code; the person has read and accepted the agreement.
    pub async fn sign_in(&mut self, area: &str, number: &str, code: &str) -> Result<(), Error> {
        let public_key = self.device_key()?.verifying_key().to_sec1_point(false);
        let public_key = Base64Url::encode(public_key.as_bytes());
        let proof = self.sign(&Statement::Device {
            area,
            number,
            code,
            public_key: &public_key,
        })?;
        let body = json!({
            "area": area, "number": number, "code": code, "edition": "standard", "agreed": true,
            "device": {"public_key": public_key, "name": "hulian client", "proof": proof},
        });
        let answer: SignedIn = self
            .api
            .post(Auth::None, "/api/v1/sessions", &body, None)
            .await?;
        self.bearer = Some(format!("Bearer {}", answer.access_token));
        self.store.signed_in(&answer.person_id, &answer.device_id)
    }

    /// Gets a fresh access token for the session that the cookie holds.
    pub async fn refresh(&mut self) -> Result<(), Error> {
        let answer: SignedIn = self
            .api
            .post(Auth::None, "/api/v1/sessions/refresh", &json!({}), None)
            .await?;
        self.bearer = Some(format!("Bearer {}", answer.access_token));
        Ok(())
    }

    /// Who is signed in.
    pub async fn me(&self) -> Result<Me, Error> {
        self.api.get(self.auth(), "/api/v1/me").await
    }

    /// Proves the real name of a mainland person.
    pub async fn prove_identity(&self, name: &str, id_number: &str) -> Result<bool, Error> {
        #[derive(Deserialize)]
        struct Answer {
            verified: bool,
        }
        let body = json!({"nationality": "CN", "name": name, "id_number": id_number});
        let answer: Answer = self
            .api
            .post(self.auth(), "/api/v1/identity", &body, None)
            .await?;
        Ok(answer.verified)
    }
}
