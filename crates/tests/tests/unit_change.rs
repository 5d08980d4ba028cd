//! UMG-4 with MEM-10 through HTTP: a unit's name and legal representative change.

use domain::id::CaseId;
use domain::operator::OperatorRole;
use domain::product::Algorithm;
use hulian_tests::identity::{licence, paper};
use hulian_tests::membership::{
    decide, enter, id_of, join, leave, members, remove, search, transfer, with_member,
};
use hulian_tests::{Answer, Phone, TestApp, both};
use providers::register::Registered;
use providers::specimen::{COMPANIES, PEOPLE};
use serde_json::{Value, json};
use store::sql;

const NEW_NAME: &str = "样本建设集团有限公司";
const USCC: &str = COMPANIES[0].uscc;

/// What the register says of the first specimen company from now on.
async fn registered(app: &TestApp, name: &str, representative: usize) {
    let register = app
        .app
        .providers
        .specimen_register
        .as_ref()
        .expect("the sandbox's");
    let entry = Registered {
        name: name.to_owned(),
        legal_representative: PEOPLE[representative].name.to_owned(),
    };
    register.change(&COMPANIES[0], &entry).await.expect("kept");
}

/// A wish with papers that say `name` and `representative`; somebody is named where `named` says so.
async fn wish(app: &TestApp, who: &Phone, name: &str, representative: usize, named: bool) -> Value {
    let mut papers =
        json!({"licence": licence(app, who, USCC, name, PEOPLE[representative].name).await});
    let mut person = Value::Null;
    if named {
        papers["representative_front"] = json!(paper(app, who, representative, "front").await);
        papers["representative_back"] = json!(paper(app, who, representative, "back").await);
        papers["authorisation"] = papers["licence"].clone();
        person = json!({"name": PEOPLE[representative].name, "id_number": PEOPLE[representative].id_number});
    }
    let name = if name == COMPANIES[0].name {
        Value::Null
    } else {
        json!(name)
    };
    json!({"name": name, "legal_representative": person, "papers": papers, "review": false})
}

async fn ask(app: &TestApp, who: &Phone, unit: &str, body: &Value) -> Answer {
    app.post_as(who, &format!("/api/v1/units/{unit}/change"), body)
        .await
}

async fn view(app: &TestApp, who: &Phone, unit: &str) -> Value {
    app.get_as(who, &format!("/api/v1/units/{unit}/change"))
        .await
        .ok(200)
}

async fn by_right(app: &TestApp, who: &Phone, unit: &str) -> Vec<(String, bool)> {
    let list = members(app, who, unit).await;
    let items = list["items"].as_array().expect("items").iter();
    let administrators = items.filter(|one| one["role"] == "administrator");
    administrators
        .map(|one| {
            (
                one["name"].as_str().expect("text").to_owned(),
                one["by_right"] == true,
            )
        })
        .collect()
}

fn place(number: usize, by_right: bool) -> (String, bool) {
    (PEOPLE[number].name.to_owned(), by_right)
}

both! {
    async fn umg_4_a_new_name_by_papers_and_register(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        app.holding_installed(&head, Some(&unit), Algorithm::Sm2).await;
        let seal = app.make_seal(&head, &json!({"unit_id": unit, "kind": "company"}), "first").await.ok(201)["seal_id"].clone();
        assert_eq!(view(&app, &head, &unit).await["remake"], json!({"certificates": [], "seals": []}));
        let body = wish(&app, &head, NEW_NAME, 0, false).await;
        let refused = ask(&app, &head, &unit, &body).await.problem(409, "register_mismatch");
        assert_eq!((&refused["fields"], &refused["review_offered"]), (&json!(["name"]), &json!(false)));
        registered(&app, NEW_NAME, 0).await;
        ask(&app, &member, &unit, &body).await.problem(403, "not_administrator");
        assert_eq!(ask(&app, &head, &unit, &body).await.ok(201), json!({"state": "passed"}));

        let item = app.get_as(&member, &format!("/api/v1/units/{unit}")).await.ok(200);
        assert_eq!((&item["name"], &item["uscc"], &item["state"]), (&json!(NEW_NAME), &json!(USCC), &json!("certified")));
        let stranger = app.phone(2).await;
        assert_eq!(search(&app, &stranger, NEW_NAME).await.ok(200)["items"][0]["unit_id"], json!(unit));
        let materials = app.get_as(&head, &format!("/api/v1/units/{unit}/materials")).await.ok(200);
        assert_eq!((&materials["items"][0]["role"], &materials["items"][0]["material_id"]), (&json!("licence"), &body["papers"]["licence"]));
        let left = view(&app, &head, &unit).await["remake"].clone();
        assert_eq!(left["seals"], json!([{"seal_id": seal, "kind": "company", "name": COMPANIES[0].name}]), "old seals keep the old name");
        assert_eq!(left["certificates"][0]["person_name"], PEOPLE[0].name);
        app.get_as(&member, &format!("/api/v1/units/{unit}/change")).await.problem(403, "not_administrator");
        app.make_seal(&head, &json!({"unit_id": unit, "kind": "company"}), "second").await.ok(201);
        assert_eq!(view(&app, &head, &unit).await["remake"]["seals"].as_array().map(Vec::len), Some(1), "the new one has the new name");
        assert_eq!(members(&app, &head, &unit).await["items"][0]["by_right"], true, "a name changes nobody's place");
        ask(&app, &head, &unit, &body).await.problem(400, "change_empty");
    }

    async fn umg_4_mem_10_a_new_legal_representative(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        let seal = app.make_seal(&head, &json!({"unit_id": unit, "kind": "company"}), "first").await.ok(201)["seal_id"].clone();
        sql!("test.seal", "UPDATE seal SET kind = 'legal_representative'").execute(&app.app.db).await.expect("changed");
        registered(&app, COMPANIES[0].name, 1).await;
        let body = wish(&app, &head, COMPANIES[0].name, 1, true).await;
        assert_eq!(ask(&app, &head, &unit, &body).await.ok(201)["state"], "passed");
        assert_eq!(by_right(&app, &head, &unit).await, [place(1, true), place(0, false)]);
        let profile = app.get_as(&second, &format!("/api/v1/units/{unit}/profile")).await.ok(200);
        assert_eq!(profile["legal_representative"], PEOPLE[1].name);
        assert_eq!(app.get_as(&second, "/api/v1/units").await.ok(200)["items"][0]["legal_representative"], true);
        let id: domain::id::SealId = seal.as_str().expect("an id").parse().expect("an id");
        let ended = store::seal::find(&app.app.db, id).await.expect("read").expect("there");
        assert!(ended.voided_at.is_some(), "SEAL-4: a change of legal representative ends it");
        // The former one is an administrator like any other: to be removed, and free to transfer.
        assert_eq!(members(&app, &head, &unit).await["may_transfer"], true);
        remove(&app, &head, &unit, &[&id_of(&app, &head, &unit, 1).await]).await.problem(409, "member_is_legal_representative");
        remove(&app, &second, &unit, &[&id_of(&app, &second, &unit, 0).await]).await.ok(204);
        assert_eq!(by_right(&app, &second, &unit).await, [place(1, true)]);
    }

    async fn umg_4_mem_10_whoever_is_named_anew_comes_in_by_right(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        leave(&app, &head, &unit).await.ok(204);
        app.clock.advance_s(1);
        // They left the right behind; the change names them anew, which the register knows already.
        let body = wish(&app, &second, COMPANIES[0].name, 0, true).await;
        assert_eq!(ask(&app, &second, &unit, &body).await.ok(201)["state"], "passed");
        app.clock.advance_s(1);
        let asked = join(&app, &head, &unit, "回来").await.ok(201);
        decide(&app, &second, &asked["application_id"], "pass", "").await.ok(200);
        assert_eq!(by_right(&app, &second, &unit).await, [place(0, true), place(1, false)]);
        leave(&app, &head, &unit).await.ok(204);
        let asked = join(&app, &head, &unit, "又回来").await.ok(201);
        decide(&app, &second, &asked["application_id"], "pass", "").await.ok(200);
        assert_eq!(by_right(&app, &second, &unit).await, [place(1, false)], "once only");
    }

    async fn umg_4_where_papers_fail_an_operator_may_look(app: TestApp) {
        let (head, unit, _) = with_member(&app).await;
        registered(&app, NEW_NAME, 3).await;
        let mut body = wish(&app, &head, NEW_NAME, 3, true).await;
        body["review"] = json!(true);
        ask(&app, &head, &unit, &body).await.problem(409, "review_not_offered");
        body["review"] = json!(false);
        body["papers"]["licence"] = json!(licence(&app, &head, USCC, "别的有限公司", PEOPLE[0].name).await);
        body["papers"]["representative_back"] = json!(paper(&app, &head, 3, "expired").await);
        let refused = ask(&app, &head, &unit, &body).await.problem(409, "paper_mismatch");
        let fields = json!(["licence.name", "licence.legal_representative", "representative_back.valid_to"]);
        assert_eq!((&refused["fields"], &refused["review_offered"]), (&fields, &json!(true)));
        body["papers"]["licence"] = json!(paper(&app, &head, 3, "back").await);
        let refused = ask(&app, &head, &unit, &body).await.problem(409, "paper_retake");
        assert_eq!((&refused["role"], &refused["reason"]), (&json!("licence"), &json!("wrong_document")));
        assert_eq!(view(&app, &head, &unit).await["review_offered"], true);

        body["review"] = json!(true);
        assert_eq!(ask(&app, &head, &unit, &body).await.ok(201)["state"], "open");
        ask(&app, &head, &unit, &body).await.problem(409, "review_open");
        let reviewer = app.operator(&[OperatorRole::Reviewer]).await;
        let case: CaseId = view(&app, &head, &unit).await["newest"]["case_id"].as_str().expect("an id").parse().expect("an id");
        assert_eq!(reviewer.decide(case, "pass", "").await.problem(409, "representative_unknown"), json!({}), "nobody has proven that document");
        reviewer.decide(case, "refuse", "执照看不清").await.ok(200);
        assert_eq!(view(&app, &head, &unit).await["newest"]["reason"], "执照看不清");
        // The newest case is told by its instant, and the clock stands.
        app.clock.advance_s(1);
        app.phone(3).await;
        assert_eq!(ask(&app, &head, &unit, &body).await.ok(201)["state"], "open");
        let case: CaseId = view(&app, &head, &unit).await["newest"]["case_id"].as_str().expect("an id").parse().expect("an id");
        reviewer.decide(case, "pass", "").await.ok(200);
        let now = view(&app, &head, &unit).await;
        assert_eq!((&now["name"], &now["legal_representative"], &now["newest"]["state"]), (&json!(NEW_NAME), &json!(PEOPLE[3].name), &json!("passed")));
        let materials = app.get_as(&head, &format!("/api/v1/units/{unit}/materials")).await.ok(200);
        let roles: Vec<_> = materials["items"].as_array().expect("items").iter().map(|one| one["role"].as_str().expect("text")).collect();
        assert_eq!(roles, ["authorisation", "licence", "representative_back", "representative_front"]);
    }

    async fn umg_4_after_ten_failed_register_checks_an_operator_may_look(app: TestApp) {
        let (head, unit, _) = with_member(&app).await;
        let mut body = wish(&app, &head, NEW_NAME, 0, false).await;
        for tried in 1..=10 {
            let refused = ask(&app, &head, &unit, &body).await.problem(409, "register_mismatch");
            assert_eq!(refused["review_offered"], json!(tried >= 10), "{tried}");
        }
        let refused = ask(&app, &head, &unit, &body).await.problem(429, "register_limit");
        assert_eq!(refused["review_offered"], true);
        body["review"] = json!(true);
        assert_eq!(ask(&app, &head, &unit, &body).await.ok(201)["state"], "open");
    }

    async fn umg_4_what_is_wrong_is_told(app: TestApp) {
        let (head, unit, _) = with_member(&app).await;
        registered(&app, COMPANIES[0].name, 3).await;
        let good = wish(&app, &head, COMPANIES[0].name, 3, true).await;
        let wrong = async |change: &dyn Fn(&mut Value), status, code| {
            let mut body = good.clone();
            change(&mut body);
            ask(&app, &head, &unit, &body).await.problem(status, code)
        };
        wrong(&|body| body["name"] = json!("x"), 400, "unit_name_invalid").await;
        wrong(&|body| body["legal_representative"]["name"] = json!("x"), 400, "name_invalid").await;
        wrong(&|body| body["legal_representative"]["id_number"] = json!("1"), 400, "id_number_invalid").await;
        wrong(&|body| body["legal_representative"] = Value::Null, 400, "change_empty").await;
        let told = wrong(&|body| body["papers"]["authorisation"] = Value::Null, 400, "paper_missing").await;
        assert_eq!(told["role"], "authorisation");
        wrong(&|body| body["papers"]["licence"] = json!("nonsense"), 404, "material_not_found").await;
        wrong(&|body| body["legal_representative"]["id_number"] = json!(PEOPLE[4].id_number), 409, "paper_mismatch").await;
        wrong(&|_| (), 409, "representative_unknown").await;
        let failed = sql!("test.pending", "SELECT count(*) AS n FROM evidence WHERE result = 'pending'").one(&app.app.db).await.expect("a row");
        assert_eq!(failed.int("n").expect("a number"), 0, "no check is left hanging");
    }

    async fn umg_4_of_two_changes_at_once_one_counts(app: TestApp) {
        let (head, unit, _) = with_member(&app).await;
        enter(&app, &head, &unit, 2).await;
        registered(&app, NEW_NAME, 0).await;
        let (one, other) = (wish(&app, &head, NEW_NAME, 0, false).await, wish(&app, &head, NEW_NAME, 0, false).await);
        let (first, second) = tokio::join!(ask(&app, &head, &unit, &one), ask(&app, &head, &unit, &other));
        let passed = [&first, &second].iter().filter(|answer| answer.status.is_success()).count();
        assert_eq!(passed, 1);
        let row = sql!("test.former", "SELECT count(*) AS n FROM unit_former").one(&app.app.db).await.expect("a row");
        assert_eq!(row.int("n").expect("a number"), 1);
    }
}
