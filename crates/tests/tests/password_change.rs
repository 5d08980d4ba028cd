//! PWD-3 through HTTP: the present password changes into a new one, and former halves open once more.

use cosign::oprf::Blind;
use cosign::password::Unlocked;
use hulian_tests::person::{PASSWORD, TestPerson};
use hulian_tests::{Answer, TestApp, both};
use protocol::{Base64Url, Statement};
use reqwest::Method;
use serde_json::{Value, json};

const NEW: &str = "730184";

async fn state(app: &TestApp, person: &TestPerson) -> Value {
    person.get(app, "/api/v1/password").await.ok(200)
}

/// Evaluates a new password for a change: its keys and their epoch.
async fn begun(app: &TestApp, person: &TestPerson, password: &str) -> (Unlocked, u32) {
    let (blind, answer) = person.evaluate(app, password, "change").await;
    person.unlocked_by(password, blind, &answer.ok(200))
}

fn change_body(person: &TestPerson, present: &Unlocked, (fresh, epoch): &(Unlocked, u32)) -> Value {
    let key = Base64Url::encode(&fresh.proof_public_key());
    let statement = Statement::Password {
        person_id: &person.person_id,
        device_id: &person.device_id,
        epoch: *epoch,
        proof_public_key: &key,
    };
    let statement = statement.to_bytes().expect("canonical");
    json!({
        "epoch": epoch, "proof_public_key": key,
        "proof": Base64Url::encode(&fresh.prove(&statement)),
        "present_proof": Base64Url::encode(&present.prove(&statement)),
        "device_signature": Base64Url::encode(&person.device.sign(&statement)),
    })
}

async fn change(app: &TestApp, person: &TestPerson, body: &Value) -> Answer {
    person.post(app, "/api/v1/password/changes", body).await
}

/// The same password under the key of an epoch.
async fn of_epoch(app: &TestApp, person: &TestPerson, password: &str, epoch: u32) -> Answer {
    let (_, blinded) = Blind::start(password.as_bytes(), &mut app.app.rng()).expect("blinded");
    let body = json!({"blinded": Base64Url::encode(&blinded), "purpose": "use", "epoch": epoch});
    person
        .post(app, "/api/v1/password/evaluations", &body)
        .await
}

both! {
    async fn pwd_3_the_present_password_changes_into_a_new_one(app: TestApp) {
        let person = app.with_password(0).await;
        let present = person.unlock(&app, PASSWORD, "use").await;
        let fresh = begun(&app, &person, NEW).await;
        let request = change_body(&person, &present, &fresh);
        for _ in 0..2 {
            // The answer may have been lost.
            change(&app, &person, &request).await.ok(204);
        }
        let after = state(&app, &person).await;
        assert_eq!((&after["epoch"], &after["attempts_left"]), (&json!(2), &json!(5)));
        let again = person.unlock(&app, NEW, "use").await;
        assert_eq!(again.proof_public_key(), fresh.0.proof_public_key());
        let old = person.unlock(&app, PASSWORD, "use").await;
        assert_ne!(old.proof_public_key(), present.proof_public_key(), "another key, another output");
    }

    async fn pwd_3_a_device_that_was_not_there_opens_its_halves_with_the_former_password(app: TestApp) {
        let person = app.with_password(0).await;
        let present = person.unlock(&app, PASSWORD, "use").await;
        let fresh = begun(&app, &person, NEW).await;
        change(&app, &person, &change_body(&person, &present, &fresh)).await.ok(204);
        let (blind, blinded) = Blind::start(PASSWORD.as_bytes(), &mut app.app.rng()).expect("blinded");
        let request = json!({"blinded": Base64Url::encode(&blinded), "purpose": "use", "epoch": 1});
        let answer = person.post(&app, "/api/v1/password/evaluations", &request).await.ok(200);
        assert_eq!(answer["attempts_left"], 4, "it is a try as any other");
        let (former, epoch) = person.unlocked_by(PASSWORD, blind, &answer);
        assert_eq!((former.proof_public_key(), epoch), (present.proof_public_key(), 1));
        of_epoch(&app, &person, PASSWORD, 9).await.problem(400, "password_epoch_unknown");
        assert_eq!(state(&app, &person).await["attempts_left"], 4);
        for left in (0..4).rev() {
            assert_eq!(of_epoch(&app, &person, "111111", 1).await.ok(200)["attempts_left"], left);
        }
        of_epoch(&app, &person, PASSWORD, 1).await.problem(429, "password_locked");
        person.evaluate(&app, NEW, "change").await.1.problem(429, "password_locked");
    }

    async fn pwd_3_pwd_5_a_proof_of_the_present_password_forgets_tries_once(app: TestApp) {
        let person = app.with_password(0).await;
        let proof = |unlocked: &Unlocked, counter: i64| {
            let statement = Statement::PasswordProof { person_id: &person.person_id, device_id: &person.device_id, counter };
            let statement = statement.to_bytes().expect("canonical");
            json!({
                "counter": counter, "password_proof": Base64Url::encode(&unlocked.prove(&statement)),
                "device_signature": Base64Url::encode(&person.device.sign(&statement)),
            })
        };
        let prove = async |body: &Value| person.post(&app, "/api/v1/password/proofs", body).await;
        let wrong = person.unlock(&app, "111111", "use").await;
        let params = prove(&proof(&wrong, person.next_counter())).await.problem(403, "password_wrong");
        assert_eq!(params["attempts_left"], 4);
        let present = person.unlock(&app, PASSWORD, "use").await;
        let good = proof(&present, person.next_counter());
        prove(&good).await.ok(204);
        assert_eq!(state(&app, &person).await["attempts_left"], 5);
        person.evaluate(&app, "111111", "use").await.1.ok(200);
        prove(&good).await.problem(409, "device_counter_stale");
        assert_eq!(state(&app, &person).await["attempts_left"], 4, "a replay forgets nothing");
    }

    async fn pwd_3_without_the_present_password_nothing_changes(app: TestApp) {
        let person = app.with_password(0).await;
        let wrong = person.unlock(&app, "111111", "use").await;
        let fresh = begun(&app, &person, NEW).await;
        let request = change_body(&person, &wrong, &fresh);
        let params = change(&app, &person, &request).await.problem(403, "password_wrong");
        assert_eq!(params["attempts_left"], 4);
        let present = person.unlock(&app, PASSWORD, "use").await;
        let good = change_body(&person, &present, &fresh);
        for (member, code) in [("proof", "proof_invalid"), ("device_signature", "device_proof_invalid")] {
            let mut request = good.clone();
            request[member] = good["present_proof"].clone();
            change(&app, &person, &request).await.problem(400, code);
        }
        // What was evaluated for a change that another one overtook is of no use.
        let later = begun(&app, &person, "836194").await;
        change(&app, &person, &good).await.problem(409, "password_change_stale");
        change(&app, &person, &change_body(&person, &present, &later)).await.ok(204);
        change(&app, &person, &good).await.problem(409, "password_change_stale");
        let nobody = app.signed_in_person(1).await;
        nobody.evaluate(&app, NEW, "change").await.1.problem(409, "password_not_set");
    }

    async fn pwd_3_fifty_at_once_change_it_once(app: TestApp) {
        let person = app.with_password(0).await;
        let present = person.unlock(&app, PASSWORD, "use").await;
        let fresh = begun(&app, &person, NEW).await;
        let request = change_body(&person, &present, &fresh);
        let mut changes = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let sent = app.request(Method::POST, "/api/v1/password/changes").bearer_auth(&person.access_token).json(&request);
            changes.spawn(async move { Answer::of(sent).await.status.as_u16() });
        }
        let statuses = changes.join_all().await;
        assert!(statuses.iter().all(|status| *status == 204), "{statuses:?}");
        assert_eq!(state(&app, &person).await["epoch"], 2);
        let row = store::sql!("test.former", "SELECT count(*) AS n FROM password_former").one(&app.app.db).await;
        assert_eq!(row.expect("a row").int("n").expect("a number"), 1);
    }
}
