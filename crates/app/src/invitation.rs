//! Invitations into a unit by text message (MEM-2).

use domain::check_digit::Phone;
use domain::id::{InvitationId, PersonId, UnitId};
use domain::time::DAY_US;
use protocol::Base64Url;
use providers::sms::Template;
use store::Exec;
use store::counter::{Hit, hit};
use store::invitation::Invitation;
use store::unit::Unit;

use crate::limit::too_many;
use crate::unit::require_member;
use crate::{App, Caller, Error, Result, personal, sms_code::send};

/// Numbers of one request.
const NUMBERS_MAX: usize = 20;
/// Messages that one person may cause in a day.
const MESSAGES_A_DAY: i64 = 100;
/// Messages of one unit to one number in a day: more would be a nuisance to somebody who did not ask for any.
const TO_ONE_NUMBER_A_DAY: i64 = 2;
/// How long a link leads in.
const LIFETIME_US: i64 = 7 * DAY_US;
const TOKEN_BYTES: usize = 16;

/// Where a link leads.
pub struct Invited {
    /// The unit.
    pub unit_id: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Its code.
    pub uscc: String,
    /// Whether an administrator still has to pass the join: not where one of them sent this to the very number that the
    /// caller has.
    pub needs_approval: bool,
    /// The caller belongs to it already.
    pub member: bool,
}

/// Sends everybody a message with a link. What it answers does not depend on who has an account.
///
/// # Errors
/// `unit_not_found`, `phone_invalid` `{number}`, `selection_invalid`, `invitation_limit` `{retry_after_s}`.
pub async fn invite(
    app: &App,
    caller: &Caller,
    unit: UnitId,
    numbers: &[(String, String)],
) -> Result<()> {
    let belonging = require_member(&app.db, caller.person_id, unit).await?;
    if numbers.is_empty() || numbers.len() > NUMBERS_MAX {
        return Err(Error::invalid("selection_invalid").with("most", NUMBERS_MAX));
    }
    let mut phones: Vec<Phone> = Vec::with_capacity(numbers.len());
    for (area, number) in numbers {
        let phone = personal::phone(app, area, number)
            .map_err(|refused| refused.with("number", number.as_str()))?;
        if !phones.contains(&phone) {
            phones.push(phone);
        }
    }
    let mut tx = app.db.begin_write("invitation.send").await?;
    for phone in &phones {
        count(app, &mut tx, caller, unit, phone).await?;
        write(app, &mut tx, caller, &belonging.unit, phone).await?;
    }
    tx.commit().await?;
    app.wake.notify(jobs::TOPIC);
    Ok(())
}

/// In the transaction of the messages: what is not sent is not counted.
async fn count(
    app: &App,
    tx: &mut store::Tx,
    caller: &Caller,
    unit: UnitId,
    phone: &Phone,
) -> Result<()> {
    let now = app.now();
    let to = Base64Url::encode(&personal::phone_hash(app, phone));
    for (key, most) in [
        (
            format!("invitation.by:{}", caller.person_id),
            MESSAGES_A_DAY,
        ),
        (format!("invitation.to:{unit}:{to}"), TO_ONE_NUMBER_A_DAY),
    ] {
        if let Hit::Denied { retry_at } = hit(&mut *tx, &key, now, DAY_US, most).await? {
            return Err(too_many("invitation_limit", retry_at.micros_since(now)));
        }
    }
    Ok(())
}

async fn write(
    app: &App,
    tx: &mut store::Tx,
    caller: &Caller,
    unit: &Unit,
    phone: &Phone,
) -> Result<()> {
    let (now, token) = (
        app.now(),
        Base64Url::encode(&app.random_bytes::<TOKEN_BYTES>()),
    );
    let invitation = Invitation {
        id: app.new_id::<InvitationId>(),
        unit_id: unit.id,
        invited_by: caller.person_id,
        phone_hash: personal::phone_hash(app, phone),
        token_hash: token_hash(app, &token),
        created_at: now,
        expires_at: now.plus_micros(LIFETIME_US),
    };
    store::invitation::insert(tx, &invitation).await?;
    let template = Template::Invitation {
        unit: unit.name.clone(),
        origin: app.settings.phone_url.clone(),
        token,
        days: LIFETIME_US / DAY_US,
    };
    send::enqueue(app, tx, &phone.e164(), template, now.plus_micros(DAY_US)).await
}

/// What a link's bearer is shown.
///
/// # Errors
/// `invitation_not_found`: used, over, or never sent.
pub async fn view(app: &App, caller: &Caller, token: &str) -> Result<Invited> {
    let mut at = Exec::from(&app.db);
    let found = find(app, at.again(), token).await?;
    let unit = store::unit::get(at.again(), found.unit_id).await?;
    let member = store::membership::find(at.again(), unit.id, caller.person_id).await?;
    Ok(Invited {
        needs_approval: !lets_in(&mut at, &found, caller.person_id).await?,
        member: member.is_some(),
        unit_id: unit.id,
        unit_name: unit.name,
        uscc: unit.registration.number().to_owned(),
    })
}

/// The open invitation of a link.
///
/// # Errors
/// `invitation_not_found`.
pub(crate) async fn find(app: &App, at: impl Into<Exec<'_>>, token: &str) -> Result<Invitation> {
    let missing = || Error::not_found("invitation_not_found");
    Base64Url::decode_array::<TOKEN_BYTES>(token).map_err(|_| missing())?;
    let found = store::invitation::find_open(at, &token_hash(app, token), app.now()).await?;
    found.ok_or_else(missing)
}

/// Whether an invitation is itself the decision to let its bearer in.
pub(crate) async fn lets_in(
    at: &mut Exec<'_>,
    invitation: &Invitation,
    person: PersonId,
) -> Result<bool> {
    let (unit, by) = (invitation.unit_id, invitation.invited_by);
    let inviter = store::membership::find(at.again(), unit, by).await?;
    let by_administrator = inviter.is_some_and(|inviter| inviter.place.administers());
    Ok(by_administrator && store::invitation::is_to(at.again(), invitation, person).await?)
}

fn token_hash(app: &App, token: &str) -> [u8; 32] {
    app.vault.index_hash("invitation.token", token.as_bytes())
}
