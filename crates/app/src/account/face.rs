//! The face of whoever cannot receive codes at the present number (ACC-5).

use domain::face::Purpose;
use domain::id::FaceCheckId;

use crate::face::{self, Looked, Opened, Wish};
use crate::{App, Caller, Result};

const RETURN_PATH: &str = "/me/phone?face=";

/// Begins a visit to the camera page, or goes on with the one that was begun in this session.
///
/// # Errors
/// `face_not_offered` to people without a mainland document, `face_limit` `{retry_after_s}`, `face_unavailable`.
pub async fn open_phone_face(app: &App, caller: &Caller, user_agent: &str) -> Result<Opened> {
    let mut tx = app.db.begin_write("account.open_phone_face").await?;
    let person = store::person::lock(&mut tx, caller.person_id).await?;
    let wish = Wish {
        purpose: Purpose::Phone,
        about: &caller.session_id.to_string(),
        return_path: RETURN_PATH,
        user_agent,
    };
    face::open(app, tx, &person, &wish).await
}

/// What came of a visit.
///
/// # Errors
/// `face_check_not_found`, `face_unavailable`.
pub async fn phone_face(app: &App, caller: &Caller, id: FaceCheckId) -> Result<Looked> {
    let about = caller.session_id.to_string();
    let what = (Purpose::Phone, about.as_str());
    let visit = face::own(app, id, caller.person_id, what).await?;
    face::look(app, &visit).await
}
