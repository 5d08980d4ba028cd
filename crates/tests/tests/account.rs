//! ACC-5 and ACC-6 through HTTP: another number, and the end of an account.

use domain::product::Algorithm;
use domain::time::DAY_US;
use hulian_tests::person::{DeviceKey, TestPerson, sign_in_body};
use hulian_tests::{Answer, Phone, TestApp, both};
use providers::specimen::PEOPLE;
use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

const OLD: &str = PEOPLE[0].phone;
const NEW: &str = "13711112222";
const DAY_S: i64 = DAY_US / 1_000_000;
const CHANGES: &str = "/api/v1/account/phone-changes";
const CANCELLATION: &str = "/api/v1/account/cancellation";

async fn count(app: &TestApp, text: &'static str) -> i64 {
    let row = sql!("test.count", text).one(&app.app.db).await;
    row.expect("a row").int("n").expect("a number")
}

/// A code to the person's own number, a minute after any other.
async fn own_code(app: &TestApp, person: &TestPerson, purpose: &str) -> String {
    app.clock.advance_s(60);
    let body = json!({ "purpose": purpose });
    person
        .post(app, "/api/v1/account/codes", &body)
        .await
        .ok(202);
    app.last_code(&person.number).await
}

/// A change that the present number has allowed: its path.
async fn begun(app: &TestApp, person: &TestPerson) -> String {
    let code = own_code(app, person, "present_phone").await;
    let begun = person
        .post(app, CHANGES, &json!({ "code": code }))
        .await
        .ok(201);
    format!(
        "{CHANGES}/{}",
        begun["phone_change_id"].as_str().expect("an id")
    )
}

async fn new_code(app: &TestApp, person: &TestPerson, change: &str, number: &str) -> String {
    app.clock.advance_s(60);
    let body = json!({"area": "+86", "number": number});
    person
        .post(app, &format!("{change}/codes"), &body)
        .await
        .ok(202);
    app.last_code(number).await
}

async fn finish(
    app: &TestApp,
    person: &TestPerson,
    change: &str,
    number: &str,
    code: &str,
) -> Answer {
    let body = json!({"area": "+86", "number": number, "code": code});
    person.call(app, Method::PUT, change, &body).await
}

/// A person of the specimens on a phone with keys, who asks for the account's end.
async fn cancel(app: &TestApp, phone: &Phone, number: &str) -> Answer {
    app.clock.advance_s(60);
    let body = json!({"purpose": "cancel_account"});
    app.post_as(phone, "/api/v1/account/codes", &body)
        .await
        .ok(202);
    let code = app.last_code(number).await;
    app.post_as(phone, CANCELLATION, &wish(&code)).await
}

fn wish(code: &str) -> Value {
    json!({"notice_accepted": true, "reminders_accepted": true, "code": code})
}

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

/// How many of fifty requests at once got which answer.
async fn fifty(
    app: &TestApp,
    person: &TestPerson,
    method: Method,
    path: &str,
    body: &Value,
) -> Vec<(u16, String)> {
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let request = app
            .request(method.clone(), path)
            .bearer_auth(&person.access_token)
            .json(body);
        requests.spawn(async move {
            let answer = Answer::of(request).await;
            let code = answer.json()["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            (answer.status.as_u16(), code)
        });
    }
    requests.join_all().await
}

fn of(answers: &[(u16, String)], status: u16, code: &str) -> usize {
    answers
        .iter()
        .filter(|(had, said)| (*had, said.as_str()) == (status, code))
        .count()
}

both! {
    async fn acc_5_both_numbers_confirm_and_other_devices_sign_in_anew(app: TestApp) {
        let (here, there) = (app.signed_in_person(0).await, app.signed_in_by(OLD).await);
        let change = begun(&app, &here).await;
        let code = new_code(&app, &here, &change, NEW).await;
        for _ in 0..2 {
            // The answer may have been lost.
            let done = finish(&app, &here, &change, NEW, &code).await.ok(200);
            assert_eq!(done["phone_masked"], "137****2222");
        }
        assert_eq!(here.get(&app, "/api/v1/me").await.ok(200)["phone_masked"], "137****2222");
        there.get(&app, "/api/v1/me").await.problem(401, "unauthenticated");
        app.run_jobs().await;
        let inbox = app.get(&format!("/sandbox/inbox.json?to=%2B86{OLD}")).await.ok(200);
        let told = inbox["items"][0]["text"].as_str().expect("a message");
        assert!(told.contains("已更换为 137****2222"), "{told}");
        let code = app.code(NEW).await;
        let again = app.post("/api/v1/sessions", &sign_in_body(&here.device, NEW, &code)).await.ok(201);
        assert_eq!((&again["person_id"], &again["device_id"]), (&json!(here.person_id), &json!(here.device_id)));
        let stranger = app.signed_in_by(OLD).await;
        assert_ne!(stranger.person_id, here.person_id, "the old number is free");
    }

    async fn acc_5_only_who_reads_its_messages_learns_that_a_number_has_an_account(app: TestApp) {
        let (person, other) = (app.signed_in_by(OLD).await, app.signed_in_by("13800000002").await);
        let change = begun(&app, &person).await;
        let mut answers = Vec::new();
        for number in ["13800000002", NEW] {
            app.clock.advance_s(60);
            let body = json!({"area": "+86", "number": number});
            answers.push(person.post(&app, &format!("{change}/codes"), &body).await.ok(202));
        }
        assert_eq!(answers[0], answers[1]);
        finish(&app, &person, &change, "13800000002", "000000").await.problem(409, "code_wrong");
        let code = app.last_code("13800000002").await;
        finish(&app, &person, &change, "13800000002", &code).await.problem(409, "phone_in_use");
        assert_eq!(other.get(&app, "/api/v1/me").await.ok(200)["phone_masked"], "138****0002");
        let code = app.last_code(NEW).await;
        finish(&app, &person, &change, NEW, &code).await.ok(200);
    }

    async fn acc_5_what_is_wrong_is_told_and_changes_nothing(app: TestApp) {
        let person = app.signed_in_by(OLD).await;
        person.post(&app, CHANGES, &json!({"code": "123456"})).await.problem(409, "code_expired");
        let sign_in = app.code(OLD).await;
        person.post(&app, CHANGES, &json!({ "code": sign_in })).await.problem(409, "code_expired");
        let code = own_code(&app, &person, "present_phone").await;
        let params = person.post(&app, CHANGES, &json!({"code": wrong(&code)})).await.problem(409, "code_wrong");
        assert_eq!(params["left"], 4);
        let change = begun(&app, &person).await;
        finish(&app, &person, &change, OLD, "123456").await.problem(400, "phone_unchanged");
        finish(&app, &person, &change, "12", "123456").await.problem(400, "phone_invalid");
        let code = new_code(&app, &person, &change, NEW).await;
        // A code serves one number: that of another one does not help.
        finish(&app, &person, &change, "13900000002", &code).await.problem(409, "code_expired");
        let thief = app.signed_in_by(OLD).await;
        finish(&app, &thief, &change, NEW, &code).await.problem(404, "phone_change_not_found");
    }

    async fn acc_5_a_change_expires(app: TestApp) {
        let person = app.signed_in_by(OLD).await;
        let change = begun(&app, &person).await;
        let row = "UPDATE phone_change SET expires_us = expires_us - 900000000";
        sql!("test.age", row).execute(&app.app.db).await.expect("aged");
        let body = json!({"area": "+86", "number": NEW});
        person.post(&app, &format!("{change}/codes"), &body).await.problem(410, "phone_change_expired");
        finish(&app, &person, &change, NEW, "123456").await.problem(410, "phone_change_expired");
        finish(&app, &person, &format!("{CHANGES}/nonsense"), NEW, "123456").await.problem(404, "phone_change_not_found");
    }

    async fn acc_5_acc_2_fifty_at_once_count_right(app: TestApp) {
        let person = app.signed_in_by(OLD).await;
        app.clock.advance_s(60);
        let body = json!({"purpose": "present_phone"});
        let sent = fifty(&app, &person, Method::POST, "/api/v1/account/codes", &body).await;
        assert_eq!((of(&sent, 202, ""), of(&sent, 429, "sms_too_soon")), (1, 49), "{sent:?}");
        let code = app.last_code(OLD).await;
        let begun = person.post(&app, CHANGES, &json!({ "code": code })).await.ok(201);
        let change = format!("{CHANGES}/{}", begun["phone_change_id"].as_str().expect("an id"));
        let code = new_code(&app, &person, &change, NEW).await;
        let body = json!({"area": "+86", "number": NEW, "code": wrong(&code)});
        let tried = fifty(&app, &person, Method::PUT, &change, &body).await;
        assert_eq!((of(&tried, 409, "code_wrong"), of(&tried, 409, "code_dead")), (5, 45), "{tried:?}");
        let code = new_code(&app, &person, &change, NEW).await;
        let body = json!({"area": "+86", "number": NEW, "code": code});
        let done = fifty(&app, &person, Method::PUT, &change, &body).await;
        assert_eq!(of(&done, 200, ""), 50, "{done:?}");
        assert_eq!(count(&app, "SELECT max(version) AS n FROM person").await, 2, "it changed once");
    }

    async fn acc_5_of_two_who_change_to_one_number_one_does(app: TestApp) {
        let (one, two) = (app.signed_in_by(OLD).await, app.signed_in_by("13800000002").await);
        let (first, second) = (begun(&app, &one).await, begun(&app, &two).await);
        let code = new_code(&app, &one, &first, NEW).await;
        let (one, two) = tokio::join!(finish(&app, &one, &first, NEW, &code), finish(&app, &two, &second, NEW, &code));
        let statuses = [one.status.as_u16(), two.status.as_u16()];
        assert!(statuses == [200, 409] || statuses == [409, 200], "{statuses:?}");
    }

    async fn acc_6_without_a_proven_name_the_account_ends_at_once(app: TestApp) {
        let (person, there) = (app.signed_in_by(OLD).await, app.signed_in_by(OLD).await);
        let prospect = person.get(&app, CANCELLATION).await.ok(200);
        assert_eq!(prospect, json!({"at_once": true, "grace_days": 30, "obstacles": []}));
        let code = own_code(&app, &person, "cancel_account").await;
        for missing in ["notice_accepted", "reminders_accepted"] {
            let mut body = wish(&code);
            body[missing] = json!(false);
            person.post(&app, CANCELLATION, &body).await.problem(400, "agreement_required");
        }
        person.post(&app, CANCELLATION, &wish(wrong(&code))).await.problem(409, "code_wrong");
        let done = person.post(&app, CANCELLATION, &wish(&code)).await.ok(200);
        assert_eq!(done, json!({"due_at_us": null}));
        for gone in [&person, &there] {
            gone.get(&app, "/api/v1/me").await.problem(401, "unauthenticated");
        }
        let again = app.signed_in_by(OLD).await;
        assert_ne!(again.person_id, person.person_id);
        assert_eq!(again.get(&app, "/api/v1/me").await.ok(200)["cancellation_withdrawn_at_us"], Value::Null);
    }

    async fn acc_6_cert_16_after_thirty_days_nothing_of_the_person_is_left_but_what_was_done(app: TestApp) {
        let phone = app.phone(0).await;
        let installed = app.holding_installed(&phone, None, Algorithm::Sm2).await;
        let prospect = app.get_as(&phone, CANCELLATION).await.ok(200);
        assert_eq!(prospect, json!({"at_once": false, "grace_days": 30, "obstacles": []}));
        let asked = app.app.now();
        let due_at_us = cancel(&app, &phone, OLD).await.ok(200)["due_at_us"].as_i64().expect("an instant");
        assert_eq!(due_at_us, asked.day().plus_days(31).start().micros(), "thirty whole days in Shanghai");
        app.get_as(&phone, "/api/v1/me").await.problem(401, "unauthenticated");

        let due = domain::Instant::from_micros(due_at_us);
        app.clock.set(due.plus_micros(-1));
        app.run_jobs().await;
        let good = "SELECT count(*) AS n FROM certificate WHERE status = 'good'";
        assert_eq!(count(&app, good).await, 1, "the last day counts to its end");
        app.clock.set(due);
        app.run_jobs().await;
        let revoked = "SELECT count(*) AS n FROM certificate WHERE status = 'revoked' AND reason = 5";
        assert_eq!((count(&app, good).await, count(&app, revoked).await), (0, 1), "cessation of operation");
        assert_eq!(count(&app, "SELECT count(*) AS n FROM key_half").await, 0);
        let ended = "SELECT count(*) AS n FROM holding WHERE ended_us IS NULL";
        assert_eq!(count(&app, ended).await, 0);
        let personal = "SELECT count(*) AS n FROM person WHERE name IS NOT NULL OR id_number IS NOT NULL OR length(phone) > 0";
        assert_eq!(count(&app, personal).await, 0);
        assert_eq!(count(&app, "SELECT count(*) AS n FROM password").await, 0);
        assert_eq!(count(&app, "SELECT count(*) AS n FROM evidence WHERE material IS NOT NULL").await, 0);

        // Number and document are free: the same human being begins anew and meets nothing of before.
        let again = app.signed_in_person(0).await;
        assert_ne!(again.person_id, phone.caller.person_id.to_string());
        assert_eq!(again.get(&app, "/api/v1/holdings").await.ok(200)["items"], json!([]));
        assert!(!installed.certificate.is_empty());
    }

    async fn acc_6_what_was_done_stays_and_what_is_the_units_stays_the_units(app: TestApp) {
        let (desk, sealer) = (app.desk().await, app.sealer(0, Algorithm::Sm2).await);
        let (opened, view) = app.ready(&desk, &sealer).await;
        let confirming = app.confirming(&sealer, &view, sealer.phone.next_counter());
        let answer = app.scan_step(&sealer.phone, &opened, "/confirm", &confirming.body).await.ok(200);
        let finish = confirming.finish(&sealer.installed.key, &answer);
        app.scan_step(&sealer.phone, &opened, "/finish", &finish).await.ok(200);
        let other = app.signed_in_person(1).await;
        add_administrator(&app, &sealer.unit_id, &other.person_id).await;
        cancel(&app, &sealer.phone, OLD).await.ok(200);
        app.clock.advance_s(32 * DAY_S);
        app.run_jobs().await;
        assert_eq!(count(&app, "SELECT count(*) AS n FROM person WHERE cancelled_us IS NOT NULL").await, 1);
        let done = "SELECT count(*) AS n FROM operation o JOIN person p ON p.id = o.person_id WHERE p.cancelled_us IS NOT NULL";
        assert_eq!(count(&app, done).await, 1, "under an id that leads to nobody");
        assert_eq!(count(&app, "SELECT count(*) AS n FROM log_leaf").await, 1);
        let other = app.signed_in_by(PEOPLE[1].phone).await;
        let seals = other.get(&app, &format!("/api/v1/seals?unit_id={}", sealer.unit_id)).await.ok(200);
        assert_eq!(seals["items"][0]["seal_id"], sealer.seal_id.as_str());
        let void = "SELECT count(*) AS n FROM seal WHERE voided_at_us IS NOT NULL";
        assert_eq!(count(&app, void).await, 0);
        // Who comes back is a stranger to the unit.
        let again = app.signed_in_person(0).await;
        assert_eq!(again.get(&app, "/api/v1/units").await.ok(200)["items"], json!([]));
        again.get(&app, &format!("/api/v1/units/{}", sealer.unit_id)).await.problem(404, "unit_not_found");
    }

    async fn acc_6_a_sign_in_withdraws_the_wish_and_the_person_is_told(app: TestApp) {
        let phone = app.phone(0).await;
        cancel(&app, &phone, OLD).await.ok(200);
        app.clock.advance_s(20 * DAY_S);
        app.run_jobs().await;
        let back = app.signed_in_by(OLD).await;
        assert_eq!(back.person_id, phone.caller.person_id.to_string());
        let withdrawn = app.app.now().micros();
        let me = back.get(&app, "/api/v1/me").await.ok(200);
        assert_eq!((&me["cancellation_withdrawn_at_us"], &me["verified"]), (&json!(withdrawn), &json!(true)));
        app.clock.advance_s(11 * DAY_S);
        app.run_jobs().await;
        let still = app.signed_in_by(OLD).await;
        assert_eq!(still.person_id, back.person_id, "the job finds nothing to do");
        // Asked for anew, the days run anew.
        let code = own_code(&app, &still, "cancel_account").await;
        let due = still.post(&app, CANCELLATION, &wish(&code)).await.ok(200)["due_at_us"].as_i64().expect("an instant");
        assert_eq!(due, app.app.now().day().plus_days(31).start().micros());
    }

    async fn acc_6_whoever_signs_in_when_the_days_are_over_begins_anew_even_before_the_job(app: TestApp) {
        let phone = app.phone(0).await;
        let due = cancel(&app, &phone, OLD).await.ok(200)["due_at_us"].as_i64().expect("an instant");
        app.clock.set(domain::Instant::from_micros(due - 60_000_000));
        let body = json!({"area": "+86", "number": OLD, "purpose": "sign_in"});
        app.post("/api/v1/sms-codes", &body).await.ok(202);
        let code = app.last_code(OLD).await;
        app.clock.set(domain::Instant::from_micros(due));
        let signed_in = app.post("/api/v1/sessions", &sign_in_body(&DeviceKey::new(&app), OLD, &code)).await.ok(201);
        assert_ne!(signed_in["person_id"], phone.caller.person_id.to_string());
        app.run_jobs().await;
        assert_eq!(count(&app, "SELECT count(*) AS n FROM person WHERE cancelled_us IS NULL").await, 1);
    }

    async fn acc_6_what_must_be_settled_first_is_told_and_the_code_stays_good(app: TestApp) {
        let phone = app.phone(0).await;
        let body = app.order_body(&phone, None, Algorithm::Rsa).await;
        let (order_id, _) = app.ordered(&phone, &body).await;
        let unit = app.unit(&phone, 0).await;
        let params = cancel(&app, &phone, OLD).await.problem(409, "cancellation_blocked");
        let unit_name = providers::specimen::COMPANIES[0].name;
        let obstacles = json!([
            {"kind": "sole_administrator", "unit_id": unit, "unit_name": unit_name},
            {"kind": "unpaid_order", "order_id": order_id},
        ]);
        assert_eq!(params["obstacles"], obstacles);
        assert_eq!(app.get_as(&phone, CANCELLATION).await.ok(200)["obstacles"], obstacles);
        let code = app.last_code(OLD).await;
        // Another administrator, made behind the service's back: joining is a matter of other tests.
        let second = app.signed_in_by("13800000002").await;
        add_administrator(&app, &unit, &second.person_id).await;
        app.post_as(&phone, CANCELLATION, &wish(&code)).await.problem(409, "cancellation_blocked");
        app.clock.advance_s(30 * 60);
        app.run_jobs().await;
        let phone = app.signed_in(0).await;
        cancel(&app, &phone, OLD).await.ok(200);
        // Who is about to go counts for nobody.
        let second = app.signed_in_by("13800000002").await;
        let code = own_code(&app, &second, "cancel_account").await;
        second.post(&app, CANCELLATION, &wish(&code)).await.problem(409, "cancellation_blocked");
    }

    async fn acc_6_of_two_last_administrators_one_may_go(app: TestApp) {
        let (one, two) = (app.with_unit(0).await, app.signed_in_person(1).await);
        let (one, unit) = one;
        add_administrator(&app, &unit, &two.person_id).await;
        let codes = (own_code(&app, &one, "cancel_account").await, own_code(&app, &two, "cancel_account").await);
        let (one, two) = (wish_of(&app, &one, &codes.0), wish_of(&app, &two, &codes.1));
        let (one, two) = tokio::join!(one, two);
        let statuses = [one.status.as_u16(), two.status.as_u16()];
        assert!(statuses == [200, 409] || statuses == [409, 200], "{statuses:?}");
    }

    async fn acc_6_a_wish_that_something_blocks_when_its_days_are_over_lapses(app: TestApp) {
        let (one, unit) = app.with_unit(0).await;
        let two = app.signed_in_person(1).await;
        add_administrator(&app, &unit, &two.person_id).await;
        let code = own_code(&app, &one, "cancel_account").await;
        one.post(&app, CANCELLATION, &wish(&code)).await.ok(200);
        let text = "UPDATE membership SET ended_us = 1, ended_why = 'left' WHERE person_id = $1";
        sql!("test.leave", text, two.person_id.as_str()).execute(&app.app.db).await.expect("left");
        app.clock.advance_s(32 * DAY_S);
        app.run_jobs().await;
        let back = app.signed_in_by(OLD).await;
        assert_eq!(back.person_id, one.person_id, "a unit is never without administrator");
        let inbox = app.get(&format!("/sandbox/inbox.json?to=%2B86{OLD}")).await.ok(200);
        let told = inbox["items"].as_array().expect("messages").iter().any(|item| item["text"].as_str().is_some_and(|text| text.contains("没有注销")));
        assert!(told, "{inbox}");
    }

    async fn acc_6_fifty_at_once_end_one_account_once(app: TestApp) {
        let person = app.signed_in_by(OLD).await;
        let code = own_code(&app, &person, "cancel_account").await;
        let answers = fifty(&app, &person, Method::POST, CANCELLATION, &wish(&code)).await;
        assert_eq!((of(&answers, 200, ""), of(&answers, 401, "unauthenticated")), (1, 49), "{answers:?}");
        assert_eq!(count(&app, "SELECT count(*) AS n FROM cancellation").await, 1);
    }

    async fn acc_6_idv_5_no_personal_datum_outlives_the_account(app: TestApp) {
        let person = app.signed_in_by(PEOPLE[0].phone).await;
        let code = own_code(&app, &person, "cancel_account").await;
        person.post(&app, CANCELLATION, &wish(&code)).await.ok(200);
        let named = "SELECT count(*) AS n FROM device WHERE name <> ''";
        assert_eq!(count(&app, named).await, 0);
        assert_eq!(count(&app, "SELECT count(*) AS n FROM session WHERE ended_us IS NULL").await, 0);
        assert_eq!(count(&app, "SELECT count(*) AS n FROM access_token").await, 0);
    }
}

async fn wish_of(app: &TestApp, person: &TestPerson, code: &str) -> Answer {
    person.post(app, CANCELLATION, &wish(code)).await
}

async fn add_administrator(app: &TestApp, unit: &str, person: &str) {
    let text = "INSERT INTO membership (id, unit_id, person_id, role, by_right, joined_us) VALUES ($1, $2, $3, 'administrator', 0, 1)";
    let id = app.app.new_id::<domain::id::MembershipId>();
    sql!("test.administrator", text, id, unit, person)
        .execute(&app.app.db)
        .await
        .expect("written");
}
