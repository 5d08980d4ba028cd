//! An operator at the console: made by the command line, signed in over HTTP with both factors.

use std::sync::atomic::{AtomicU32, Ordering};

use app::operator::{code, make_by_command_line};
use domain::id::{CaseId, MaterialId, OperatorId};
use domain::operator::{OperatorRole, code_step};
use domain::review::{CaseKind, CaseState, MaterialRole};
use reqwest::Method;
use serde_json::{Value, json};
use store::review::Case;

use crate::{Answer, Phone, TestApp};

/// The password that test operators choose.
pub const OPERATOR_PASSWORD: &str = "a staple for the battery";

static MADE: AtomicU32 = AtomicU32::new(1);

/// A signed-in operator.
pub struct Operator {
    /// Id.
    pub id: OperatorId,
    /// Name.
    pub name: String,
    /// The access token, good for five minutes.
    pub token: String,
    /// The secret of the one-time codes.
    pub secret: Vec<u8>,
    base_url: String,
    client: reqwest::Client,
}

impl Operator {
    /// A request of this operator to a path such as `/api/v1/operator/cases`.
    pub async fn request(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let request = self
            .client
            .request(method, format!("{}{path}", self.base_url));
        let request = request.bearer_auth(&self.token);
        Answer::of(match body {
            Some(body) => request.json(body),
            None => request,
        })
        .await
    }

    /// GETs a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.request(Method::GET, path, None).await
    }

    /// POSTs JSON to a path.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.request(Method::POST, path, Some(body)).await
    }

    /// Opens a case in clear.
    pub async fn open(&self, case: CaseId, reason: &str) -> Answer {
        let path = format!("/api/v1/operator/cases/{case}/open");
        self.post(&path, &json!({ "reason": reason })).await
    }

    /// Decides a case: `pass` or `refuse`.
    pub async fn decide(&self, case: CaseId, decision: &str, reason: &str) -> Answer {
        let path = format!("/api/v1/operator/cases/{case}/decide");
        let body = json!({ "decision": decision, "reason": reason });
        self.post(&path, &body).await
    }
}

impl TestApp {
    /// An operator with these roles, signed in.
    pub async fn operator(&self, roles: &[OperatorRole]) -> Operator {
        let name = format!("审核员{}", MADE.fetch_add(1, Ordering::Relaxed));
        let made = make_by_command_line(&self.app, &name, roles)
            .await
            .expect("made");
        let step = self
            .operator_step(
                "",
                &json!({"name": name, "password": *made.one_time_password}),
            )
            .await;
        let step = step.ok(200);
        assert_eq!(step["next"], "new_password");
        let chosen = json!({"ticket": step["ticket"], "password": OPERATOR_PASSWORD});
        let step = self.operator_step("/password", &chosen).await.ok(200);
        let secret = unbase32(step["secret"].as_str().expect("a secret"));
        let code = self.operator_code(&secret);
        let session = json!({"ticket": step["ticket"], "code": code});
        let session = self
            .post("/api/v1/operator/sessions", &session)
            .await
            .ok(201);
        Operator {
            id: made.operator_id,
            name,
            token: session["access_token"]
                .as_str()
                .expect("a token")
                .to_owned(),
            secret,
            base_url: self.base_url.clone(),
            client: self.client.clone(),
        }
    }

    /// The same operator signed in again, half a minute later.
    pub async fn operator_again(&self, operator: &Operator) -> Operator {
        self.clock.advance_s(30);
        let typed = json!({"name": operator.name, "password": OPERATOR_PASSWORD});
        let step = self.operator_step("", &typed).await.ok(200);
        let code = self.operator_code(&operator.secret);
        let session = json!({"ticket": step["ticket"], "code": code});
        let session = self
            .post("/api/v1/operator/sessions", &session)
            .await
            .ok(201);
        Operator {
            token: session["access_token"]
                .as_str()
                .expect("a token")
                .to_owned(),
            name: operator.name.clone(),
            secret: operator.secret.clone(),
            client: operator.client.clone(),
            base_url: operator.base_url.clone(),
            ..*operator
        }
    }

    /// A case of a kind that has no route of its own in a test: with these facts, a JSON object, and these files.
    pub async fn case(
        &self,
        phone: &Phone,
        kind: CaseKind,
        facts: &str,
        materials: &[(MaterialRole, MaterialId)],
    ) -> CaseId {
        let id: CaseId = self.app.new_id();
        let facts = self.app.vault.wrap_text("case.facts", id.as_bytes(), facts);
        let case = Case {
            id,
            kind,
            state: CaseState::Open,
            person_id: phone.caller.person_id,
            unit_id: None,
            facts: facts.expect("sealed"),
            opened_at: self.app.now(),
            decided_at: None,
            decided_by: None,
            reason: None,
            version: 1,
        };
        let mut tx = self.app.db.begin_write("test.case").await.expect("begun");
        let written = store::review::insert(&mut tx, &case, materials).await;
        written.expect("written");
        tx.commit().await.expect("committed");
        id
    }

    /// The code that an authenticator shows now.
    #[must_use]
    pub fn operator_code(&self, secret: &[u8]) -> String {
        code(secret, code_step(self.app.now()))
    }

    /// A step of a sign-in: the first, or what `path` names.
    pub async fn operator_step(&self, path: &str, body: &Value) -> Answer {
        self.post(&format!("/api/v1/operator/sign-in{path}"), body)
            .await
    }
}

/// A secret as people type it (RFC 4648 section 6), as an authenticator reads it.
fn unbase32(text: &str) -> Vec<u8> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => panic!("no letter of base32"),
        };
        held = (held << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).expect("a byte"));
        }
    }
    bytes
}
