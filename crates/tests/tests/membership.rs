//! MEM-3 to MEM-5 and MEM-10 through HTTP: how memberships change and end.

use domain::product::Algorithm;
use hulian_tests::membership::{
    ask_removal, decide, enter, id_of, join, leave, members, own, remove, roles, tasks, transfer,
    with_member,
};
use hulian_tests::{Phone, TestApp, both};
use providers::specimen::PEOPLE;
use serde_json::{Value, json};
use store::sql;

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
