//! Scan sessions, step by step (PROTOCOL section 9). Each file is one step of one side.

mod asker_view;
mod cancel;
mod choices;
mod choose;
mod claim;
mod confirm;
mod create;
mod expire;
mod finish;
mod load;
mod login;
mod matching;
mod pause;
mod phone_view;
mod prepare;
mod record;
mod run;
mod signing_certificate;
mod statement;
mod unseal;
mod wait;

pub use asker_view::{AskerView, Identified, Signer, asker_view, authenticate_secret};
pub use cancel::{cancel, refuse};
pub use choices::{Identity, choices};
pub use choose::choose;
pub use claim::{claim, code_of_short_code};
pub use confirm::{ConfirmRequest, confirm};
pub use create::{Ask, CreateSession, Created, create};
pub use expire::{EXPIRE_JOB, expire_due};
pub use finish::finish;
pub use load::{Facts, UnsealFacts};
pub use login::{ConfirmLogin, choose_identity, confirm_login};
pub use matching::match_number;
pub(crate) use pause::{pause, wake};
pub use phone_view::{Chosen, PhoneView, Prepared, phone_view};
pub use prepare::{PrepareSession, SealWish, What, prepare};
pub use run::{
    Begun, RunView, begin as begin_run, end as end_run, end_of_asker as end_runs_of_asker,
};
pub use signing_certificate::SigningCertificate;
pub use wait::{phone_view_after, wait};

use domain::id::ScanSessionId;
pub use store::scan_session::{AskedUnseal, ScanSession};

/// The wake-up topic of a session.
fn topic(id: ScanSessionId) -> String {
    format!("scan_session:{id}")
}
