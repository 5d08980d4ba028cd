//! Naming a number, and handing in photos.

use domain::Instant;
use domain::id::RecoveryId;
use domain::recovery::{PER_NUMBER_MAX, RecoveryState, STEP_LIFETIME_US};
use domain::review::MaterialRole;
use domain::time::{DAY_US, HOUR_US};
use protocol::Base64Url;
use store::recovery::{Photo, Recovery};

use super::review::NOT_SAME;
use super::{find, secret_hash};
use crate::{App, Error, Result, limit, material, personal, review};

/// Recoveries that one address may begin in an hour; offices share an address.
const PER_ADDRESS_MAX: i64 = 10;
const PER_ADDRESS_SANDBOX_MAX: i64 = 10_000;
/// Photos of one recovery: each role taken anew a few times.
const PHOTOS_MAX: i64 = 12;
/// What may be handed in.
const ROLES: [MaterialRole; 3] = [
    MaterialRole::DocumentFront,
    MaterialRole::DocumentBack,
    MaterialRole::Handheld,
];

/// A recovery that was begun.
pub struct Begun {
    /// Its id.
    pub id: RecoveryId,
    /// What only its beginner knows from now on.
    pub secret: String,
    /// When it stops being good.
    pub expires_at: Instant,
}

/// Begins one. The answer is the same whether the number has an account or not.
///
/// # Errors
/// `phone_invalid`, `rate_limited` `{retry_after_s}`.
pub async fn begin(app: &App, area: &str, number: &str, address: &str) -> Result<Begun> {
    let phone = personal::phone(app, area, number)?;
    let most = if app.settings.production {
        PER_ADDRESS_MAX
    } else {
        PER_ADDRESS_SANDBOX_MAX
    };
    limit::check(app, "recovery", address.as_bytes(), HOUR_US, most).await?;
    let phone_hash = personal::phone_hash(app, &phone);
    limit::check(app, "recovery_of", &phone_hash, DAY_US, PER_NUMBER_MAX).await?;
    let now = app.now();
    let secret = Base64Url::encode(&app.random_bytes::<32>());
    let new = Recovery {
        id: app.new_id(),
        secret_hash: secret_hash(app, &secret).to_vec(),
        phone_hash: phone_hash.to_vec(),
        person_id: None,
        state: RecoveryState::Begun,
        case_id: None,
        tries: 0,
        expires_at: now.plus_micros(STEP_LIFETIME_US),
        done_by_sha256: None,
    };
    store::recovery::insert(&app.db, &new, now).await?;
    Ok(Begun {
        id: new.id,
        secret,
        expires_at: new.expires_at,
    })
}

/// How one stands, for its beginner.
pub struct View {
    /// State.
    pub state: RecoveryState,
    /// Why operators refused it.
    pub reason: Option<String>,
    /// When it stops being good.
    pub expires_at: Instant,
}

/// Reads it.
///
/// # Errors
/// `recovery_not_found`.
pub async fn view(app: &App, id: RecoveryId, secret: &str) -> Result<View> {
    let found = find(app, &app.db, id, secret).await?;
    let reason = match (found.state, found.case_id) {
        (RecoveryState::Refused, Some(case)) => {
            let case = store::review::find(&app.db, case).await?;
            let standing = case.map(|case| review::standing(app, &case)).transpose()?;
            standing.and_then(|standing| standing.reason)
        }
        (RecoveryState::Refused, None) => Some(NOT_SAME.to_owned()),
        _ => None,
    };
    Ok(View {
        state: found.state,
        reason,
        expires_at: found.expires_at,
    })
}

/// Keeps a photo, sealed, in the place of the one of the same role.
///
/// # Errors
/// `recovery_not_found`, `recovery_expired`, `photo_role_invalid`, `material_empty`, `material_too_large`,
/// `material_type_invalid`, `rate_limited`.
pub async fn put_photo(
    app: &App,
    id: RecoveryId,
    secret: &str,
    role: &str,
    bytes: &[u8],
) -> Result<()> {
    let found = find(app, &app.db, id, secret).await?;
    if app.now() >= found.expires_at {
        return Err(Error::gone("recovery_expired"));
    }
    let role = MaterialRole::parse(role).filter(|role| ROLES.contains(role));
    let role = role.ok_or_else(|| Error::invalid("photo_role_invalid"))?;
    let by = id.to_string();
    limit::check(app, "recovery_photo", by.as_bytes(), DAY_US, PHOTOS_MAX).await?;
    let kept = material::seal(app, bytes).await?;
    let photo = Photo {
        role,
        media_type: kept.media_type.to_owned(),
        sealed_sha256: kept.sealed_sha256,
        bytes: kept.bytes,
    };
    let mut tx = app.db.begin_write("recovery.put_photo").await?;
    let former = store::recovery::put_photo(&mut tx, id, &photo).await?;
    tx.commit().await?;
    if let Some(former) = former.filter(|former| *former != photo.sealed_sha256) {
        material::discard(app, &former).await?;
    }
    Ok(())
}

/// Forgets the photos of one batch of recoveries that are over, and tells how many it had.
pub async fn sweep(app: &App, most: u32) -> Result<u64> {
    let taken = store::recovery::take_stale_photos(&app.db, app.now(), most).await?;
    for sealed in &taken {
        material::discard(app, sealed).await?;
    }
    Ok(u64::try_from(taken.len()).unwrap_or(u64::MAX))
}
