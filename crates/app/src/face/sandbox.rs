//! The sandbox's camera page: what it shows, and what its buttons do. Absent in production.

use providers::face::{Failure, SandboxFace, Verdict};

use super::hint;
use crate::{App, Error, Result};

/// A button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// The face passes.
    Pass,
    /// It is another face.
    Fail,
    /// There is nothing to compare it with.
    NoPicture,
    /// The person gives up.
    GiveUp,
}

/// What the page shows.
pub struct CameraPage {
    /// Where the browser goes afterwards.
    pub return_url: String,
    /// Whether a button was pressed.
    pub is_over: bool,
}

/// The page of a visit.
///
/// # Errors
/// `face_check_not_found`, also wherever there is no sandbox.
pub fn camera(app: &App, check_id: &str) -> Result<CameraPage> {
    let missing = || Error::not_found("face_check_not_found");
    let camera = app.providers.camera.as_ref().ok_or_else(missing)?;
    let check = camera.check(check_id).ok_or_else(missing)?;
    Ok(CameraPage {
        is_over: check.verdict != Verdict::Pending,
        return_url: check.return_url,
    })
}

/// Presses a button. The report goes the way of any provider's; when it is lost, the
/// phone asks by itself.
///
/// # Errors
/// As [`camera`].
pub async fn press(app: &App, check_id: &str, press: Press) -> Result<CameraPage> {
    let page = camera(app, check_id)?;
    let failure = match press {
        Press::Pass => None,
        Press::Fail => Some(Failure::Mismatch),
        Press::NoPicture => Some(Failure::NoPicture),
        Press::GiveUp => Some(Failure::GivenUp),
    };
    if let Some(camera) = &app.providers.camera {
        camera.decide(check_id, failure);
        let query = SandboxFace::callback_query(check_id);
        if let Err(error) = hint(app, app.providers.face.name(), &query).await {
            tracing::warn!(code = error.code(), "the report of a face was lost");
        }
    }
    Ok(page)
}
