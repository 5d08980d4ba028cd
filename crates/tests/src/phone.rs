//! A phone in a person's hand: signs in, proves who it belongs to, keeps a device key and half 1 of keys.

use std::sync::atomic::{AtomicI64, Ordering};

use app::password::{self, NewPassword, Purpose};
use app::person::{self, Facts};
use app::session::{SignIn, sign_in};
use app::{Caller, Ticket, sms_code, unit};
use cosign::oprf::Blind;
use cosign::password::Unlocked;
use domain::session::Edition;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::Generate as _;
use protocol::{Base64Url, Statement};
use providers::specimen::{COMPANIES, PEOPLE};
use reqwest::Method;
use serde_json::Value;

use crate::{Answer, TestApp};

/// What the password was stretched to; the stretch itself is the client's business and tested there.
const STRETCHED: [u8; 32] = [7; 32];

/// A signed-in phone.
pub struct Phone {
    /// Who it is to the server.
    pub caller: Caller,
    /// The access token.
    pub token: String,
    device_key: SigningKey,
    unlocked: Option<Unlocked>,
    counter: AtomicI64,
}

impl Phone {
    /// The device key's signature, as it travels.
    #[must_use]
    pub fn sign(&self, statement: &[u8]) -> [u8; 64] {
        let signature: Signature = self.device_key.sign(statement);
        signature.to_bytes().into()
    }

    /// The password's proof, as it travels.
    #[must_use]
    pub fn prove(&self, statement: &[u8]) -> [u8; 64] {
        self.unlocked.as_ref().expect("a password").prove(statement)
    }

    /// The next value of the device's counter.
    pub fn next_counter(&self) -> i64 {
        self.counter.fetch_add(1, Ordering::SeqCst) + 1
    }
}

impl TestApp {
    /// Signs specimen person `number` in on a new phone. A second sign-in of the same number must be a minute later.
    pub async fn signed_in(&self, number: usize) -> Phone {
        let national = PEOPLE[number].phone;
        sms_code::request(&self.app, "+86", national, "127.0.0.1")
            .await
            .expect("a code is sent");
        self.run_jobs().await;
        let inbox = self
            .app
            .providers
            .inbox
            .as_ref()
            .expect("the sandbox's inbox");
        let text = inbox.messages(Some(&format!("+86{national}")))[0]
            .text
            .clone();
        let code = text
            .split(|letter: char| !letter.is_ascii_digit())
            .find(|part| part.len() == 6)
            .expect("a code");
        let device_key = SigningKey::generate();
        let public_key =
            Base64Url::encode(device_key.verifying_key().to_sec1_point(false).as_bytes());
        let statement = Statement::Device {
            area: "+86",
            number: national,
            code,
            public_key: &public_key,
        };
        let signature: Signature = device_key.sign(&statement.to_bytes().expect("canonical"));
        let request = SignIn {
            area: "+86",
            number: national,
            code,
            edition: Edition::Standard,
            agreed: true,
            public_key: &public_key,
            device_name: "test",
            proof: &Base64Url::encode(&signature.to_bytes()),
            address: "127.0.0.1",
        };
        let tokens = sign_in(&self.app, &request).await.expect("signed in");
        let session = tokens.session;
        Phone {
            caller: Caller {
                person_id: session.person_id,
                session_id: session.id,
                device_id: session.device_id,
                edition: session.edition,
            },
            token: tokens.access.to_string(),
            device_key,
            unlocked: None,
            counter: AtomicI64::new(0),
        }
    }

    /// The phone of specimen person `number`: signed in, real name proven, certificate password set.
    pub async fn phone(&self, number: usize) -> Phone {
        let mut phone = self.signed_in(number).await;
        let person = &PEOPLE[number];
        let facts = Facts {
            nationality: "CN",
            name: person.name,
            id_number: person.id_number,
        };
        person::identify(&self.app, &phone.caller, &facts)
            .await
            .expect("a known person");
        self.set_password(&mut phone).await;
        phone
    }

    /// Sets the certificate password.
    pub async fn set_password(&self, phone: &mut Phone) {
        let (blind, blinded) = Blind::start(&STRETCHED, &mut self.app.rng()).expect("blinded");
        let evaluated = password::evaluate(&self.app, &phone.caller, &blinded, Purpose::Set)
            .await
            .expect("evaluated");
        let output = blind
            .finish(&STRETCHED, &evaluated.evaluated)
            .expect("unblinded");
        let person_id = phone.caller.person_id.to_string();
        let unlocked = Unlocked::from_oprf(&output, &person_id, evaluated.epoch).expect("unlocked");
        let proof_public_key = Base64Url::encode(&unlocked.proof_public_key());
        let statement = Statement::Password {
            person_id: &person_id,
            device_id: &phone.caller.device_id.to_string(),
            epoch: evaluated.epoch,
            proof_public_key: &proof_public_key,
        };
        let statement = statement.to_bytes().expect("canonical");
        let new = NewPassword {
            epoch: evaluated.epoch,
            proof_public_key: &proof_public_key,
            proof: &unlocked.prove(&statement),
            device_signature: &phone.sign(&statement),
        };
        password::set(&self.app, &phone.caller, &new)
            .await
            .expect("set");
        phone.unlocked = Some(unlocked);
    }

    /// Another phone of a person whose password is set: the same password unlocks there too.
    pub async fn second_phone(&self, number: usize, first: &Phone) -> Phone {
        self.clock.advance_s(61);
        let mut phone = self.signed_in(number).await;
        assert_eq!(phone.caller.person_id, first.caller.person_id);
        let (blind, blinded) = Blind::start(&STRETCHED, &mut self.app.rng()).expect("blinded");
        let evaluated = password::evaluate(&self.app, &phone.caller, &blinded, Purpose::Use)
            .await
            .expect("evaluated");
        let output = blind
            .finish(&STRETCHED, &evaluated.evaluated)
            .expect("unblinded");
        let person_id = phone.caller.person_id.to_string();
        phone.unlocked =
            Some(Unlocked::from_oprf(&output, &person_id, evaluated.epoch).expect("unlocked"));
        phone
    }

    /// Registers specimen company `number`, whose legal representative holds the phone; it is certified at once, as the
    /// sandbox's policy has it.
    pub async fn unit(&self, phone: &Phone, number: usize) -> String {
        let company = &COMPANIES[number];
        let new = unit::NewUnit {
            name: company.name,
            uscc: company.uscc,
            registrant: unit::Registrant::LegalRepresentative,
        };
        let registered = unit::register(&self.app, &phone.caller, &new, &Ticket::none())
            .await
            .expect("registered");
        assert_eq!(registered.state, "certified");
        registered.unit_id
    }

    /// GETs a path as the phone's person.
    pub async fn get_as(&self, phone: &Phone, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).bearer_auth(&phone.token)).await
    }

    /// POSTs JSON to a path as the phone's person.
    pub async fn post_as(&self, phone: &Phone, path: &str, body: &Value) -> Answer {
        Answer::of(
            self.request(Method::POST, path)
                .bearer_auth(&phone.token)
                .json(body),
        )
        .await
    }

    /// PUTs JSON to a path as the phone's person.
    pub async fn put_as(&self, phone: &Phone, path: &str, body: &Value) -> Answer {
        Answer::of(
            self.request(Method::PUT, path)
                .bearer_auth(&phone.token)
                .json(body),
        )
        .await
    }
}
