//! UNIT-1, UNIT-3, UNIT-5 and UNIT-12: registering as administrator, and what operators look at.

use app::operator::Acting;
use app::review::{Ruling, decide};
use domain::operator::Duty;
use domain::review::{CaseState, Decision};
use hulian_tests::certify::{
    administrator_body, file, full, licence, licence_says, paper, photo, register, registered,
    state, verified,
};
use hulian_tests::membership::{join, members, search};
use hulian_tests::{Answer, Phone, TestApp, both};
use providers::specimen::{COMPANIES, PEOPLE};
use serde_json::{Value, json};

async fn rule(
    app: &TestApp,
    case: &Value,
    decision: Decision,
    reason: &str,
) -> Result<CaseState, &'static str> {
    let acting = Acting {
        operator_id: app.app.new_id(),
        duties: vec![Duty::DecideCases],
    };
    let case = case.as_str().expect("an id").parse().expect("an id");
    let decided = decide(&app.app, &acting, case, &Ruling { decision, reason }).await;
    decided.map_err(|error| error.code())
}

async fn foreign_body(app: &TestApp, who: &Phone, number: &str) -> Value {
    json!({
        "name": "Specimen Trading (HK) Ltd.", "country": "HK", "registration_number": number,
        "representative_name": "CHAN Siu Ming", "representative_number": "A123456(7)",
        "licence": photo(app, who, &json!({})).await, "representative_front": photo(app, who, &json!({})).await,
        "representative_back": null, "power_of_attorney": null,
    })
}

async fn foreign(app: &TestApp, who: &Phone, body: &Value) -> Answer {
    app.post_as(who, "/api/v1/foreign-units", body).await
}

async fn units(app: &TestApp, who: &Phone) -> Value {
    app.get_as(who, "/api/v1/units").await.ok(200)
}

both! {
    async fn unit_1_an_administrator_registers_with_a_power_of_attorney(app: TestApp) {
        let app = full(&app).await;
        let agent = verified(&app, 1).await;
        let body = administrator_body(&app, &agent, 0, 1).await;
        let mut halved = body.clone();
        halved["papers"] = Value::Null;
        register(&app, &agent, &halved).await.problem(400, "body_invalid");
        let made = register(&app, &agent, &body).await.ok(201);
        assert_eq!((&made["state"], &made["missing_evidence"]), (&json!("uncertified"), &json!(["licence", "deposit"])));
        let own = units(&app, &agent).await["items"][0].clone();
        assert_eq!((&own["role"], &own["legal_representative"]), (&json!("administrator"), &json!(false)));
        // The legal representative whom the register names is administrator by right from coming in on.
        let unit = made["unit_id"].as_str().expect("an id");
        let head = verified(&app, 0).await;
        let asked = join(&app, &head, unit, "法定代表人").await.ok(201);
        let path = format!("/api/v1/applications/{}/decision", asked["application_id"].as_str().expect("an id"));
        app.post_as(&agent, &path, &json!({"verdict": "pass", "reason": ""})).await.ok(200);
        let list = members(&app, &head, unit).await;
        let by_right = list["items"].as_array().expect("items").iter().find(|one| one["by_right"] == true).expect("one");
        assert_eq!(by_right["name"], PEOPLE[0].name);
        assert_eq!(units(&app, &head).await["items"][0]["legal_representative"], true);
    }

    async fn unit_1_papers_that_say_something_else_are_refused(app: TestApp) {
        let app = full(&app).await;
        let (agent, other) = (verified(&app, 1).await, verified(&app, 2).await);
        let body = administrator_body(&app, &agent, 0, 1).await;
        let roles = ["power_of_attorney", "representative_front", "representative_back"];
        for (role, says, fields) in [
            (0, json!({"company": COMPANIES[2].name, "agent": PEOPLE[1].name, "agent_id_number": PEOPLE[1].id_number}), json!(["power_of_attorney.company"])),
            (0, json!({"company": COMPANIES[0].name, "agent": PEOPLE[2].name, "agent_id_number": PEOPLE[2].id_number}), json!(["power_of_attorney.agent", "power_of_attorney.agent_id_number"])),
            (1, json!({"name": PEOPLE[0].name, "id_number": PEOPLE[2].id_number}), json!(["representative_front.id_number"])),
            (2, json!({"valid_to": "2024-05-06"}), json!(["representative_back.valid_to"])),
        ] {
            let mut changed = body.clone();
            changed["papers"][roles[role]] = paper(&app, &agent, roles[role], &says).await.ok(201)["paper_id"].clone();
            let params = register(&app, &agent, &changed).await.problem(409, "paper_mismatch");
            assert_eq!(params["fields"], fields);
        }
        register(&app, &other, &body).await.problem(404, "paper_not_found");
        let mut crossed = body.clone();
        crossed["papers"]["representative_back"] = body["papers"]["representative_front"].clone();
        register(&app, &agent, &crossed).await.problem(404, "paper_not_found");
        assert_eq!(units(&app, &agent).await["items"], json!([]));
    }

    async fn unit_3_after_more_than_three_failed_recognitions_an_operator_may_look(app: TestApp) {
        let app = full(&app).await;
        let agent = verified(&app, 1).await;
        let offered = async || app.get_as(&agent, "/api/v1/unit-reviews/offer").await.ok(200)["offered"].clone();
        let blurred = file(&app, &agent, b"\xff\xd8\xff blurred".to_vec()).await;
        let wish = json!({
            "about": "administrator", "name": COMPANIES[0].name, "uscc": COMPANIES[0].uscc,
            "representative_name": PEOPLE[0].name, "representative_number": PEOPLE[0].id_number,
            "power_of_attorney": blurred, "representative_front": blurred, "representative_back": blurred,
        });
        for time in 1..=4 {
            assert_eq!(offered().await, json!(false));
            app.post_as(&agent, "/api/v1/unit-reviews", &wish).await.problem(409, "review_not_offered");
            let body = json!({"role": "power_of_attorney", "material_id": blurred});
            let params = app.post_as(&agent, "/api/v1/unit-papers", &body).await.problem(409, "paper_retake");
            assert_eq!((&params["reason"], &params["review_offered"]), (&json!("unclear"), &json!(time > 3)));
        }
        assert_eq!(offered().await, json!(true));
        let case = app.post_as(&agent, "/api/v1/unit-reviews", &wish).await.ok(201)["case_id"].clone();
        app.post_as(&agent, "/api/v1/unit-reviews", &wish).await.problem(409, "review_open");
        let pending = units(&app, &agent).await["pending"][0].clone();
        assert_eq!((&pending["state"], &pending["name"], &pending["number"]), (&json!("in_review"), &json!(COMPANIES[0].name), &json!(COMPANIES[0].uscc)));
        assert_eq!(rule(&app, &case, Decision::Refuse, "委托书没有盖章").await, Ok(CaseState::Refused));
        let pending = units(&app, &agent).await["pending"][0].clone();
        assert_eq!((&pending["state"], &pending["reason"]), (&json!("refused"), &json!("委托书没有盖章")));
        let path = format!("/api/v1/unit-reviews/{}", case.as_str().expect("an id"));
        let typed = app.get_as(&agent, &path).await.ok(200);
        assert_eq!((&typed["facts"]["representative_name"], typed["materials"].as_array().map(Vec::len)), (&json!(PEOPLE[0].name), Some(3)));
        let other = verified(&app, 2).await;
        app.get_as(&other, &path).await.problem(404, "case_not_found");
        app.clock.advance_s(1);
        let case = app.post_as(&agent, "/api/v1/unit-reviews", &wish).await.ok(201)["case_id"].clone();
        assert_eq!(rule(&app, &case, Decision::Pass, "").await, Ok(CaseState::Passed));
        let after = units(&app, &agent).await;
        assert_eq!((&after["pending"], &after["items"][0]["state"]), (&json!([]), &json!("uncertified")), "licence and deposit remain");
    }

    async fn unit_3_of_fifty_failed_recognitions_at_once_every_one_counts(app: TestApp) {
        let app = full(&app).await;
        let agent = verified(&app, 1).await;
        let blurred = file(&app, &agent, b"\xff\xd8\xff blurred".to_vec()).await;
        let mut requests = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let body = json!({"role": "representative_front", "material_id": blurred});
            let request = app.request(reqwest::Method::POST, "/api/v1/unit-papers").bearer_auth(&agent.token).json(&body);
            requests.spawn(async move { Answer::of(request).await.json()["code"] == "paper_retake" });
        }
        let made = requests.join_all().await.into_iter().filter(|failed| *failed).count();
        let row = store::sql!("test.papers", "SELECT count(*) AS n FROM paper WHERE result = 'failed'").one(&app.app.db).await.expect("a row");
        assert_eq!(usize::try_from(row.int("n").expect("a number")), Ok(made));
        assert!(made > 3);
    }

    async fn unit_3_after_ten_failed_register_checks_an_operator_may_look(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let body = json!({"as": "legal_representative", "name": "别的有限公司", "uscc": COMPANIES[0].uscc});
        for time in 1..=10 {
            let params = register(&app, &head, &body).await.problem(409, "register_mismatch");
            assert_eq!(params["review_offered"], json!(time == 10), "{time}");
        }
        assert_eq!(register(&app, &head, &body).await.problem(429, "register_limit")["review_offered"], true);
        let wish = json!({"about": "legal_representative", "name": COMPANIES[0].name, "uscc": COMPANIES[0].uscc});
        let case = app.post_as(&head, "/api/v1/unit-reviews", &wish).await.ok(201)["case_id"].clone();
        // Somebody else is faster with the same code: the operator is told, and nothing is decided.
        let agent = verified(&app, 1).await;
        let other = administrator_body(&app, &agent, 0, 1).await;
        register(&app, &agent, &other).await.ok(201);
        assert_eq!(rule(&app, &case, Decision::Pass, "").await, Err("unit_exists"));
        assert_eq!(rule(&app, &case, Decision::Refuse, "已被注册，请申请加入").await, Ok(CaseState::Refused));
    }

    async fn unit_5_a_company_from_elsewhere_is_certified_by_review(app: TestApp) {
        let app = full(&app).await;
        let person = verified(&app, 0).await;
        let body = foreign_body(&app, &person, "HRB-123456").await;
        for (field, wrong, code) in [
            ("name", json!("X"), "unit_name_invalid"),
            ("country", json!("CN"), "country_invalid"),
            ("registration_number", json!("1"), "registration_number_invalid"),
            ("representative_name", json!(" "), "representative_name_invalid"),
            ("representative_number", json!("?"), "document_number_invalid"),
        ] {
            let mut changed = body.clone();
            changed[field] = wrong;
            foreign(&app, &person, &changed).await.problem(400, code);
        }
        let case = foreign(&app, &person, &body).await.ok(201)["case_id"].clone();
        foreign(&app, &person, &body).await.problem(409, "review_open");
        assert_eq!(units(&app, &person).await["pending"][0]["state"], "in_review");
        rule(&app, &case, Decision::Refuse, "注册证书看不清").await.expect("decided");
        let path = format!("/api/v1/unit-reviews/{}", case.as_str().expect("an id"));
        let typed = app.get_as(&person, &path).await.ok(200);
        assert_eq!((&typed["reason"], &typed["facts"]["registration_number"]), (&json!("注册证书看不清"), &json!("HRB-123456")));
        app.clock.advance_s(1);
        let case = foreign(&app, &person, &body).await.ok(201)["case_id"].clone();
        rule(&app, &case, Decision::Pass, "").await.expect("decided");
        let own = units(&app, &person).await;
        assert_eq!((&own["pending"], &own["items"][0]["state"], &own["items"][0]["country"]), (&json!([]), &json!("certified"), &json!("HK")));
        let unit = own["items"][0]["unit_id"].as_str().expect("an id").to_owned();
        assert_eq!(state(&app, &person, &unit).await, "certified");
    }

    async fn unit_11_somebody_has_several_units_each_with_its_state(app: TestApp) {
        let app = full(&app).await;
        let head = verified(&app, 0).await;
        let own = registered(&app, &head, 0).await;
        app.clock.advance_s(1);
        let other = administrator_body(&app, &head, 1, 0).await;
        let other = register(&app, &head, &other).await.ok(201);
        licence(&app, &head, &own, &licence_says(0)).await.ok(200);
        foreign(&app, &head, &foreign_body(&app, &head, "HRB-1").await).await.ok(201);
        let list = units(&app, &head).await;
        let states: Vec<_> = list["items"].as_array().expect("items").iter().map(|item| (item["unit_id"].clone(), item["state"].clone())).collect();
        assert_eq!(states, [(json!(own), json!("awaits_deposit")), (other["unit_id"].clone(), json!("uncertified"))]);
        assert_eq!(list["pending"][0]["state"], "in_review");
    }

    async fn unit_12_a_foreign_unit_is_unique_by_country_and_number_and_found_by_it(app: TestApp) {
        let app = full(&app).await;
        let (person, other) = (verified(&app, 0).await, verified(&app, 1).await);
        let case = foreign(&app, &person, &foreign_body(&app, &person, "HRB-123456").await).await.ok(201)["case_id"].clone();
        let late = foreign(&app, &other, &foreign_body(&app, &other, "HRB 123456").await).await.ok(201)["case_id"].clone();
        rule(&app, &case, Decision::Pass, "").await.expect("decided");
        assert_eq!(rule(&app, &late, Decision::Pass, "").await, Err("unit_exists"));
        let mut body = foreign_body(&app, &other, "hrb123456").await;
        let params = foreign(&app, &other, &body).await.problem(409, "unit_exists");
        assert_eq!(params["unit_name"], "Specimen Trading (HK) Ltd.");
        body["country"] = json!("SG");
        foreign(&app, &other, &body).await.ok(201);
        for text in ["HRB-123456", "hrb123456", "Specimen Tra"] {
            let found = search(&app, &other, text).await.ok(200);
            assert_eq!(found["items"][0]["uscc"], "HRB-123456", "{text}");
        }
        assert_eq!(search(&app, &other, "HRB12345").await.ok(200)["items"], json!([]));
        let mainland = registered(&app, &other, 1).await;
        assert_eq!(state(&app, &other, &mainland).await, "uncertified");
    }
}
