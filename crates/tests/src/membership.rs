//! What people do about who belongs to a unit, over HTTP.

use providers::specimen::PEOPLE;
use serde_json::{Value, json};

use crate::{Answer, Phone, TestApp};

/// Asks to come in.
pub async fn join(app: &TestApp, who: &Phone, unit: &str, reason: &str) -> Answer {
    let path = format!("/api/v1/units/{unit}/join-requests");
    app.post_as(who, &path, &json!({"reason": reason})).await
}

/// An administrator's `pass` or `refuse`.
pub async fn decide(app: &TestApp, who: &Phone, id: &Value, verdict: &str, reason: &str) -> Answer {
    let id = id.as_str().expect("an id");
    let path = format!("/api/v1/applications/{id}/decision");
    let body = json!({"verdict": verdict, "reason": reason});
    app.post_as(who, &path, &body).await
}

/// Looks for a unit by what one types.
pub async fn search(app: &TestApp, who: &Phone, text: &str) -> Answer {
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
    app.get_as(who, &format!("/api/v1/units/search?text={encoded}"))
        .await
}

/// What waits for the unit's administrators.
pub async fn tasks(app: &TestApp, who: &Phone, unit: &str) -> Vec<Value> {
    let path = format!("/api/v1/units/{unit}/tasks");
    let body = app.get_as(who, &path).await.ok(200);
    body["items"].as_array().expect("items").clone()
}

/// What somebody has asked for, newest first.
pub async fn own(app: &TestApp, who: &Phone) -> Vec<Value> {
    let body = app.get_as(who, "/api/v1/applications").await.ok(200);
    body["items"].as_array().expect("items").clone()
}

/// The members as `who` sees them.
pub async fn members(app: &TestApp, who: &Phone, unit: &str) -> Value {
    let path = format!("/api/v1/units/{unit}/members");
    app.get_as(who, &path).await.ok(200)
}

/// The member id of specimen person `number`, as `who` sees it.
pub async fn id_of(app: &TestApp, who: &Phone, unit: &str, number: usize) -> Value {
    let list = members(app, who, unit).await;
    let found = list["items"].as_array().expect("items").iter();
    let mut found = found.filter(|one| one["name"] == PEOPLE[number].name);
    found.next().expect("a member")["member_id"].clone()
}

/// What the members are, by name.
pub async fn roles(app: &TestApp, who: &Phone, unit: &str) -> Vec<(String, String)> {
    let list = members(app, who, unit).await;
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let items = list["items"].as_array().expect("items").iter();
    items
        .map(|one| (text(&one["name"]), text(&one["role"])))
        .collect()
}

/// An administrator removes members.
pub async fn remove(app: &TestApp, who: &Phone, unit: &str, ids: &[&Value]) -> Answer {
    let path = format!("/api/v1/units/{unit}/removals");
    app.post_as(who, &path, &json!({"member_ids": ids})).await
}

/// A member asks that somebody be removed.
pub async fn ask_removal(app: &TestApp, who: &Phone, unit: &str, id: &Value) -> Answer {
    let path = format!("/api/v1/units/{unit}/removal-requests");
    let body = json!({"member_ids": [id], "reason": "已离职"});
    app.post_as(who, &path, &body).await
}

/// A member asks for the certificates of products.
pub async fn ask_certificates(
    app: &TestApp,
    who: &Phone,
    unit: &str,
    products: &[&Value],
) -> Answer {
    let path = format!("/api/v1/units/{unit}/certificate-requests");
    let body = json!({"product_ids": products, "reason": "负责投标"});
    app.post_as(who, &path, &body).await
}

/// A member asks for a seal until the end of a day.
pub async fn ask_seal(app: &TestApp, who: &Phone, unit: &str, seal: &Value, until: &str) -> Answer {
    let path = format!("/api/v1/units/{unit}/seal-requests");
    let body = json!({"seal_ids": [seal], "until": until, "reason": "盖投标文件"});
    app.post_as(who, &path, &body).await
}

/// An administrator passes what waits longest.
pub async fn pass_first(app: &TestApp, head: &Phone, unit: &str) -> Answer {
    let waiting = tasks(app, head, unit).await;
    decide(app, head, &waiting[0]["application_id"], "pass", "").await
}

/// Leaves.
pub async fn leave(app: &TestApp, who: &Phone, unit: &str) -> Answer {
    let path = format!("/api/v1/units/{unit}/leave");
    app.post_as(who, &path, &json!({})).await
}

/// Gives the administrator's place to a member.
pub async fn transfer(app: &TestApp, who: &Phone, unit: &str, to: &Value) -> Answer {
    let path = format!("/api/v1/units/{unit}/transfer");
    app.post_as(who, &path, &json!({"member_id": to})).await
}

/// Specimen person 0 with their company, and person 1 as a member of it.
pub async fn with_member(app: &TestApp) -> (Phone, String, Phone) {
    let head = app.phone(0).await;
    let unit = app.unit(&head, 0).await;
    let member = enter(app, &head, &unit, 1).await;
    (head, unit, member)
}

/// Lets specimen person `number` in.
pub async fn enter(app: &TestApp, head: &Phone, unit: &str, number: usize) -> Phone {
    let phone = app.phone(number).await;
    let asked = join(app, &phone, unit, "新同事").await.ok(201);
    decide(app, head, &asked["application_id"], "pass", "")
        .await
        .ok(200);
    phone
}

/// Hands a file in; its material id.
pub async fn hand_in(app: &TestApp, who: &Phone, bytes: &[u8]) -> String {
    let request = app.request(reqwest::Method::POST, "/api/v1/materials");
    let request = request.bearer_auth(&who.token).body(bytes.to_vec());
    let body = Answer::of(request).await.ok(201);
    body["material_id"].as_str().expect("an id").to_owned()
}

/// Asks the operators for the administrator's place.
pub async fn ask_takeover(app: &TestApp, who: &Phone, unit: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/units/{unit}/takeover");
    app.post_as(who, &path, body).await
}
