//! SCAN-5 and SCAN-12: every mode from the session to what the phone shows.

use domain::product::Algorithm;
use hulian_tests::{TestApp, both};
use reqwest::Method;
use serde_json::{Value, json};

fn mark(page: u32, width_mm: f64, height_mm: f64) -> Value {
    json!({"page": page, "x_mm": 100.0, "y_mm": 40.5, "width_mm": width_mm, "height_mm": height_mm})
}

both! {
    async fn scan_5_every_mode_goes_from_the_session_to_the_phone(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let platform = app.sandbox_platform(&sealer.phone).await;
        assert_eq!(platform["modes"], json!(["page", "all", "pages", "straddle", "keyword"]));
        let whole = |page| mark(page, 40.0, 40.0);
        let slice = |page| mark(page, 20.0, 40.0);
        let cases = [
            ("page:2", vec![whole(2)], vec![whole(1)]),
            ("all", vec![whole(1), whole(2)], vec![whole(1)]),
            ("pages:1-2", vec![whole(1), whole(2)], vec![whole(2), whole(1)]),
            ("straddle:right", vec![slice(1), slice(2)], vec![whole(1), whole(2)]),
            ("straddle:left+right:1-2", vec![slice(1), slice(1), slice(2), slice(2)], vec![slice(1), slice(2)]),
            ("keyword:投标人（盖章）", vec![whole(1), whole(1), whole(2)], vec![slice(1)]),
            ("keyword:日期#first", vec![whole(2)], vec![whole(1), whole(2)]),
        ];
        for (mode, right, wrong) in cases {
            let mut body = app.session_body();
            body["scope"] = json!({"platform_id": platform["platform_id"]});
            body["ask"] = json!({"mode": mode, "mark_count_max": 4});
            let opened = hulian_tests::Opened { created: app.create_session(&desk, &body).await.ok(201) };
            app.chosen(&sealer, &opened).await;
            let mut facts = app.prepare_body(&sealer.seal_id);
            (facts["mode"], facts["page_count"], facts["marks"]) = (json!(mode), json!(2), json!(wrong));
            app.asker_call(&opened, Method::POST, "/prepare", Some(&facts)).await.problem(400, "mark_invalid");
            facts["marks"] = json!(right);
            app.asker_call(&opened, Method::POST, "/prepare", Some(&facts)).await.ok(200);
            let shown = app.get_as(&sealer.phone, &opened.phone_path("")).await.ok(200);
            assert_eq!((&shown["prepared"]["mode"], &shown["prepared"]["marks"]), (&json!(mode), &json!(right)), "{mode}");
        }
        for mode in ["straddle:middle".to_owned(), format!("keyword:{}", "章".repeat(61)), "keyword:a#b#c".to_owned()] {
            let mut body = app.session_body();
            body["ask"] = json!({"mode": mode, "mark_count_max": 4});
            app.create_session(&desk, &body).await.problem(400, "mode_not_offered");
        }
    }
}
