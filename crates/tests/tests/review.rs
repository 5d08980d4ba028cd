//! Material, cases and the audit log (OPS-1, IDV-5), where other slices build on them.

use app::audit::{Verified, verify};
use app::operator::Acting;
use app::review::{Ruling, decide};
use domain::id::CaseId;
use domain::operator::Duty;
use domain::review::{CaseKind, CaseState, Decision};
use hulian_tests::{Answer, Phone, TestApp, both};
use store::sql;

const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 a face that nobody else may see";

async fn hand_in(app: &TestApp, phone: &Phone, bytes: &[u8]) -> Answer {
    let request = app.request(reqwest::Method::POST, "/api/v1/materials");
    let request = request.bearer_auth(&phone.token);
    Answer::of(request.body(bytes.to_vec())).await
}

fn reviewer(app: &TestApp, duties: &[Duty]) -> Acting {
    Acting {
        operator_id: app.app.new_id(),
        duties: duties.to_vec(),
    }
}

async fn face_case(app: &TestApp, phone: &Phone) -> CaseId {
    app.case(phone, CaseKind::PersonFace, "{}", &[]).await
}

/// What is in the files of a folder, however deep.
fn walk(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let inside = |path: std::path::PathBuf| {
        if path.is_dir() {
            walk(&path)
        } else {
            vec![std::fs::read(&path).expect("a file")]
        }
    };
    entries
        .flat_map(|entry| inside(entry.expect("an entry").path()))
        .collect()
}

both! {
    async fn idv_5_material_is_sealed_and_its_owners(app: TestApp) {
        let (owner, other) = (app.phone(0).await, app.phone(1).await);
        let id = hand_in(&app, &owner, PICTURE).await.ok(201)["material_id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/materials/{id}");
        let shown = app.get_as(&owner, &path).await;
        assert_eq!((shown.bytes.as_slice(), shown.headers["content-type"].to_str().expect("text")), (PICTURE, "image/jpeg"));
        app.get_as(&other, &path).await.problem(404, "material_not_found");
        app.get(&path).await.problem(401, "unauthenticated");
        for (bytes, status, code) in [(&b""[..], 400, "material_empty"), (b"GIF89a", 400, "material_type_invalid")] {
            hand_in(&app, &owner, bytes).await.problem(status, code);
        }
        let mut large = PICTURE.to_vec();
        large.resize(app::material::BYTES_MAX + 1, 0);
        hand_in(&app, &owner, &large).await.problem(413, "material_too_large");
        let stored = walk(&app.folder.path().join("blobs"));
        assert_eq!(stored.len(), 1);
        assert!(!stored[0].windows(6).any(|part| part == b"a face"), "photos are kept sealed");
    }

    async fn idv_5_what_nothing_relies_on_is_forgotten_within_a_day(app: TestApp) {
        let owner = app.phone(0).await;
        hand_in(&app, &owner, PICTURE).await.ok(201);
        app.clock.advance_s(23 * 3600);
        app::sweep::run(&app.app).await.expect("swept");
        assert_eq!(walk(&app.folder.path().join("blobs")).len(), 1);
        app.clock.advance_s(2 * 3600);
        app::sweep::run(&app.app).await.expect("swept");
        assert!(walk(&app.folder.path().join("blobs")).is_empty(), "the bytes go with the row");
    }

    async fn ops_1_the_audit_log_shows_what_was_changed_or_left_out(app: TestApp) {
        assert_eq!(verify(&app.app, None).await.expect("read"), Verified::Whole { entries: 0, head: "00".repeat(32) });
        let db = &app.app.db;
        let phone = app.phone(0).await;
        let mut heads = Vec::new();
        for _ in 0..3 {
            let case = face_case(&app, &phone).await;
            let acting = reviewer(&app, &[Duty::DecideCases]);
            let ruling = Ruling { decision: Decision::Refuse, reason: "照片不清晰" };
            assert_eq!(decide(&app.app, &acting, case, &ruling).await.expect("decided"), CaseState::Refused);
            let Verified::Whole { head, .. } = verify(&app.app, None).await.expect("read") else { panic!("whole") };
            heads.push(head);
        }
        let kept: [u8; 32] = hex::decode(&heads[1]).expect("hex").try_into().expect("32 bytes");
        assert!(matches!(verify(&app.app, Some(kept)).await.expect("met"), Verified::Whole { entries: 3, .. }));
        assert_eq!(verify(&app.app, Some([7; 32])).await.expect_err("unknown").code(), "audit_head_unknown");
        let changed = |text: &'static str| sql!("test.alter", text).execute(db);
        changed("UPDATE audit SET act = 'case.pass' WHERE seq = 2").await.expect("altered");
        assert_eq!(verify(&app.app, None).await.expect("read"), Verified::Broken { seq: 2 });
        changed("UPDATE audit SET act = 'case.refuse' WHERE seq = 2").await.expect("restored");
        assert!(matches!(verify(&app.app, None).await.expect("read"), Verified::Whole { .. }));
        changed("DELETE FROM audit WHERE seq = 3").await.expect("cut");
        assert_eq!(verify(&app.app, None).await.expect("read"), Verified::Broken { seq: 3 });
    }

    async fn ops_1_of_decisions_at_once_one_counts(app: TestApp) {
        let phone = app.phone(0).await;
        let case = face_case(&app, &phone).await;
        let stranger = reviewer(&app, &[Duty::EditContent]);
        let pass = Ruling { decision: Decision::Pass, reason: "" };
        assert_eq!(decide(&app.app, &stranger, case, &pass).await.expect_err("not theirs").code(), "duty_missing");
        let unsaid = Ruling { decision: Decision::Refuse, reason: " " };
        let acting = reviewer(&app, &[Duty::DecideCases]);
        assert_eq!(decide(&app.app, &acting, case, &unsaid).await.expect_err("unsaid").code(), "reason_invalid");
        let tries = (0..20).map(|_| {
            let (app, acting) = (app.app.clone(), reviewer(&app, &[Duty::DecideCases]));
            tokio::spawn(async move { decide(&app, &acting, case, &Ruling { decision: Decision::Pass, reason: "" }).await.map_err(|error| error.code()) })
        });
        let mut passed = 0;
        for tried in tries.collect::<Vec<_>>() {
            match tried.await.expect("ended") {
                Ok(state) => { assert_eq!(state, CaseState::Passed); passed += 1; }
                Err(code) => assert_eq!(code, "case_decided"),
            }
        }
        assert_eq!(passed, 1);
        let rows = sql!("test.evidence", "SELECT count(*) AS n FROM evidence WHERE kind = 'face' AND provider = 'operator'").one(&app.app.db).await.expect("a row");
        assert_eq!(rows.int("n").expect("a number"), 1);
        assert!(matches!(verify(&app.app, None).await.expect("read"), Verified::Whole { entries: 1, .. }));
    }
}
