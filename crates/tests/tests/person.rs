//! IDV-1 and the rest of the real name through HTTP, and where personal data may not be found.

use hulian_tests::dump::{contains, dump};
use hulian_tests::{TestApp, both};
use providers::specimen::PEOPLE;
use serde_json::json;
use store::sql;

async fn evidence(app: &TestApp) -> i64 {
    let row = sql!("test.evidence", "SELECT count(*) AS n FROM evidence")
        .one(&app.app.db)
        .await;
    row.expect("a row").int("n").expect("a number")
}

both! {
    async fn idv_1_a_match_verifies_in_the_sandbox_and_may_be_repeated(app: TestApp) {
        let person = app.signed_in_by("13800000001").await;
        for _ in 0..2 {
            let answer = person.identify(&app, 0).await.ok(200);
            assert_eq!(answer, json!({"verified": true, "missing_evidence": []}));
        }
        assert_eq!(evidence(&app).await, 1);
        let me = person.get(&app, "/api/v1/me").await.ok(200);
        assert_eq!((&me["verified"], &me["name_masked"]), (&json!(true), &json!("张**")));
        person.identify(&app, 1).await.problem(409, "already_verified");
    }

    async fn idv_1_what_is_wrong_is_told_and_counted_only_when_answered(app: TestApp) {
        let person = app.signed_in_by("13800000001").await;
        let state = async |nationality: &str, name: &str, id_number: &str| {
            let body = json!({"nationality": nationality, "name": name, "id_number": id_number});
            person.post(&app, "/api/v1/identity", &body).await
        };
        state("HK", "张样本", PEOPLE[0].id_number).await.problem(400, "nationality_not_offered");
        state("CN", "John", PEOPLE[0].id_number).await.problem(400, "name_invalid");
        state("CN", "张样本", "100101197903120011").await.problem(400, "id_number_invalid");
        person.identify(&app, 8).await.problem(503, "identity_unavailable");
        assert_eq!(evidence(&app).await, 0);
        for _ in 0..5 {
            person.identify(&app, 7).await.problem(409, "identity_mismatch");
        }
        person.identify(&app, 0).await.problem(429, "identity_limit");
        assert_eq!(evidence(&app).await, 5);
        app.clock.advance_s(24 * 3600);
        let again = app.signed_in_by("13800000001").await;
        again.identify(&app, 0).await.ok(200);
    }

    async fn idv_4_one_document_one_account(app: TestApp) {
        app.signed_in_person(0).await;
        let second = app.signed_in_by("13800000002").await;
        second.identify(&app, 0).await.problem(409, "document_in_use");
        assert_eq!(evidence(&app).await, 1);
        assert_eq!(second.get(&app, "/api/v1/me").await.ok(200)["verified"], false);
    }

    async fn idv_5_no_personal_datum_lies_in_the_database(app: TestApp) {
        let (person, _) = app.with_unit(0).await;
        let who = &PEOPLE[0];
        let secrets = [person.number.as_str(), who.name, who.id_number];
        let found = dump(&app).await;
        let company = providers::specimen::COMPANIES[0].uscc.as_bytes();
        assert!(found.iter().any(|(_, bytes)| contains(bytes, company)), "the search finds what is there");
        for found in found {
            for secret in secrets {
                assert!(!contains(&found.1, secret.as_bytes()), "{secret} lies in {}", found.0);
            }
        }
    }
}
