//! What rests of a certificate password after it was typed: with the person (PWD-1, PWD-2), and in a copied database (PWD-5).

use std::sync::Arc;

use app::Caller;
use app::password::{Purpose, evaluate};
use cosign::oprf::Blind;
use cosign::password::Unlocked;
use domain::session::Edition;
use hulian_tests::dump::{contains, dump};
use hulian_tests::person::{PASSWORD, TestPerson};
use hulian_tests::{Answer, TestApp, both};
use protocol::{Base64Url, Statement};
use providers::specimen::PEOPLE;
use serde_json::{Value, json};
use store::vault::AsTheyAre;
use store::{Vault, sql};

/// A use of the password on a device: proof by the password's key, signature by the device's.
fn proof(person: &TestPerson, kept: &Unlocked, device_id: &str) -> Value {
    let counter = person.next_counter();
    let statement = Statement::PasswordProof {
        person_id: &person.person_id,
        device_id,
        counter,
    };
    let statement = statement.to_bytes().expect("canonical");
    json!({
        "counter": counter, "password_proof": Base64Url::encode(&kept.prove(&statement)),
        "device_signature": Base64Url::encode(&person.device.sign(&statement)),
    })
}

async fn used(app: &TestApp, person: &TestPerson, body: &Value) -> Answer {
    person.post(app, "/api/v1/password/proofs", body).await
}

async fn left(app: &TestApp, person: &TestPerson) -> Value {
    person.get(app, "/api/v1/password").await.ok(200)["attempts_left"].clone()
}

/// Changes the password to another one, as the person does who knows the present one.
async fn change(app: &TestApp, person: &TestPerson, present: &Unlocked) {
    let (blind, answer) = person.evaluate(app, "730184", "change").await;
    let (fresh, epoch) = person.unlocked_by("730184", blind, &answer.ok(200));
    let key = Base64Url::encode(&fresh.proof_public_key());
    let statement = Statement::Password {
        person_id: &person.person_id,
        device_id: &person.device_id,
        epoch,
        proof_public_key: &key,
    };
    let statement = statement.to_bytes().expect("canonical");
    let body = json!({
        "epoch": epoch, "proof_public_key": key,
        "proof": Base64Url::encode(&fresh.prove(&statement)),
        "present_proof": Base64Url::encode(&present.prove(&statement)),
        "device_signature": Base64Url::encode(&person.device.sign(&statement)),
    });
    person
        .post(app, "/api/v1/password/changes", &body)
        .await
        .ok(204);
}

/// The service as whoever copied it has it: every row and every key file, but for the one that passwords hang on.
fn copied(app: &TestApp) -> app::App {
    let folder = app.folder.path().join("copied-keys");
    std::fs::create_dir(&folder).expect("a folder");
    for name in ["kek", "index", "escrow", "oprf"] {
        let from = app.folder.path().join("keys").join(name);
        std::fs::copy(from, folder.join(name)).expect("copied");
    }
    std::fs::write(folder.join("oprf"), app.app.random_bytes::<32>()).expect("another key");
    app::App {
        vault: Vault::open(&folder, &AsTheyAre).expect("keys"),
        settings: Arc::clone(&app.app.settings),
        ..app.app.clone()
    }
}

/// The public key to which a password leads at a service; nothing else tells a right one from a wrong one.
async fn leads_to(service: &app::App, person: &TestPerson, password: &str) -> Vec<u8> {
    let caller = Caller {
        person_id: person.person_id.parse().expect("an id"),
        session_id: service.new_id(),
        device_id: person.device_id.parse().expect("an id"),
        edition: Edition::Standard,
    };
    let (blind, blinded) = Blind::start(password.as_bytes(), &mut service.rng()).expect("blinded");
    let answer = evaluate(service, &caller, &blinded, Purpose::Use)
        .await
        .expect("evaluated");
    let output = blind
        .finish(password.as_bytes(), &answer.evaluated)
        .expect("finished");
    let keys = Unlocked::from_oprf(&output, &person.person_id, answer.epoch).expect("unlocked");
    keys.proof_public_key().to_vec()
}

both! {
    async fn pwd_1_the_person_is_told_what_no_part_of_may_be_in_the_password(app: TestApp) {
        let person = app.signed_in_by(PEOPLE[0].phone).await;
        person.get(&app, "/api/v1/me/guessable").await.problem(403, "not_verified");
        person.identify(&app, 0).await.ok(200);
        let told = person.get(&app, "/api/v1/me/guessable").await.ok(200);
        let born = &PEOPLE[0].id_number[6..14];
        let date = format!("{}-{}-{}", &born[..4], &born[4..6], &born[6..]);
        assert_eq!(told, json!({"phone": PEOPLE[0].phone, "birth_date": date}));
        let nobody = app.get("/api/v1/me/guessable").await;
        nobody.problem(401, "unauthenticated");
    }

    async fn pwd_2_what_a_fingerprint_keeps_serves_without_a_try_on_its_own_device_until_the_password_changes(app: TestApp) {
        let person = app.with_password(0).await;
        let kept = person.unlocked.as_ref().expect("set");
        // Nothing is asked of the server, so nothing is counted; not even a lock is in its way, and it opens the lock.
        for _ in 0..5 {
            person.evaluate(&app, "111111", "use").await.1.ok(200);
        }
        person.evaluate(&app, PASSWORD, "use").await.1.problem(429, "password_locked");
        used(&app, &person, &proof(&person, kept, &person.device_id)).await.ok(204);
        assert_eq!(left(&app, &person).await, 5);

        // Carried to another device it proves nothing: each use is signed by the device that it was kept on.
        let other = app.signed_in_by(PEOPLE[0].phone).await;
        for device_id in [&person.device_id, &other.device_id] {
            used(&app, &other, &proof(&person, kept, device_id)).await.problem(400, "device_proof_invalid");
        }
        used(&app, &person, &proof(&person, kept, &person.device_id)).await.ok(204);

        change(&app, &person, kept).await;
        used(&app, &person, &proof(&person, kept, &person.device_id)).await.problem(403, "password_wrong");
    }

    async fn pwd_5_a_copied_database_cannot_be_searched(app: TestApp) {
        let person = app.with_password(0).await;
        let text = "SELECT proof_public_key FROM password WHERE person_id = $1";
        let row = sql!("test.proof", text, person.person_id.as_str()).one(&app.app.db).await.expect("a row");
        let known = row.blob("proof_public_key").expect("bytes");
        assert_eq!(leads_to(&app.app, &person, PASSWORD).await, known, "with the key file the right one is known");

        let thief = copied(&app);
        for guess in [PASSWORD, "295832", "111111", "730184"] {
            assert_ne!(leads_to(&thief, &person, guess).await, known, "{guess}");
        }
        let seed = app.app.vault.oprf_seed();
        for (place, bytes) in dump(&app).await {
            assert!(place.contains("copied-keys") || !contains(&bytes, seed), "the key lies in {place}");
        }
    }
}
