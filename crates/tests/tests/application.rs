//! MEM-1, MEM-2, MEM-7 and MEM-8 through HTTP: coming in, and what administrators decide.

use hulian_tests::membership::{
    decide, id_of, join, members, own, remove, roles, search, tasks, transfer, with_member,
};
use hulian_tests::{Answer, Phone, TestApp, both};
use providers::specimen::{COMPANIES, PEOPLE};
use reqwest::Method;
use serde_json::{Value, json};
use store::sql;

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
        let row = sql!("test.reason", "SELECT reason FROM application").one(&app.app.db).await.expect("a row");
        let kept = row.blob("reason").expect("bytes");
        assert!(!kept.windows(6).any(|part| part == "专员".as_bytes()), "what people write is kept as ciphertext");
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
        app::sweep::run(&app.app).await.expect("swept");
        let left = sql!("test.invitations", "SELECT count(*) AS n FROM invitation").one(&app.app.db).await.expect("a row");
        assert_eq!(left.int("n").expect("a number"), 0, "what is over is forgotten");
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
            let request = app.request(Method::POST, &format!("/api/v1/units/{unit}/join-requests"));
            let request = request.bearer_auth(&comer.token).json(&json!({"reason": "新同事"}));
            wishes.spawn(async move { Answer::of(request).await.status.as_u16() });
        }
        let answers = wishes.join_all().await;
        assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
        assert_eq!(tasks(&app, &head, &unit).await.len(), 1);
    }
}
