//! The work list and its cases: by duty, masked until opened with a reason, decided once (OPS-1, IDV-5).

use domain::id::{CaseId, MaterialId};
use domain::operator::OperatorRole::{Administrator, Content, Finance, Reviewer, Security};
use domain::review::{CaseKind, MaterialRole};
use hulian_tests::{Answer, Operator, Phone, TestApp, both};
use reqwest::Method;
use serde_json::{Value, json};

const CASES: &str = "/api/v1/operator/cases";
const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 a face that nobody else may see";
const FACTS: &str =
    r#"{"name":"欧阳一二","id_number":"H12345678","public_reading":"no name found"}"#;

async fn face_case(app: &TestApp, phone: &Phone) -> (CaseId, MaterialId) {
    let request = app
        .request(Method::POST, "/api/v1/materials")
        .bearer_auth(&phone.token);
    let answer = Answer::of(request.body(PICTURE.to_vec())).await.ok(201);
    let material = answer["material_id"]
        .as_str()
        .expect("an id")
        .parse()
        .expect("an id");
    let materials = [(MaterialRole::Handheld, material)];
    let id = app
        .case(phone, CaseKind::PersonFace, FACTS, &materials)
        .await;
    (id, material)
}

async fn look(operator: &Operator, case: CaseId) -> Value {
    operator.get(&format!("{CASES}/{case}")).await.ok(200)
}

async fn acts(admin: &Operator) -> Vec<(String, String, String)> {
    let page = admin.get("/api/v1/operator/audit").await.ok(200);
    let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let items = page["items"].as_array().expect("items").clone();
    let of_cases = items
        .iter()
        .filter(|one| text(one, "act").starts_with("case."));
    of_cases
        .map(|one| {
            (
                text(one, "actor_name"),
                text(one, "act"),
                text(one, "detail"),
            )
        })
        .collect()
}

both! {
    async fn ops_1_idv_5_a_case_is_masked_until_it_is_opened_with_a_reason(app: TestApp) {
        let phone = app.phone(0).await;
        let (case, material) = face_case(&app, &phone).await;
        let (admin, reviewer) = (app.operator(&[Administrator]).await, app.operator(&[Reviewer]).await);
        let file = format!("{CASES}/{case}/materials/{material}");
        let in_clear = ["欧阳一二", "H12345678", providers::specimen::PEOPLE[0].name, providers::specimen::PEOPLE[0].phone];
        let masked = reviewer.get(&format!("{CASES}/{case}")).await;
        let listed = reviewer.get(CASES).await;
        for answer in [&masked, &listed] {
            let text = String::from_utf8_lossy(&answer.bytes).into_owned();
            for secret in in_clear {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }
        let facts = masked.ok(200)["facts"].clone();
        assert_eq!(facts, json!([{"name": "id_number", "text": "H*******8"}, {"name": "name", "text": "欧***"}, {"name": "public_reading", "text": "no name found"}]));
        reviewer.get(&file).await.problem(403, "case_not_opened");
        reviewer.open(case, "  ").await.problem(400, "reason_invalid");
        assert!(acts(&admin).await.is_empty(), "nobody has seen anything");

        let opened = reviewer.open(case, "核对人脸照片").await;
        let text = String::from_utf8_lossy(&opened.bytes).into_owned();
        for secret in in_clear {
            assert!(text.contains(secret), "{secret} in {text}");
        }
        assert_eq!(opened.ok(200)["materials"], json!([{"material_id": material.to_string(), "role": "handheld", "media_type": "image/jpeg"}]));
        let shown = reviewer.get(&file).await;
        assert_eq!((shown.bytes.as_slice(), &shown.headers["cache-control"]), (PICTURE, &"no-store".parse().expect("a value")));
        let (_, other) = face_case(&app, &phone).await;
        reviewer.get(&format!("{CASES}/{case}/materials/{other}")).await.problem(404, "material_not_found");
        let expected = [("case.file", "handheld"), ("case.open", "核对人脸照片")];
        assert_eq!(acts(&admin).await, expected.map(|(act, why)| (reviewer.name.clone(), act.to_owned(), why.to_owned())));

        // It is open for whoever opened it, and for fifteen minutes.
        let second = app.operator(&[Reviewer]).await;
        second.get(&file).await.problem(403, "case_not_opened");
        assert_eq!(look(&second, case).await["clear_until_us"], Value::Null);
        app.clock.advance_s(15 * 60);
        let reviewer = app.operator_again(&reviewer).await;
        reviewer.get(&file).await.problem(403, "case_not_opened");
        assert_eq!(look(&reviewer, case).await["facts"], facts);
    }

    async fn ops_1_of_two_reviewers_one_decides_and_the_other_is_told(app: TestApp) {
        let phone = app.phone(0).await;
        let (case, material) = face_case(&app, &phone).await;
        let (one, two) = (app.operator(&[Reviewer]).await, app.operator(&[Reviewer]).await);
        one.open(case, "核对").await.ok(200);
        let seen = look(&two, case).await;
        assert_eq!(seen["holder"]["name"], json!(one.name), "the others see who has it");
        assert_eq!(two.get(CASES).await.ok(200)["items"][0]["holder"]["name"], json!(one.name));
        let opened = two.open(case, "复核").await.ok(200);
        assert_eq!(opened["holder"]["name"], json!(one.name), "whoever opens later may look, and does not take it");
        two.get(&format!("{CASES}/{case}/materials/{material}")).await;
        let (a, b) = tokio::join!(one.decide(case, "pass", ""), two.decide(case, "refuse", "照片不清晰"));
        let (first, second) = if a.status == 200 { (a, b) } else { (b, a) };
        let state = first.ok(200)["state"].clone();
        assert_eq!(second.problem(409, "case_decided")["state"], state);
        let seen = look(&two, case).await;
        assert_eq!((&seen["state"], &seen["holder"]), (&state, &Value::Null));
        assert_eq!(two.get(CASES).await.ok(200)["items"], json!([]));
        let done = two.get(&format!("{CASES}?state={}", state.as_str().expect("a word"))).await.ok(200);
        assert_eq!(done["items"][0]["case_id"], json!(case.to_string()));

        // What one has left for fifteen minutes goes to whoever opens it next.
        let (case, _) = face_case(&app, &phone).await;
        one.open(case, "核对").await.ok(200);
        app.clock.advance_s(15 * 60);
        let two = app.operator_again(&two).await;
        assert_eq!(look(&two, case).await["holder"], Value::Null);
        assert_eq!(two.open(case, "接手").await.ok(200)["holder"]["name"], json!(two.name));
    }

    async fn ops_1_each_sees_and_decides_what_is_their_duty(app: TestApp) {
        let phone = app.phone(0).await;
        let deposit = app.case(&phone, CaseKind::UnitDeposit, FACTS, &[]).await;
        app.clock.advance_s(1);
        let (face, _) = face_case(&app, &phone).await;
        let (reviewer, finance) = (app.operator(&[Reviewer]).await, app.operator(&[Finance]).await);
        let ids = async |operator: &Operator, query: &str| -> Vec<String> {
            let page = operator.get(&format!("{CASES}{query}")).await.ok(200);
            let items = page["items"].as_array().expect("items").clone();
            items.iter().map(|one| one["case_id"].as_str().expect("an id").to_owned()).collect()
        };
        assert_eq!(ids(&reviewer, "").await, [face.to_string()]);
        assert_eq!(ids(&finance, "").await, [deposit.to_string()]);
        assert_eq!(ids(&app.operator(&[Reviewer, Finance]).await, "").await, [deposit.to_string(), face.to_string()]);
        assert_eq!(finance.get(CASES).await.ok(200)["waiting"], json!([{"kind": "unit_deposit", "count": 1}]));
        reviewer.get(&format!("{CASES}?kind=unit_deposit")).await.problem(403, "duty_missing");
        reviewer.get(&format!("{CASES}?kind=weather")).await.problem(400, "body_invalid");
        assert_eq!(ids(&reviewer, "?kind=person_face&state=refused").await, Vec::<String>::new());
        for (operator, case) in [(&reviewer, deposit), (&finance, face)] {
            operator.get(&format!("{CASES}/{case}")).await.problem(403, "duty_missing");
            operator.open(case, "看看").await.problem(403, "duty_missing");
            operator.decide(case, "pass", "").await.problem(403, "duty_missing");
        }
        for role in [Content, Security, Administrator] {
            let other = app.operator(&[role]).await;
            other.get(CASES).await.problem(403, "duty_missing");
            other.open(face, "看看").await.problem(403, "duty_missing");
        }
        app.get_as(&phone, CASES).await.problem(401, "unauthenticated");
        reviewer.get(&format!("{CASES}/nothing")).await.problem(404, "case_not_found");
        reviewer.decide(face, "perhaps", "").await.problem(400, "body_invalid");
        reviewer.decide(face, "refuse", " ").await.problem(400, "reason_invalid");
        reviewer.decide(face, "refuse", "照片不清晰").await.ok(200);
        assert_eq!(look(&reviewer, face).await["reason"], "照片不清晰");
    }

    async fn ops_1_the_work_list_pages_through_thousands(app: TestApp) {
        let phone = app.phone(0).await;
        let mut expected = Vec::new();
        for at in 0..3000 {
            // Several of the same instant, so that the cursor has to tell them apart.
            if at % 3 == 0 {
                app.clock.advance_s(1);
            }
            let kind = if at / 3 % 10 == 0 { CaseKind::UnitDeposit } else { CaseKind::PersonFace };
            let id = app.case(&phone, kind, FACTS, &[]).await;
            if kind == CaseKind::UnitDeposit {
                expected.push((app.app.now(), id.to_string()));
            }
        }
        expected.sort();
        let expected: Vec<String> = expected.into_iter().map(|(_, id)| id).collect();
        let finance = app.operator(&[Finance]).await;
        let (mut found, mut next) = (Vec::new(), String::new());
        loop {
            let page = finance.get(&format!("{CASES}?state=open{next}")).await.ok(200);
            found.extend(page["items"].as_array().expect("items").iter().map(|one| one["case_id"].as_str().expect("an id").to_owned()));
            let Some(after) = page["next"].as_str() else { break };
            next = format!("&after={after}");
        }
        assert_eq!(found, expected, "oldest first, none twice, none left out");
    }
}
