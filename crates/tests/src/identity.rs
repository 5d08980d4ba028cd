//! What people hand in to prove who they are, over HTTP.

use domain::operator::Duty;
use domain::review::Decision;
use providers::ocr::{Document, Field, LocalOcr, Ocr, Reading, Retake};
use providers::specimen::PEOPLE;
use providers::{Answer as Later, Provider};
use serde_json::{Value, json};

use crate::{Answer, Phone, TestApp};

/// Hands in bytes.
pub async fn hand_in(app: &TestApp, who: &Phone, bytes: &[u8]) -> Answer {
    let request = app.request(reqwest::Method::POST, "/api/v1/materials");
    let request = request.bearer_auth(&who.token);
    Answer::of(request.body(bytes.to_vec())).await
}

const SCRIPTED: &[u8] = b"\xff\xd8\xff specimen ";

/// Reads what [`paper`] hands in without looking at pictures, which takes seconds in an unoptimised build; everything else
/// it reads as the service does. That the reader reads the drawn specimens is proven beside the reader.
pub struct Reads;

impl Provider for Reads {
    fn is_sandbox(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        LocalOcr.name()
    }
}

impl Ocr for Reads {
    fn read<'a>(&'a self, document: Document, photo: &'a [u8]) -> Later<'a, Reading> {
        let Some(script) = photo.strip_prefix(SCRIPTED) else {
            return LocalOcr.read(document, photo);
        };
        let (file, number) = std::str::from_utf8(script)
            .ok()
            .and_then(|script| script.split_once(' '))
            .expect("a script");
        let field = |name, text: &str| Field {
            name,
            text: text.to_owned(),
            sure: true,
        };
        let reading = match (file, document) {
            ("front", Document::IdCardFront) => {
                let person = PEOPLE.iter().find(|person| person.id_number == number);
                let person = person.expect("a specimen");
                Reading::Read(vec![
                    field("name", person.name),
                    field("id_number", person.id_number),
                ])
            }
            ("licence", Document::BusinessLicence) => {
                let names = ["uscc", "name", "legal_representative"];
                let texts = names.into_iter().zip(number.split('|'));
                Reading::Read(texts.map(|(name, text)| field(name, text)).collect())
            }
            ("back", Document::IdCardBack) => Reading::Read(vec![field("valid_to", "2040-05-06")]),
            ("expired", Document::IdCardBack) => {
                Reading::Read(vec![field("valid_to", "2024-05-06")])
            }
            _ => Reading::Retake(Retake::WrongDocument, Vec::new()),
        };
        Box::pin(async { Ok(reading) })
    }
}

/// The bytes that [`Reads`] takes for a side of a specimen's card: `front`, `back` or `expired`.
#[must_use]
pub fn scripted(specimen: usize, file: &str) -> Vec<u8> {
    let script = format!("{file} {}", PEOPLE[specimen].id_number);
    [SCRIPTED, script.as_bytes()].concat()
}

/// Hands in a licence that says this; its id.
pub async fn licence(
    app: &TestApp,
    who: &Phone,
    uscc: &str,
    name: &str,
    representative: &str,
) -> String {
    let script = format!("licence {uscc}|{name}|{representative}");
    let bytes = [SCRIPTED, script.as_bytes()].concat();
    let body = hand_in(app, who, &bytes).await.ok(201);
    body["material_id"].as_str().expect("an id").to_owned()
}

/// Hands in a side of a specimen's card; its id.
pub async fn paper(app: &TestApp, who: &Phone, specimen: usize, file: &str) -> String {
    let body = hand_in(app, who, &scripted(specimen, file)).await.ok(201);
    body["material_id"].as_str().expect("an id").to_owned()
}

/// States a specimen's name and number.
pub async fn identify(app: &TestApp, who: &Phone, specimen: usize) -> Answer {
    let person = &PEOPLE[specimen];
    let body = json!({"nationality": "CN", "name": person.name, "id_number": person.id_number});
    app.post_as(who, "/api/v1/identity", &body).await
}

/// Both sides of a card.
pub async fn id_card(app: &TestApp, who: &Phone, front: &str, back: &str) -> Answer {
    let body = json!({"front": front, "back": back});
    app.post_as(who, "/api/v1/me/id-card", &body).await
}

/// Name, number and card of a specimen, so that the face is what is left.
pub async fn up_to_face(app: &TestApp, who: &Phone, specimen: usize) {
    identify(app, who, specimen).await.ok(200);
    let front = paper(app, who, specimen, "front").await;
    let back = paper(app, who, specimen, "back").await;
    let answer = id_card(app, who, &front, &back).await.ok(200);
    assert_eq!(answer["missing_evidence"], json!(["face"]));
}

/// Opens the camera page: our number of the visit, and the page's path.
pub async fn open_face(app: &TestApp, who: &Phone) -> (String, String) {
    let opened = app
        .post_as(who, "/api/v1/me/face-checks", &Value::Null)
        .await;
    let opened = opened.ok(201);
    let text = |name: &str| opened[name].as_str().expect("text").to_owned();
    (text("face_check_id"), camera_path(app, &text("url")))
}

/// The path of a camera page on the same server.
pub fn camera_path(app: &TestApp, url: &str) -> String {
    let path = url.strip_prefix(&app.app.settings.public_url);
    path.expect("our own page").to_owned()
}

/// Presses a button of the camera page: `pass`, `fail`, `no_picture`, `give_up`.
pub async fn press(app: &TestApp, page: &str, action: &str) {
    let request = app.request(reqwest::Method::POST, page);
    let form = request.header("content-type", "application/x-www-form-urlencoded");
    // It leads back to the phone app, which these tests do not have; what counts is asked for afterwards.
    Answer::of(form.body(format!("action={action}"))).await;
}

/// Where the real name stands.
pub async fn progress(app: &TestApp, who: &Phone) -> Value {
    app.get_as(who, "/api/v1/me/identity").await.ok(200)
}

/// An operator's word on a case.
pub async fn rule(
    app: &TestApp,
    case: &Value,
    decision: Decision,
    reason: &str,
) -> Result<(), &'static str> {
    let acting = app::operator::Acting {
        operator_id: app.app.new_id(),
        duties: Duty::ALL.to_vec(),
    };
    let id = case.as_str().expect("an id").parse().expect("an id");
    let ruling = app::review::Ruling { decision, reason };
    let decided = app::review::decide(&app.app, &acting, id, &ruling).await;
    decided.map(|_| ()).map_err(|error| error.code())
}
