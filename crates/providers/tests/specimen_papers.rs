//! What the sandbox draws, the embedded reader reads.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends at the first thing that is wrong"
)]

use hulian_providers::ocr::{Document, Field, LocalOcr, Ocr, Reading, Retake};
use hulian_providers::register::Registered;
use hulian_providers::specimen::{
    COMPANIES, PEOPLE, id_card_back, id_card_front, licence, power_of_attorney,
};

async fn read(document: Document, photo: Option<Vec<u8>>) -> Vec<Field> {
    match LocalOcr.read(document, &photo.expect("a picture")).await {
        Ok(Reading::Read(fields)) => fields,
        Ok(Reading::Retake(why, _)) => panic!("{document:?}: {}", why.as_str()),
        Err(unavailable) => panic!("{unavailable}"),
    }
}

fn check(fields: &[Field], name: &str, expected: &str) {
    let field = fields.iter().find(|field| field.name == name);
    let field = field.unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(
        (field.text.as_str(), field.sure),
        (expected, true),
        "{name}"
    );
}

#[tokio::test]
async fn idv_1_the_specimens_cards_are_read() {
    // Reading takes seconds, and these differ in what is hard: a number that ends in X, a name of four characters.
    for person in [&PEOPLE[0], &PEOPLE[6]] {
        let fields = read(Document::IdCardFront, id_card_front(person)).await;
        check(&fields, "name", person.name);
        check(&fields, "id_number", person.id_number);
    }
    for (is_expired, end) in [(false, "2040-05-06"), (true, "2024-05-06")] {
        let fields = read(Document::IdCardBack, id_card_back(is_expired)).await;
        check(&fields, "authority", "样本市公安局");
        check(&fields, "valid_to", end);
    }
}

#[tokio::test]
async fn unit_1_the_specimens_licences_are_read() {
    // These differ in what is hard: brackets, letters.
    for company in &COMPANIES[2..4] {
        let entry = Registered {
            name: company.name.to_owned(),
            legal_representative: company.legal_representative.to_owned(),
        };
        let drawn = licence(company.uscc, &entry);
        let fields = read(Document::BusinessLicence, drawn).await;
        check(&fields, "uscc", company.uscc);
        check(&fields, "name", company.name);
        check(
            &fields,
            "legal_representative",
            company.legal_representative,
        );
    }
}

#[tokio::test]
async fn idv_1_the_wrong_side_and_no_picture_are_named() {
    let back = id_card_back(false).expect("a picture");
    for (photo, why) in [
        (back.as_slice(), Retake::WrongDocument),
        (b"\xff\xd8\xff no picture".as_slice(), Retake::NoPicture),
    ] {
        let reading = LocalOcr.read(Document::IdCardFront, photo).await;
        assert!(matches!(reading, Ok(Reading::Retake(found, _)) if found == why));
    }
}

#[tokio::test]
async fn unit_1_the_specimens_powers_of_attorney_are_read() {
    for (company, agent) in [(0, 1), (2, 6)] {
        let (company, agent) = (&COMPANIES[company], &PEOPLE[agent]);
        let fields = read(Document::PowerOfAttorney, power_of_attorney(company, agent)).await;
        check(&fields, "company", company.name);
        check(&fields, "uscc", company.uscc);
        check(
            &fields,
            "legal_representative",
            company.legal_representative,
        );
        check(&fields, "agent", agent.name);
        check(&fields, "agent_id_number", agent.id_number);
    }
}
