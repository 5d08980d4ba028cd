//! IDV-5: a copy of everything that is written down — rows, photos, the log — shows nobody.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use domain::review::Decision;
use hulian_tests::dump::{contains, dump};
use hulian_tests::identity::{hand_in, open_face, press, rule, scripted, up_to_face};
use hulian_tests::membership::join;
use hulian_tests::{TestApp, both};
use providers::specimen::PEOPLE;
use serde_json::json;

/// What the log of this process has said so far. One for all tests of a process, since a process has one log.
static LOG: OnceLock<Log> = OnceLock::new();

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("whole").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Has the log say everything that it can, and keeps it.
fn listen() -> &'static Log {
    LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        log
    })
}

both! {
    async fn idv_5_a_copy_of_rows_photos_and_log_shows_nobody(sandbox: TestApp) {
        let log = listen();
        let head = sandbox.phone(1).await;
        let unit = sandbox.unit(&head, 1).await;
        let app = sandbox.full_policy_node().await;
        // Everything that a person tells of themselves, wrong and right.
        let phone = app.signed_in(0).await;
        up_to_face(&app, &phone, 0).await;
        for _ in 0..3 {
            let (_, page) = open_face(&app, &phone).await;
            press(&app, &page, "fail").await;
            app.get_as(&phone, "/api/v1/me/identity").await.ok(200);
        }
        let held_up = b"\xff\xd8\xff a face with a card beside it";
        let photo = hand_in(&app, &phone, held_up).await.ok(201)["material_id"].clone();
        let case = app.post_as(&phone, "/api/v1/me/face-review", &json!({"photo": photo})).await.ok(201)["case_id"].clone();
        rule(&app, &case, Decision::Refuse, "照片里看不清张样本的脸").await.expect("decided");
        let other = app.signed_in(2).await;
        let mut mine = Vec::new();
        for _ in 0..3 {
            mine.push(hand_in(&app, &other, held_up).await.ok(201)["material_id"].clone());
        }
        let document = json!({
            "nationality": "HK", "name": "CHAN TAI MAN", "document_kind": "home_return_permit", "document_number": "H12345678",
            "front": mine[0], "back": mine[1], "handheld": mine[2],
        });
        app.post_as(&other, "/api/v1/me/document-review", &document).await.ok(201);
        let faults = json!({"app_version": "0.1.0", "lines": ["fault of 13900000001"]});
        app.post_as(&phone, "/api/v1/fault-logs", &faults).await.ok(201);
        let comer = sandbox.phone(4).await;
        join(&sandbox, &comer, &unit, "我是赵样本介绍来的").await.ok(201);
        sandbox.run_jobs().await;

        let who = &PEOPLE[0];
        let card = scripted(0, "front");
        let secrets: [&[u8]; 9] = [
            who.name.as_bytes(), who.id_number.as_bytes(), who.phone.as_bytes(),
            PEOPLE[1].phone.as_bytes(), "赵样本".as_bytes(), b"CHAN TAI MAN", b"H12345678",
            held_up, &card,
        ];
        let mut found = dump(&app).await;
        let rows = found.len();
        assert!(found.iter().any(|(_, bytes)| contains(bytes, unit.as_bytes())), "the search finds what is there");
        let said = log.0.lock().expect("whole").clone();
        assert!(contains(&said, b"answered"), "the log is heard");
        found.push(("the log".to_owned(), said));
        assert!(found.len() > rows);
        for (place, bytes) in found {
            for secret in secrets {
                assert!(!contains(&bytes, secret), "{} lies in {place}", String::from_utf8_lossy(secret));
            }
        }
    }
}
