//! IDV-1 and the rest of the real name through HTTP, and where personal data may not be found.

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

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Everything the database has: the files of SQLite as they lie on the disk, the rows of PostgreSQL table by table.
async fn dump(app: &TestApp) -> Vec<(String, Vec<u8>)> {
    if !app.app.db.is_postgres() {
        let folder = std::fs::read_dir(app.folder.path()).expect("a folder");
        let files = folder
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.is_file());
        return files
            .map(|path| {
                (
                    path.display().to_string(),
                    std::fs::read(&path).expect("a file"),
                )
            })
            .collect();
    }
    let names = "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()";
    let mut found = Vec::new();
    for row in sql!("test.tables", names)
        .all(&app.app.db)
        .await
        .expect("tables")
    {
        let table = row.text("name").expect("a name");
        // Bytes come as hexadecimal digits, so the rows are looked at in both forms.
        let text: &'static str = Box::leak(
            format!("SELECT coalesce(string_agg(t::text, ' '), '') AS rows FROM \"{table}\" t")
                .into_boxed_str(),
        );
        let rows = sql!("test.rows", text)
            .one(&app.app.db)
            .await
            .expect("rows")
            .text("rows")
            .expect("text");
        let hex_decoded = unhex(&rows);
        found.push((table.clone(), rows.into_bytes()));
        found.push((table, hex_decoded));
    }
    found
}

/// The bytes of every `\x…` in PostgreSQL's text form, one after another.
fn unhex(rows: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in rows.split("\\x").skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_hexdigit).collect();
        let pairs = digits
            .as_bytes()
            .chunks_exact(2)
            .filter_map(|pair| std::str::from_utf8(pair).ok());
        bytes.extend(pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()));
        bytes.push(0);
    }
    bytes
}
