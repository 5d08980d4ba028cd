//! ACC-9 and ACC-10: what operators write for everybody, and what phones tell of their faults.

use app::content::{Words, create, edit, everything, turn};
use app::operator::Acting;
use domain::content::{ContentKind, ContentState};
use domain::operator::Duty;
use hulian_tests::{TestApp, both};
use serde_json::json;
use store::sql;

fn editor(app: &TestApp) -> Acting {
    Acting {
        operator_id: app.app.new_id(),
        duties: vec![Duty::EditContent, Duty::ReadFaults],
    }
}

fn words<'a>(key: &'a str, title: &'a str, body: &'a str, position: i64) -> Words<'a> {
    Words {
        key,
        title,
        body,
        position,
    }
}

both! {
    async fn acc_10_everybody_reads_what_operators_have_published(app: TestApp) {
        let acting = editor(&app);
        let path = "/api/v1/contents/question";
        assert_eq!(app.get(path).await.ok(200)["items"], json!([]));
        app.get("/api/v1/contents/secret").await.problem(404, "content_not_found");
        let late = create(&app.app, &acting, ContentKind::Question, &words("证书", "证书有效期多久？", "以购买的期限为准。", 2)).await.expect("begun");
        let early = create(&app.app, &acting, ContentKind::Question, &words("账号", "收不到验证码怎么办？", "请检查信号。\r\n一分钟后重试。", 1)).await.expect("begun");
        assert_eq!(app.get(path).await.ok(200)["items"], json!([]), "drafts are nobody's to read");
        for id in [late, early] {
            turn(&app.app, &acting, id, 1, ContentState::Published).await.expect("shown");
        }
        let items = app.get(path).await.ok(200)["items"].clone();
        assert_eq!(items[0]["title"], "收不到验证码怎么办？");
        assert_eq!(items[0]["body"], "请检查信号。\n一分钟后重试。");
        assert_eq!(items.as_array().map(Vec::len), Some(2));
        edit(&app.app, &acting, early, 2, &words("账号", "收不到验证码？", "请稍后重试。", 9)).await.expect("changed");
        assert_eq!(edit(&app.app, &acting, early, 2, &words("账号", "又改", "又改", 9)).await.expect_err("stale").code(), "content_changed");
        assert_eq!(app.get(path).await.ok(200)["items"][1]["title"], "收不到验证码？");
        turn(&app.app, &acting, late, 2, ContentState::Withdrawn).await.expect("taken back");
        assert_eq!(app.get(path).await.ok(200)["items"].as_array().map(Vec::len), Some(1));
        let acts = sql!("test.acts", "SELECT act FROM audit ORDER BY seq").all(&app.app.db).await.expect("rows");
        let acts: Vec<_> = acts.iter().map(|row| row.text("act").expect("text")).collect();
        assert_eq!(acts, ["content.create", "content.create", "content.publish", "content.publish", "content.edit", "content.withdraw"]);
    }

    async fn ops_1_only_editors_write_and_agreements_stay_as_they_were_read(app: TestApp) {
        let stranger = Acting { operator_id: app.app.new_id(), duties: vec![Duty::DecideCases] };
        let refused = create(&app.app, &stranger, ContentKind::Question, &words("证书", "题", "答", 1)).await;
        assert_eq!(refused.expect_err("not theirs").code(), "duty_missing");
        assert_eq!(everything(&app.app, &stranger, ContentKind::Question).await.expect_err("not theirs").code(), "duty_missing");
        let acting = editor(&app);
        for (kind, wrong, code) in [
            (ContentKind::Contact, words("fax", "传真", "1", 1), "content_key_invalid"),
            (ContentKind::Question, words("证书", " ", "答", 1), "content_title_invalid"),
            (ContentKind::Question, words("证书", "题", "a\u{202e}b", 1), "content_body_invalid"),
        ] {
            assert_eq!(create(&app.app, &acting, kind, &wrong).await.expect_err("wrong").code(), code);
        }
        let mut shown = Vec::new();
        for text in ["第一版", "第二版"] {
            let id = create(&app.app, &acting, ContentKind::Agreement, &words("user", "用户协议", text, 1)).await.expect("begun");
            turn(&app.app, &acting, id, 1, ContentState::Published).await.expect("shown");
            shown.push(id);
            app.clock.advance_s(1);
        }
        let items = app.get("/api/v1/contents/agreement").await.ok(200)["items"].clone();
        assert_eq!((items.as_array().map(Vec::len), &items[0]["body"]), (Some(1), &json!("第二版")));
        let changed = edit(&app.app, &acting, shown[0], 2, &words("user", "用户协议", "改写", 1)).await;
        assert_eq!(changed.expect_err("it was read").code(), "content_published");
    }

    async fn acc_9_a_log_of_faults_holds_nothing_about_a_person(app: TestApp) {
        let phone = app.phone(0).await;
        let lines = json!(["TypeError: x is undefined at /units/:unit_id", "问题 13900000001 张样本 a@b.example", "状态 404"]);
        let body = json!({"app_version": "0.1.0", "lines": lines});
        app.post("/api/v1/fault-logs", &body).await.problem(401, "unauthenticated");
        let told = app.post_as(&phone, "/api/v1/fault-logs", &body).await.ok(201);
        let acting = editor(&app);
        let listed = app::fault::list(&app.app, &acting).await.expect("listed");
        assert_eq!((listed.len(), listed[0].id.to_string(), listed[0].lines), (1, told["fault_log_id"].as_str().expect("an id").to_owned(), 3));
        let read = app::fault::read(&app.app, &acting, listed[0].id).await.expect("read");
        assert_eq!(read, ["TypeError: x is undefined at /units/:unit_id", "# # # #.example", "# 404"]);
        let audited = sql!("test.audited", "SELECT count(*) AS n FROM audit WHERE act = 'fault_log.read'").one(&app.app.db).await.expect("a row");
        assert_eq!(audited.int("n").expect("a number"), 1);
        for (wrong, code) in [
            (json!({"app_version": "0.1.0", "lines": []}), "fault_log_empty"),
            (json!({"app_version": "版本", "lines": ["x"]}), "version_invalid"),
            (json!({"app_version": "0.1.0", "lines": vec!["x"; 401]}), "fault_log_too_long"),
        ] {
            app.post_as(&phone, "/api/v1/fault-logs", &wrong).await.problem(400, code);
        }
        for _ in 1..10 {
            app.post_as(&phone, "/api/v1/fault-logs", &body).await.ok(201);
        }
        app.post_as(&phone, "/api/v1/fault-logs", &body).await.problem(429, "rate_limited");
        app.clock.advance_s(91 * 24 * 3600);
        app::sweep::run(&app.app).await.expect("swept");
        assert!(app::fault::list(&app.app, &acting).await.expect("listed").is_empty(), "kept for ninety days");
    }
}
