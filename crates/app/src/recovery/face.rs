//! The face of whoever recovers an account, compared with the picture of its owner.

use domain::face::{PASSED_LIFETIME_US, Purpose, VisitState};
use domain::id::{FaceCheckId, PersonId, RecoveryId};
use domain::recovery::{RecoveryState, STEP_LIFETIME_US, Step};
use store::recovery::Recovery;

use super::{find, lock, step};
use crate::face::{self, Looked, Opened, Wish};
use crate::{App, Error, Result};

const RETURN_PATH: &str = "/recover?face=";

/// Begins a visit to the camera page, or goes on with the one that was begun.
///
/// # Errors
/// `recovery_not_found`, `recovery_expired`, `recovery_order`, `face_limit` `{retry_after_s}`, `face_unavailable`.
pub async fn open_face(
    app: &App,
    id: RecoveryId,
    secret: &str,
    user_agent: &str,
) -> Result<Opened> {
    let mut tx = app.db.begin_write("recovery.open_face").await?;
    let found = lock(app, &mut tx, id, secret).await?;
    step(&found, Step::Face, app.now())?;
    let person = store::person::lock(&mut tx, owner(&found)?).await?;
    let wish = Wish {
        purpose: Purpose::Recovery,
        about: &id.to_string(),
        return_path: RETURN_PATH,
        user_agent,
    };
    face::open(app, tx, &person, &wish).await
}

/// What came of a visit. A face that passed leads on to the new number.
///
/// # Errors
/// `recovery_not_found`, `face_check_not_found`, `face_unavailable`, `recovery_expired`.
pub async fn look_at_face(
    app: &App,
    id: RecoveryId,
    secret: &str,
    check: FaceCheckId,
) -> Result<Looked> {
    let found = find(app, &app.db, id, secret).await?;
    let (person, about) = (owner(&found)?, id.to_string());
    let visit = face::own(app, check, person, (&[Purpose::Recovery], &about)).await?;
    let looked = face::look(app, &visit).await?;
    if looked.state != VisitState::Passed || found.state != RecoveryState::Proven {
        return Ok(looked);
    }
    let now = app.now();
    let mut tx = app.db.begin_write("recovery.face").await?;
    let found = lock(app, &mut tx, id, secret).await?;
    if found.state == RecoveryState::Proven {
        let state = step(&found, Step::Face, now)?;
        let since = now.plus_micros(-PASSED_LIFETIME_US);
        let what = (person, Purpose::Recovery, about.as_str());
        let used = store::face_check::use_up(&mut tx, check, what, since, now).await;
        used.map_err(|error| Error::gone("recovery_expired").because(error))?;
        let allowed = Recovery {
            state,
            expires_at: now.plus_micros(STEP_LIFETIME_US),
            ..found.clone()
        };
        store::recovery::put(&mut tx, found.state, &allowed).await?;
        tx.commit().await?;
    }
    Ok(looked)
}

fn owner(found: &Recovery) -> Result<PersonId> {
    let nobody = || Error::conflict("recovery_order").with("state", found.state.as_str());
    found.person_id.ok_or_else(nobody)
}
