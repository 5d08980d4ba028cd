//! CERT-9 and SEAL-6 through HTTP: a member asks for a certificate or a seal, and has it once an administrator passes that.

use domain::product::Algorithm;
use hulian_tests::membership::{
    ask_certificates, ask_seal, decide, enter, id_of, leave, own, pass_first, tasks, transfer,
    with_member,
};
use hulian_tests::{Phone, TestApp, both};
use providers::specimen::PEOPLE;
use serde_json::{Value, json};
use store::sql;

/// What the unit's certificates are, as a member may ask for them; SM2 and RSA in the sandbox.
async fn products(app: &TestApp, who: &Phone, unit: &str) -> Vec<Value> {
    let path = format!("/api/v1/units/{unit}/certificate-products");
    let body = app.get_as(who, &path).await.ok(200);
    body["items"].as_array().expect("items").clone()
}

async fn product(app: &TestApp, who: &Phone, unit: &str, algorithm: Algorithm) -> Value {
    let all = products(app, who, unit).await;
    let found = all
        .into_iter()
        .find(|one| one["algorithm"] == algorithm.as_str());
    found.expect("the product")
}

/// State and reason of every holding.
async fn holdings(app: &TestApp, who: &Phone) -> Vec<(Value, Value)> {
    let list = app.get_as(who, "/api/v1/holdings").await.ok(200);
    let items = list["items"].as_array().expect("items").iter();
    items
        .map(|one| (one["state"].clone(), one["reason"].clone()))
        .collect()
}

async fn seal(app: &TestApp, head: &Phone, unit: &str, kind: &str) -> Value {
    let body = json!({"unit_id": unit, "kind": "company"});
    let made = app.make_seal(head, &body, kind).await.ok(201);
    // Only company seals are made from templates so far.
    let text = "UPDATE seal SET kind = $1 WHERE id = $2";
    let id = made["seal_id"].as_str().expect("an id");
    sql!("test.kind", text, kind, id)
        .execute_one(&app.app.db)
        .await
        .expect("a seal");
    made["seal_id"].clone()
}

/// How the seals of a unit are lent to somebody.
async fn lent(app: &TestApp, who: &Phone, unit: &str) -> Vec<Value> {
    let list = app
        .get_as(who, &format!("/api/v1/seals?unit_id={unit}"))
        .await
        .ok(200);
    let items = list["items"].as_array().expect("items").iter();
    items.map(|one| one["lent"].clone()).collect()
}

/// The day so many days from now, in Shanghai.
fn day(app: &TestApp, days: u32) -> String {
    app.app.now().day().plus_days(days).to_string()
}

both! {
    async fn cert_9_a_member_asks_and_buys_once_an_administrator_has_passed_it(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let sm2 = product(&app, &member, &unit, Algorithm::Sm2).await;
        assert_eq!((&sm2["standing"], &sm2["platforms"]), (&json!("open"), &json!(["沙箱交易平台"])));
        let order = app.order_body(&member, Some(&unit), Algorithm::Sm2).await;
        app.post_as(&member, "/api/v1/orders", &order).await.problem(403, "certificate_grant_missing");

        ask_certificates(&app, &member, &unit, &[&sm2["product_id"]]).await.ok(204);
        assert_eq!(product(&app, &member, &unit, Algorithm::Sm2).await["standing"], "pending");
        ask_certificates(&app, &member, &unit, &[&sm2["product_id"]]).await.problem(409, "asked_already");
        assert_eq!(holdings(&app, &member).await, [], "nothing appears before the decision");
        let waiting = tasks(&app, &head, &unit).await;
        assert_eq!((&waiting[0]["kind"], &waiting[0]["product"]["name"]), (&json!("certificate"), &sm2["name"]));
        assert_eq!((&waiting[0]["applicant_name"], &waiting[0]["reason"]), (&json!(PEOPLE[1].name), &json!("负责投标")));
        pass_first(&app, &head, &unit).await.ok(200);

        assert_eq!(holdings(&app, &member).await, [(json!("unbought"), json!("unbought"))]);
        assert_eq!(product(&app, &member, &unit, Algorithm::Sm2).await["standing"], "granted");
        ask_certificates(&app, &member, &unit, &[&sm2["product_id"]]).await.problem(409, "certificate_granted_already");
        app.holding_installed(&member, Some(&unit), Algorithm::Sm2).await;
        assert_eq!(holdings(&app, &member).await, [(json!("usable"), Value::Null)]);
        let rsa = app.order_body(&member, Some(&unit), Algorithm::Rsa).await;
        app.post_as(&member, "/api/v1/orders", &rsa).await.problem(403, "certificate_grant_missing");
    }

    async fn mem_8_a_refused_certificate_shows_why_and_may_be_asked_for_again(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let all = products(&app, &member, &unit).await;
        let ids: Vec<&Value> = all.iter().map(|one| &one["product_id"]).collect();
        ask_certificates(&app, &member, &unit, &ids).await.ok(204);
        let waiting = tasks(&app, &head, &unit).await;
        assert_eq!(waiting.len(), 2);
        decide(&app, &head, &waiting[0]["application_id"], "refuse", "先用 RSA").await.ok(200);
        let records = own(&app, &member).await;
        let refused = records.iter().find(|one| one["state"] == "refused").expect("refused");
        assert_eq!((&refused["kind"], &refused["decision_reason"]), (&json!("certificate"), &json!("先用 RSA")));
        assert_eq!(refused["product"], waiting[0]["product"]);
        assert_eq!(refused["subject_name"], "");
        // What waits is left out, what was refused is asked for again.
        ask_certificates(&app, &member, &unit, &ids).await.ok(204);
        assert_eq!(tasks(&app, &head, &unit).await.len(), 2);
    }

    async fn cert_9_seal_6_wrong_wishes_are_refused_whole(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let sm2 = product(&app, &member, &unit, Algorithm::Sm2).await["product_id"].clone();
        let company = seal(&app, &head, &unit, "company").await;
        let today = day(&app, 0);
        ask_certificates(&app, &head, &unit, &[&sm2]).await.problem(409, "application_not_needed");
        ask_seal(&app, &head, &unit, &company, &today).await.problem(409, "application_not_needed");
        ask_certificates(&app, &member, &unit, &[]).await.problem(400, "selection_invalid");
        ask_certificates(&app, &member, &unit, &[&sm2, &json!("nonsense")]).await.problem(400, "product_not_supported");
        ask_certificates(&app, &member, &unit, &[&sm2, &company]).await.problem(400, "product_not_supported");
        for wrong in ["", "tomorrow", "2026-02-30", "9999-01-01", "1999-01-01"] {
            ask_seal(&app, &member, &unit, &company, wrong).await.problem(400, "until_invalid");
        }
        ask_seal(&app, &member, &unit, &json!("nonsense"), &today).await.problem(404, "seal_not_found");
        let another = app.unit(&member, 1).await;
        let elsewhere = seal(&app, &member, &another, "company").await;
        ask_seal(&app, &member, &unit, &elsewhere, &today).await.problem(404, "seal_not_found");
        let stranger = app.phone(3).await;
        ask_certificates(&app, &stranger, &unit, &[&sm2]).await.problem(404, "unit_not_found");
        ask_seal(&app, &stranger, &unit, &company, &today).await.problem(404, "unit_not_found");
        app.get_as(&stranger, &format!("/api/v1/units/{unit}/certificate-products")).await.problem(404, "unit_not_found");
        assert_eq!(tasks(&app, &head, &unit).await, Vec::<Value>::new());
    }

    async fn seal_6_a_seal_is_lent_until_its_day_ends_and_stays_in_sight(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let company = seal(&app, &head, &unit, "company").await;
        let tomorrow = day(&app, 1);
        ask_seal(&app, &member, &unit, &company, &tomorrow).await.ok(204);
        ask_seal(&app, &member, &unit, &company, &day(&app, 2)).await.problem(409, "asked_already");
        assert_eq!(lent(&app, &member, &unit).await, [Value::Null]);
        let waiting = tasks(&app, &head, &unit).await;
        let until = tomorrow.parse::<domain::Day>().expect("a day").next().start().plus_micros(-1);
        assert_eq!(waiting[0]["seal"], json!({"seal_id": company, "kind": "company", "until_us": until.micros()}));
        pass_first(&app, &head, &unit).await.ok(200);
        let records = own(&app, &member).await;
        let passed = records.iter().find(|one| one["kind"] == "seal").expect("a record");
        assert_eq!((&passed["state"], &passed["seal"]), (&json!("passed"), &waiting[0]["seal"]));

        let usable = async || {
            let (person, id) = (member.caller.person_id, company.as_str().expect("an id").parse().expect("an id"));
            let checked = app::seal::check((&app.app.db).into(), &app.app, person, id, None).await;
            checked.map(|_| ()).map_err(|refusal| refusal.code())
        };
        assert_eq!(lent(&app, &member, &unit).await, [json!({"until_us": until.micros(), "ended": false})]);
        assert_eq!(usable().await, Ok(()));
        assert_eq!(lent(&app, &head, &unit).await, [Value::Null], "an administrator needs no grant");
        app.clock.advance_s(until.micros_since(app.app.now()) / 1_000_000);
        assert_eq!(usable().await, Ok(()), "the last second");
        app.clock.advance_s(1);
        assert_eq!(usable().await, Err("seal_not_usable"));
        let (head, member) = (app.signed_in(0).await, app.signed_in(1).await);
        assert_eq!(lent(&app, &member, &unit).await, [json!({"until_us": until.micros(), "ended": true})]);
        // For longer: asked and passed again.
        ask_seal(&app, &member, &unit, &company, &day(&app, 30)).await.ok(204);
        pass_first(&app, &head, &unit).await.ok(200);
        assert_eq!(usable().await, Ok(()));
    }

    async fn seal_4_seal_5_seal_6_what_may_not_be_lent_waits_on(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let representative = seal(&app, &head, &unit, "legal_representative").await;
        let company = seal(&app, &head, &unit, "company").await;
        ask_seal(&app, &member, &unit, &representative, &day(&app, 1)).await.ok(204);
        pass_first(&app, &head, &unit).await.problem(409, "seal_permission_missing");
        let path = format!("/api/v1/units/{unit}/permission");
        app.put_as(&head, &path, &json!({"representative_seal": true, "version": 0})).await.ok(200);
        pass_first(&app, &head, &unit).await.ok(200);

        ask_seal(&app, &member, &unit, &company, &day(&app, 0)).await.ok(204);
        app.clock.advance_s(86_400);
        let (head, member) = (app.signed_in(0).await, app.signed_in(1).await);
        pass_first(&app, &head, &unit).await.problem(409, "seal_until_over");
        let waiting = tasks(&app, &head, &unit).await;
        decide(&app, &head, &waiting[0]["application_id"], "refuse", "已过期").await.ok(200);
        ask_seal(&app, &member, &unit, &company, &day(&app, 1)).await.ok(204);
        let id = company.as_str().expect("an id").parse().expect("an id");
        store::seal::void(&app.app.db, id, app.app.now()).await.expect("voided");
        pass_first(&app, &head, &unit).await.problem(409, "seal_voided");
        let waiting = tasks(&app, &head, &unit).await;
        decide(&app, &head, &waiting[0]["application_id"], "refuse", "已作废").await.ok(200);
        ask_seal(&app, &member, &unit, &company, &day(&app, 1)).await.problem(409, "seal_voided");
    }

    async fn mem_5_a_former_administrator_asks_anew_and_the_term_goes_on(app: TestApp) {
        let (head, unit, former) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        let installed = app.holding_installed(&former, Some(&unit), Algorithm::Sm2).await;
        let company = seal(&app, &former, &unit, "company").await;
        let before = app.get_as(&former, "/api/v1/holdings").await.ok(200)["items"][0]["entitlements"].clone();
        let successor = enter(&app, &head, &unit, 2).await;
        transfer(&app, &former, &unit, &id_of(&app, &head, &unit, 2).await).await.ok(204);
        assert_eq!(holdings(&app, &former).await, [(json!("not_usable"), json!("grant_missing"))]);
        assert_eq!(lent(&app, &former, &unit).await, [Value::Null]);

        let sm2 = product(&app, &former, &unit, Algorithm::Sm2).await["product_id"].clone();
        ask_certificates(&app, &former, &unit, &[&sm2]).await.ok(204);
        ask_seal(&app, &former, &unit, &company, &day(&app, 1)).await.ok(204);
        pass_first(&app, &successor, &unit).await.ok(200);
        pass_first(&app, &successor, &unit).await.ok(200);
        assert_eq!(holdings(&app, &former).await, [(json!("needs_install"), Value::Null)]);
        app.install(&former, &installed.holding_id, Algorithm::Sm2).await;
        let after = app.get_as(&former, "/api/v1/holdings").await.ok(200)["items"][0].clone();
        assert_eq!((&after["state"], &after["entitlements"]), (&json!("usable"), &before));
        assert_eq!(after["reissues"]["free_left"], 3, "no reissue is taken");
        assert_eq!(lent(&app, &former, &unit).await[0]["ended"], false);
    }

    async fn mem_4_mem_5_wishes_lapse_with_the_place_that_they_were_made_from(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let other = enter(&app, &head, &unit, 2).await;
        let company = seal(&app, &head, &unit, "company").await;
        let sm2 = product(&app, &member, &unit, Algorithm::Sm2).await["product_id"].clone();
        for who in [&member, &other] {
            ask_certificates(&app, who, &unit, &[&sm2]).await.ok(204);
            ask_seal(&app, who, &unit, &company, &day(&app, 1)).await.ok(204);
        }
        assert_eq!(tasks(&app, &head, &unit).await.len(), 4);
        // Who administers needs no grant; who has left has none.
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        assert_eq!(tasks(&app, &head, &unit).await.len(), 2);
        leave(&app, &other, &unit).await.ok(204);
        assert_eq!(tasks(&app, &head, &unit).await, Vec::<Value>::new());
        for who in [&member, &other] {
            let records = own(&app, who).await;
            let lapsed = records.iter().filter(|one| one["state"] == "lapsed");
            assert_eq!(lapsed.count(), 2, "{records:?}");
        }
    }

    async fn mem_7_of_two_decisions_on_a_certificate_one_counts(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        let member = enter(&app, &head, &unit, 2).await;
        let sm2 = product(&app, &member, &unit, Algorithm::Sm2).await["product_id"].clone();
        ask_certificates(&app, &member, &unit, &[&sm2]).await.ok(204);
        let id = tasks(&app, &head, &unit).await[0]["application_id"].clone();
        let (one, two) = tokio::join!(decide(&app, &head, &id, "pass", ""), decide(&app, &second, &id, "refuse", "不"));
        let (won, lost) = if one.status.is_success() { (one, two) } else { (two, one) };
        let state = won.ok(200)["state"].clone();
        assert_eq!(lost.problem(409, "application_decided")["reason"], state);
        assert_eq!(holdings(&app, &member).await.len(), usize::from(state == "passed"));
    }
}
