//! The face of whoever is signed in and has to show more than a code: for another number (ACC-5), for a forgotten password (PWD-4).

use domain::face;
use domain::id::FaceCheckId;

use crate::face::{Looked, Opened, Wish, look, open, own};
use crate::{App, Caller, Result};

/// What it is shown for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A change of number.
    Phone,
    /// A reset of the certificate password.
    Password,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Phone, Self::Password];

    const fn word(self) -> face::Purpose {
        match self {
            Self::Phone => face::Purpose::Phone,
            Self::Password => face::Purpose::Password,
        }
    }

    const fn return_path(self) -> &'static str {
        match self {
            Self::Phone => "/me/phone?face=",
            Self::Password => "/password/forgotten?face=",
        }
    }
}

/// Begins a visit to the camera page, or goes on with the one that was begun in this session.
///
/// # Errors
/// `face_not_offered` to people without a mainland document, `face_limit` `{retry_after_s}`, `face_unavailable`.
pub async fn open_face(
    app: &App,
    caller: &Caller,
    purpose: Purpose,
    user_agent: &str,
) -> Result<Opened> {
    let mut tx = app.db.begin_write("account.open_face").await?;
    let person = store::person::lock(&mut tx, caller.person_id).await?;
    let wish = Wish {
        purpose: purpose.word(),
        about: &caller.session_id.to_string(),
        return_path: purpose.return_path(),
        user_agent,
    };
    open(app, tx, &person, &wish).await
}

/// What came of a visit.
///
/// # Errors
/// `face_check_not_found`, `face_unavailable`.
pub async fn face(app: &App, caller: &Caller, id: FaceCheckId) -> Result<Looked> {
    let about = caller.session_id.to_string();
    let visit = own(
        app,
        id,
        caller.person_id,
        (&Purpose::ALL.map(Purpose::word), &about),
    )
    .await?;
    look(app, &visit).await
}
