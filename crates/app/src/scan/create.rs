//! An asker opens a session.

use domain::Instant;
use domain::id::{PlatformId, ScanSessionId, SealId};
use domain::mark::Mode;
use domain::scan_session::{Kind, LIFETIME_S};
use domain::time::SECOND_US;
use protocol::{Base64Url, sha256};
use serde::{Deserialize, Serialize};
use store::asker::Asker;
use store::platform::Platform;
use store::scan_session::{AskedUnseal, NewSession};

use super::expire;
use crate::{App, Error, Result, text};

/// What the asker wishes.
#[derive(Debug)]
pub struct CreateSession {
    /// 16 random bytes of the asker, for repeats.
    pub request_id: [u8; 16],
    /// In words, for the phone.
    pub purpose: String,
    /// A platform, or none for document sealing.
    pub platform_id: Option<PlatformId>,
    /// What is asked of the person.
    pub ask: Ask,
    /// Until claimed, in seconds.
    pub lifetime_s: i64,
    /// X25519, for answers that are sealed to the asker.
    pub one_time_key: [u8; 32],
    /// The tool would like a run of codes.
    pub continuous: bool,
    /// Digest of the request, for repeats.
    pub hash: [u8; 32],
}

/// What is asked of the person, by the kind of session.
#[derive(Debug)]
pub enum Ask {
    /// A seal.
    Seal {
        /// As PROTOCOL section 9 has them: `page:N`, `all`, `pages:…`, `straddle:…`, `keyword:…`.
        mode: String,
        /// Most places that prepare will name.
        mark_count_max: u32,
        /// The seal that the asker's person has picked beforehand.
        seal_id: Option<SealId>,
    },
    /// To sign the asker in, without a certificate.
    Login,
    /// To take a seal away.
    Unseal(AskedUnseal),
}

impl Ask {
    const fn kind(&self) -> Kind {
        match self {
            Self::Seal { .. } => Kind::Seal,
            Self::Login => Kind::Login,
            Self::Unseal(_) => Kind::Unseal,
        }
    }
}

/// The answer, kept for repeats.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "members of PROTOCOL section 9, create")]
pub struct Created {
    pub session_id: String,
    pub code: String,
    pub code_text: String,
    pub short_code: String,
    pub secret: String,
    pub match_number: String,
    pub claim_expires_at_us: i64,
}

/// Sessions of one asker in a minute.
const PER_MINUTE: i64 = 120;
/// Longest name of a signature field, in characters.
const FIELD_MAX: usize = 255;
/// Longest purpose, in characters.
const PURPOSE_MAX: usize = 80;
/// Crockford's alphabet: no I, L, O, U.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Opens a session, or answers again what the same request got.
///
/// # Errors
/// `purpose_invalid`, `lifetime_invalid`, `mode_not_offered`, `mark_invalid`, `platform_not_found`, `request_conflict`, `rate_limited`.
pub async fn create(app: &App, asker: &Asker, wish: &CreateSession) -> Result<Created> {
    let request_id = Base64Url::encode(&wish.request_id);
    if let Some(earlier) =
        store::scan_session::find_by_request(&app.db, asker.id, &request_id).await?
    {
        return again(app, wish, &earlier);
    }
    check(app, wish).await?;
    crate::limit::check(
        app,
        "scan.create",
        asker.id.as_bytes(),
        60 * SECOND_US,
        PER_MINUTE,
    )
    .await?;
    let (new, created) = build(app, asker, wish, request_id)?;
    let mut tx = app.db.begin_write("scan.create").await?;
    match store::scan_session::insert(&mut tx, &new).await {
        Ok(()) => {
            expire::schedule(app, &mut tx, new.expires_at).await?;
            tx.commit().await?;
            Ok(created)
        }
        // The same request came twice at once: the other one has written.
        Err(store::Error::Conflict(_)) => {
            drop(tx);
            let earlier =
                store::scan_session::find_by_request(&app.db, asker.id, &new.request_id).await?;
            again(
                app,
                wish,
                &earlier.ok_or_else(|| Error::internal("scan.create"))?,
            )
        }
        Err(error) => Err(error.into()),
    }
}

async fn check(app: &App, wish: &CreateSession) -> Result<()> {
    if text::line(&wish.purpose, 1, PURPOSE_MAX).is_none() {
        return Err(Error::invalid("purpose_invalid"));
    }
    if !LIFETIME_S.contains(&wish.lifetime_s) {
        return Err(Error::invalid("lifetime_invalid"));
    }
    match &wish.ask {
        Ask::Seal {
            mode,
            mark_count_max,
            seal_id,
        } => check_seal(app, wish, mode, *mark_count_max, *seal_id).await,
        Ask::Unseal(asked) if text::line(&asked.field, 1, FIELD_MAX).is_none() => {
            Err(Error::invalid("body_invalid").with("at", "field"))
        }
        Ask::Login | Ask::Unseal(_) => platform(app, wish).await.map(drop),
    }
}

async fn check_seal(
    app: &App,
    wish: &CreateSession,
    mode: &str,
    mark_count_max: u32,
    seal_id: Option<SealId>,
) -> Result<()> {
    let mode = Mode::parse(mode).map_err(|_| Error::invalid("mode_not_offered"))?;
    if mark_count_max == 0 || mark_count_max as usize > domain::mark::MARKS_MAX {
        return Err(Error::invalid("mark_invalid"));
    }
    if let Some(platform) = platform(app, wish).await? {
        let kind = mode.kind().as_str();
        if !platform.modes.iter().any(|offered| offered == kind) {
            return Err(Error::invalid("mode_not_offered"));
        }
    }
    // Who may use it is asked of the one who scans; here it only has to be there.
    if let Some(seal) = seal_id
        && store::seal::find(&app.db, seal).await?.is_none()
    {
        return Err(Error::not_found("seal_not_found"));
    }
    Ok(())
}

/// The platform in whose name is asked.
async fn platform(app: &App, wish: &CreateSession) -> Result<Option<Platform>> {
    let Some(id) = wish.platform_id else {
        return Ok(None);
    };
    let found = store::platform::find(&app.db, id).await?;
    found
        .ok_or_else(|| Error::not_found("platform_not_found"))
        .map(Some)
}

fn build(
    app: &App,
    asker: &Asker,
    wish: &CreateSession,
    request_id: String,
) -> Result<(NewSession, Created)> {
    let id: ScanSessionId = app.new_id();
    let now: Instant = app.now();
    let code = Base64Url::encode(&app.random_bytes::<16>());
    let secret = Base64Url::encode(&app.random_bytes::<32>());
    let short_code: String = app
        .random_bytes::<8>()
        .iter()
        .map(|byte| char::from(CROCKFORD[usize::from(byte & 31)]))
        .collect();
    let numbers = match_numbers(app)?;
    let expires_at = now.plus_seconds(wish.lifetime_s);
    let created = Created {
        session_id: id.to_string(),
        code_text: format!("{}/s/{code}", app.settings.phone_url),
        code: code.clone(),
        short_code: short_code.clone(),
        secret: secret.clone(),
        match_number: numbers.0.clone(),
        claim_expires_at_us: expires_at.micros(),
    };
    let kind = wish.ask.kind();
    let bare = || kind.as_str().to_owned();
    let (mode, mark_count_max, asked_seal_id, unseal) = match &wish.ask {
        Ask::Seal {
            mode,
            mark_count_max,
            seal_id,
        } => (mode.clone(), *mark_count_max, *seal_id, None),
        Ask::Login => (bare(), 0, None, None),
        Ask::Unseal(asked) => (bare(), 0, None, Some(asked.clone())),
    };
    let answer = serde_json::to_vec(&created).map_err(|_| Error::internal("scan.create"))?;
    let new = NewSession {
        id,
        asker_id: asker.id,
        request_id,
        request_hash: wish.hash,
        request_answer: app
            .vault
            .wrap("scan_session.answer", id.as_bytes(), &answer)?,
        code,
        short_code,
        secret_hash: sha256(secret.as_bytes()),
        purpose: wish.purpose.trim().to_owned(),
        platform_id: wish.platform_id,
        kind,
        mode,
        mark_count_max,
        asked_seal_id,
        unseal,
        one_time_key: wish.one_time_key,
        match_number: numbers.0,
        match_options: numbers.1,
        continuous: wish.continuous,
        created_at: now,
        expires_at,
    };
    Ok((new, created))
}

/// The number that the asker shows, and the three that the phone offers, in an order that says nothing.
fn match_numbers(app: &App) -> Result<(String, String)> {
    let mut numbers: Vec<u32> = Vec::with_capacity(3);
    while numbers.len() < 3 {
        let number = u32::from_be_bytes(app.random_bytes::<4>()) % 90 + 10;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    let shown = numbers[usize::from(app.random_bytes::<1>()[0] % 3)];
    let options: Vec<String> = numbers.iter().map(u32::to_string).collect();
    Ok((shown.to_string(), options.join(",")))
}

fn again(
    app: &App,
    wish: &CreateSession,
    earlier: &store::scan_session::ScanSession,
) -> Result<Created> {
    if earlier.request_hash != wish.hash {
        return Err(Error::conflict("request_conflict"));
    }
    let bytes = app.vault.unwrap(
        "scan_session.answer",
        earlier.id.as_bytes(),
        &earlier.request_answer,
    )?;
    serde_json::from_slice(&bytes).map_err(|_| Error::internal("scan.create"))
}
