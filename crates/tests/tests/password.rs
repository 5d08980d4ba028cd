//! PWD-1 and PWD-5 through HTTP: the password is proven and never known, and every try counts.

use app::password::verify_proof;
use hulian_tests::person::{PASSWORD, TestPerson};
use hulian_tests::{TestApp, both};
use reqwest::Method;
use serde_json::{Value, json};

async fn put(app: &TestApp, person: &TestPerson, body: &Value) -> hulian_tests::Answer {
    person
        .call(app, Method::PUT, "/api/v1/password", body)
        .await
}

async fn state(app: &TestApp, person: &TestPerson) -> Value {
    person.get(app, "/api/v1/password").await.ok(200)
}

/// What every use of the password does in the end, in a transaction of its own.
async fn prove(app: &TestApp, person: &TestPerson, proof: &[u8; 64]) -> app::Result<()> {
    let mut tx = app.app.db.begin_write("test.prove").await?;
    let id = person.person_id.parse().expect("an id");
    verify_proof(&app.app, &mut tx, id, b"statement", proof).await?;
    Ok(tx.commit().await?)
}

both! {
    async fn pwd_1_a_password_is_set_once_and_the_set_may_be_repeated(app: TestApp) {
        let mut person = app.signed_in_by("13800000001").await;
        person.evaluate(&app, PASSWORD, "set").await.1.problem(403, "not_verified");
        person.identify(&app, 0).await.ok(200);
        let before = state(&app, &person).await;
        assert_eq!(before["set"], false);
        assert_eq!(before["stretch"], json!({"memory_kib": 19456, "iterations": 2, "parallelism": 1}));
        assert_eq!(before["salt"].as_str().map(str::len), Some(22));
        person.evaluate(&app, PASSWORD, "use").await.1.problem(409, "password_not_set");
        person.set_password(&app).await;
        let unlocked = person.unlocked.take().expect("set");
        put(&app, &person, &person.password_body(&unlocked)).await.ok(204);
        let after = state(&app, &person).await;
        assert_eq!((&after["set"], &after["salt"]), (&json!(true), &before["salt"]));
        person.evaluate(&app, PASSWORD, "set").await.1.problem(409, "password_already_set");
        let other = cosign::password::Unlocked::from_oprf(&[7; 32], &person.person_id, 1).expect("unlocked");
        put(&app, &person, &person.password_body(&other)).await.problem(409, "password_already_set");
        assert_eq!(person.get(&app, "/api/v1/me").await.ok(200)["password_set"], true);
    }

    async fn pwd_5_the_count_is_shared_by_nodes_and_outlives_a_restart(app: TestApp) {
        let mut person = app.with_password(0).await;
        let second = app.further_node().await;
        for left in [4, 3, 2] {
            let (_, answer) = person.evaluate(&app, "111111", "use").await;
            assert_eq!(answer.ok(200)["attempts_left"], left);
        }
        for left in [1, 0] {
            let (_, answer) = person.evaluate(&second, "222222", "use").await;
            assert_eq!(answer.ok(200)["attempts_left"], left);
        }
        // Both are locked, and so is a node that was started only now.
        let third = app.further_node().await;
        for node in [&app, &second, &third] {
            let (_, answer) = person.evaluate(node, PASSWORD, "use").await;
            answer.problem(429, "password_locked");
        }
        app.clock.advance_s(13 * 60);
        // The access token is older than ten minutes by now; signing in takes another minute.
        person.access_token = app.signed_in_by(&person.number).await.access_token;
        let (_, answer) = person.evaluate(&third, PASSWORD, "use").await;
        assert_eq!(answer.problem(429, "password_locked")["retry_after_s"], 60);
        app.clock.advance_s(60);
        for (node, left) in [(&third, 4), (&app, 3)] {
            let (_, answer) = person.evaluate(node, PASSWORD, "use").await;
            assert_eq!(answer.ok(200)["attempts_left"], left);
        }
        for node in [second, third] {
            node.app.db.close().await;
        }
    }

    async fn pwd_1_wrong_proofs_set_nothing(app: TestApp) {
        let person = app.signed_in_person(0).await;
        let unlocked = person.unlock(&app, PASSWORD, "set").await;
        let good = person.password_body(&unlocked);
        for (member, value, code) in [
            ("proof", good["device_signature"].clone(), "proof_invalid"),
            ("proof", json!("AA"), "proof_invalid"),
            ("device_signature", good["proof"].clone(), "device_proof_invalid"),
            ("epoch", json!(2), "proof_invalid"),
            ("proof_public_key", json!("AA"), "proof_invalid"),
        ] {
            let mut body = good.clone();
            body[member] = value;
            put(&app, &person, &body).await.problem(400, code);
        }
        let body = json!({"blinded": "AAAA", "purpose": "set"});
        person.post(&app, "/api/v1/password/evaluations", &body).await.problem(400, "blinded_invalid");
        assert_eq!(state(&app, &person).await["set"], false);
        put(&app, &person, &good).await.ok(204);
    }

    async fn pwd_1_the_right_password_proves_and_another_does_not(app: TestApp) {
        let person = app.with_password(0).await;
        let right = person.unlock(&app, PASSWORD, "use").await;
        assert_eq!(right.proof_public_key(), person.unlocked.as_ref().expect("set").proof_public_key());
        assert_eq!(state(&app, &person).await["attempts_left"], 4);
        prove(&app, &person, &right.prove(b"statement")).await.expect("proven");
        assert_eq!(state(&app, &person).await["attempts_left"], 5);
        let wrong = person.unlock(&app, "295832", "use").await;
        let refused = prove(&app, &person, &wrong.prove(b"statement")).await.expect_err("refused");
        assert_eq!((refused.code(), &refused.params()["attempts_left"]), ("password_wrong", &json!(4)));
    }

    async fn pwd_5_the_fifth_try_locks_for_longer_each_time(app: TestApp) {
        let mut person = app.with_password(0).await;
        for minutes in [15, 30] {
            for left in (0..5).rev() {
                let answer = person.evaluate(&app, "111111", "use").await.1.ok(200);
                assert_eq!(answer["attempts_left"], left);
            }
            let params = person.evaluate(&app, PASSWORD, "use").await.1.problem(429, "password_locked");
            assert_eq!(params["retry_after_s"], minutes * 60);
            assert_eq!(state(&app, &person).await["attempts_left"], 0);
            app.clock.advance_s(minutes * 60);
            // The access token is older than the lock.
            person.access_token = app.signed_in_by(&person.number).await.access_token;
        }
    }

    async fn pwd_5_fifty_at_once_get_five_answers(app: TestApp) {
        let person = std::sync::Arc::new(app.with_password(0).await);
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (_, blinded) = cosign::oprf::Blind::start(b"111111", &mut app.app.rng()).expect("blinded");
            let body = json!({"blinded": protocol::Base64Url::encode(&blinded), "purpose": "use"});
            let request = app.request(Method::POST, "/api/v1/password/evaluations").bearer_auth(&person.access_token).json(&body);
            tries.spawn(async move { hulian_tests::Answer::of(request).await.status.as_u16() });
        }
        let statuses = tries.join_all().await;
        let with = |wanted| statuses.iter().filter(|status| **status == wanted).count();
        assert_eq!((with(200), with(429)), (5, 45), "{statuses:?}");
        assert!(state(&app, &person).await["locked_until_us"].is_i64());
    }

    async fn pwd_5_a_damaged_element_costs_no_try(app: TestApp) {
        let person = app.with_password(0).await;
        for blinded in ["", "AAAA", "====", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            let body = json!({"blinded": blinded, "purpose": "use"});
            person.post(&app, "/api/v1/password/evaluations", &body).await.problem(400, "blinded_invalid");
        }
        assert_eq!(state(&app, &person).await["attempts_left"], 5);
    }

    async fn pwd_5_replayed_counters_are_refused(app: TestApp) {
        let person = app.signed_in_person(0).await;
        let device = person.device_id.parse().expect("an id");
        let check = async |counter: i64, signature: [u8; 64]| {
            let mut tx = app.app.db.begin_write("test.device").await.expect("begun");
            app::device::verify(&mut tx, device, b"statement", &signature, counter).await?;
            tx.commit().await.map_err(app::Error::from)
        };
        let signature = person.device.sign(b"statement");
        check(5, signature).await.expect("fresh");
        for counter in [5, 4, -1] {
            assert_eq!(check(counter, signature).await.expect_err("stale").code(), "device_counter_stale");
        }
        assert_eq!(check(6, [1; 64]).await.expect_err("forged").code(), "device_proof_invalid");
        check(6, signature).await.expect("the refusals changed nothing");
    }
}
