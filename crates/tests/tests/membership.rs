//! MEM-1 to MEM-5, MEM-7, MEM-8 and MEM-10 through HTTP.

use domain::product::Algorithm;
use hulian_tests::{Answer, Phone, TestApp, both};
use providers::specimen::{COMPANIES, PEOPLE};
use serde_json::{Value, json};
use store::sql;

async fn join(app: &TestApp, who: &Phone, unit: &str, reason: &str) -> Answer {
    let path = format!("/api/v1/units/{unit}/join-requests");
    app.post_as(who, &path, &json!({"reason": reason})).await
}

async fn decide(app: &TestApp, who: &Phone, id: &Value, verdict: &str, reason: &str) -> Answer {
    let id = id.as_str().expect("an id");
    let path = format!("/api/v1/applications/{id}/decision");
    let body = json!({"verdict": verdict, "reason": reason});
    app.post_as(who, &path, &body).await
}

async fn search(app: &TestApp, who: &Phone, text: &str) -> Answer {
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
    app.get_as(who, &format!("/api/v1/units/search?text={encoded}"))
        .await
}

async fn tasks(app: &TestApp, who: &Phone, unit: &str) -> Vec<Value> {
    let path = format!("/api/v1/units/{unit}/tasks");
    let body = app.get_as(who, &path).await.ok(200);
    body["items"].as_array().expect("items").clone()
}

async fn own(app: &TestApp, who: &Phone) -> Vec<Value> {
    let body = app.get_as(who, "/api/v1/applications").await.ok(200);
    body["items"].as_array().expect("items").clone()
}

async fn members(app: &TestApp, who: &Phone, unit: &str) -> Value {
    let path = format!("/api/v1/units/{unit}/members");
    app.get_as(who, &path).await.ok(200)
}

/// The member id of specimen person `number`, as `who` sees it.
async fn id_of(app: &TestApp, who: &Phone, unit: &str, number: usize) -> Value {
    let list = members(app, who, unit).await;
    let found = list["items"].as_array().expect("items").iter();
    let mut found = found.filter(|one| one["name"] == PEOPLE[number].name);
    found.next().expect("a member")["member_id"].clone()
}

/// What the members are, by name.
async fn roles(app: &TestApp, who: &Phone, unit: &str) -> Vec<(String, String)> {
    let list = members(app, who, unit).await;
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let items = list["items"].as_array().expect("items").iter();
    items
        .map(|one| (text(&one["name"]), text(&one["role"])))
        .collect()
}

async fn remove(app: &TestApp, who: &Phone, unit: &str, ids: &[&Value]) -> Answer {
    let path = format!("/api/v1/units/{unit}/removals");
    app.post_as(who, &path, &json!({"member_ids": ids})).await
}

async fn ask_removal(app: &TestApp, who: &Phone, unit: &str, id: &Value) -> Answer {
    let path = format!("/api/v1/units/{unit}/removal-requests");
    let body = json!({"member_ids": [id], "reason": "已离职"});
    app.post_as(who, &path, &body).await
}

async fn leave(app: &TestApp, who: &Phone, unit: &str) -> Answer {
    let path = format!("/api/v1/units/{unit}/leave");
    app.post_as(who, &path, &json!({})).await
}

async fn transfer(app: &TestApp, who: &Phone, unit: &str, to: &Value) -> Answer {
    let path = format!("/api/v1/units/{unit}/transfer");
    app.post_as(who, &path, &json!({"member_id": to})).await
}

/// Specimen person 0 with their company, and person 1 as a member of it.
async fn with_member(app: &TestApp) -> (Phone, String, Phone) {
    let head = app.phone(0).await;
    let unit = app.unit(&head, 0).await;
    let member = enter(app, &head, &unit, 1).await;
    (head, unit, member)
}

/// Lets specimen person `number` in.
async fn enter(app: &TestApp, head: &Phone, unit: &str, number: usize) -> Phone {
    let phone = app.phone(number).await;
    let asked = join(app, &phone, unit, "新同事").await.ok(201);
    decide(app, head, &asked["application_id"], "pass", "")
        .await
        .ok(200);
    phone
}

async fn state_of(app: &TestApp, who: &Phone) -> (Value, Value) {
    let list = app.get_as(who, "/api/v1/holdings").await.ok(200);
    (
        list["items"][0]["state"].clone(),
        list["items"][0]["reason"].clone(),
    )
}

/// Status and reason of a certificate, as revocation lists give them.
async fn revoked(app: &TestApp, certificate: &str) -> (String, Option<i64>) {
    let text = "SELECT status, reason FROM certificate WHERE id = $1";
    let row = sql!("test.certificate", text, certificate)
        .one(&app.app.db)
        .await
        .expect("a row");
    (
        row.text("status").expect("text"),
        row.opt_int("reason").expect("a reason"),
    )
}

both! {
    async fn mem_1_asking_passing_and_being_in(app: TestApp) {
        let head = app.phone(0).await;
        let unit = app.unit(&head, 0).await;
        let comer = app.phone(1).await;
        for text in ["样本建设", COMPANIES[0].uscc, "91990000ma0000015q", " 样本建设工程有限公司 "] {
            let items = search(&app, &comer, text).await.ok(200)["items"].clone();
            assert_eq!(items, json!([{"unit_id": unit, "name": COMPANIES[0].name, "uscc": COMPANIES[0].uscc, "standing": "none"}]), "{text}");
        }
        let asked = join(&app, &comer, &unit, " 我是新来的投标专员 ").await.ok(201);
        assert_eq!(asked["state"], "pending");
        join(&app, &comer, &unit, "再来一次").await.problem(409, "join_asked_already");
        app.get_as(&comer, &format!("/api/v1/units/{unit}/members")).await.problem(404, "unit_not_found");
        let waiting = tasks(&app, &head, &unit).await;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0]["applicant_name"], PEOPLE[1].name);
        assert_eq!((&waiting[0]["kind"], &waiting[0]["reason"]), (&json!("join"), &json!("我是新来的投标专员")));
        assert_eq!(members(&app, &head, &unit).await["task_count"], 1);
        decide(&app, &comer, &asked["application_id"], "pass", "").await.problem(404, "application_not_found");
        let decided = decide(&app, &head, &asked["application_id"], "pass", "").await.ok(200);
        assert_eq!(decided["state"], "passed");
        join(&app, &comer, &unit, "又来").await.problem(409, "member_already");
        let listed = app.get_as(&comer, "/api/v1/units").await.ok(200)["items"].clone();
        assert_eq!((&listed[0]["unit_id"], &listed[0]["role"]), (&json!(unit), &json!("member")));
        assert_eq!(roles(&app, &comer, &unit).await, [(PEOPLE[0].name.to_owned(), "administrator".to_owned()), (PEOPLE[1].name.to_owned(), "member".to_owned())]);
        app.get_as(&comer, &format!("/api/v1/units/{unit}/tasks")).await.problem(403, "not_administrator");
    }

    async fn mem_1_mem_8_a_refusal_has_a_reason_and_one_may_ask_again(app: TestApp) {
        let head = app.phone(0).await;
        let unit = app.unit(&head, 0).await;
        let comer = app.phone(1).await;
        for wrong in ["", "  ", "a\u{202e}b", &"长".repeat(201)] {
            join(&app, &comer, &unit, wrong).await.problem(400, "reason_invalid");
        }
        let asked = join(&app, &comer, &unit, "新同事").await.ok(201);
        decide(&app, &head, &asked["application_id"], "refuse", " ").await.problem(400, "reason_invalid");
        decide(&app, &head, &asked["application_id"], "refuse", "不认识您").await.ok(200);
        app.clock.advance_s(1);
        join(&app, &comer, &unit, "我是李样本").await.ok(201);
        let records = own(&app, &comer).await;
        let states: Vec<_> = records.iter().map(|one| (&one["state"], &one["reason"], &one["decision_reason"])).collect();
        assert_eq!(states, [(&json!("pending"), &json!("我是李样本"), &Value::Null), (&json!("refused"), &json!("新同事"), &json!("不认识您"))]);
        assert_eq!(records[0]["unit_name"], COMPANIES[0].name);
        assert_eq!(own(&app, &head).await, Vec::<Value>::new());
    }

    async fn mem_1_strangers_find_units_and_nobody(app: TestApp) {
        let head = app.phone(0).await;
        let unit = app.unit(&head, 0).await;
        let nobody = app.signed_in(1).await;
        join(&app, &nobody, &unit, "新同事").await.problem(403, "not_verified");
        join(&app, &head, "nonsense", "新同事").await.problem(404, "unit_not_found");
        for wrong in ["", "样", "%%", "__", "张样本%"] {
            search(&app, &nobody, wrong).await.problem(400, "unit_query_invalid");
        }
        for nothing in [PEOPLE[0].name, PEOPLE[0].phone, "9199", "建设工程"] {
            assert_eq!(search(&app, &nobody, nothing).await.ok(200)["items"], json!([]), "{nothing}");
        }
        for _ in 0..26 {
            search(&app, &nobody, "样本建设").await.ok(200);
        }
        search(&app, &nobody, "样本建设").await.problem(429, "rate_limited");
        app.get("/api/v1/units/search?text=xx").await.problem(401, "unauthenticated");
    }

    async fn mem_7_of_two_administrators_one_decides(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        for (verdict, other) in [("pass", "refuse"), ("refuse", "pass")] {
            let comer = app.phone(if verdict == "pass" { 2 } else { 3 }).await;
            let asked = join(&app, &comer, &unit, "新同事").await.ok(201);
            let id = &asked["application_id"];
            let (first, last) = tokio::join!(decide(&app, &head, id, verdict, "理由"), decide(&app, &second, id, other, "理由"));
            let (won, lost) = if first.status.is_success() { (&first, &last) } else { (&last, &first) };
            let state = won.ok(200)["state"].clone();
            assert_eq!(lost.problem(409, "application_decided")["reason"], state);
            let inside = app.get_as(&comer, "/api/v1/units").await.ok(200)["items"].as_array().map(Vec::len);
            assert_eq!(inside, Some(usize::from(state == "passed")));
            assert_eq!(tasks(&app, &head, &unit).await, Vec::<Value>::new());
        }
    }

    async fn mem_3_administrators_remove_members_all_or_none(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        let third = enter(&app, &head, &unit, 2).await;
        let ids = [id_of(&app, &head, &unit, 0).await, id_of(&app, &head, &unit, 1).await, id_of(&app, &head, &unit, 2).await];
        remove(&app, &second, &unit, &[&ids[2]]).await.problem(403, "not_administrator");
        remove(&app, &head, &unit, &[]).await.problem(400, "selection_invalid");
        remove(&app, &head, &unit, &[&ids[1], &ids[0]]).await.problem(409, "member_is_oneself");
        remove(&app, &head, &unit, &[&ids[1], &json!("nobody")]).await.problem(404, "member_not_found");
        assert_eq!(roles(&app, &head, &unit).await.len(), 3);
        remove(&app, &head, &unit, &[&ids[1], &ids[2], &ids[1]]).await.ok(204);
        assert_eq!(roles(&app, &head, &unit).await.len(), 1);
        app.get_as(&third, &format!("/api/v1/units/{unit}/members")).await.problem(404, "unit_not_found");
        remove(&app, &head, &unit, &[&ids[1]]).await.problem(404, "member_not_found");
        // Who was removed may ask again.
        join(&app, &second, &unit, "误删了").await.ok(201);
    }

    async fn mem_3_a_members_request_is_decided_by_an_administrator(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        let third = enter(&app, &head, &unit, 2).await;
        let ids = [id_of(&app, &head, &unit, 0).await, id_of(&app, &head, &unit, 1).await, id_of(&app, &head, &unit, 2).await];
        ask_removal(&app, &second, &unit, &ids[0]).await.problem(409, "member_is_legal_representative");
        ask_removal(&app, &second, &unit, &ids[1]).await.problem(409, "member_is_oneself");
        ask_removal(&app, &head, &unit, &ids[2]).await.problem(409, "removal_needs_no_request");
        app.clock.advance_s(1);
        ask_removal(&app, &second, &unit, &ids[2]).await.ok(204);
        ask_removal(&app, &second, &unit, &ids[2]).await.problem(409, "removal_asked_already");
        let waiting = tasks(&app, &head, &unit).await;
        assert_eq!((&waiting[0]["kind"], &waiting[0]["subject_name"]), (&json!("removal"), &json!(PEOPLE[2].name)));
        assert_eq!((&waiting[0]["applicant_name"], &waiting[0]["reason"]), (&json!(PEOPLE[1].name), &json!("已离职")));
        decide(&app, &third, &waiting[0]["application_id"], "refuse", "不").await.problem(403, "not_administrator");
        decide(&app, &head, &waiting[0]["application_id"], "pass", "").await.ok(200);
        assert_eq!(roles(&app, &head, &unit).await.len(), 2);
        let record = own(&app, &second).await[0].clone();
        assert_eq!((&record["kind"], &record["state"], &record["subject_name"]), (&json!("removal"), &json!("passed"), &json!(PEOPLE[2].name)));
    }

    async fn mem_3_a_request_lapses_when_there_is_nobody_left_to_remove(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        let third = enter(&app, &head, &unit, 2).await;
        ask_removal(&app, &second, &unit, &id_of(&app, &head, &unit, 2).await).await.ok(204);
        let asked = tasks(&app, &head, &unit).await[0]["application_id"].clone();
        leave(&app, &third, &unit).await.ok(204);
        assert_eq!(tasks(&app, &head, &unit).await, Vec::<Value>::new());
        let told = decide(&app, &head, &asked, "pass", "").await.problem(409, "application_decided");
        assert_eq!(told["reason"], "lapsed");
        let fourth = enter(&app, &head, &unit, 3).await;
        let named = id_of(&app, &head, &unit, 3).await;
        ask_removal(&app, &second, &unit, &named).await.ok(204);
        transfer(&app, &head, &unit, &named).await.ok(204);
        assert_eq!(tasks(&app, &fourth, &unit).await, Vec::<Value>::new(), "an administrator is named by no member");
        ask_removal(&app, &second, &unit, &named).await.problem(409, "member_is_administrator");
    }

    async fn mem_4_leaving_recalls_grants_and_ends_holdings_at_once(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let named = id_of(&app, &head, &unit, 1).await;
        transfer(&app, &head, &unit, &named).await.ok(204);
        // As administrator the member buys, with something over for the unit; then the place goes on.
        let mut body = app.order_body(&member, Some(&unit), Algorithm::Sm2).await;
        body["quantity"] = json!(3);
        let holding = app.bought(&member, &body).await["holding_id"].as_str().expect("an id").to_owned();
        let installed = app.install(&member, &holding, Algorithm::Sm2).await;
        assert_eq!(state_of(&app, &member).await, (json!("usable"), Value::Null));
        leave(&app, &member, &unit).await.problem(409, "transfer_first");
        enter(&app, &head, &unit, 2).await;
        transfer(&app, &member, &unit, &id_of(&app, &head, &unit, 2).await).await.ok(204);
        lend(&app, &head, &member, &unit, &holding).await;
        assert_eq!(grants(&app, &member).await, (1, 1));

        leave(&app, &member, &unit).await.ok(204);
        assert_eq!(grants(&app, &member).await, (0, 0));
        assert_eq!(app.get_as(&member, "/api/v1/holdings").await.ok(200)["items"], json!([]));
        assert_eq!(revoked(&app, &installed.certificate_id).await, ("revoked".to_owned(), Some(3)));
        let halves = sql!("test.halves", "SELECT count(*) AS n FROM key_half").one(&app.app.db).await.expect("a row");
        assert_eq!(halves.int("n").expect("a number"), 0);
        assert_eq!(balance(&app).await, 2, "what was bought stays the unit's");

        // In again: another membership, and nothing of before.
        let asked = join(&app, &member, &unit, "我回来了").await.ok(201);
        decide(&app, &head, &asked["application_id"], "pass", "欢迎").await.ok(200);
        assert_eq!(grants(&app, &member).await, (0, 0));
        assert_eq!(app.get_as(&member, "/api/v1/holdings").await.ok(200)["items"], json!([]));
    }

    async fn mem_4_what_is_paid_for_after_leaving_is_the_units(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        let body = app.order_body(&member, Some(&unit), Algorithm::Sm2).await;
        let (_, payment) = app.ordered(&member, &body).await;
        remove(&app, &head, &unit, &[&id_of(&app, &head, &unit, 1).await]).await.ok(204);
        app.press(&payment, "pay").await;
        assert_eq!(app.get_as(&member, "/api/v1/holdings").await.ok(200)["items"], json!([]));
        assert_eq!(balance(&app).await, 1);
    }

    async fn mem_4_an_open_signature_ends_with_the_membership(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let _second = enter(&app, &sealer.phone, &sealer.unit_id, 1).await;
        transfer(&app, &sealer.phone, &sealer.unit_id, &id_of(&app, &sealer.phone, &sealer.unit_id, 1).await).await.ok(204);
        let (opened, view) = app.ready(&desk, &sealer).await;
        let confirm = app.confirming(&sealer, &view, sealer.phone.next_counter()).body;
        // MEM-10: beside another administrator the legal representative may leave.
        leave(&app, &sealer.phone, &sealer.unit_id).await.ok(204);
        let refused = app.scan_step(&sealer.phone, &opened, "/confirm", &confirm).await;
        assert_eq!(refused.problem(410, "session_failed")["reason"], "certificate_not_usable");
        assert_eq!(app.asker_view(&opened).await["failure"], json!({"code": "certificate_not_usable"}));
    }

    async fn mem_5_the_former_administrator_is_a_member_with_suspended_holdings(app: TestApp) {
        let (head, unit, former) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        let installed = app.holding_installed(&former, Some(&unit), Algorithm::Sm2).await;
        let successor = enter(&app, &head, &unit, 2).await;
        let named = id_of(&app, &head, &unit, 2).await;
        transfer(&app, &successor, &unit, &named).await.problem(403, "not_administrator");
        transfer(&app, &former, &unit, &id_of(&app, &head, &unit, 1).await).await.problem(409, "member_is_oneself");
        transfer(&app, &former, &unit, &id_of(&app, &head, &unit, 0).await).await.problem(409, "administrator_already");
        assert_eq!(members(&app, &former, &unit).await["may_transfer"], true);
        transfer(&app, &former, &unit, &named).await.ok(204);
        let role = |name: usize, role: &str| (PEOPLE[name].name.to_owned(), role.to_owned());
        assert_eq!(roles(&app, &head, &unit).await, [role(0, "administrator"), role(2, "administrator"), role(1, "member")]);
        assert_eq!(state_of(&app, &former).await, (json!("not_usable"), json!("grant_missing")));
        assert_eq!(revoked(&app, &installed.certificate_id).await, ("suspended".to_owned(), Some(6)));
        // The administrator's place, which needs no grant, resumes it: a new certificate, and no reissue is taken.
        transfer(&app, &successor, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        assert_eq!(state_of(&app, &former).await, (json!("needs_install"), Value::Null));
        assert_eq!(revoked(&app, &installed.certificate_id).await, ("revoked".to_owned(), Some(4)));
        app.install(&former, &installed.holding_id, Algorithm::Sm2).await;
        let list = app.get_as(&former, "/api/v1/holdings").await.ok(200);
        assert_eq!((&list["items"][0]["state"], &list["items"][0]["reissues"]["free_left"]), (&json!("usable"), &json!(3)));
    }

    async fn mem_10_the_legal_representatives_right_ends_with_leaving(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        let third = enter(&app, &head, &unit, 2).await;
        let legal = id_of(&app, &head, &unit, 0).await;
        leave(&app, &head, &unit).await.problem(409, "transfer_first");
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        let seen = members(&app, &head, &unit).await;
        assert_eq!((&seen["may_transfer"], &seen["may_leave"], &seen["items"][0]["by_right"]), (&json!(false), &json!(true), &json!(true)));
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 2).await).await.problem(409, "transfer_not_offered");
        remove(&app, &second, &unit, &[&legal]).await.problem(409, "member_is_legal_representative");
        leave(&app, &head, &unit).await.ok(204);
        let asked = join(&app, &head, &unit, "回来看看").await.ok(201);
        decide(&app, &second, &asked["application_id"], "pass", "").await.ok(200);
        let seen = members(&app, &third, &unit).await;
        let back = seen["items"].as_array().expect("items").iter().find(|one| one["name"] == PEOPLE[0].name).expect("back");
        assert_eq!((&back["role"], &back["by_right"]), (&json!("member"), &json!(false)));
        remove(&app, &second, &unit, &[&back["member_id"]]).await.ok(204);
        assert_eq!(roles(&app, &second, &unit).await.len(), 2);
    }

    async fn mem_5_a_place_is_given_away_once(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        leave(&app, &head, &unit).await.ok(204);
        let third = enter(&app, &second, &unit, 2).await;
        enter(&app, &second, &unit, 3).await;
        let ids = [id_of(&app, &second, &unit, 2).await, id_of(&app, &second, &unit, 3).await];
        let (one, two) = tokio::join!(transfer(&app, &second, &unit, &ids[0]), transfer(&app, &second, &unit, &ids[1]));
        let passed = [&one, &two].iter().filter(|answer| answer.status.is_success()).count();
        assert_eq!(passed, 1);
        let list = roles(&app, &third, &unit).await;
        assert_eq!(list.iter().filter(|(_, role)| role == "administrator").count(), 1, "{list:?}");
    }

    async fn mem_2_an_invitation_leads_in(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let invite = async |who: &Phone, number: &str| {
            let path = format!("/api/v1/units/{unit}/invitations");
            app.post_as(who, &path, &json!({"numbers": [{"area": "+86", "number": number}]})).await
        };
        let link = async |number: &str| {
            app.run_jobs().await;
            let inbox = app.get(&format!("/sandbox/inbox.json?to=%2B86{number}")).await.ok(200);
            let text = inbox["items"][0]["text"].as_str().expect("a message").to_owned();
            assert!(text.contains(COMPANIES[0].name), "{text}");
            text.split("/join/").nth(1).expect("a link").split(' ').next().expect("a token").to_owned()
        };
        let enter = async |who: &Phone, token: &str, reason: &str| {
            let path = format!("/api/v1/units/{unit}/join-requests");
            app.post_as(who, &path, &json!({"reason": reason, "invitation": token})).await
        };
        invite(&head, "123").await.problem(400, "phone_invalid");

        // An administrator's own, to this very number: in at once, and once only.
        invite(&head, PEOPLE[2].phone).await.ok(204);
        let token = link(PEOPLE[2].phone).await;
        let (invited, other) = (app.phone(2).await, app.phone(3).await);
        let view = app.get_as(&invited, &format!("/api/v1/invitations/{token}")).await.ok(200);
        assert_eq!(view, json!({"unit_id": unit, "unit_name": COMPANIES[0].name, "uscc": COMPANIES[0].uscc, "needs_approval": false, "member": false}));
        // Whoever got the link passed on has to ask like anybody.
        let view = app.get_as(&other, &format!("/api/v1/invitations/{token}")).await.ok(200);
        assert_eq!(view["needs_approval"], true);
        enter(&other, &token, "").await.problem(400, "reason_invalid");
        assert_eq!(enter(&other, &token, "同事转给我的").await.ok(201)["state"], "pending");
        assert_eq!(enter(&invited, &token, "").await.ok(201)["state"], "passed");
        enter(&other, &token, "再用一次").await.problem(404, "invitation_not_found");
        let record = own(&app, &invited).await[0].clone();
        assert_eq!((&record["kind"], &record["state"]), (&json!("join"), &json!("passed")));

        // A member's own needs an administrator.
        invite(&member, PEOPLE[4].phone).await.ok(204);
        let token = link(PEOPLE[4].phone).await;
        let asked = app.phone(4).await;
        let view = app.get_as(&asked, &format!("/api/v1/invitations/{token}")).await.ok(200);
        assert_eq!(view["needs_approval"], true);
        assert_eq!(enter(&asked, &token, "受邀加入").await.ok(201)["state"], "pending");
        // An administrator's later one decides what was asked.
        invite(&head, PEOPLE[4].phone).await.ok(204);
        let token = link(PEOPLE[4].phone).await;
        assert_eq!(enter(&asked, &token, "").await.ok(201)["state"], "passed");
        invite(&head, PEOPLE[4].phone).await.problem(429, "invitation_limit");

        // Seven days, and not for somebody who administers no more.
        invite(&head, PEOPLE[5].phone).await.ok(204);
        let token = link(PEOPLE[5].phone).await;
        app.clock.advance_s(7 * 24 * 3600);
        let late = app.phone(5).await;
        app.get_as(&late, &format!("/api/v1/invitations/{token}")).await.problem(404, "invitation_not_found");
        app.get_as(&late, "/api/v1/invitations/nonsense").await.problem(404, "invitation_not_found");
    }

    async fn mem_7_mem_8_news_come_without_asking_again(app: TestApp) {
        let head = app.phone(0).await;
        let unit = app.unit(&head, 0).await;
        let comer = app.phone(1).await;
        let poll = async |who: &Phone, path: &str| {
            let version = app.get_as(who, path).await.ok(200)["version"].as_i64().expect("a version");
            format!("{path}?wait_s=20&after_version={version}")
        };
        let began = std::time::Instant::now();
        let tasks_path = poll(&head, &format!("/api/v1/units/{unit}/tasks")).await;
        let (seen, asked) = tokio::join!(app.get_as(&head, &tasks_path), async {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            join(&app, &comer, &unit, "新同事").await.ok(201)
        });
        assert_eq!(seen.ok(200)["items"][0]["application_id"], asked["application_id"]);
        let own_path = poll(&comer, "/api/v1/applications").await;
        let (seen, _) = tokio::join!(app.get_as(&comer, &own_path), async {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            decide(&app, &head, &asked["application_id"], "pass", "").await.ok(200)
        });
        assert_eq!(seen.ok(200)["items"][0]["state"], "passed");
        let members_path = poll(&comer, &format!("/api/v1/units/{unit}/members")).await;
        let named = id_of(&app, &head, &unit, 1).await;
        let (seen, _) = tokio::join!(app.get_as(&comer, &members_path), async {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            remove(&app, &head, &unit, &[&named]).await.ok(204)
        });
        seen.problem(404, "unit_not_found");
        assert!(began.elapsed().as_secs() < 10, "nobody waited to the end");
    }

    async fn mem_1_wishes_at_once_are_one(app: TestApp) {
        let head = app.phone(0).await;
        let unit = app.unit(&head, 0).await;
        let comer = app.phone(1).await;
        let mut wishes = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let request = app.request(reqwest::Method::POST, &format!("/api/v1/units/{unit}/join-requests"));
            let request = request.bearer_auth(&comer.token).json(&json!({"reason": "新同事"}));
            wishes.spawn(async move { Answer::of(request).await.status.as_u16() });
        }
        let answers = wishes.join_all().await;
        assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
        assert_eq!(tasks(&app, &head, &unit).await.len(), 1);
    }
}

/// An administrator lends a seal and permits the holding's product. There are no routes for that yet, so the store writes
/// the rows.
async fn lend(app: &TestApp, head: &Phone, to: &Phone, unit: &str, holding: &str) {
    let body = json!({"unit_id": unit, "kind": "company"});
    let made = app.make_seal(head, &body, "first").await.ok(201);
    let seal_id = made["seal_id"]
        .as_str()
        .expect("an id")
        .parse()
        .expect("an id");
    let (db, now) = (&app.app.db, app.app.now());
    let (by, person) = (head.caller.person_id, to.caller.person_id);
    let until = now.plus_seconds(3600);
    let lent = store::seal::grant(db, app.app.new_id(), seal_id, person, until, by, now);
    lent.await.expect("lent");
    let found = store::holding::find(db, holding.parse().expect("an id")).await;
    let product = found.expect("read").expect("a holding").product_id;
    let about = (unit.parse().expect("an id"), person, product);
    let given = store::certificate_grant::give(db, app.app.new_id(), about, by, now);
    given.await.expect("permitted");
}

/// How many seal grants and certificate grants of a person are in force.
async fn grants(app: &TestApp, of: &Phone) -> (i64, i64) {
    let text = "SELECT (SELECT count(*) FROM seal_grant WHERE recalled_at_us IS NULL AND person_id = $1) AS seals,
        (SELECT count(*) FROM certificate_grant WHERE recalled_us IS NULL AND person_id = $1) AS certificates";
    let row = sql!("test.grants", text, of.caller.person_id)
        .one(&app.app.db)
        .await
        .expect("a row");
    (
        row.int("seals").expect("a number"),
        row.int("certificates").expect("a number"),
    )
}

/// How many of the unit's balance are left.
async fn balance(app: &TestApp) -> i64 {
    let row = sql!("test.balance", "SELECT left_count FROM balance")
        .one(&app.app.db)
        .await
        .expect("a row");
    row.int("left_count").expect("a number")
}
