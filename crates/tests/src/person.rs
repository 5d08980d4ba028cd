//! People for tests: a phone with a device key, driven request by request, so that tests can also do it wrong.

use std::sync::atomic::{AtomicI64, Ordering};

use cosign::oprf::Blind;
use cosign::password::Unlocked;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use protocol::{Base64Url, Statement};
use providers::specimen::{COMPANIES, PEOPLE};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, TestApp};

/// The certificate password of every test person.
pub const PASSWORD: &str = "295831";

/// A device key that signs statements.
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// A new key.
    pub fn new(app: &TestApp) -> Self {
        Self(SigningKey::from_slice(&app.app.random_bytes::<32>()).expect("a scalar"))
    }

    /// The public half as it travels.
    pub fn public_key(&self) -> String {
        Base64Url::encode(self.0.verifying_key().to_sec1_point(false).as_bytes())
    }

    /// Signs bytes.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().into()
    }
}

/// A signed-in person on a device.
pub struct TestPerson {
    /// Number, without area.
    pub number: String,
    /// Opens the API.
    pub access_token: String,
    /// The cookie's value.
    pub refresh_token: String,
    /// Id.
    pub person_id: String,
    /// Id of the device.
    pub device_id: String,
    /// Its key.
    pub device: DeviceKey,
    /// The certificate password's key, when one is set.
    pub unlocked: Option<Unlocked>,
    counter: AtomicI64,
}

/// The body of a sign-in.
pub fn sign_in_body(device: &DeviceKey, number: &str, code: &str) -> Value {
    let public_key = device.public_key();
    let statement = Statement::Device {
        area: "+86",
        number,
        code,
        public_key: &public_key,
    };
    let proof = device.sign(&statement.to_bytes().expect("canonical"));
    json!({
        "area": "+86", "number": number, "code": code, "edition": "standard", "agreed": true,
        "device": {"public_key": public_key, "name": "测试", "proof": Base64Url::encode(&proof)},
    })
}

/// The refresh token in an answer's cookie.
pub fn refresh_cookie(answer: &Answer) -> String {
    let cookie = answer.headers["set-cookie"].to_str().expect("text");
    let value = cookie.strip_prefix("hulian_refresh=").expect("the cookie");
    value.split(';').next().expect("a value").to_owned()
}

impl TestApp {
    /// Asks for a code and reads it in the sandbox inbox. The clock moves on by a minute first, so that it may.
    pub async fn code(&self, number: &str) -> String {
        self.clock.advance_s(60);
        let body = json!({"area": "+86", "number": number, "purpose": "sign_in"});
        self.post("/api/v1/sms-codes", &body).await.ok(202);
        self.last_code(number).await
    }

    /// The last code that was sent to a number.
    pub async fn last_code(&self, number: &str) -> String {
        self.run_jobs().await;
        let inbox = self
            .get(&format!("/sandbox/inbox.json?to=%2B86{number}"))
            .await
            .ok(200);
        let text = inbox["items"][0]["text"]
            .as_str()
            .expect("a message")
            .to_owned();
        let code = text
            .split(|c: char| !c.is_ascii_digit())
            .find(|part| part.len() == 6);
        code.expect("a code").to_owned()
    }

    /// Signs somebody in on a new device.
    pub async fn signed_in_by(&self, number: &str) -> TestPerson {
        let device = DeviceKey::new(self);
        let code = self.code(number).await;
        let answer = self
            .post("/api/v1/sessions", &sign_in_body(&device, number, &code))
            .await;
        let body = answer.ok(201);
        let text = |name: &str| body[name].as_str().expect("text").to_owned();
        TestPerson {
            number: number.to_owned(),
            access_token: text("access_token"),
            refresh_token: refresh_cookie(&answer),
            person_id: text("person_id"),
            device_id: text("device_id"),
            device,
            unlocked: None,
            counter: AtomicI64::new(self.app.now().micros()),
        }
    }

    /// A specimen person (0 to 6), signed in and with a proven name.
    pub async fn signed_in_person(&self, specimen: usize) -> TestPerson {
        let person = self.signed_in_by(PEOPLE[specimen].phone).await;
        person.identify(self, specimen).await.ok(200);
        person
    }

    /// The same with [`PASSWORD`] set.
    pub async fn with_password(&self, specimen: usize) -> TestPerson {
        let mut person = self.signed_in_person(specimen).await;
        person.set_password(self).await;
        person
    }

    /// The same with the specimen's company registered and certified; its unit id comes second.
    pub async fn with_unit(&self, specimen: usize) -> (TestPerson, String) {
        let person = self.with_password(specimen).await;
        let unit = person.register_unit(self, specimen).await.ok(201);
        let unit_id = unit["unit_id"].as_str().expect("an id").to_owned();
        (person, unit_id)
    }
}

impl TestPerson {
    /// A request as this person; `body` null means none.
    pub async fn call(&self, app: &TestApp, method: Method, path: &str, body: &Value) -> Answer {
        // A client of its own: the shared one would send somebody's cookie along.
        let request = app.request(method, path).bearer_auth(&self.access_token);
        Answer::of(if body.is_null() {
            request
        } else {
            request.json(body)
        })
        .await
    }

    /// GETs as this person.
    pub async fn get(&self, app: &TestApp, path: &str) -> Answer {
        self.call(app, Method::GET, path, &Value::Null).await
    }

    /// POSTs as this person.
    pub async fn post(&self, app: &TestApp, path: &str, body: &Value) -> Answer {
        self.call(app, Method::POST, path, body).await
    }

    /// States a specimen's name and document.
    pub async fn identify(&self, app: &TestApp, specimen: usize) -> Answer {
        let who = &PEOPLE[specimen];
        let body = json!({"nationality": "CN", "name": who.name, "id_number": who.id_number});
        self.post(app, "/api/v1/identity", &body).await
    }

    /// Registers a specimen's company.
    pub async fn register_unit(&self, app: &TestApp, specimen: usize) -> Answer {
        let what = &COMPANIES[specimen];
        let body = json!({"as": "legal_representative", "name": what.name, "uscc": what.uscc});
        self.post(app, "/api/v1/units", &body).await
    }

    /// One evaluation: the blinding and the answer.
    pub async fn evaluate(&self, app: &TestApp, password: &str, purpose: &str) -> (Blind, Answer) {
        let (blind, blinded) =
            Blind::start(password.as_bytes(), &mut app.app.rng()).expect("blinded");
        let body = json!({"blinded": Base64Url::encode(&blinded), "purpose": purpose});
        (
            blind,
            self.post(app, "/api/v1/password/evaluations", &body).await,
        )
    }

    /// Unlocks with a password, right or wrong. The stretch is the client's matter and left out.
    pub async fn unlock(&self, app: &TestApp, password: &str, purpose: &str) -> Unlocked {
        let (blind, answer) = self.evaluate(app, password, purpose).await;
        self.unlocked_by(password, blind, &answer.ok(200)).0
    }

    /// What an evaluation's answer unlocks, with its epoch.
    pub fn unlocked_by(&self, password: &str, blind: Blind, body: &Value) -> (Unlocked, u32) {
        let evaluated = Base64Url::decode(body["evaluated"].as_str().expect("text")).expect("b64u");
        let output = blind
            .finish(password.as_bytes(), &evaluated)
            .expect("finished");
        let epoch = body["epoch"].as_u64().expect("an epoch");
        let epoch = u32::try_from(epoch).expect("a small one");
        let unlocked = Unlocked::from_oprf(&output, &self.person_id, epoch).expect("unlocked");
        (unlocked, epoch)
    }

    /// The body that sets the password of `unlocked`.
    pub fn password_body(&self, unlocked: &Unlocked) -> Value {
        let key = Base64Url::encode(&unlocked.proof_public_key());
        let statement = Statement::Password {
            person_id: &self.person_id,
            device_id: &self.device_id,
            epoch: 1,
            proof_public_key: &key,
        };
        let statement = statement.to_bytes().expect("canonical");
        json!({
            "epoch": 1, "proof_public_key": key,
            "proof": Base64Url::encode(&unlocked.prove(&statement)),
            "device_signature": Base64Url::encode(&self.device.sign(&statement)),
        })
    }

    /// Sets [`PASSWORD`].
    pub async fn set_password(&mut self, app: &TestApp) {
        let unlocked = self.unlock(app, PASSWORD, "set").await;
        let body = self.password_body(&unlocked);
        self.call(app, Method::PUT, "/api/v1/password", &body)
            .await
            .ok(204);
        self.unlocked = Some(unlocked);
    }

    /// The next counter of this device.
    pub fn next_counter(&self) -> i64 {
        self.counter.fetch_add(1, Ordering::SeqCst) + 1
    }
}
