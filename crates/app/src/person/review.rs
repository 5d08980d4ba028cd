//! What operators decide about a person's real name (IDV-2).

use domain::Instant;
use domain::face::FAILURES_FOR_REVIEW;
use domain::id::{CaseId, MaterialId, PersonId};
use domain::policy::EvidenceKind;
use domain::review::{CaseKind, CaseState, MaterialRole};
use store::evidence::{Passed, Subject};
use store::review::Case;
use store::{Exec, Tx};

use crate::operator::Acting;
use crate::review::{self, Facts, NewCase, Standing, Told};
use crate::{App, Caller, Error, Result, feed};

/// The word for an operator in evidence.
pub(super) const OPERATOR: &str = "operator";

/// Asks an operator to compare the face on a photo with the ID card held up in it.
///
/// # Errors
/// `already_verified`, `face_review_not_offered` before three failed checks or one without a picture, `review_open`, `material_not_found`.
pub async fn ask_face_review(app: &App, caller: &Caller, photo: MaterialId) -> Result<CaseId> {
    let person_id = caller.person_id;
    let mut tx = app.db.begin_write("person.ask_face_review").await?;
    store::person::lock(&mut tx, person_id).await?;
    let lacking = super::standing(app, &mut tx, person_id).await?.missing;
    if !lacking.contains(&EvidenceKind::Face) {
        return Err(Error::conflict("already_verified"));
    }
    if !is_face_review_offered(app, &mut tx, person_id).await? {
        return Err(Error::conflict("face_review_not_offered"));
    }
    let newest = store::review::newest_of_person(&mut tx, person_id, CaseKind::PersonFace).await?;
    if newest.is_some_and(|case| case.state == CaseState::Open) {
        return Err(Error::conflict("review_open"));
    }
    let new = NewCase {
        kind: CaseKind::PersonFace,
        person_id,
        unit_id: None,
        facts: &Facts::new(),
        materials: &[(MaterialRole::Handheld, photo)],
    };
    let id = review::open(app, &mut tx, &new).await?;
    tx.commit().await?;
    feed::tell_people(app, &[person_id]);
    Ok(id)
}

/// Whether an operator may look: after three failed visits, or one that found no picture to compare with.
pub(super) async fn is_face_review_offered(
    app: &App,
    at: impl Into<Exec<'_>>,
    person: PersonId,
) -> Result<bool> {
    let (ever, kind) = (Instant::from_micros(0), EvidenceKind::Face);
    let mut at = at.into();
    let failed = store::evidence::failures(at.again(), person, kind, ever, app.now()).await?;
    Ok(failed >= FAILURES_FOR_REVIEW || store::face_check::lacks_picture(at, person).await?)
}

/// How the newest request stands, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn face_review(app: &App, caller: &Caller) -> Result<Option<Standing>> {
    let kind = CaseKind::PersonFace;
    let newest = store::review::newest_of_person(&app.db, caller.person_id, kind).await?;
    newest.map(|case| review::standing(app, &case)).transpose()
}

/// A face that an operator has compared: it stands for the camera page's verdict and for nothing else.
pub(crate) async fn settle_face(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    case: &Case,
    state: CaseState,
) -> Result<Told> {
    if state == CaseState::Passed {
        let id = app.new_id::<domain::id::EvidenceId>();
        let by = acting.operator_id.to_string();
        let material = app
            .vault
            .wrap_text("evidence.material", id.as_bytes(), &by)?;
        let found = Passed {
            id,
            subject: Subject::Person(case.person_id),
            kind: EvidenceKind::Face,
            provider: OPERATOR,
            at: app.now(),
            material: &material,
        };
        store::evidence::insert_passed(tx, &found).await?;
    }
    Ok(Told::person(case.person_id))
}
