//! SCAN-1: a seal is taken away by a signature of the certificate that set it, over a statement that names the signature.

use domain::product::Algorithm;
use gm_pki::Algorithm as Signing;
use hulian_tests::{BOTH_PRODUCTS, Desk, Opened, Sealer, TestApp, both, bytes};
use protocol::{Base64Url, Statement, Unseal, sha256};
use reqwest::Method;
use serde_json::{Value, json};

both! {
    async fn scan_1_an_unseal_is_signed_by_the_certificate_that_sealed(app: TestApp) {
        let desk = app.desk().await;
        for (number, product) in BOTH_PRODUCTS.into_iter().enumerate() {
            let sealer = app.sealer(number, product).await;
            let phone = &sealer.phone;
            let opened = unseal(&app, &desk, &sealer).await;
            app.chosen(&sealer, &opened).await;
            let stated = stated(&app);
            app.asker_call(&opened, Method::POST, "/prepare", Some(&stated)).await.ok(200);
            app.asker_call(&opened, Method::POST, "/prepare", Some(&stated)).await.ok(200);
            let view = app.get_as(phone, &opened.phone_path("")).await.ok(200);
            let prepared = &view["prepared"];
            assert_eq!((&prepared["mode"], &prepared["marks"], &prepared["seal"]), (&json!("unseal"), &json!([]), &Value::Null));
            assert_eq!(prepared["unseal"], json!({"field": "Signature1", "signature_sha256": stated["signature_sha256"]}));
            let digest = digest(product, &opened, &stated);
            assert_eq!(bytes(&prepared["digest"]), digest);

            let confirming = app.confirming(&sealer, &view, phone.next_counter());
            let answer = app.scan_step(phone, &opened, "/confirm", &confirming.body).await.ok(200);
            let finish = confirming.finish(&sealer.installed.key, &answer);
            app.scan_step(phone, &opened, "/finish", &finish).await.ok(200);
            let result = app.asker_view(&opened).await["result"].clone();
            let cms = gm_pki::cms::parse(&bytes(&result["cms"])).expect("a CMS");
            let expected = |_| digest.clone();
            cms.verify(gm_pki::cms::Content::Digest(&expected)).expect("verified");
            let operations = app.get_as(phone, "/api/v1/operations").await.ok(200);
            let record = &operations["items"][0]["record"];
            assert_eq!((&record["kind"], &record["seal_id"]), (&json!("unseal"), &json!("")));
        }
    }

    async fn scan_1_nobody_but_the_sealer_takes_a_seal_away(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let other = app.sealer(1, Algorithm::Sm2).await;
        let opened = unseal(&app, &desk, &sealer).await;
        app.matched(&other.phone, &opened).await;
        let choices = app.get_as(&other.phone, &opened.phone_path("/choices")).await.ok(200);
        let certificate = &choices["identities"][0]["certificates"][0];
        assert_eq!((&certificate["state"], &certificate["reason"]), (&json!("not_usable"), &json!("not_the_sealer")));
        let holding = json!({"holding_id": other.installed.holding_id});
        let refused = app.scan_step(&other.phone, &opened, "/choose", &holding).await.problem(403, "certificate_not_usable");
        assert_eq!(refused["reason"], "not_the_sealer");
    }

    async fn scan_1_an_unseal_is_prepared_for_the_asked_signature_alone(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let opened = unseal(&app, &desk, &sealer).await;
        app.chosen(&sealer, &opened).await;
        for (member, value) in [("field", json!("Signature2")), ("signature_sha256", json!(Base64Url::encode(&[9; 32])))] {
            let mut other = stated(&app);
            other[member] = value;
            app.asker_call(&opened, Method::POST, "/prepare", Some(&other)).await.problem(409, "prepare_conflict");
        }
        let seal = app.prepare_body(&sealer.seal_id);
        app.asker_call(&opened, Method::POST, "/prepare", Some(&seal)).await.problem(400, "body_invalid");
        app.asker_call(&opened, Method::POST, "/prepare", Some(&stated(&app))).await.ok(200);
        // A statement that calls the un-seal a seal is none.
        let mut view = app.get_as(&sealer.phone, &opened.phone_path("")).await.ok(200);
        view["kind"] = json!("seal");
        let body = app.confirming(&sealer, &view, sealer.phone.next_counter()).body;
        app.scan_step(&sealer.phone, &opened, "/confirm", &body).await.problem(400, "device_proof_invalid");
    }
}

/// A session that takes away the signature that the sealer's certificate is said to have made.
async fn unseal(app: &TestApp, desk: &Desk, sealer: &Sealer) -> Opened {
    let mut body = app.session_body();
    let platform = app.sandbox_platform(&sealer.phone).await;
    body["scope"] = json!({"platform_id": platform["platform_id"]});
    body["kind"] = json!("unseal");
    body["ask"] = json!({
        "field": "Signature1", "signature_sha256": Base64Url::encode(&sha256(b"a signature")),
        "certificate_sha256": Base64Url::encode(&sha256(&sealer.installed.certificate)),
    });
    let created = app.create_session(desk, &body).await.ok(201);
    Opened { created }
}

fn stated(app: &TestApp) -> Value {
    json!({
        "field": "Signature1", "signature_sha256": Base64Url::encode(&sha256(b"a signature")),
        "file_name": "投标文件.pdf", "page_count": 3, "time_us": app.app.now().micros(),
    })
}

/// The digest as an asker makes it.
fn digest(product: Algorithm, opened: &Opened, stated: &Value) -> Vec<u8> {
    let statement = Statement::Unseal(Unseal {
        code: opened.text("code"),
        field: "Signature1",
        signature_sha256: stated["signature_sha256"].as_str().expect("text"),
        file_name: "投标文件.pdf",
        page_count: 3,
        time_us: stated["time_us"].as_i64().expect("a number"),
    });
    let statement = statement.to_bytes().expect("canonical");
    match product {
        Algorithm::Sm2 => Signing::Sm2Sm3.digest(&statement),
        Algorithm::Rsa => Signing::RsaSha256.digest(&statement),
    }
}
