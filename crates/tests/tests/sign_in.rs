//! ACC-2 through HTTP: what is ticked and from where, before anybody comes in. Codes and sessions are in `session.rs`.

use std::sync::Arc;

use domain::check_digit::Areas;
use hulian_tests::person::{DeviceKey, sign_in_body};
use hulian_tests::{Answer, TestApp, both};
use protocol::{Base64Url, Statement};
use serde_json::json;

both! {
    async fn acc_2_without_both_agreements_nobody_comes_in(app: TestApp) {
        let number = "13800000009";
        let device = DeviceKey::new(&app);
        let code = app.code(number).await;
        let mut body = sign_in_body(&device, number, &code);
        body["agreed"] = json!(false);
        app.post("/api/v1/sessions", &body).await.problem(400, "agreement_required");
        // The code was not used up by it.
        body["agreed"] = json!(true);
        app.post("/api/v1/sessions", &body).await.ok(201);
    }

    async fn acc_2_an_area_that_the_operator_added_signs_in_and_no_other_does(app: TestApp) {
        let areas = Areas::with(&["+81".to_owned()]).expect("an area");
        let wider = app::App {
            settings: Arc::new(app::Settings { areas, ..(*app.app.settings).clone() }),
            ..app.app.clone()
        };
        let base = app.serve_beside(http_api::router(wider)).await;
        let post = async |path: &str, body: &serde_json::Value| Answer::of(app.client.post(format!("{base}{path}")).json(body)).await;
        let ask = |area: &str, number: &str| json!({"area": area, "number": number, "purpose": "sign_in"});

        app.post("/api/v1/sms-codes", &ask("+81", "9012345678")).await.problem(400, "phone_invalid");
        for (area, number) in [("+82", "1012345678"), ("+81", "12345"), ("+8", "19012345678")] {
            post("/api/v1/sms-codes", &ask(area, number)).await.problem(400, "phone_invalid");
        }
        let system = Answer::of(app.client.get(format!("{base}/api/v1/system"))).await.ok(200);
        assert_eq!(system["areas"], json!(["+86", "+852", "+853", "+886", "+81"]));

        // As people there write it, and as it is dialled from elsewhere: one number, one account.
        post("/api/v1/sms-codes", &ask("+81", "090-1234-5678")).await.ok(202);
        app.run_jobs().await;
        let inbox = app.get("/sandbox/inbox.json?to=%2B819012345678").await.ok(200);
        let text = inbox["items"][0]["text"].as_str().expect("a message").to_owned();
        let code = text.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 6).expect("a code");
        let device = DeviceKey::new(&app);
        let public_key = device.public_key();
        let statement = Statement::Device { area: "+81", number: "9012345678", code, public_key: &public_key };
        let proof = device.sign(&statement.to_bytes().expect("canonical"));
        let mut body = sign_in_body(&device, "9012345678", code);
        body["area"] = json!("+81");
        body["device"]["proof"] = json!(Base64Url::encode(&proof));
        let signed_in = post("/api/v1/sessions", &body).await.ok(201);
        // A service that does not serve the area any more still knows whose account it is.
        let token = signed_in["access_token"].as_str().expect("a token");
        let me = Answer::of(app.request(reqwest::Method::GET, "/api/v1/me").bearer_auth(token)).await.ok(200);
        assert_eq!(me["phone_masked"], "90***45678");
    }
}
