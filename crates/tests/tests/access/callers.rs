//! Everybody that the service tells apart, and what there is for them to call about.

use domain::operator::OperatorRole;
use domain::review::{CaseKind, MaterialRole};
use hulian_tests::membership::{decide, id_of, join, transfer};
use hulian_tests::{Answer, Phone, TestApp};
use reqwest::Method;

/// Somebody who calls.
pub struct Caller {
    /// What they are.
    pub name: &'static str,
    /// How they show it.
    pub token: Option<String>,
}

/// A unit with everybody in their place.
pub struct Scene {
    /// Those who may least come first.
    pub callers: Vec<Caller>,
    /// What path parameters and fields of bodies stand for, by their names.
    pub ids: Vec<(&'static str, String)>,
}

impl Scene {
    /// Sets it.
    pub async fn set(app: &TestApp) -> Self {
        let head = app.phone(0).await;
        let unit = app.unit(&head, 0).await;
        let administrator = let_in(app, &head, &unit, 1).await;
        let next = id_of(app, &head, &unit, 1).await;
        transfer(app, &head, &unit, &next).await.ok(204);
        let member = let_in(app, &administrator, &unit, 2).await;
        let stranger = app.phone(3).await;
        app.unit(&stranger, 3).await;
        let verified = app.phone(4).await;
        let unverified = app.signed_in(7).await;
        let comer = app.phone(5).await;
        let asked = join(app, &comer, &unit, "新同事").await.ok(201);
        let picture = app
            .request(Method::POST, "/api/v1/materials")
            .bearer_auth(&member.token);
        let picture = Answer::of(picture.body(b"\xff\xd8\xff".to_vec()))
            .await
            .ok(201);
        let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
        let operators = operators(app).await;
        let a_case = a_case(app, &member, &text(&picture["material_id"])).await;
        Self {
            ids: vec![
                ("unit_id", unit.clone()),
                ("application_id", text(&asked["application_id"])),
                ("material_id", text(&picture["material_id"])),
                ("member_id", text(&id_of(app, &head, &unit, 2).await)),
                ("session_id", member.caller.session_id.to_string()),
                ("case_id", a_case),
                ("operator_id", operators[0].1.clone()),
            ],
            callers: [
                Caller {
                    name: "anonymous",
                    token: None,
                },
                of("unverified", &unverified),
                of("verified", &verified),
                of("other unit's administrator", &stranger),
                of("member", &member),
                of("administrator", &administrator),
                of("legal representative", &head),
            ]
            .into_iter()
            .chain(operators.into_iter().map(|(caller, _)| caller))
            .collect(),
        }
    }

    /// What stands for a name.
    pub fn id(&self, name: &str) -> Option<&str> {
        self.ids
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, id)| id.as_str())
    }
}

fn of(name: &'static str, phone: &Phone) -> Caller {
    Caller {
        name,
        token: Some(phone.token.clone()),
    }
}

/// An operator of each role, with their ids; those who may least come first.
async fn operators(app: &TestApp) -> Vec<(Caller, String)> {
    let names = [
        (OperatorRole::Content, "content operator"),
        (OperatorRole::Security, "security operator"),
        (OperatorRole::Finance, "finance operator"),
        (OperatorRole::Reviewer, "reviewing operator"),
        (OperatorRole::Administrator, "administrating operator"),
    ];
    let mut all = Vec::new();
    for (role, name) in names {
        let operator = app.operator(&[role]).await;
        let caller = Caller {
            name,
            token: Some(operator.token.clone()),
        };
        all.push((caller, operator.id.to_string()));
    }
    all
}

/// A case of the reviewers, with the picture in it.
async fn a_case(app: &TestApp, phone: &Phone, picture: &str) -> String {
    let picture = picture.parse().expect("an id");
    let materials = [(MaterialRole::Handheld, picture)];
    let case = app.case(phone, CaseKind::PersonFace, "{}", &materials);
    case.await.to_string()
}

async fn let_in(app: &TestApp, administrator: &Phone, unit: &str, number: usize) -> Phone {
    let comer = app.phone(number).await;
    let asked = join(app, &comer, unit, "新同事").await.ok(201);
    decide(app, administrator, &asked["application_id"], "pass", "")
        .await
        .ok(200);
    comer
}
