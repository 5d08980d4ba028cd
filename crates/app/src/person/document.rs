//! Real name of people from elsewhere: an operator looks at their document (IDV-3). One document is one account's, of
//! whatever kind (IDV-4).

use domain::document::{DocumentKind, kinds_of};
use domain::id::{CaseId, EvidenceId, MaterialId};
use domain::person::PersonName;
use domain::policy::EvidenceKind;
use domain::review::{CaseKind, CaseState, MaterialRole};
use store::Tx;
use store::evidence::{Passed, Subject};
use store::person::Document;
use store::review::Case;

use super::review::OPERATOR;
use crate::operator::Acting;
use crate::review::{self, Facts, NewCase, Told};
use crate::{App, Caller, Error, Result, feed, personal};

/// Names of what is typed, which the console puts into the operator's language.
pub(super) const NATIONALITY: &str = "nationality";
pub(super) const NAME: &str = "name";
pub(super) const DOCUMENT_KIND: &str = "document_kind";
pub(super) const DOCUMENT_NUMBER: &str = "document_number";

/// What a person hands in.
pub struct Papers<'a> {
    /// `HK`, `MO`, `TW` or a country.
    pub nationality: &'a str,
    /// As on the document, Latin or Chinese.
    pub name: &'a str,
    /// Which document.
    pub document_kind: &'a str,
    /// Its number.
    pub document_number: &'a str,
    /// The side with the portrait.
    pub front: MaterialId,
    /// The other side; a passport has none.
    pub back: Option<MaterialId>,
    /// The person, holding the document up.
    pub handheld: MaterialId,
}

/// Asks an operator to look.
///
/// # Errors
/// `nationality_not_offered`, `document_kind_invalid`, `document_number_invalid`, `name_invalid`, `document_back_needed`,
/// `already_verified`, `review_open`, `material_not_found`.
pub async fn ask_document_review(
    app: &App,
    caller: &Caller,
    papers: &Papers<'_>,
) -> Result<CaseId> {
    let person_id = caller.person_id;
    let (facts, materials) = read(app, papers)?;
    let mut tx = app.db.begin_write("person.ask_document_review").await?;
    let found = store::person::lock(&mut tx, person_id).await?;
    if found.name.is_some() {
        return Err(Error::conflict("already_verified"));
    }
    let kind = CaseKind::PersonDocument;
    let newest = store::review::newest_of_person(&mut tx, person_id, kind).await?;
    if newest.is_some_and(|case| case.state == CaseState::Open) {
        return Err(Error::conflict("review_open"));
    }
    let new = NewCase {
        kind,
        person_id,
        unit_id: None,
        facts: &facts,
        materials: &materials,
    };
    let id = review::open(app, &mut tx, &new).await?;
    tx.commit().await?;
    feed::tell_people(app, &[person_id]);
    Ok(id)
}

fn read(app: &App, papers: &Papers<'_>) -> Result<(Facts, Vec<(MaterialRole, MaterialId)>)> {
    let nationality = papers.nationality;
    let kinds = kinds_of(nationality);
    if kinds.is_empty() {
        return Err(Error::invalid("nationality_not_offered"));
    }
    let kind = DocumentKind::parse(papers.document_kind).filter(|kind| kinds.contains(kind));
    let kind = kind.ok_or_else(|| Error::invalid("document_kind_invalid"))?;
    let today = app.now().day();
    let number = kind.number(papers.document_number, nationality, today);
    let number = number.ok_or_else(|| Error::invalid("document_number_invalid"))?;
    let name = PersonName::parse_foreign(papers.name);
    let name = name.map_err(|_| Error::invalid("name_invalid"))?;
    let back = papers.back.filter(|_| kind.has_back());
    if kind.has_back() && back.is_none() {
        return Err(Error::invalid("document_back_needed"));
    }
    let facts = [
        (NATIONALITY, nationality),
        (NAME, name.as_str()),
        (DOCUMENT_KIND, kind.as_str()),
        (DOCUMENT_NUMBER, &number),
    ];
    let facts = facts.map(|(fact, text)| (fact.to_owned(), text.to_owned()));
    let mut materials = vec![
        (MaterialRole::DocumentFront, papers.front),
        (MaterialRole::Handheld, papers.handheld),
    ];
    materials.extend(back.map(|id| (MaterialRole::DocumentBack, id)));
    Ok((facts.into(), materials))
}

/// A document that an operator has looked at: name and number are kept like anybody's.
///
/// # Errors
/// `document_in_use` when another account has it, `already_verified` when the person has become somebody meanwhile.
pub(crate) async fn settle_document(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    case: &Case,
    state: CaseState,
) -> Result<Told> {
    let person = case.person_id;
    let told = Told::person(person);
    if state != CaseState::Passed {
        return Ok(told);
    }
    if store::person::lock(tx, person).await?.name.is_some() {
        return Err(Error::conflict("already_verified"));
    }
    let facts = review::open_facts(app, case)?;
    let fact = |name: &str| facts.get(name).map(String::as_str).unwrap_or_default();
    let nationality = fact(NATIONALITY);
    let kind = DocumentKind::parse(fact(DOCUMENT_KIND));
    let kind = kind.ok_or_else(|| Error::internal("a case without a kind of document"))?;
    let number = fact(DOCUMENT_NUMBER);
    let hash = personal::id_number_hash(app, &kind.identity(number, nationality));
    if store::person::document_is_of_another(&mut *tx, person, &hash).await? {
        return Err(Error::conflict("document_in_use"));
    }
    let document = Document {
        name: &personal::seal_name(app, person, fact(NAME))?,
        number: &personal::seal_id_number(app, person, number)?,
        hash: &hash,
        nationality,
        kind: kind.as_str(),
    };
    match store::person::put_document(tx, person, &document).await {
        // Another account was faster with the same document.
        Err(store::Error::Conflict(_)) => return Err(Error::conflict("document_in_use")),
        other => other?,
    }
    let id: EvidenceId = app.new_id();
    let by = acting.operator_id.to_string();
    let material = app
        .vault
        .wrap_text("evidence.material", id.as_bytes(), &by)?;
    let found = Passed {
        id,
        subject: Subject::Person(person),
        kind: EvidenceKind::Operator,
        provider: OPERATOR,
        at: app.now(),
        material: &material,
    };
    store::evidence::insert_passed(tx, &found).await?;
    Ok(told)
}
