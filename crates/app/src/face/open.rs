//! Beginning a visit: counted and written down before the provider hears of it.

use domain::document::MAINLAND;
use domain::face::{Purpose, VISIT_LIFETIME_US, VISITS_PER_DAY_MAX, VisitState};
use domain::id::{FaceCheckId, PersonId};
use providers::face::Subject;
use store::Tx;
use store::face_check::Visit;
use store::person::Person;

use crate::limit::too_many;
use crate::{App, Error, Result, personal};

/// A visit that is wished for.
pub(crate) struct Wish<'a> {
    /// What for.
    pub purpose: Purpose,
    /// What the purpose is of.
    pub about: &'a str,
    /// Where on the phone's origin the browser goes afterwards; the number of the visit follows.
    pub return_path: &'a str,
    /// The user agent of the person's browser.
    pub user_agent: &'a str,
}

/// A camera page that waits.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Our number of the visit.
    pub id: FaceCheckId,
    /// Where the person's browser goes now.
    pub url: String,
}

/// Begins one, or goes on with the one that was begun for the same thing. `tx` holds the person's row, which is `person`.
///
/// # Errors
/// `face_not_offered` to people without a mainland document, `face_limit` `{retry_after_s}`, `face_unavailable` (nothing counted).
pub(crate) async fn open(
    app: &App,
    mut tx: Tx,
    person: &Person,
    wish: &Wish<'_>,
) -> Result<Opened> {
    let (name, number) = facts(app, person)?;
    let visit = begin(app, &mut tx, person.id, wish).await?;
    tx.commit().await?;
    let check_id = visit.id.to_string().replace('-', "");
    let return_url = format!("{}{}{}", app.settings.phone_url, wish.return_path, visit.id);
    let callback_url = format!(
        "{}/api/v1/callbacks/faces/{}",
        app.settings.public_url,
        app.providers.face.name()
    );
    let subject = Subject {
        check_id: &check_id,
        name: &name,
        id_number: &number,
        return_url: &return_url,
        callback_url: &callback_url,
        user_agent: wish.user_agent,
        public_url: &app.settings.public_url,
    };
    let asked = app.providers.face.open(&subject);
    let opened = match tokio::time::timeout(app.providers.patience, asked).await {
        Ok(Ok(opened)) => Ok(opened),
        Ok(Err(unavailable)) => Err(Error::unavailable("face_unavailable").because(unavailable)),
        Err(elapsed) => Err(Error::unavailable("face_unavailable").because(elapsed)),
    };
    match opened {
        Ok(opened) => {
            let put = store::face_check::put_opened(&app.db, visit.id, &opened.provider_ref).await;
            put.map_err(|error| Error::unavailable("face_unavailable").because(error))?;
            Ok(Opened {
                id: visit.id,
                url: opened.url,
            })
        }
        Err(error) => {
            store::face_check::forget(&app.db, visit.id).await?;
            Err(error)
        }
    }
}

/// Name and number, as they were checked with the authority.
fn facts(app: &App, person: &Person) -> Result<(String, String)> {
    let not_offered = || Error::conflict("face_not_offered");
    if person.nationality.as_deref() != Some(MAINLAND) {
        return Err(not_offered());
    }
    let sealed = person.name.as_deref().zip(person.id_number.as_deref());
    let (name, number) = sealed.ok_or_else(not_offered)?;
    let name = personal::open_name(app, person.id, name)?;
    let number = personal::open_id_number(app, person.id, number)?;
    Ok((name.to_string(), number.to_string()))
}

async fn begin(app: &App, tx: &mut Tx, person: PersonId, wish: &Wish<'_>) -> Result<Visit> {
    let now = app.now();
    let since = now.plus_micros(-VISIT_LIFETIME_US);
    let open = store::face_check::find_open(&mut *tx, person, wish.purpose, wish.about, since);
    if let Some(open) = open.await? {
        return Ok(open);
    }
    let today = now.day();
    let begun = store::face_check::count_since(&mut *tx, person, today.start()).await?;
    if begun >= VISITS_PER_DAY_MAX {
        let wait_us = today.next().start().micros_since(now);
        return Err(too_many("face_limit", wait_us));
    }
    let visit = Visit {
        id: app.new_id(),
        person_id: person,
        purpose: wish.purpose,
        about: wish.about.to_owned(),
        provider: app.providers.face.name().to_owned(),
        provider_ref: None,
        state: VisitState::Opening,
        failure: None,
        opened_at: now,
        decided_at: None,
        used_at: None,
    };
    store::face_check::insert(tx, &visit).await?;
    Ok(visit)
}
