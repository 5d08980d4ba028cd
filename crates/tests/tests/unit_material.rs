//! UMG-1 and UMG-2 through HTTP: a unit's picture, and what was handed in for it.

use domain::review::MaterialRole;
use hulian_tests::identity::{paper, scripted};
use hulian_tests::membership::{hand_in, with_member};
use hulian_tests::{TestApp, both};
use serde_json::json;

const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 a picture of the unit";
const LICENCE: &[u8] = b"\x89PNG\r\n\x1a\n a licence";

both! {
    async fn umg_1_administrators_change_the_picture_and_members_see_it(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let path = format!("/api/v1/units/{unit}/avatar");
        app.get_as(&head, &path).await.problem(404, "material_not_found");
        assert_eq!(app.get_as(&head, "/api/v1/units").await.ok(200)["items"][0]["avatar_id"], json!(null));
        let first = hand_in(&app, &head, PICTURE).await;
        app.put_as(&head, &path, &json!({"material_id": first})).await.ok(204);
        let seen = app.get_as(&member, &path).await;
        assert_eq!((seen.bytes.as_slice(), seen.headers["content-type"].to_str().expect("text")), (PICTURE, "image/jpeg"));
        assert_eq!(app.get_as(&member, "/api/v1/units").await.ok(200)["items"][0]["avatar_id"], json!(first));
        let second = hand_in(&app, &head, LICENCE).await;
        app.put_as(&head, &path, &json!({"material_id": second})).await.ok(204);
        assert_eq!(app.get_as(&member, &path).await.bytes, LICENCE);
        assert_eq!(app.get_as(&head, &format!("/api/v1/units/{unit}")).await.ok(200)["avatar_id"], json!(second));

        let stranger = app.phone(2).await;
        app.get_as(&stranger, &path).await.problem(404, "unit_not_found");
        let own = hand_in(&app, &member, PICTURE).await;
        app.put_as(&member, &path, &json!({"material_id": own})).await.problem(403, "not_administrator");
        app.put_as(&head, &path, &json!({"material_id": own})).await.problem(404, "material_not_found");
        app.put_as(&head, &path, &json!({"material_id": "nonsense"})).await.problem(404, "material_not_found");
        let paper = hand_in(&app, &head, b"%PDF-1.7").await;
        app.put_as(&head, &path, &json!({"material_id": paper})).await.problem(400, "avatar_invalid");
        let mut large = PICTURE.to_vec();
        large.resize(512 * 1024 + 1, 0);
        let large = hand_in(&app, &head, &large).await;
        app.put_as(&head, &path, &json!({"material_id": large})).await.problem(400, "avatar_invalid");
        // What stands is kept, and so is what stood.
        app.clock.advance_s(2 * 24 * 3600);
        app::sweep::run(&app.app).await.expect("swept");
        let id = unit.parse().expect("an id");
        assert_eq!(store::unit_material::history(&app.app.db, id, MaterialRole::Avatar).await.expect("read").len(), 2);
        let head = app.second_phone(0, &head).await;
        assert_eq!(app.get_as(&head, &path).await.bytes, LICENCE);
    }

    async fn umg_2_administrators_see_what_was_handed_in(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let path = format!("/api/v1/units/{unit}/materials");
        assert_eq!(app.get_as(&head, &path).await.ok(200)["items"], json!([]));
        let licence = hand_in(&app, &head, LICENCE).await;
        let mut tx = app.app.db.begin_write("test.material").await.expect("begun");
        let (id, role) = (unit.parse().expect("an id"), MaterialRole::Licence);
        store::unit_material::put(&mut tx, id, role, licence.parse().expect("an id"), app.app.now()).await.expect("written");
        tx.commit().await.expect("committed");
        let listed = app.get_as(&head, &path).await.ok(200)["items"].clone();
        assert_eq!(listed, json!([{"role": "licence", "material_id": licence, "media_type": "image/png", "since_us": app.app.now().micros()}]));
        let shown = app.get_as(&head, &format!("{path}/licence")).await;
        assert_eq!((shown.bytes.as_slice(), shown.headers["content-type"].to_str().expect("text")), (LICENCE, "image/png"));
        for other in ["proof", "nonsense"] {
            app.get_as(&head, &format!("{path}/{other}")).await.problem(404, "material_not_found");
        }
        app.get_as(&member, &path).await.problem(403, "not_administrator");
        app.get_as(&member, &format!("{path}/licence")).await.problem(403, "not_administrator");
    }

    async fn umg_3_the_representatives_photos_are_replaced_by_readable_ones(app: TestApp) {
        let (head, unit, member) = with_member(&app).await;
        let path = format!("/api/v1/units/{unit}/representative-photos");
        let (front, back) = (paper(&app, &head, 0, "front").await, paper(&app, &head, 0, "back").await);
        let body = |front: &str, back: &str| json!({"front": front, "back": back});
        let other = paper(&app, &head, 1, "front").await;
        let told = app.put_as(&head, &path, &body(&other, &back)).await.problem(409, "paper_mismatch");
        assert_eq!(told["fields"], json!(["representative_front.name"]));
        let expired = paper(&app, &head, 0, "expired").await;
        let told = app.put_as(&head, &path, &body(&front, &expired)).await.problem(409, "paper_mismatch");
        assert_eq!(told["fields"], json!(["representative_back.valid_to"]));
        let told = app.put_as(&head, &path, &body(&back, &front)).await.problem(409, "paper_retake");
        assert_eq!((&told["role"], &told["reason"]), (&json!("representative_front"), &json!("wrong_document")));
        let file = hand_in(&app, &head, b"%PDF-1.7").await;
        app.put_as(&head, &path, &body(&file, &back)).await.problem(400, "paper_not_picture");
        let theirs = paper(&app, &member, 0, "front").await;
        app.put_as(&head, &path, &body(&theirs, &back)).await.problem(404, "material_not_found");
        app.put_as(&member, &path, &body(&theirs, &theirs)).await.problem(403, "not_administrator");
        let listed = format!("/api/v1/units/{unit}/materials");
        assert_eq!(app.get_as(&head, &listed).await.ok(200)["items"], json!([]), "what was refused changed nothing");
        app.put_as(&head, &path, &body(&front, &back)).await.ok(204);
        let again = paper(&app, &head, 0, "front").await;
        app.put_as(&head, &path, &body(&again, &back)).await.ok(204);
        let items = app.get_as(&head, &listed).await.ok(200)["items"].clone();
        assert_eq!((&items[1]["role"], &items[1]["material_id"]), (&json!("representative_front"), &json!(again)));
        let shown = app.get_as(&head, &format!("{listed}/representative_front")).await;
        assert_eq!(shown.bytes, scripted(0, "front"));
    }
}
