//! PWD-4 through HTTP: a forgotten password, another one by code, and the key that opens the device's halves meanwhile.

use cosign::password::Unlocked;
use hulian_tests::identity::{camera_path, press, up_to_face};
use hulian_tests::person::{PASSWORD, TestPerson};
use hulian_tests::{Answer, TestApp, both};
use p256::ecdsa::SigningKey;
use protocol::{Base64Url, Statement};
use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

const NEW: &str = "730184";
const RESETS: &str = "/api/v1/password/resets";
const RESET_KEY: &str = "/api/v1/password/reset-key";

/// A reset key as a phone makes it.
fn reset_key(app: &TestApp) -> Value {
    let private = app.app.random_bytes::<32>();
    let public = SigningKey::from_slice(&private).expect("a scalar");
    let public = public.verifying_key().to_sec1_point(false);
    json!({"public_key": Base64Url::encode(public.as_bytes()), "private_key": Base64Url::encode(&private)})
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

async fn put_key(app: &TestApp, person: &TestPerson, by: &Unlocked, key: &Value) -> Answer {
    let counter = person.next_counter();
    let statement = Statement::ResetKey {
        person_id: &person.person_id,
        device_id: &person.device_id,
        public_key: text(&key["public_key"]),
        counter,
    };
    let statement = statement.to_bytes().expect("canonical");
    let body = json!({
        "reset_key": key, "counter": counter,
        "password_proof": Base64Url::encode(&by.prove(&statement)),
        "device_signature": Base64Url::encode(&person.device.sign(&statement)),
    });
    person.call(app, Method::PUT, RESET_KEY, &body).await
}

/// Somebody whose phone has put its reset key.
async fn with_key(app: &TestApp) -> (TestPerson, Value) {
    let person = app.with_password(0).await;
    let key = reset_key(app);
    let present = person.unlock(app, PASSWORD, "use").await;
    put_key(app, &person, &present, &key).await.ok(204);
    (person, key)
}

async fn code(app: &TestApp, person: &TestPerson, purpose: &str) -> String {
    app.clock.advance_s(60);
    let body = json!({ "purpose": purpose });
    let asked = person.post(app, "/api/v1/account/codes", &body).await;
    asked.ok(202);
    app.last_code(&person.number).await
}

fn begin_body(person: &TestPerson, code: &str) -> Value {
    let statement = Statement::PasswordReset {
        person_id: &person.person_id,
        device_id: &person.device_id,
        code,
    };
    let statement = statement.to_bytes().expect("canonical");
    json!({"code": code, "device_signature": Base64Url::encode(&person.device.sign(&statement))})
}

async fn begun(app: &TestApp, person: &TestPerson) -> Value {
    let code = code(app, person, "password_reset").await;
    let body = begin_body(person, &code);
    person.post(app, RESETS, &body).await.ok(201)
}

/// A new password under the epoch of a reset.
async fn evaluated(app: &TestApp, person: &TestPerson, reset: &Value) -> Answer {
    let (_, answer) = blinded(app, person, reset).await;
    answer
}

async fn blinded(
    app: &TestApp,
    person: &TestPerson,
    reset: &Value,
) -> (cosign::oprf::Blind, Answer) {
    let (blind, bytes) =
        cosign::oprf::Blind::start(NEW.as_bytes(), &mut app.app.rng()).expect("blinded");
    let body = json!({
        "blinded": Base64Url::encode(&bytes), "purpose": "reset",
        "password_reset_id": reset["password_reset_id"],
    });
    let path = "/api/v1/password/evaluations";
    (blind, person.post(app, path, &body).await)
}

async fn fresh(app: &TestApp, person: &TestPerson, reset: &Value) -> (Unlocked, u32) {
    let (blind, answer) = blinded(app, person, reset).await;
    person.unlocked_by(NEW, blind, &answer.ok(200))
}

fn done_body(
    person: &TestPerson,
    reset: &Value,
    (new, epoch): &(Unlocked, u32),
    key: &Value,
) -> Value {
    let proof_public_key = Base64Url::encode(&new.proof_public_key());
    let statement = Statement::PasswordResetDone {
        password_reset_id: text(&reset["password_reset_id"]),
        person_id: &person.person_id,
        device_id: &person.device_id,
        epoch: *epoch,
        proof_public_key: &proof_public_key,
        reset_public_key: text(&key["public_key"]),
    };
    let statement = statement.to_bytes().expect("canonical");
    json!({
        "epoch": epoch, "proof_public_key": proof_public_key, "reset_key": key,
        "proof": Base64Url::encode(&new.prove(&statement)),
        "device_signature": Base64Url::encode(&person.device.sign(&statement)),
    })
}

fn path(reset: &Value) -> String {
    format!("{RESETS}/{}", text(&reset["password_reset_id"]))
}

async fn state(app: &TestApp, person: &TestPerson) -> Value {
    person.get(app, "/api/v1/password").await.ok(200)
}

async fn messages(app: &TestApp, person: &TestPerson) -> String {
    app.run_jobs().await;
    let inbox = format!("/sandbox/inbox.json?to=%2B86{}", person.number);
    app.get(&inbox).await.ok(200).to_string()
}

both! {
    async fn pwd_4_a_forgotten_password_is_replaced_by_code_though_it_is_locked(app: TestApp) {
        let (person, key) = with_key(&app).await;
        assert_eq!(state(&app, &person).await["reset_public_key"], key["public_key"]);
        for _ in 0..5 {
            person.unlock(&app, "111111", "use").await;
        }
        person.evaluate(&app, NEW, "use").await.1.problem(429, "password_locked");
        let reset = begun(&app, &person).await;
        assert_eq!(reset["reset_key"], key, "the device gets back what it had put");
        assert!(messages(&app, &person).await.contains("正在通过短信验证码重设"));
        let new = fresh(&app, &person, &reset).await;
        let next = reset_key(&app);
        let body = done_body(&person, &reset, &new, &next);
        for _ in 0..2 {
            // The answer may have been lost.
            person.call(&app, Method::PUT, &path(&reset), &body).await.ok(204);
        }
        let after = state(&app, &person).await;
        assert_eq!((&after["epoch"], &after["attempts_left"]), (&json!(2), &json!(5)));
        assert_eq!(after["reset_public_key"], next["public_key"]);
        let again = person.unlock(&app, NEW, "use").await;
        assert_eq!(again.proof_public_key(), new.0.proof_public_key());
        // What was given out once is not given out again, and what is done is over.
        evaluated(&app, &person, &reset).await.problem(404, "password_reset_not_found");
        assert_eq!(begun(&app, &person).await["reset_key"], next);
    }

    async fn pwd_4_only_its_own_code_on_its_own_device_in_time(app: TestApp) {
        let (person, _) = with_key(&app).await;
        let other_purpose = code(&app, &person, "present_phone").await;
        person.post(&app, RESETS, &begin_body(&person, &other_purpose)).await.problem(409, "code_expired");
        let right = code(&app, &person, "password_reset").await;
        let wrong = if right == "000000" { "000001" } else { "000000" };
        let told = person.post(&app, RESETS, &begin_body(&person, wrong)).await.problem(409, "code_wrong");
        assert_eq!(told["left"], 4);
        // By another device's signature it is of no use, and not used up.
        let mut forged = begin_body(&person, &right);
        forged["device_signature"] = begin_body(&person, wrong)["device_signature"].clone();
        person.post(&app, RESETS, &forged).await.problem(400, "device_proof_invalid");
        let reset = person.post(&app, RESETS, &begin_body(&person, &right)).await.ok(201);

        let elsewhere = app.signed_in_by(&person.number).await;
        evaluated(&app, &elsewhere, &reset).await.problem(404, "password_reset_not_found");
        assert_eq!(begun(&app, &elsewhere).await["reset_key"], Value::Null, "no halves, no key");
        evaluated(&app, &person, &json!({"password_reset_id": "x"})).await.problem(404, "password_reset_not_found");

        let new = fresh(&app, &person, &reset).await;
        let body = done_body(&person, &reset, &new, &reset_key(&app));
        let aged = "UPDATE password_reset SET expires_us = expires_us - 600000000";
        sql!("test.age", aged).execute(&app.app.db).await.expect("aged");
        evaluated(&app, &person, &reset).await.problem(410, "password_reset_expired");
        person.call(&app, Method::PUT, &path(&reset), &body).await.problem(410, "password_reset_expired");
        assert_eq!(state(&app, &person).await["epoch"], 1);
        app::sweep::run(&app.app).await.expect("swept");
        evaluated(&app, &person, &reset).await.problem(404, "password_reset_not_found");
    }

    async fn pwd_4_what_does_not_fit_changes_nothing(app: TestApp) {
        let (person, key) = with_key(&app).await;
        let reset = begun(&app, &person).await;
        let new = fresh(&app, &person, &reset).await;
        let put = async |body: &Value| person.call(&app, Method::PUT, &path(&reset), body).await;
        let good = done_body(&person, &reset, &new, &reset_key(&app));
        let torn = json!({"public_key": key["public_key"], "private_key": good["reset_key"]["private_key"]});
        put(&done_body(&person, &reset, &new, &torn)).await.problem(400, "reset_key_invalid");
        let zero = json!({"public_key": key["public_key"], "private_key": Base64Url::encode(&[0; 32])});
        put(&done_body(&person, &reset, &new, &zero)).await.problem(400, "reset_key_invalid");
        for (member, code) in [("proof", "proof_invalid"), ("device_signature", "device_proof_invalid")] {
            let mut body = good.clone();
            body[member] = good[if member == "proof" { "device_signature" } else { "proof" }].clone();
            put(&body).await.problem(400, code);
        }
        // A later evaluation takes the place of this one.
        let later = fresh(&app, &person, &reset).await;
        put(&good).await.problem(409, "password_change_stale");
        assert_eq!(state(&app, &person).await["reset_public_key"], key["public_key"]);
        put(&done_body(&person, &reset, &later, &reset_key(&app))).await.ok(204);

        let nobody = app.signed_in_person(1).await;
        let code = code(&app, &nobody, "password_reset").await;
        nobody.post(&app, RESETS, &begin_body(&nobody, &code)).await.problem(409, "password_not_set");
    }

    async fn pwd_4_a_reset_key_is_put_by_whoever_knows_the_password(app: TestApp) {
        let (person, key) = with_key(&app).await;
        let wrong = person.unlock(&app, "111111", "use").await;
        let other = reset_key(&app);
        let told = put_key(&app, &person, &wrong, &other).await.problem(403, "password_wrong");
        assert_eq!(told["attempts_left"], 4);
        assert_eq!(state(&app, &person).await["reset_public_key"], key["public_key"]);
        let present = person.unlock(&app, PASSWORD, "use").await;
        put_key(&app, &person, &present, &other).await.ok(204);
        assert_eq!(begun(&app, &person).await["reset_key"], other);
    }

    async fn pwd_4_fifty_at_once_reset_it_once(app: TestApp) {
        let (person, _) = with_key(&app).await;
        let reset = begun(&app, &person).await;
        let new = fresh(&app, &person, &reset).await;
        let body = done_body(&person, &reset, &new, &reset_key(&app));
        let mut requests = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let sent = app.request(Method::PUT, &path(&reset)).bearer_auth(&person.access_token).json(&body);
            requests.spawn(async move { Answer::of(sent).await.status.as_u16() });
        }
        let statuses = requests.join_all().await;
        assert!(statuses.iter().all(|status| *status == 204), "{statuses:?}");
        let after = state(&app, &person).await;
        assert_eq!((&after["epoch"], &after["reset_public_key"]), (&json!(2), &body["reset_key"]["public_key"]));
    }

    async fn pwd_4_a_phone_without_keys_shows_the_face_too(sandbox: TestApp) {
        let app = sandbox.full_policy_node().await;
        let mut phone = app.signed_in(0).await;
        up_to_face(&app, &phone, 0).await;
        let (_, page) = hulian_tests::identity::open_face(&app, &phone).await;
        press(&app, &page, "pass").await;
        app.set_password(&mut phone).await;
        assert_eq!(app.get_as(&phone, "/api/v1/password").await.ok(200)["reset_needs_face"], true);
        app.clock.advance_s(60);
        app.post_as(&phone, "/api/v1/account/codes", &json!({"purpose": "password_reset"})).await.ok(202);
        let code = app.last_code(providers::specimen::PEOPLE[0].phone).await;
        let statement = Statement::PasswordReset {
            person_id: &phone.caller.person_id.to_string(),
            device_id: &phone.caller.device_id.to_string(),
            code: &code,
        };
        let signature = phone.sign(&statement.to_bytes().expect("canonical"));
        let mut body = json!({"code": code, "device_signature": Base64Url::encode(&signature)});
        app.post_as(&phone, RESETS, &body).await.problem(409, "password_reset_needs_face");
        let open = async |purpose: &str| {
            let asked = json!({"purpose": purpose});
            let opened = app.post_as(&phone, "/api/v1/account/face-checks", &asked).await.ok(201);
            press(&app, &camera_path(&app, text(&opened["url"])), "pass").await;
            let check = opened["face_check_id"].clone();
            let looked = app.get_as(&phone, &format!("/api/v1/account/face-checks/{}", text(&check))).await.ok(200);
            assert_eq!(looked["state"], "passed");
            check
        };
        // One for the number is none for the password.
        body["face_check_id"] = open("phone").await;
        app.post_as(&phone, RESETS, &body).await.problem(404, "face_check_not_found");
        body["face_check_id"] = open("password").await;
        let begun = app.post_as(&phone, RESETS, &body).await.ok(201);
        assert_eq!(begun["reset_key"], Value::Null);
    }
}
