//! What a person does with their account as a whole: another number, an end.

mod cancel;
mod code;
mod end;
mod face;
mod phone;
mod settle;

pub use cancel::{Cancelled, Obstacle, Prospect, Wish, cancel, prospect};
pub use code::send_code;
pub use face::{Purpose as FacePurpose, face, open_face};
pub(crate) use phone::move_to;
pub use phone::{
    Allowing, Begun, NewPhone, begin_phone_change, finish_phone_change, send_new_phone_code,
};
pub use settle::{CANCEL_JOB, settle_due};
pub(crate) use settle::{settle_before_sign_in, withdraw, withdrawn_recently};

use domain::check_digit::Phone;
use domain::id::PersonId;
use store::Exec;

use crate::{App, Result, personal};

/// The present number of a person.
pub(crate) async fn present_phone(
    app: &App,
    at: impl Into<Exec<'_>>,
    person: PersonId,
) -> Result<Phone> {
    let sealed = store::person::get(at, person).await?.phone;
    personal::open_phone(app, &sealed)
}
