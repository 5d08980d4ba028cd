//! How far the real name is proven, and what the person can do next. Waited for, since others decide.

use std::time::Duration;

use domain::Instant;
use domain::person::masked_number;
use domain::policy::EvidenceKind;
use domain::review::{CaseKind, CaseState};

use super::Standing;
use super::document::{DOCUMENT_KIND, DOCUMENT_NUMBER, NAME, NATIONALITY};
use super::review::is_face_review_offered;
use crate::feed::{self, Feed};
use crate::review::{self, Facts};
use crate::{App, Caller, Result, personal};

/// Where a person stands.
pub struct Progress {
    /// Rises with every change.
    pub version: i64,
    /// What passed and what is missing.
    pub standing: Standing,
    /// `HK`, … once a document is on record.
    pub nationality: Option<String>,
    /// Its number, masked.
    pub number_masked: Option<String>,
    /// The camera page.
    pub face: FaceProgress,
    /// The document of somebody from elsewhere.
    pub document: Option<DocumentProgress>,
}

/// The camera page.
pub struct FaceProgress {
    /// Visits that failed.
    pub failures: i64,
    /// Whether an operator may look instead.
    pub review_offered: bool,
    /// How the newest request for it stands.
    pub review: Option<review::Standing>,
}

/// A document that was handed in.
pub struct DocumentProgress {
    /// How it stands.
    pub review: review::Standing,
    /// What was typed, to go on from after a refusal; the names are those of the request.
    pub typed: Facts,
}

/// Reads it, once its version is another than `wish` says, or when the wait ends.
///
/// # Errors
/// When the database fails.
pub async fn progress(
    app: &App,
    caller: &Caller,
    wish: Option<(i64, Duration)>,
) -> Result<Progress> {
    let person = caller.person_id;
    if let Some((after, at_most)) = wish {
        feed::wait(app, Feed::Person(person), after, at_most).await?;
    }
    // The version first: what changes in between is seen by whoever waits from it.
    let version = Feed::Person(person).version(app).await?;
    let found = store::person::get(&app.db, person).await?;
    let number = found.id_number.as_deref();
    let number = number.map(|sealed| personal::open_id_number(app, person, sealed));
    let newest = store::review::newest_of_person(&app.db, person, CaseKind::PersonDocument).await?;
    let document = newest
        .map(|case| {
            let review = review::standing(app, &case)?;
            let mut typed = review::open_facts(app, &case)?;
            // Goes back to the form after a refusal only; nobody else needs it in the clear.
            if review.state == CaseState::Refused {
                typed.retain(|name, _| {
                    [NATIONALITY, NAME, DOCUMENT_KIND, DOCUMENT_NUMBER].contains(&name.as_str())
                });
            } else {
                typed.clear();
            }
            Ok::<_, crate::Error>(DocumentProgress { review, typed })
        })
        .transpose()?;
    let (ever, kind) = (Instant::from_micros(0), EvidenceKind::Face);
    Ok(Progress {
        version,
        standing: super::standing(app, &app.db, person).await?,
        nationality: found.nationality,
        number_masked: number.transpose()?.map(|number| masked_number(&number)),
        face: FaceProgress {
            failures: store::evidence::failures(&app.db, person, kind, ever, app.now()).await?,
            review_offered: is_face_review_offered(app, &app.db, person).await?,
            review: super::face_review(app, caller).await?,
        },
        document,
    })
}
