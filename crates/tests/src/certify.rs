//! Registering and certifying units under the full policy, over HTTP, with a reader of papers that reads JSON.

use std::sync::Arc;

use domain::id::EvidenceId;
use domain::policy::EvidenceKind;
use providers::Answer as Coming;
use providers::Provider;
use providers::Providers;
use providers::ocr::{Document, Field, Ocr, Reading, Retake};
use providers::specimen::{COMPANIES, PEOPLE};
use reqwest::Method;
use serde_json::{Value, json};
use store::evidence::{Passed, Subject};

use crate::{Answer, Phone, TestApp};

/// Reads photos that are a JPEG's first bytes with a JSON object behind them; all others are unclear.
struct JsonOcr;

impl Provider for JsonOcr {
    fn is_sandbox(&self) -> bool {
        true
    }

    fn name(&self) -> &'static str {
        "json-ocr"
    }
}

const NAMES: [&str; 9] = [
    "name",
    "id_number",
    "valid_to",
    "company",
    "uscc",
    "legal_representative",
    "agent",
    "agent_id_number",
    "authority",
];

impl Ocr for JsonOcr {
    fn read<'a>(&'a self, _document: Document, photo: &'a [u8]) -> Coming<'a, Reading> {
        Box::pin(async move {
            let Ok(json) = serde_json::from_slice::<Value>(&photo[3..]) else {
                return Ok(Reading::Retake(Retake::Unclear, Vec::new()));
            };
            let field = |name: &&'static str| {
                let text = json[*name].as_str()?.to_owned();
                Some(Field {
                    name,
                    text,
                    sure: true,
                })
            };
            Ok(Reading::Read(NAMES.iter().filter_map(field).collect()))
        })
    }
}

fn reading_json(providers: Providers) -> Providers {
    Providers {
        ocr: Arc::new(JsonOcr),
        ..providers
    }
}

/// A node that asks for all evidence and reads JSON.
pub async fn full(app: &TestApp) -> TestApp {
    app.full_policy_node_with(reading_json).await
}

/// Specimen person `number`, signed in and verified under the full policy: card and face are proven elsewhere.
pub async fn verified(app: &TestApp, number: usize) -> Phone {
    let phone = app.signed_in(number).await;
    let who = &PEOPLE[number];
    let facts = json!({"nationality": "CN", "name": who.name, "id_number": who.id_number});
    app.post_as(&phone, "/api/v1/identity", &facts)
        .await
        .ok(200);
    let mut tx = app.app.db.begin_write("test.verify").await.expect("begun");
    for kind in [EvidenceKind::IdCard, EvidenceKind::Face] {
        let found = Passed {
            id: app.app.new_id::<EvidenceId>(),
            subject: Subject::Person(phone.caller.person_id),
            kind,
            provider: "test",
            at: app.app.now(),
            material: b"-",
        };
        store::evidence::insert_passed(&mut tx, &found)
            .await
            .expect("written");
    }
    tx.commit().await.expect("committed");
    phone
}

/// Hands a photo in that says this; its id.
pub async fn photo(app: &TestApp, who: &Phone, says: &Value) -> String {
    let mut bytes = b"\xff\xd8\xff".to_vec();
    bytes.extend(says.to_string().into_bytes());
    file(app, who, bytes).await
}

/// Hands a file in; its id.
pub async fn file(app: &TestApp, who: &Phone, bytes: Vec<u8>) -> String {
    let request = app.request(Method::POST, "/api/v1/materials");
    let answer = Answer::of(request.bearer_auth(&who.token).body(bytes)).await;
    answer.ok(201)["material_id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

/// Has a paper read.
pub async fn paper(app: &TestApp, who: &Phone, role: &str, says: &Value) -> Answer {
    let material_id = photo(app, who, says).await;
    let body = json!({"role": role, "material_id": material_id});
    app.post_as(who, "/api/v1/unit-papers", &body).await
}

/// What the papers of specimen company `company` say when specimen person `agent` registers it.
pub fn papers_say(company: usize, agent: usize) -> [(&'static str, Value); 3] {
    let (company, head) = (&COMPANIES[company], &PEOPLE[company]);
    let agent = &PEOPLE[agent];
    [
        (
            "power_of_attorney",
            json!({"company": company.name, "agent": agent.name, "agent_id_number": agent.id_number}),
        ),
        (
            "representative_front",
            json!({"name": head.name, "id_number": head.id_number}),
        ),
        ("representative_back", json!({"valid_to": "2040-05-06"})),
    ]
}

/// The body by which specimen person `agent` registers specimen company `company` as administrator, papers read.
pub async fn administrator_body(app: &TestApp, who: &Phone, company: usize, agent: usize) -> Value {
    let mut papers = json!({});
    for (role, says) in papers_say(company, agent) {
        papers[role] = paper(app, who, role, &says).await.ok(201)["paper_id"].clone();
    }
    let head = &PEOPLE[company];
    json!({
        "as": "administrator", "name": COMPANIES[company].name, "uscc": COMPANIES[company].uscc,
        "representative": {"name": head.name, "id_number": head.id_number}, "papers": papers,
    })
}

/// Registers a unit.
pub async fn register(app: &TestApp, who: &Phone, body: &Value) -> Answer {
    app.post_as(who, "/api/v1/units", body).await
}

/// Registers specimen company `number` as its legal representative; its id.
pub async fn registered(app: &TestApp, who: &Phone, number: usize) -> String {
    let company = &COMPANIES[number];
    let body = json!({"as": "legal_representative", "name": company.name, "uscc": company.uscc});
    let made = register(app, who, &body).await.ok(201);
    made["unit_id"].as_str().expect("an id").to_owned()
}

/// Shows a licence that says this.
pub async fn licence(app: &TestApp, who: &Phone, unit: &str, says: &Value) -> Answer {
    let material_id = photo(app, who, says).await;
    let path = format!("/api/v1/units/{unit}/licence");
    app.post_as(who, &path, &json!({"material_id": material_id}))
        .await
}

/// What the licence of specimen company `number` says.
pub fn licence_says(number: usize) -> Value {
    let company = &COMPANIES[number];
    json!({"name": company.name, "uscc": company.uscc, "legal_representative": company.legal_representative})
}

/// The same up to the deposit: specimen company `number`, registered, licence shown.
pub async fn licensed(app: &TestApp, who: &Phone, number: usize) -> String {
    let unit = registered(app, who, number).await;
    licence(app, who, &unit, &licence_says(number))
        .await
        .ok(200);
    unit
}

/// Asks for a deposit.
pub async fn ask_deposit(app: &TestApp, who: &Phone, unit: &str, account: &str) -> Answer {
    let found = app
        .get_as(
            who,
            &format!("/api/v1/units/{unit}/bank-branches?words=%E6%9C%9D%E9%98%B3"),
        )
        .await
        .ok(200);
    let branch = &found["items"][0];
    let body =
        json!({"branch_code": branch["code"], "branch_name": branch["name"], "account": account});
    let path = format!("/api/v1/units/{unit}/deposit");
    app.post_as(who, &path, &body).await
}

/// Types an amount back.
pub async fn enter(app: &TestApp, who: &Phone, unit: &str, amount: &str) -> Answer {
    let path = format!("/api/v1/units/{unit}/deposit/amount");
    app.post_as(who, &path, &json!({"amount": amount})).await
}

/// How the unit's deposit stands.
pub async fn deposit(app: &TestApp, who: &Phone, unit: &str) -> Value {
    let path = format!("/api/v1/units/{unit}/deposit");
    app.get_as(who, &path).await.ok(200)
}

/// The amount on the newest line of the bank's statement, and one that it is not.
pub async fn amounts(app: &TestApp) -> (String, String) {
    let statement = app::bank::statement(&app.app).await.expect("a statement");
    let fen = statement[0].amount_fen;
    let other = if fen == 1 { 2 } else { 1 };
    (domain::Fen(fen).to_string(), domain::Fen(other).to_string())
}

/// How the unit stands.
pub async fn state(app: &TestApp, who: &Phone, unit: &str) -> String {
    let body = app.get_as(who, &format!("/api/v1/units/{unit}")).await;
    body.ok(200)["state"].as_str().expect("a state").to_owned()
}
