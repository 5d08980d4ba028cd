//! Real name, last step: the person's face before the camera (IDV-1).

use domain::face::Purpose;
use domain::id::FaceCheckId;
use domain::policy::EvidenceKind;

use crate::face::{self, Looked, Opened, Wish};
use crate::{App, Caller, Error, Result};

const ABOUT: &str = "";
const RETURN_PATH: &str = "/identity?face=";

/// Begins a visit to the camera page, or goes on with the one that was begun. `user_agent` is the browser's.
///
/// # Errors
/// `already_verified`, `id_card_needed`, `face_not_offered`, `face_limit` `{retry_after_s}`, `face_unavailable`.
pub async fn open_face_check(app: &App, caller: &Caller, user_agent: &str) -> Result<Opened> {
    let mut tx = app.db.begin_write("person.open_face_check").await?;
    let person = store::person::lock(&mut tx, caller.person_id).await?;
    let missing = super::standing(app, &mut tx, caller.person_id)
        .await?
        .missing;
    if !missing.contains(&EvidenceKind::Face) {
        return Err(Error::conflict("already_verified"));
    }
    if missing.contains(&EvidenceKind::IdCard) {
        return Err(Error::conflict("id_card_needed"));
    }
    let wish = Wish {
        purpose: Purpose::Identity,
        about: ABOUT,
        return_path: RETURN_PATH,
        user_agent,
    };
    face::open(app, tx, &person, &wish).await
}

/// What came of a visit: the provider is asked, whatever the browser brought back.
///
/// # Errors
/// `face_check_not_found`, `face_unavailable`.
pub async fn face_check(app: &App, caller: &Caller, id: FaceCheckId) -> Result<Looked> {
    let visit = face::own(app, id, caller.person_id, (&[Purpose::Identity], ABOUT)).await?;
    face::look(app, &visit).await
}
