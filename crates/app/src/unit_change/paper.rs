//! The papers of a change: which there have to be, and whether they say what was stated.

use domain::Day;
use domain::id::{MaterialId, PersonId};
use domain::review::MaterialRole;
use domain::unit::UnitName;
use domain::unit_change::{Compared, Fact, differing};
use providers::ocr::{Document, Field, Reading, Retake};
use serde_json::Value;
use store::unit::Unit;

use super::stated::Stated;
use crate::{App, Error, Result, material, unit};

/// What was handed in.
#[derive(Clone, Copy)]
pub struct Papers {
    /// The new licence.
    pub licence: MaterialId,
    /// The named legal representative's card, the side with the portrait.
    pub representative_front: Option<MaterialId>,
    /// Its other side.
    pub representative_back: Option<MaterialId>,
    /// What that person has signed.
    pub authorisation: Option<MaterialId>,
    /// What else proves the change.
    pub proof: Option<MaterialId>,
}

impl Papers {
    /// Each with its role, once all that the change needs are there.
    ///
    /// # Errors
    /// `paper_missing` `{role}`.
    pub(super) fn of(&self, stated: &Stated) -> Result<Vec<(MaterialRole, MaterialId)>> {
        let mut papers = vec![(MaterialRole::Licence, self.licence)];
        for (role, paper) in [
            (MaterialRole::RepresentativeFront, self.representative_front),
            (MaterialRole::RepresentativeBack, self.representative_back),
            (MaterialRole::Authorisation, self.authorisation),
        ] {
            match paper {
                Some(paper) if stated.change.representative => papers.push((role, paper)),
                None if stated.change.representative => {
                    return Err(Error::invalid("paper_missing").with("role", role.as_str()));
                }
                _ => {}
            }
        }
        papers.extend(self.proof.map(|proof| (MaterialRole::Proof, proof)));
        Ok(papers)
    }
}

/// Goes on only when every paper that can be read says what was stated.
///
/// # Errors
/// `material_not_found`, `paper_not_picture`, `paper_retake` `{role, reason}`, `paper_mismatch` `{fields}`, `ocr_unavailable`.
pub(super) async fn compare(
    app: &App,
    person: PersonId,
    about: &Unit,
    stated: &Stated,
    papers: &[(MaterialRole, MaterialId)],
) -> Result<()> {
    let mut wrong = Vec::new();
    for (role, id) in papers {
        let Some(document) = document(*role) else {
            continue;
        };
        let fields = match read(app, person, *id, document).await? {
            Reading::Read(fields) => fields,
            Reading::Retake(why, _) => return Err(retake(*role, why)),
        };
        wrong.extend(check(about, stated, *role, &fields, app.now().day()));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let fields: Vec<Value> = wrong.into_iter().map(|fact| fact.as_str().into()).collect();
    Err(Error::conflict("paper_mismatch").with("fields", fields))
}

const fn document(role: MaterialRole) -> Option<Document> {
    match role {
        MaterialRole::Licence => Some(Document::BusinessLicence),
        MaterialRole::RepresentativeFront => Some(Document::IdCardFront),
        MaterialRole::RepresentativeBack => Some(Document::IdCardBack),
        _ => None,
    }
}

pub(crate) fn retake(role: MaterialRole, why: Retake) -> Error {
    unit::retake(why).with("role", role.as_str())
}

/// Reads one of a person's own photos.
///
/// # Errors
/// `material_not_found`, `paper_not_picture`, `ocr_unavailable`.
pub(crate) async fn read(
    app: &App,
    person: PersonId,
    photo: MaterialId,
    document: Document,
) -> Result<Reading> {
    let found = material::own(&app.db, person, photo).await?;
    unit::read_paper(app, &found, document).await
}

fn check(
    about: &Unit,
    stated: &Stated,
    role: MaterialRole,
    fields: &[Field],
    today: Day,
) -> Vec<Fact> {
    let says = |name: &str| {
        let field = fields.iter().find(|field| field.name == name);
        field.map(|field| field.text.as_str())
    };
    let number = stated.id_number.as_ref().map(|number| number.as_str());
    // Brackets are printed in either width.
    let name = says("name").and_then(|name| UnitName::parse(name).ok());
    let compared = |fact, read, stated| Compared { fact, read, stated };
    match role {
        MaterialRole::Licence => differing(&[
            compared(Fact::Uscc, says("uscc"), about.registration.number()),
            compared(
                Fact::Name,
                name.as_ref().map(UnitName::as_str),
                &stated.name,
            ),
            compared(
                Fact::Representative,
                says("legal_representative"),
                &stated.representative,
            ),
        ]),
        MaterialRole::RepresentativeFront => differing(&[
            compared(Fact::CardName, says("name"), &stated.representative),
            compared(
                Fact::CardNumber,
                says("id_number"),
                number.unwrap_or_default(),
            ),
        ]),
        _ => {
            let good = says("valid_to").is_some_and(|end| !unit::is_over(end, today));
            if good {
                Vec::new()
            } else {
                vec![Fact::CardTerm]
            }
        }
    }
}
