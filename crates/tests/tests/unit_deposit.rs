//! UNIT-6 to UNIT-11 under the full policy: the licence, the deposit, and what a unit may do only then.

use app::operator::Acting;
use app::review::{Ruling, decide};
use domain::operator::Duty;
use domain::review::Decision;
use hulian_tests::certify::{
    amounts, ask_deposit, deposit, enter, file, full, licence, licence_says, licensed, registered,
    state, verified,
};
use hulian_tests::{Answer, TestApp, both};
use serde_json::json;
use store::sql;

const ACCOUNT: &str = "6222 0000 1234 5678";
const DAY_S: i64 = 24 * 3600;

async fn press(app: &TestApp, action: app::bank::Action) {
    let statement = app::bank::statement(&app.app).await.expect("a statement");
    app::bank::act(&app.app, &statement[0].provider_ref, action)
        .await
        .expect("pressed");
    // The callback, and the look that it hints at.
    app.run_jobs().await;
    app.run_jobs().await;
}

both! {
    async fn unit_6_the_licence_is_compared_with_what_is_registered(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = registered(&app, &head, 0).await;
        assert_eq!(state(&app, &head, &unit).await, "uncertified");
        let params = licence(&app, &head, &unit, &licence_says(1)).await.problem(409, "licence_mismatch");
        assert_eq!(params["fields"], json!(["name", "uscc", "legal_representative"]));
        let path = format!("/api/v1/units/{unit}/licence");
        let unclear = file(&app, &head, b"\xff\xd8\xff no text".to_vec()).await;
        let params = app.post_as(&head, &path, &json!({"material_id": unclear})).await.problem(409, "paper_retake");
        assert_eq!(params["reason"], "unclear");
        let pdf = file(&app, &head, b"%PDF-1.7 scanned".to_vec()).await;
        app.post_as(&head, &path, &json!({"material_id": pdf})).await.problem(400, "paper_not_picture");
        let other = verified(&app, 1).await;
        licence(&app, &other, &unit, &licence_says(0)).await.problem(403, "not_administrator");
        assert_eq!(state(&app, &head, &unit).await, "uncertified");
        ask_deposit(&app, &head, &unit, ACCOUNT).await.problem(409, "deposit_not_due");
        let after = licence(&app, &head, &unit, &licence_says(0)).await.ok(200);
        assert_eq!(after["state"], "awaits_deposit");
        licence(&app, &head, &unit, &licence_says(0)).await.problem(409, "licence_not_due");
    }

    async fn unit_6_after_ten_licences_that_would_not_do_an_operator_may_look(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = registered(&app, &head, 0).await;
        let ask = json!({"about": "licence", "unit_id": unit, "material_id": file(&app, &head, b"\xff\xd8\xff worn".to_vec()).await});
        for time in 1..=10 {
            let params = licence(&app, &head, &unit, &licence_says(1)).await.problem(409, "licence_mismatch");
            assert_eq!(params["review_offered"], json!(time >= 10), "{time}");
            if time < 10 {
                app.post_as(&head, "/api/v1/unit-reviews", &ask).await.problem(409, "review_not_offered");
            }
        }
        let case = app.post_as(&head, "/api/v1/unit-reviews", &ask).await.ok(201)["case_id"].as_str().expect("an id").parse().expect("an id");
        app.post_as(&head, "/api/v1/unit-reviews", &ask).await.problem(409, "review_open");
        assert_eq!(state(&app, &head, &unit).await, "in_review");
        let acting = Acting { operator_id: app.app.new_id(), duties: vec![Duty::DecideCases] };
        decide(&app.app, &acting, case, &Ruling { decision: Decision::Pass, reason: "" }).await.expect("decided");
        assert_eq!(state(&app, &head, &unit).await, "awaits_deposit", "the operator stands for the licence alone");
    }

    async fn unit_10_the_right_amount_certifies_and_nothing_before(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        let unit_id = unit.parse().expect("an id");
        assert!(!app::unit::is_certified(&app.app, &app.app.db, unit_id).await.expect("known"));
        ask_deposit(&app, &head, &unit, ACCOUNT).await.ok(201);
        let asked = deposit(&app, &head, &unit).await;
        assert_eq!((&asked["deposit"]["account_tail"], &asked["deposit"]["entries_left"]), (&json!("5678"), &json!(3)));
        assert_eq!(state(&app, &head, &unit).await, "deposit_asked");
        ask_deposit(&app, &head, &unit, "62220000999").await.problem(409, "deposit_open");
        app.run_jobs().await;
        assert_eq!(deposit(&app, &head, &unit).await["deposit"]["state"], "arrived");
        let (right, wrong) = amounts(&app).await;
        for text in ["0", "2.01", "1e0", "0.001", ""] {
            enter(&app, &head, &unit, text).await.problem(400, "amount_invalid");
        }
        let params = enter(&app, &head, &unit, &wrong).await.problem(409, "amount_wrong");
        assert_eq!(params["left"], 2);
        assert!(!app::unit::is_certified(&app.app, &app.app.db, unit_id).await.expect("known"));
        assert_eq!(enter(&app, &head, &unit, &right).await.ok(200)["state"], "certified");
        assert!(app::unit::is_certified(&app.app, &app.app.db, unit_id).await.expect("known"));
        ask_deposit(&app, &head, &unit, ACCOUNT).await.problem(409, "deposit_not_due");
        let rows = sql!("test.account", "SELECT account FROM deposit").one(&app.app.db).await.expect("a row");
        assert!(!rows.blob("account").expect("bytes").windows(4).any(|part| part == b"5678"), "accounts are kept sealed");
    }

    async fn unit_8_three_wrong_amounts_end_it_and_it_may_be_asked_for_again(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        ask_deposit(&app, &head, &unit, ACCOUNT).await.ok(201);
        let (right, wrong) = amounts(&app).await;
        for left in [2, 1] {
            let params = enter(&app, &head, &unit, &wrong).await.problem(409, "amount_wrong");
            assert_eq!(params["left"], left);
        }
        for _ in 0..2 {
            let params = enter(&app, &head, &unit, &wrong).await.problem(409, "deposit_over");
            assert_eq!(params["state"], "failed");
        }
        enter(&app, &head, &unit, &right).await.problem(409, "deposit_over");
        assert_eq!(state(&app, &head, &unit).await, "not_paid");
        app.clock.advance_s(1);
        ask_deposit(&app, &head, &unit, ACCOUNT).await.ok(201);
        let (right, _) = amounts(&app).await;
        assert_eq!(enter(&app, &head, &unit, &right).await.ok(200)["state"], "certified");
    }

    async fn unit_8_of_fifty_entries_at_once_three_count(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        ask_deposit(&app, &head, &unit, ACCOUNT).await.ok(201);
        let (_, wrong) = amounts(&app).await;
        let path = format!("/api/v1/units/{unit}/deposit/amount");
        let mut compared = 0;
        // A bank that is asked amid such a crowd may not answer in time; then nothing was counted, and the next round counts.
        for _ in 0..20 {
            let mut requests = tokio::task::JoinSet::new();
            for _ in 0..50 {
                let request = app.request(reqwest::Method::POST, &path).bearer_auth(&head.token).json(&json!({"amount": wrong}));
                requests.spawn(async move { Answer::of(request).await.json()["code"].as_str().expect("a code").to_owned() });
            }
            let codes = requests.join_all().await;
            compared += codes.iter().filter(|code| *code == "amount_wrong").count();
            assert!(codes.iter().all(|code| ["amount_wrong", "deposit_over", "deposit_entry_running", "bank_unavailable", "busy"].contains(&code.as_str())), "{codes:?}");
            if codes.iter().any(|code| code == "deposit_over") {
                break;
            }
            // A comparison whose server was lost holds the next one up for a minute.
            app.clock.advance_s(20);
        }
        assert!(compared <= 2, "the third ends it: {compared}");
        let row = sql!("test.entries", "SELECT entries, state FROM deposit").one(&app.app.db).await.expect("a row");
        assert_eq!((row.int("entries").expect("a number"), row.text("state").expect("a word").as_str()), (3, "failed"));
    }

    async fn unit_8_five_days_after_the_transfer_it_is_over(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        ask_deposit(&app, &head, &unit, ACCOUNT).await.ok(201);
        app.run_jobs().await;
        let (right, _) = amounts(&app).await;
        app.clock.advance_s(5 * DAY_S + 1);
        // The sign-in of five days ago is over.
        let head = app.signed_in(0).await;
        assert_eq!(state(&app, &head, &unit).await, "not_paid", "by the rule, before any job");
        app.run_jobs().await;
        let row = sql!("test.state", "SELECT state FROM deposit").one(&app.app.db).await.expect("a row");
        assert_eq!(row.text("state").expect("a word"), "expired", "the job writes it down");
        let params = enter(&app, &head, &unit, &right).await.problem(409, "deposit_over");
        assert_eq!(params["state"], "expired");
        ask_deposit(&app, &head, &unit, ACCOUNT).await.ok(201);
    }

    async fn unit_7_twice_in_24_hours_for_an_account_and_for_a_unit(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        for _ in 0..2 {
            // A bank that refuses at once: asked for all the same.
            ask_deposit(&app, &head, &unit, "622200000001").await.ok(201);
            let asked = deposit(&app, &head, &unit).await;
            assert_eq!((&asked["deposit"]["state"], &asked["deposit"]["why"]), (&json!("refused"), &json!("收款账号不存在")));
            app.clock.advance_s(120);
        }
        assert_eq!(state(&app, &head, &unit).await, "not_paid");
        let params = ask_deposit(&app, &head, &unit, ACCOUNT).await.problem(429, "deposit_limit");
        assert_eq!((&params["most"], &params["retry_after_s"]), (&json!(2), &json!(24 * 3600 - 240)));
        let other = verified(&app, 1).await;
        let second = licensed(&app, &other, 1).await;
        ask_deposit(&app, &other, &second, "6222-0000-0001").await.problem(429, "deposit_limit");
        ask_deposit(&app, &other, &second, "62220000777").await.ok(201);
    }

    async fn unit_7_of_fifty_requests_at_once_one_is_made(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        let path = format!("/api/v1/units/{unit}/deposit");
        let mut requests = tokio::task::JoinSet::new();
        for number in 0..50 {
            let body = json!({"branch_code": "991100000001", "branch_name": "样本银行北京朝阳支行", "account": format!("6222000099{number:02}")});
            let request = app.request(reqwest::Method::POST, &path).bearer_auth(&head.token).json(&body);
            requests.spawn(async move { Answer::of(request).await.status.as_u16() });
        }
        let statuses = requests.join_all().await;
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        let row = sql!("test.deposits", "SELECT count(*) AS n FROM deposit").one(&app.app.db).await.expect("a row");
        assert_eq!(row.int("n").expect("a number"), 1);
    }

    async fn unit_7_a_bank_that_does_not_answer_keeps_nobody_waiting(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        let before = std::time::Instant::now();
        ask_deposit(&app, &head, &unit, "622200000009").await.ok(201);
        let asked = deposit(&app, &head, &unit).await;
        assert_eq!(asked["deposit"]["state"], "asking");
        assert!(before.elapsed() < std::time::Duration::from_secs(5));
        enter(&app, &head, &unit, "0.01").await.problem(409, "deposit_on_its_way");
        assert_eq!(state(&app, &head, &unit).await, "deposit_asked");
        assert_eq!(deposit(&app, &head, &unit).await["deposit"]["entries_left"], 3);
    }

    async fn unit_7_money_that_comes_back_tells_why(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        ask_deposit(&app, &head, &unit, "622200000003").await.ok(201);
        assert_eq!(deposit(&app, &head, &unit).await["deposit"]["state"], "waiting");
        enter(&app, &head, &unit, "0.01").await.problem(409, "deposit_on_its_way");
        app.request(reqwest::Method::POST, "/api/v1/callbacks/deposits/sandbox-deposit").body("{}").send().await.expect("an answer");
        press(&app, app::bank::Action::Return).await;
        let shown = deposit(&app, &head, &unit).await;
        assert_eq!((&shown["deposit"]["state"], &shown["deposit"]["why"]), (&json!("returned"), &json!("收款账号与户名不符，已退回")));
        assert_eq!(state(&app, &head, &unit).await, "not_paid");
        let forged = app.request(reqwest::Method::POST, "/api/v1/callbacks/deposits/sandbox-deposit").body("{\"provider_ref\":\"SBX\"}");
        Answer::of(forged).await.problem(400, "callback_invalid");
    }

    async fn unit_9_an_operator_finishes_a_deposit_by_hand(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let unit = licensed(&app, &head, 0).await;
        let path = format!("/api/v1/units/{unit}/deposit/by-hand");
        app.post_as(&head, &path, &json!({"bank": "x", "account": ACCOUNT})).await.problem(400, "bank_invalid");
        app.post_as(&head, &path, &json!({"bank": "样本村镇银行", "account": "12a"})).await.problem(400, "account_invalid");
        let body = json!({"bank": "样本村镇银行一号支行", "account": ACCOUNT});
        let case = app.post_as(&head, &path, &body).await.ok(201)["case_id"].as_str().expect("an id").parse().expect("an id");
        app.post_as(&head, &path, &body).await.problem(409, "review_open");
        assert_eq!(state(&app, &head, &unit).await, "in_review");
        let acting = |duty| Acting { operator_id: app.app.new_id(), duties: vec![duty] };
        let pass = Ruling { decision: Decision::Pass, reason: "" };
        let reviewer = decide(&app.app, &acting(Duty::DecideCases), case, &pass).await.expect_err("finance decides");
        assert_eq!(reviewer.code(), "duty_missing");
        decide(&app.app, &acting(Duty::DecideDeposits), case, &pass).await.expect("decided");
        assert_eq!(state(&app, &head, &unit).await, "certified");
    }
}
