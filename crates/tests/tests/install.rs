//! Enrolment: a key in two halves, and its certificate.

use domain::product::Algorithm;
use domain::usability::Status;
use hulian_tests::{ClientKey, Phone, TestApp, both, bytes, install_body};
use protocol::Base64Url;
use serde_json::{Value, json};

async fn state(app: &TestApp, phone: &Phone, holding_id: &str) -> Value {
    let holdings = app.get_as(phone, "/api/v1/holdings").await.ok(200);
    let items = holdings["items"].as_array().expect("items");
    items
        .iter()
        .find(|item| item["holding_id"] == holding_id)
        .expect("the holding")
        .clone()
}

/// Everything that may be said of a fresh certificate.
async fn check_certificate(app: &TestApp, phone: &Phone, unit: Option<&str>, product: Algorithm) {
    let installed = app.holding_installed(phone, unit, product).await;
    let facts = gm_pki::certificate::parse(&installed.certificate).expect("a certificate");
    let issuing = gm_pki::certificate::parse(&installed.chain[0]).expect("a certificate");
    facts
        .verify_signature(&issuing.spki_der)
        .expect("signed by the issuing authority");
    assert!(
        facts
            .key_usage
            .is_some_and(|usage| usage.digital_signature() && usage.non_repudiation())
    );
    assert_eq!(facts.basic_constraints, None);
    let joint = match &installed.key {
        ClientKey::Sm2(key) => key.public_key().to_spki_der(),
        ClientKey::Rsa(key) => key.public_key().to_spki_der(),
    };
    assert_eq!(facts.spki_der, joint);
    let seen = state(app, phone, &installed.holding_id).await;
    assert_eq!(
        (&seen["state"], &seen["reason"]),
        (&json!("usable"), &Value::Null)
    );
    assert_eq!(seen["certificate"]["serial"], hex(&facts.serial));
    // CERT-16: valid until the latest entitlement ends.
    assert_eq!(
        seen["entitlements"][0]["until_us"],
        facts.not_after * 1_000_000
    );
    let holding = installed.holding_id.parse().expect("an id");
    let certificate = app::certificate::in_force(&app.app.db, holding)
        .await
        .expect("asked")
        .expect("one");
    let half = app::key_half::server_key(&app.app, &app.app.db, &certificate)
        .await
        .expect("a half");
    assert_eq!((half.spki_der(), certificate.status), (joint, Status::Good));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

both! {
    async fn cert_16_an_sm2_certificate_comes_to_the_phone(app: TestApp) {
        let phone = app.phone(0).await;
        let unit = app.unit(&phone, 0).await;
        check_certificate(&app, &phone, Some(&unit), Algorithm::Sm2).await;
    }

    async fn cert_16_a_composite_rsa_certificate_comes_to_the_phone(app: TestApp) {
        let phone = app.phone(0).await;
        check_certificate(&app, &phone, None, Algorithm::Rsa).await;
    }

    async fn cert_18_every_step_repeated_gets_its_first_answer_and_other_bytes_none(app: TestApp) {
        let phone = app.phone(0).await;
        let holding = app.holding_bought(&phone, None, Algorithm::Sm2).await;
        let (keygen, start) = app.install_start(&phone, &holding, Algorithm::Sm2);
        let path = format!("/api/v1/holdings/{holding}/installs");
        let started = app.post_as(&phone, &path, &start).await.ok(201);
        assert_eq!(app.post_as(&phone, &path, &start).await.ok(201), started);
        let mut other = start.clone();
        other["counter"] = json!(99);
        app.post_as(&phone, &path, &other).await.problem(409, "install_mismatch");

        let (key, second, third) = app.install_finish(keygen, &started);
        let install = started["install_id"].as_str().expect("an id");
        let key_path = format!("/api/v1/installs/{install}/key");
        let certificate_path = format!("/api/v1/installs/{install}/certificate");
        let nothing = json!({ "signature": Base64Url::encode(&[1; 64]) });
        app.post_as(&phone, &certificate_path, &nothing).await.problem(410, "install_expired");
        let mut damaged = second.clone();
        let mut open = bytes(&second["message"]);
        *open.last_mut().expect("bytes") ^= 1;
        damaged["message"] = json!(Base64Url::encode(&open));
        app.post_as(&phone, &key_path, &damaged).await.problem(400, "cosign_refused");
        let replied = app.post_as(&phone, &key_path, &second).await.ok(200);
        assert_eq!(app.post_as(&phone, &key_path, &second).await.ok(200), replied);
        app.post_as(&phone, &key_path, &damaged).await.problem(409, "install_mismatch");

        app.post_as(&phone, &certificate_path, &nothing).await.problem(400, "cosign_refused");
        let signature = json!({ "signature": Base64Url::encode(&third(&key, &bytes(&replied["message"]))) });
        let issued = app.post_as(&phone, &certificate_path, &signature).await.ok(201);
        assert_eq!(app.post_as(&phone, &certificate_path, &signature).await.ok(201), issued);
        app.post_as(&phone, &certificate_path, &nothing).await.problem(409, "install_mismatch");
        // The first step still answers its own repeat, and nobody else can look in.
        assert_eq!(app.post_as(&phone, &path, &start).await.ok(201), started);
        let stranger = app.phone(1).await;
        app.post_as(&stranger, &key_path, &second).await.problem(404, "install_not_found");
        app.post_as(&stranger, &path, &start).await.problem(404, "holding_not_found");
    }

    async fn cert_18_an_install_that_is_not_finished_in_ten_minutes_is_void(app: TestApp) {
        let phone = app.phone(0).await;
        let holding = app.holding_bought(&phone, None, Algorithm::Sm2).await;
        let (keygen, start) = app.install_start(&phone, &holding, Algorithm::Sm2);
        let path = format!("/api/v1/holdings/{holding}/installs");
        let started = app.post_as(&phone, &path, &start).await.ok(201);
        let (_, second, _) = app.install_finish(keygen, &started);
        let id: domain::id::InstallId = started["install_id"].as_str().expect("an id").parse().expect("an id");
        // The access token lives as long as the install; a moment before both end, nothing is void.
        app.clock.advance_s(590);
        app.run_jobs().await;
        let row = store::install::find(&app.app.db, id).await.expect("asked").expect("a row");
        assert!(row.server_start.is_some());
        app.clock.advance_s(10);
        app.run_jobs().await;
        let row = store::install::find(&app.app.db, id).await.expect("asked").expect("a row");
        assert_eq!((row.state, row.server_start, row.server_key), (store::install::State::Void, None, None));
        let caller = phone.caller;
        let new = app::install::NewKey { message: bytes(&second["message"]), request: bytes(&second["request"]) };
        let refusal = app::install::key(&app.app, &caller, id, new).await.expect_err("void");
        assert_eq!(refusal.code(), "install_expired");
        let again = app.second_phone(0, &phone).await;
        app.install(&again, &holding, Algorithm::Sm2).await;
    }

    async fn cert_13_a_holding_is_bound_to_the_device_where_it_was_installed(app: TestApp) {
        let phone = app.phone(0).await;
        let installed = app.holding_installed(&phone, None, Algorithm::Sm2).await;
        let path = format!("/api/v1/holdings/{}/installs", installed.holding_id);
        let (_, again) = app.install_start(&phone, &installed.holding_id, Algorithm::Sm2);
        app.post_as(&phone, &path, &again).await.problem(409, "already_installed");
        let second = app.second_phone(0, &phone).await;
        assert_eq!(state(&app, &second, &installed.holding_id).await["state"], "needs_reissue");
        let (_, elsewhere) = app.install_start(&second, &installed.holding_id, Algorithm::Sm2);
        let left = app.post_as(&second, &path, &elsewhere).await.problem(409, "installed_elsewhere");
        assert_eq!(left, json!({"free_left": 3, "packs_left": 0}));
    }

    async fn cert_13_three_reissues_are_free_and_each_leaves_the_former_half_dead(app: TestApp) {
        let phone = app.phone(0).await;
        let first = app.holding_installed(&phone, None, Algorithm::Sm2).await;
        let holding = &first.holding_id;
        let second = app.second_phone(0, &phone).await;
        // Also the same device again, since it may have lost its half.
        let mut former = first.certificate_id.clone();
        for (left, device) in [(2, &second), (1, &phone), (0, &phone)] {
            let now = app.install_by("reissue", device, holding, Algorithm::Sm2).await;
            let id = former.parse().expect("an id");
            let revoked = store::certificate::find(&app.app.db, id).await.expect("asked").expect("one");
            assert_eq!((revoked.status, revoked.reason), (Status::Revoked, Some(u32::from(issuer::Reason::Superseded.code()))));
            assert!(store::key_half::find(&app.app.db, id).await.expect("asked").is_none());
            let seen = state(&app, device, holding).await;
            assert_eq!((&seen["state"], &seen["reissues"]["free_left"]), (&json!("usable"), &json!(left)));
            former = now.certificate_id;
        }
        assert_eq!(state(&app, &second, holding).await["state"], "needs_pack");
        let (_, mut more) = app.install_start(&second, holding, Algorithm::Sm2);
        more["way"] = json!("reissue");
        let path = format!("/api/v1/holdings/{holding}/installs");
        let left = app.post_as(&second, &path, &more).await.problem(409, "needs_pack");
        assert_eq!(left, json!({"free_left": 0, "packs_left": 0}));
        assert_eq!(state(&app, &phone, holding).await["state"], "usable", "a refused reissue takes nothing");
    }

    async fn cert_13_an_unfinished_reissue_takes_nothing_and_what_was_never_installed_has_none(app: TestApp) {
        let phone = app.phone(0).await;
        let holding = app.holding_bought(&phone, None, Algorithm::Sm2).await;
        let path = format!("/api/v1/holdings/{holding}/installs");
        let reissue = |phone: &Phone| {
            let (_, mut start) = app.install_start(phone, &holding, Algorithm::Sm2);
            start["way"] = json!("reissue");
            start
        };
        app.post_as(&phone, &path, &reissue(&phone)).await.problem(409, "not_installed");
        let installed = app.install(&phone, &holding, Algorithm::Sm2).await;
        let second = app.second_phone(0, &phone).await;
        app.post_as(&second, &path, &reissue(&second)).await.ok(201);
        let seen = state(&app, &phone, &holding).await;
        assert_eq!((&seen["state"], &seen["reissues"]["free_left"]), (&json!("usable"), &json!(3)));
        assert_eq!(seen["certificate"]["certificate_id"], json!(installed.certificate_id));
    }

    async fn pwd_5_only_the_device_and_the_password_together_begin_an_install(app: TestApp) {
        let phone = app.phone(0).await;
        let holding = app.holding_bought(&phone, None, Algorithm::Sm2).await;
        let path = format!("/api/v1/holdings/{holding}/installs");
        let (_, good) = app.install_start(&phone, &holding, Algorithm::Sm2);
        let with = |name: &str, value: Value| {
            let mut body = good.clone();
            body[name] = value;
            body
        };
        let noise = json!(Base64Url::encode(&[9; 64]));
        app.post_as(&phone, &path, &with("device_signature", noise.clone())).await.problem(400, "device_proof_invalid");
        app.post_as(&phone, &path, &with("password_proof", noise)).await.problem(403, "password_wrong");
        app.post_as(&phone, &path, &with("message", json!("AAAA"))).await.problem(400, "cosign_refused");
        app.post_as(&phone, &path, &with("encryption", json!({}))).await.problem(400, "body_invalid");
        app.post_as(&phone, &path, &with("usage", json!("encrypt"))).await.problem(400, "body_invalid");
        app.post_as(&phone, &path, &with("request_id", json!("AAAA"))).await.problem(400, "body_invalid");
        app.post_as(&phone, &path, &good).await.ok(201);
        // The same counter in another statement: a replay, or a copied phone store.
        let request_id = Base64Url::encode(&[5; 16]);
        let stale = install_body(&phone, &holding, &request_id, &bytes(&good["message"]), good["counter"].as_i64().expect("a number"));
        app.post_as(&phone, &path, &stale).await.problem(409, "device_counter_stale");
    }

    async fn cert_18_without_an_entitlement_nothing_is_installed(app: TestApp) {
        let phone = app.phone(0).await;
        let holding = app.holding_bought(&phone, None, Algorithm::Sm2).await;
        app.clock.advance_s(400 * 86_400);
        let phone = app.second_phone(0, &phone).await;
        let seen = state(&app, &phone, &holding).await;
        assert_eq!((&seen["state"], &seen["reason"]), (&json!("not_usable"), &json!("entitlement_ended")));
        let (_, start) = app.install_start(&phone, &holding, Algorithm::Sm2);
        let path = format!("/api/v1/holdings/{holding}/installs");
        app.post_as(&phone, &path, &start).await.problem(409, "holding_unbought");
        app.post_as(&phone, "/api/v1/holdings/nothing/installs", &start).await.problem(404, "holding_not_found");
    }

    async fn cert_16_ten_at_once_get_one_certificate_and_it_is_the_recorded_one(app: TestApp) {
        let phone = app.phone(0).await;
        let holding = app.holding_bought(&phone, None, Algorithm::Sm2).await;
        let (keygen, start) = app.install_start(&phone, &holding, Algorithm::Sm2);
        let started = app.post_as(&phone, &format!("/api/v1/holdings/{holding}/installs"), &start).await.ok(201);
        let (key, second, third) = app.install_finish(keygen, &started);
        let id = started["install_id"].as_str().expect("an id");
        let replied = app.post_as(&phone, &format!("/api/v1/installs/{id}/key"), &second).await.ok(200);
        let body = json!({ "signature": Base64Url::encode(&third(&key, &bytes(&replied["message"]))) });
        // Ten at once: whoever finds the record finishes it, and all get the same certificate.
        let path = format!("/api/v1/installs/{id}/certificate");
        let mut answers = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let request = app.request(reqwest::Method::POST, &path).bearer_auth(&phone.token).json(&body);
            answers.spawn(hulian_tests::Answer::of(request));
        }
        let mut issued = Vec::new();
        while let Some(answer) = answers.join_next().await {
            let answer = answer.expect("no panic");
            issued.push(answer.ok(201));
        }
        let last = app.post_as(&phone, &path, &body).await.ok(201);
        assert!(issued.iter().all(|one| *one == last));
        let install = id.parse().expect("an id");
        let (_, tbs) = store::certificate::recorded(&app.app.db, install).await.expect("asked").expect("a record");
        let certificate = bytes(&last["certificate"]);
        assert_eq!(gm_pki::certificate::parse(&certificate).expect("a certificate").tbs, tbs);
    }
}
