//! Buying and enrolling as a person would: over HTTP, with half 1 of the key on the phone.

use cosign::{rsa, sm2};
use domain::product::Algorithm;
use protocol::{Base64Url, Statement, keygen_context, sha256};
use serde_json::{Value, json};

use crate::{Answer, Phone, TestApp};

/// A product of the sandbox.
pub type Product = Algorithm;

/// The phone's half of a key.
pub enum ClientKey {
    /// Of an SM2 key.
    Sm2(Box<sm2::ClientKey>),
    /// Of a composite RSA key.
    Rsa(Box<rsa::ClientKey>),
}

/// What an enrolment leaves on the phone.
pub struct Installed {
    /// The holding.
    pub holding_id: String,
    /// The certificate's id.
    pub certificate_id: String,
    /// DER.
    pub certificate: Vec<u8>,
    /// Issuing and root certificate, DER.
    pub chain: Vec<Vec<u8>>,
    /// Half 1.
    pub key: ClientKey,
}

/// A key generation between its first and its second message.
pub enum Keygen {
    /// SM2.
    Sm2(Box<sm2::keygen::ClientStart>),
    /// Composite RSA.
    Rsa(Box<rsa::keygen::ClientStart>),
}

/// Makes the finished signature of the server's reply.
pub type Complete = Box<dyn FnOnce(&ClientKey, &[u8]) -> Vec<u8>>;

/// Reads a base64url member.
#[must_use]
pub fn bytes(value: &Value) -> Vec<u8> {
    Base64Url::decode(value.as_str().expect("text")).expect("base64url")
}

impl TestApp {
    /// The sandbox's platform, as `GET /platforms` gives it.
    pub async fn sandbox_platform(&self, phone: &Phone) -> Value {
        self.get_as(phone, "/api/v1/platforms").await.ok(200)["items"][0].clone()
    }

    /// The body of an order of one certificate for one year; change it as the test needs.
    pub async fn order_body(&self, phone: &Phone, unit: Option<&str>, product: Product) -> Value {
        let platform = self.sandbox_platform(phone).await;
        let products = platform["products"].as_array().expect("products");
        let found = products
            .iter()
            .find(|found| found["algorithm"] == product.as_str())
            .expect("the product");
        json!({
            "unit_id": unit, "platform_id": platform["platform_id"], "kind": "platform", "product_id": found["product_id"],
            "term_years": 1, "quantity": 1, "install_here": true, "payment_method": "wechat_pay", "agreed": true,
        })
    }

    /// Orders and opens the cashier: the order's and the payment's id.
    pub async fn ordered(&self, phone: &Phone, body: &Value) -> (String, String) {
        let order = self.post_as(phone, "/api/v1/orders", body).await.ok(201);
        let order_id = order["order_id"].as_str().expect("an id").to_owned();
        let payment = self
            .post_as(
                phone,
                &format!("/api/v1/orders/{order_id}/payments"),
                &json!({}),
            )
            .await
            .ok(201);
        (
            order_id,
            payment["payment_id"].as_str().expect("an id").to_owned(),
        )
    }

    /// Presses a button of the cashier, and lets everything happen that follows at once.
    pub async fn press(&self, payment_id: &str, action: &str) {
        let answer = self.press_only(payment_id, action).await;
        assert!(answer.status.is_success(), "{:?}", answer.status);
        self.clock.advance_s(2);
        self.run_jobs().await;
    }

    /// Presses a button of the cashier, whatever comes of it.
    pub async fn press_only(&self, payment_id: &str, action: &str) -> Answer {
        let page = self.request(
            reqwest::Method::POST,
            &format!("/sandbox/cashier/{payment_id}"),
        );
        let form = page.header("content-type", "application/x-www-form-urlencoded");
        Answer::of(form.body(format!("action={action}"))).await
    }

    /// Buys: the paid order.
    pub async fn bought(&self, phone: &Phone, body: &Value) -> Value {
        let (order_id, payment_id) = self.ordered(phone, body).await;
        self.press(&payment_id, "pay").await;
        let order = self
            .get_as(phone, &format!("/api/v1/orders/{order_id}"))
            .await
            .ok(200);
        assert_eq!(order["state"], "paid");
        order
    }

    /// A bought holding that is on no device yet.
    pub async fn holding_bought(
        &self,
        phone: &Phone,
        unit: Option<&str>,
        product: Product,
    ) -> String {
        let body = self.order_body(phone, unit, product).await;
        self.bought(phone, &body).await["holding_id"]
            .as_str()
            .expect("a holding")
            .to_owned()
    }

    /// A holding bought and installed on the phone.
    pub async fn holding_installed(
        &self,
        phone: &Phone,
        unit: Option<&str>,
        product: Product,
    ) -> Installed {
        let holding_id = self.holding_bought(phone, unit, product).await;
        self.install(phone, &holding_id, product).await
    }

    /// All three steps of an enrolment.
    pub async fn install(&self, phone: &Phone, holding_id: &str, product: Product) -> Installed {
        self.install_by("install", phone, holding_id, product).await
    }

    /// The same by a way: `install` or `reissue`.
    pub async fn install_by(
        &self,
        way: &str,
        phone: &Phone,
        holding_id: &str,
        product: Product,
    ) -> Installed {
        let (keygen, mut start) = self.install_start(phone, holding_id, product);
        start["way"] = json!(way);
        let path = format!("/api/v1/holdings/{holding_id}/installs");
        let started = self.post_as(phone, &path, &start).await.ok(201);
        let (key, second, third) = self.install_finish(keygen, &started);
        let install_id = started["install_id"].as_str().expect("an id");
        let replied = self
            .post_as(
                phone,
                &format!("/api/v1/installs/{install_id}/key"),
                &second,
            )
            .await
            .ok(200);
        let body =
            json!({ "signature": Base64Url::encode(&third(&key, &bytes(&replied["message"]))) });
        let issued = self
            .post_as(
                phone,
                &format!("/api/v1/installs/{install_id}/certificate"),
                &body,
            )
            .await
            .ok(201);
        Installed {
            holding_id: holding_id.to_owned(),
            certificate_id: issued["certificate_id"].as_str().expect("an id").to_owned(),
            certificate: bytes(&issued["certificate"]),
            chain: issued["chain"]
                .as_array()
                .expect("a chain")
                .iter()
                .map(bytes)
                .collect(),
            key,
        }
    }

    /// The first message of an enrolment: the phone's state and the body to post.
    #[must_use]
    pub fn install_start(
        &self,
        phone: &Phone,
        holding_id: &str,
        product: Product,
    ) -> (Keygen, Value) {
        let request_id = Base64Url::encode(&self.app.random_bytes::<16>());
        let context = keygen_context(&request_id, "sign", &phone.caller.device_id.to_string());
        let (keygen, message) = match product {
            Algorithm::Sm2 => {
                let (start, commit) =
                    sm2::keygen::ClientStart::start(&context, &mut self.app.rng())
                        .expect("started");
                (Keygen::Sm2(Box::new(start)), commit.encode())
            }
            Algorithm::Rsa => {
                let (start, commit) =
                    rsa::keygen::ClientStart::start(&context, &mut self.app.rng())
                        .expect("started");
                (Keygen::Rsa(Box::new(start)), commit.encode())
            }
        };
        (
            keygen,
            install_body(
                phone,
                holding_id,
                &request_id,
                &message,
                phone.next_counter(),
            ),
        )
    }

    /// The phone's half, the body of the second step, and what makes the finished signature of the server's reply.
    #[must_use]
    pub fn install_finish(&self, keygen: Keygen, started: &Value) -> (ClientKey, Value, Complete) {
        let mut rng = self.app.rng();
        let sid: [u8; 16] = bytes(&started["sid"]).try_into().expect("16 bytes");
        let (subject, reply) = (bytes(&started["subject"]), bytes(&started["message"]));
        let info = |spki: &[u8]| gm_pki::csr::request_info(&subject, spki).expect("a request info");
        match keygen {
            Keygen::Sm2(start) => {
                let (key, open) = start
                    .finish(&sm2::keygen::Reply::decode(&reply).expect("a reply"))
                    .expect("a half");
                let digest = sm2::digest(key.public_key(), &info(&key.public_key().to_spki_der()));
                let (sign, request) =
                    sm2::sign::ClientSign::start(&key, sid, digest, &mut rng).expect("started");
                let body = second(&open.encode(), &request.encode());
                let third = move |key: &ClientKey, reply: &[u8]| {
                    let ClientKey::Sm2(key) = key else {
                        panic!("another key")
                    };
                    let reply = sm2::sign::Reply::decode(reply).expect("a reply");
                    sign.finish(key, &reply)
                        .expect("a signature")
                        .to_bytes()
                        .to_vec()
                };
                (ClientKey::Sm2(Box::new(key)), body, Box::new(third))
            }
            Keygen::Rsa(start) => {
                let reply = rsa::keygen::Reply::decode(&reply).expect("a reply");
                let (key, open) = start.finish(&reply, &mut rng).expect("a half");
                let digest = sha256(&info(&key.public_key().to_spki_der()));
                let (sign, request) =
                    rsa::sign::ClientSign::start(&key, sid, digest, &mut rng).expect("started");
                let body = second(&open.encode(), &request.encode());
                let third = move |key: &ClientKey, reply: &[u8]| {
                    let ClientKey::Rsa(key) = key else {
                        panic!("another key")
                    };
                    sign.finish(key, &rsa::sign::Reply::decode(reply).expect("a reply"))
                        .expect("a signature")
                };
                (ClientKey::Rsa(Box::new(key)), body, Box::new(third))
            }
        }
    }
}

/// The body of the first step, signed.
#[must_use]
pub fn install_body(
    phone: &Phone,
    holding_id: &str,
    request_id: &str,
    message: &[u8],
    counter: i64,
) -> Value {
    let statement = Statement::Install {
        holding_id,
        request_id,
        device_id: &phone.caller.device_id.to_string(),
        usage: "sign",
        message_sha256: &Base64Url::encode(&sha256(message)),
        counter,
    };
    let statement = statement.to_bytes().expect("canonical");
    json!({
        "request_id": request_id, "usage": "sign", "message": Base64Url::encode(message), "counter": counter,
        "password_proof": Base64Url::encode(&phone.prove(&statement)),
        "device_signature": Base64Url::encode(&phone.sign(&statement)), "encryption": null,
    })
}

fn second(open: &[u8], request: &[u8]) -> Value {
    json!({ "message": Base64Url::encode(open), "request": Base64Url::encode(request) })
}
