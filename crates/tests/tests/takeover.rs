//! MEM-6 and OPS-4 through HTTP: the administrator's place for whom the operators pass.

use app::operator::Acting;
use app::review::{Ruling, decide};
use domain::operator::Duty;
use domain::product::Algorithm;
use domain::review::{CaseState, Decision};
use hulian_tests::membership::{
    ask_takeover, enter, hand_in, id_of, join, leave, members, own, remove, roles, transfer,
    with_member,
};
use hulian_tests::{Phone, TestApp, both};
use providers::specimen::PEOPLE;
use serde_json::{Value, json};
use store::sql;

const PAPER: &[u8] = b"%PDF-1.7 what the legal representative has signed";

/// What somebody hands in, with a licence if they come from outside.
async fn wish(app: &TestApp, who: &Phone, outside: bool) -> Value {
    let paper = hand_in(app, who, PAPER).await;
    let licence = if outside {
        json!(hand_in(app, who, PAPER).await)
    } else {
        Value::Null
    };
    json!({"reason": "管理员已离职，无法联系", "authorisation": paper, "licence": licence})
}

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
    let case = case["case_id"]
        .as_str()
        .expect("an id")
        .parse()
        .expect("an id");
    decide(&app.app, &acting, case, &Ruling { decision, reason })
        .await
        .map_err(|error| error.code())
}

async fn standing(app: &TestApp, who: &Phone, unit: &str) -> Value {
    app.get_as(who, &format!("/api/v1/units/{unit}/takeover"))
        .await
        .ok(200)["newest"]
        .clone()
}

/// The newest text message to a specimen.
async fn message(app: &TestApp, number: usize) -> String {
    app.run_jobs().await;
    let inbox = app
        .get(&format!(
            "/sandbox/inbox.json?to=%2B86{}",
            PEOPLE[number].phone
        ))
        .await
        .ok(200);
    inbox["items"][0]["text"]
        .as_str()
        .expect("a message")
        .to_owned()
}

/// A unit that person 1 administers, with person 2 as a member; the legal representative, person 0, has left it.
async fn led_by_another(app: &TestApp) -> (Phone, String, Phone) {
    let (head, unit, second) = with_member(app).await;
    transfer(app, &head, &unit, &id_of(app, &head, &unit, 1).await)
        .await
        .ok(204);
    leave(app, &head, &unit).await.ok(204);
    let third = enter(app, &second, &unit, 2).await;
    (second, unit, third)
}

fn place(number: usize, role: &str) -> (String, String) {
    (PEOPLE[number].name.to_owned(), role.to_owned())
}

both! {
    async fn mem_6_a_member_takes_over_by_an_operators_decision(app: TestApp) {
        let (former, unit, member) = led_by_another(&app).await;
        let held = app.holding_installed(&former, Some(&unit), Algorithm::Sm2).await;
        let holding = async |who: &Phone| {
            let list = app.get_as(who, "/api/v1/holdings").await.ok(200);
            (list["items"][0]["holding_id"].clone(), list["items"][0]["state"].clone(), list["items"][0]["reason"].clone())
        };
        assert_eq!(standing(&app, &member, &unit).await, Value::Null);
        let body = wish(&app, &member, false).await;
        ask_takeover(&app, &former, &unit, &body).await.problem(409, "administrator_already");
        ask_takeover(&app, &member, &unit, &json!({"reason": " ", "authorisation": body["authorisation"], "licence": null})).await.problem(400, "reason_invalid");
        let of_another = wish(&app, &former, false).await;
        ask_takeover(&app, &member, &unit, &of_another).await.problem(404, "material_not_found");
        let case = ask_takeover(&app, &member, &unit, &body).await.ok(201);
        ask_takeover(&app, &member, &unit, &body).await.problem(409, "review_open");
        assert_eq!(standing(&app, &member, &unit).await["state"], "open");
        assert_eq!(standing(&app, &former, &unit).await, Value::Null, "nobody else's");
        assert_eq!(roles(&app, &member, &unit).await, [place(1, "administrator"), place(2, "member")]);

        let path = format!("/api/v1/units/{unit}/members");
        let version = members(&app, &former, &unit).await["version"].clone();
        assert_eq!(rule(&app, &case, Decision::Pass, "").await, Ok(CaseState::Passed));
        assert_eq!(rule(&app, &case, Decision::Refuse, "迟了").await, Err("case_decided"));
        let news = app.get_as(&former, &format!("{path}?wait_s=5&after_version={version}")).await.ok(200);
        assert_ne!(news["version"], version, "the former administrator's page hears of it");
        assert_eq!(roles(&app, &member, &unit).await, [place(2, "administrator"), place(1, "member")]);
        assert_eq!(standing(&app, &member, &unit).await["state"], "passed");
        assert_eq!(holding(&former).await, (json!(held.holding_id), json!("not_usable"), json!("grant_missing")));
        assert!(message(&app, 1).await.contains("管理员已变更"));
        assert!(message(&app, 2).await.contains("您已成为单位"));
        app.get_as(&former, &format!("/api/v1/units/{unit}/tasks")).await.problem(403, "not_administrator");
        // The former one, member by now, may ask too; what they held goes on with the place.
        let again = ask_takeover(&app, &former, &unit, &wish(&app, &former, false).await).await.ok(201);
        assert_eq!(rule(&app, &again, Decision::Pass, "核对无误").await, Ok(CaseState::Passed));
        assert_eq!(standing(&app, &former, &unit).await["reason"], "核对无误");
        assert_eq!(holding(&former).await, (json!(held.holding_id), json!("needs_install"), Value::Null));
    }

    async fn mem_6_mem_10_the_legal_representative_stays(app: TestApp) {
        let (head, unit, second) = with_member(&app).await;
        transfer(&app, &head, &unit, &id_of(&app, &head, &unit, 1).await).await.ok(204);
        let third = enter(&app, &second, &unit, 2).await;
        let case = ask_takeover(&app, &third, &unit, &wish(&app, &third, false).await).await.ok(201);
        assert_eq!(rule(&app, &case, Decision::Pass, "").await, Ok(CaseState::Passed));
        assert_eq!(roles(&app, &third, &unit).await, [place(0, "administrator"), place(2, "administrator"), place(1, "member")]);
        assert_eq!(members(&app, &third, &unit).await["items"][0]["by_right"], true);
    }

    async fn mem_6_a_refusal_changes_nothing_and_is_told(app: TestApp) {
        let (_former, unit, member) = led_by_another(&app).await;
        let case = ask_takeover(&app, &member, &unit, &wish(&app, &member, false).await).await.ok(201);
        assert_eq!(rule(&app, &case, Decision::Refuse, "授权书没有法定代表人签名").await, Ok(CaseState::Refused));
        let told = standing(&app, &member, &unit).await;
        assert_eq!((&told["state"], &told["reason"]), (&json!("refused"), &json!("授权书没有法定代表人签名")));
        assert!(message(&app, 2).await.contains("未通过审核"));
        assert_eq!(roles(&app, &member, &unit).await, [place(1, "administrator"), place(2, "member")]);
        ask_takeover(&app, &member, &unit, &wish(&app, &member, false).await).await.ok(201);
    }

    async fn mem_6_what_has_become_pointless_can_only_be_refused(app: TestApp) {
        let (former, unit, member) = led_by_another(&app).await;
        let fourth = enter(&app, &former, &unit, 3).await;
        let gone = ask_takeover(&app, &fourth, &unit, &wish(&app, &fourth, false).await).await.ok(201);
        remove(&app, &former, &unit, &[&id_of(&app, &former, &unit, 3).await]).await.ok(204);
        assert_eq!(rule(&app, &gone, Decision::Pass, "").await, Err("applicant_not_member"));
        let there = ask_takeover(&app, &member, &unit, &wish(&app, &member, false).await).await.ok(201);
        transfer(&app, &former, &unit, &id_of(&app, &former, &unit, 2).await).await.ok(204);
        assert_eq!(rule(&app, &there, Decision::Pass, "").await, Err("administrator_already"));
        for case in [&gone, &there] {
            assert_eq!(rule(&app, case, Decision::Refuse, "已无需变更").await, Ok(CaseState::Refused));
        }
        assert_eq!(roles(&app, &member, &unit).await, [place(2, "administrator"), place(1, "member")]);
    }

    async fn ops_4_somebody_from_outside_becomes_administrator(app: TestApp) {
        let (former, unit, _member) = led_by_another(&app).await;
        let comer = app.phone(3).await;
        join(&app, &comer, &unit, "管理员不处理").await.ok(201);
        let mut body = wish(&app, &comer, true).await;
        let licence = std::mem::take(&mut body["licence"]);
        ask_takeover(&app, &comer, &unit, &body).await.problem(400, "licence_missing");
        body["licence"] = licence;
        let nobody = app.signed_in(4).await;
        ask_takeover(&app, &nobody, &unit, &wish(&app, &nobody, true).await).await.problem(403, "not_verified");
        ask_takeover(&app, &comer, "nonsense", &body).await.problem(404, "unit_not_found");
        let case = ask_takeover(&app, &comer, &unit, &body).await.ok(201);
        app.get_as(&comer, &format!("/api/v1/units/{unit}/members")).await.problem(404, "unit_not_found");
        assert_eq!(rule(&app, &case, Decision::Pass, "").await, Ok(CaseState::Passed));
        let mut now = roles(&app, &comer, &unit).await;
        // The other two came at the same instant of the standing clock.
        now[1..].sort();
        assert_eq!(now, [place(3, "administrator"), place(1, "member"), place(2, "member")]);
        let text = "SELECT a.act FROM audit a JOIN case_material m ON a.subject = 'case:' || m.case_id WHERE m.role = 'licence'";
        let row = sql!("test.audit", text).one(&app.app.db).await.expect("a row");
        assert_eq!(row.text("act").expect("an act"), "case.pass", "decided over the licence, and in the audit log");
        assert_eq!(own(&app, &comer).await[0]["state"], "passed", "what they had asked the administrators is decided with it");
        assert!(message(&app, 1).await.contains("管理员已变更"));
        app.get_as(&former, &format!("/api/v1/units/{unit}/tasks")).await.problem(403, "not_administrator");
    }

    async fn mem_6_of_two_applicants_at_once_the_last_one_passed_stays(app: TestApp) {
        let (former, unit, member) = led_by_another(&app).await;
        let fourth = enter(&app, &former, &unit, 3).await;
        let one = ask_takeover(&app, &member, &unit, &wish(&app, &member, false).await).await.ok(201);
        let other = ask_takeover(&app, &fourth, &unit, &wish(&app, &fourth, false).await).await.ok(201);
        let (first, second) = tokio::join!(rule(&app, &one, Decision::Pass, ""), rule(&app, &other, Decision::Pass, ""));
        assert_eq!((first, second), (Ok(CaseState::Passed), Ok(CaseState::Passed)));
        let list = roles(&app, &member, &unit).await;
        assert_eq!(list.iter().filter(|(_, role)| role == "administrator").count(), 1, "{list:?}");
    }
}
