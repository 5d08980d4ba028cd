//! Sealing as it is done: a desk that opens sessions, a phone that claims, chooses and confirms, all over HTTP. Every
//! body can be had before it is sent, so that a test may change it.

use cosign::{rsa, sm2};
use domain::product::Algorithm;
use ed25519_dalek::{Signer as _, SigningKey};
use protocol::{Base64Url, Confirm, MarkWire, Scope, Statement, marks_sha256, sha256};
use reqwest::Method;
use serde_json::{Value, json};

use crate::commerce::Complete;
use crate::{Answer, ClientKey, Installed, Phone, Product, TestApp, bytes};

/// A person who is ready to seal for a unit.
pub struct Sealer {
    /// The phone in hand.
    pub phone: Phone,
    /// The unit.
    pub unit_id: String,
    /// The unit certificate on the phone.
    pub installed: Installed,
    /// The unit's seal.
    pub seal_id: String,
}

/// A registered tool.
pub struct Desk {
    /// Its id.
    pub asker_id: String,
    key: SigningKey,
}

/// A session as its asker got it.
pub struct Opened {
    /// The answer of create.
    pub created: Value,
}

/// A confirm that can be sent, and what completes the signature.
pub struct Confirming {
    /// The body.
    pub body: Value,
    /// What is co-signed.
    pub attributes: Vec<u8>,
    complete: Complete,
}

impl Opened {
    /// A member of the answer.
    #[must_use]
    pub fn text(&self, member: &str) -> &str {
        self.created[member].as_str().expect("text")
    }

    /// The path of a step of the phone.
    #[must_use]
    pub fn phone_path(&self, step: &str) -> String {
        format!("/api/v1/scans/{}{step}", self.text("code"))
    }
}

impl Confirming {
    /// The whole signature from the answer of confirm, as finish takes it.
    #[must_use]
    pub fn finish(self, key: &ClientKey, answer: &Value) -> Value {
        json!({"signature": Base64Url::encode(&(self.complete)(key, &bytes(&answer["message"])))})
    }
}

impl Desk {
    /// The header of a request signed at `time_us`.
    #[must_use]
    pub fn authorization(&self, path: &str, body: &[u8], time_us: i64) -> String {
        self.authorization_of("POST", path, body, time_us)
    }

    /// The header of a request of any method.
    #[must_use]
    pub fn authorization_of(&self, method: &str, path: &str, body: &[u8], time_us: i64) -> String {
        let statement = Statement::AskerRequest {
            asker_id: &self.asker_id,
            method,
            path,
            body_sha256: &Base64Url::encode(&sha256(body)),
            time_us,
        };
        let signature = self.key.sign(&statement.to_bytes().expect("canonical"));
        let signature = Base64Url::encode(&signature.to_bytes());
        format!("Hulian-Asker {}:{time_us}:{signature}", self.asker_id)
    }
}

impl TestApp {
    /// Specimen person `number` with company `number`, its certificate and its seal.
    pub async fn sealer(&self, number: usize, product: Product) -> Sealer {
        let phone = self.phone(number).await;
        let unit_id = self.unit(&phone, number).await;
        let installed = self
            .holding_installed(&phone, Some(&unit_id), product)
            .await;
        let body = json!({"unit_id": unit_id, "kind": "company"});
        let made = self.make_seal(&phone, &body, "first").await.ok(201);
        let seal_id = made["seal_id"].as_str().expect("an id").to_owned();
        Sealer {
            phone,
            unit_id,
            installed,
            seal_id,
        }
    }

    /// `POST /seals` under an idempotency key.
    pub async fn make_seal(&self, phone: &Phone, body: &Value, key: &str) -> Answer {
        let request = self
            .request(Method::POST, "/api/v1/seals")
            .bearer_auth(&phone.token);
        Answer::of(request.header("idempotency-key", key).json(body)).await
    }

    /// Registers a tool.
    pub async fn desk(&self) -> Desk {
        let key = SigningKey::from_bytes(&self.app.random_bytes::<32>());
        let public_key = Base64Url::encode(key.verifying_key().as_bytes());
        let name = "测试投标工具";
        let statement = Statement::Asker {
            public_key: &public_key,
            name,
        };
        let proof = Base64Url::encode(
            &key.sign(&statement.to_bytes().expect("canonical"))
                .to_bytes(),
        );
        let body = json!({"public_key": public_key, "name": name, "proof": proof});
        let made = self.post("/api/v1/askers", &body).await.ok(201);
        assert_eq!(self.post("/api/v1/askers", &body).await.ok(201), made);
        Desk {
            asker_id: made["asker_id"].as_str().expect("an id").to_owned(),
            key,
        }
    }

    /// The body of a session for one seal on page 1 of a document.
    #[must_use]
    pub fn session_body(&self) -> Value {
        json!({
            "request_id": Base64Url::encode(&self.app.random_bytes::<16>()), "kind": "seal", "purpose": "签署投标文件",
            "scope": {"document_sealing": true}, "ask": {"mode": "page:1", "mark_count_max": 1}, "lifetime_s": 90,
            "one_time_key": Base64Url::encode(&[9; 32]),
        })
    }

    /// Creates a session with the desk's signature.
    pub async fn create_session(&self, desk: &Desk, body: &Value) -> Answer {
        let bytes = serde_json::to_vec(body).expect("JSON");
        let path = "/api/v1/scan-sessions";
        let header = desk.authorization(path, &bytes, self.app.now().micros());
        self.create_session_as(&header, bytes).await
    }

    /// The same under any header.
    pub async fn create_session_as(&self, authorization: &str, body: Vec<u8>) -> Answer {
        let request = self
            .request(Method::POST, "/api/v1/scan-sessions")
            .header("authorization", authorization);
        Answer::of(
            request
                .header("content-type", "application/json")
                .body(body),
        )
        .await
    }

    /// A session on the sandbox's platform.
    pub async fn opened(&self, desk: &Desk, phone: &Phone) -> Opened {
        let mut body = self.session_body();
        let platform = self.sandbox_platform(phone).await;
        body["scope"] = json!({"platform_id": platform["platform_id"]});
        Opened {
            created: self.create_session(desk, &body).await.ok(201),
        }
    }

    /// The asker's request below its session.
    pub async fn asker_call(
        &self,
        opened: &Opened,
        method: Method,
        rest: &str,
        body: Option<&Value>,
    ) -> Answer {
        let path = format!("/api/v1/scan-sessions/{}{rest}", opened.text("session_id"));
        let request = self
            .request(method, &path)
            .bearer_auth(opened.text("secret"));
        Answer::of(match body {
            Some(body) => request.json(body),
            None => request,
        })
        .await
    }

    /// The asker's view.
    pub async fn asker_view(&self, opened: &Opened) -> Value {
        self.asker_call(opened, Method::GET, "", None).await.ok(200)
    }

    /// A step of the phone.
    pub async fn scan_step(
        &self,
        phone: &Phone,
        opened: &Opened,
        step: &str,
        body: &Value,
    ) -> Answer {
        self.post_as(phone, &opened.phone_path(step), body).await
    }

    /// Claims, types the number, chooses.
    pub async fn chosen(&self, sealer: &Sealer, opened: &Opened) {
        let phone = &sealer.phone;
        self.scan_step(phone, opened, "/claim", &json!({}))
            .await
            .ok(200);
        let number = json!({"number": opened.text("match_number")});
        self.scan_step(phone, opened, "/match", &number)
            .await
            .ok(200);
        let holding = json!({"holding_id": sealer.installed.holding_id});
        self.scan_step(phone, opened, "/choose", &holding)
            .await
            .ok(200);
    }

    /// The facts of one seal on page 1 of a document with a page.
    #[must_use]
    pub fn prepare_body(&self, seal_id: &str) -> Value {
        json!({
            "digest": Base64Url::encode(&sha256(b"a document")), "file_name": "投标文件.pdf", "page_count": 1, "mode": "page:1",
            "seal_id": seal_id, "marks": [{"page": 1, "x_mm": 100.0, "y_mm": 40.5, "width_mm": 40.0, "height_mm": 40.0}],
            "time_us": self.app.now().micros(),
        })
    }

    /// Everything up to what the phone is asked to sign; answers the phone's view.
    pub async fn ready(&self, desk: &Desk, sealer: &Sealer) -> (Opened, Value) {
        let opened = self.opened(desk, &sealer.phone).await;
        self.chosen(sealer, &opened).await;
        let body = self.prepare_body(&sealer.seal_id);
        self.asker_call(&opened, Method::POST, "/prepare", Some(&body))
            .await
            .ok(200);
        let view = self
            .get_as(&sealer.phone, &opened.phone_path(""))
            .await
            .ok(200);
        (opened, view)
    }

    /// A confirm of what the view shows. The view may be changed first, to sign something else.
    #[must_use]
    pub fn confirming(&self, sealer: &Sealer, view: &Value, counter: i64) -> Confirming {
        let text = |value: &'_ Value| value.as_str().expect("text").to_owned();
        let (chosen, prepared) = (&view["chosen"], &view["prepared"]);
        let algorithm = match sealer.installed.key {
            ClientKey::Sm2(_) => gm_pki::Algorithm::Sm2Sm3,
            ClientKey::Rsa(_) => gm_pki::Algorithm::RsaSha256,
        };
        let attributes = gm_pki::cms::signed_attributes(
            algorithm,
            &bytes(&prepared["digest"]),
            &sealer.installed.certificate,
        )
        .expect("attributes");
        let sid: [u8; 16] = bytes(&view["code"]).try_into().expect("16 bytes");
        let (message, complete) = self.start_signing(&sealer.installed.key, sid, &attributes);
        let marks: Vec<MarkWire> =
            serde_json::from_value(prepared["marks"].clone()).expect("marks");
        let caller = &sealer.phone.caller;
        let statement = Statement::Confirm(Confirm {
            code: &text(&view["code"]),
            kind: "seal",
            purpose: &text(&view["purpose"]),
            asker_id: &text(&view["asker"]["asker_id"]),
            asker_name: &text(&view["asker"]["name"]),
            scope: Scope(&text(&view["scope"]["platform_id"])),
            person_id: &caller.person_id.to_string(),
            unit_id: chosen["unit_id"].as_str(),
            device_id: &caller.device_id.to_string(),
            holding_id: &text(&chosen["holding_id"]),
            certificate_sha256: &Base64Url::encode(&sha256(&bytes(&chosen["certificate"]))),
            seal_id: &text(&prepared["seal_id"]),
            digest: &text(&prepared["digest"]),
            file_name: &text(&prepared["file_name"]),
            page_count: u32::try_from(prepared["page_count"].as_u64().expect("a number"))
                .expect("small"),
            mode: &text(&prepared["mode"]),
            mark_count: u32::try_from(marks.len()).expect("few"),
            marks_sha256: &Base64Url::encode(&marks_sha256(&marks).expect("finite")),
            time_us: prepared["time_us"].as_i64().expect("a number"),
            attributes_sha256: &Base64Url::encode(&sha256(&attributes)),
            message_sha256: &Base64Url::encode(&sha256(&message)),
            counter,
        });
        let statement = statement.to_bytes().expect("canonical");
        let body = json!({
            "message": Base64Url::encode(&message), "counter": counter,
            "password_proof": Base64Url::encode(&sealer.phone.prove(&statement)),
            "device_signature": Base64Url::encode(&sealer.phone.sign(&statement)),
        });
        Confirming {
            body,
            attributes,
            complete,
        }
    }

    fn start_signing(
        &self,
        key: &ClientKey,
        sid: [u8; 16],
        attributes: &[u8],
    ) -> (Vec<u8>, Complete) {
        let mut rng = self.app.rng();
        match key {
            ClientKey::Sm2(key) => {
                let e = sm2::digest(key.public_key(), attributes);
                let (sign, request) =
                    sm2::sign::ClientSign::start(key, sid, e, &mut rng).expect("started");
                let complete = move |key: &ClientKey, reply: &[u8]| {
                    let ClientKey::Sm2(key) = key else {
                        panic!("another key")
                    };
                    let reply = sm2::sign::Reply::decode(reply).expect("a reply");
                    sign.finish(key, &reply)
                        .expect("a signature")
                        .to_bytes()
                        .to_vec()
                };
                (request.encode(), Box::new(complete))
            }
            ClientKey::Rsa(key) => {
                let (sign, request) =
                    rsa::sign::ClientSign::start(key, sid, sha256(attributes), &mut rng)
                        .expect("started");
                let complete = move |key: &ClientKey, reply: &[u8]| {
                    let ClientKey::Rsa(key) = key else {
                        panic!("another key")
                    };
                    sign.finish(key, &rsa::sign::Reply::decode(reply).expect("a reply"))
                        .expect("a signature")
                };
                (request.encode(), Box::new(complete))
            }
        }
    }
}

/// The product's algorithm, for tests that walk through both.
pub const BOTH_PRODUCTS: [Product; 2] = [Algorithm::Sm2, Algorithm::Rsa];
