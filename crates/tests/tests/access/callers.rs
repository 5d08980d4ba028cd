//! Everybody that the service tells apart, and what there is for them to call about.

use domain::operator::OperatorRole;
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
        let mut operators = Vec::new();
        for role in OperatorRole::ALL {
            let operator = app.operator(&[*role]).await;
            operators.push(Caller {
                name: role_name(*role),
                token: Some(operator.token),
            });
        }
        let mut callers = vec![
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
        ];
        callers.extend(operators);
        Self {
            callers,
            ids: vec![
                ("unit_id", unit.clone()),
                ("application_id", text(&asked["application_id"])),
                ("material_id", text(&picture["material_id"])),
                ("member_id", text(&id_of(app, &head, &unit, 2).await)),
                ("session_id", member.caller.session_id.to_string()),
            ],
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

const fn role_name(role: OperatorRole) -> &'static str {
    match role {
        OperatorRole::Reviewer => "operator: reviewer",
        OperatorRole::Content => "operator: content",
        OperatorRole::Finance => "operator: finance",
        OperatorRole::Security => "operator: security",
        OperatorRole::Administrator => "operator: administrator",
    }
}

fn of(name: &'static str, phone: &Phone) -> Caller {
    Caller {
        name,
        token: Some(phone.token.clone()),
    }
}

async fn let_in(app: &TestApp, administrator: &Phone, unit: &str, number: usize) -> Phone {
    let comer = app.phone(number).await;
    let asked = join(app, &comer, unit, "新同事").await.ok(201);
    decide(app, administrator, &asked["application_id"], "pass", "")
        .await
        .ok(200);
    comer
}
