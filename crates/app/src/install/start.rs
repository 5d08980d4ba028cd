//! First step: the device commits to its half, the server answers with its own.

use cosign::{rsa, sm2};
use domain::Instant;
use domain::holding::{NotThisWay, Way, may_come};
use domain::id::{HoldingId, InstallId};
use domain::product::Algorithm;
use domain::time::HOUR_US;
use domain::usability::Why;
use protocol::{Base64Url, Statement, keygen_context, sha256};
use store::counter::{self, Hit};
use store::install::{Install, State};
use store::{Exec, Tx};
use zeroize::Zeroizing;

use super::subject::subject;
use super::{
    LIFETIME_S, SWEEP_JOB, USAGE_SIGN, expired, is_live, mismatch, refused, request_digest,
};
use crate::holding::{Seen, Where, usable_here};
use crate::{App, Caller, Error, Result, device, password};

/// Making a half costs the server time, so a person begins at most so many in an hour.
const STARTS_AN_HOUR: i64 = 20;

/// What the device sends.
#[derive(Clone, Debug)]
pub struct NewInstall {
    /// By which way.
    pub way: Way,
    /// 16 random bytes.
    pub request_id: [u8; 16],
    /// The key generation's first message.
    pub message: Vec<u8>,
    /// The device's counter.
    pub counter: i64,
    /// By the password's proof key, over the statement.
    pub password_proof: [u8; 64],
    /// By the device key, over the statement.
    pub device_signature: [u8; 64],
}

/// What it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// The install.
    pub install_id: InstallId,
    /// The session of the co-signature to come.
    pub sid: [u8; 16],
    /// The key generation's second message.
    pub message: Vec<u8>,
    /// DER Name that the certificate will carry.
    pub subject: Vec<u8>,
}

impl From<Install> for Started {
    fn from(install: Install) -> Self {
        Self {
            install_id: install.id,
            sid: install.sid,
            message: install.start_answer,
            subject: install.subject,
        }
    }
}

/// Begins an install, or answers as the first time.
///
/// # Errors
/// `holding_not_found`, `holding_unbought`, `already_installed`, `installed_elsewhere`, `not_installed`, `needs_pack`, `not_certified`, `grant_missing`,
/// `not_verified`, `cosign_refused`, `device_proof_invalid`, `device_counter_stale`, `password_not_set`, `password_wrong`,
/// `install_mismatch`, `install_expired`, `install_limit`.
pub async fn start(app: &App, caller: &Caller, id: HoldingId, new: NewInstall) -> Result<Started> {
    let digest = request_digest(&[
        new.way.as_str().as_bytes(),
        &new.request_id,
        &new.message,
        &new.counter.to_be_bytes(),
        &new.password_proof,
        &new.device_signature,
    ]);
    let earlier =
        store::install::find_by_request(&app.db, id, caller.device_id, &new.request_id).await?;
    if let Some(earlier) = earlier {
        return again(earlier, &digest, app.now());
    }
    // Judged before the half is made, since making it costs, and once more in the transaction.
    let seen = usable_here(app, &app.db, caller, id, Where::DocumentSealing, app.now()).await?;
    installable(new.way, &seen)?;
    limit(app, caller).await?;
    let context = keygen_context(
        &Base64Url::encode(&new.request_id),
        USAGE_SIGN,
        &caller.device_id.to_string(),
    );
    let half = half(app, seen.product.algorithm, context, new.message.clone()).await?;
    match begin(app, caller, &seen, &new, digest, half).await {
        // The same request was quicker on another connection.
        Err(error) if error.code() == "conflict" => {
            let earlier =
                store::install::find_by_request(&app.db, id, caller.device_id, &new.request_id)
                    .await?;
            again(earlier.ok_or(error)?, &digest, app.now())
        }
        other => other,
    }
}

fn again(earlier: Install, digest: &[u8; 32], now: Instant) -> Result<Started> {
    if earlier.start_sha256 != *digest {
        return Err(mismatch());
    }
    if !is_live(&earlier, now) && earlier.state != State::Done {
        return Err(expired());
    }
    Ok(earlier.into())
}

/// Asks the rule; whoever must reissue instead is told what is left.
pub(super) fn installable(way: Way, seen: &Seen) -> Result<()> {
    let left = seen.holding.reissues;
    let counted = |code| {
        Error::conflict(code)
            .with("free_left", left.free_left)
            .with("packs_left", left.packs_left)
    };
    may_come(way, seen.usability, left).map_err(|refusal| match refusal {
        NotThisWay::AlreadyInstalled => Error::conflict("already_installed"),
        NotThisWay::InstalledElsewhere => counted("installed_elsewhere"),
        NotThisWay::NotInstalled => Error::conflict("not_installed"),
        NotThisWay::NeedsPack => counted("needs_pack"),
        NotThisWay::Barred(why) => barred(why),
    })
}

pub(super) fn barred(why: Why) -> Error {
    let error = match why {
        Why::HoldingEnded => Error::not_found("holding_not_found"),
        Why::UnitNotCertified => Error::conflict("not_certified"),
        Why::NotMember | Why::GrantMissing | Why::HoldingSuspended => {
            Error::forbidden("grant_missing")
        }
        Why::Unbought | Why::EntitlementEnded | Why::ProductNotSupported | Why::NotEntitledHere => {
            Error::conflict("holding_unbought")
        }
        Why::CertificateRevoked | Why::CertificateSuspended | Why::NotTheSealer => {
            Error::conflict("certificate_not_usable")
        }
    };
    error.with("reason", why.as_str())
}

async fn limit(app: &App, caller: &Caller) -> Result<()> {
    let (key, now) = (format!("install.start:{}", caller.person_id), app.now());
    match counter::hit(&app.db, &key, now, HOUR_US, STARTS_AN_HOUR).await? {
        Hit::Allowed { .. } => Ok(()),
        Hit::Denied { retry_at } => {
            let wait_s =
                u64::try_from(retry_at.seconds().saturating_sub(now.seconds())).unwrap_or(0);
            Err(Error::too_many("install_limit", wait_s))
        }
    }
}

/// The server's side of the first exchange.
struct Half {
    state: Zeroizing<Vec<u8>>,
    answer: Vec<u8>,
}

/// Finding primes takes a moment, so it happens beside the threads that serve requests.
async fn half(app: &App, algorithm: Algorithm, context: Vec<u8>, message: Vec<u8>) -> Result<Half> {
    let mut rng = app.rng();
    let work = move || match algorithm {
        Algorithm::Sm2 => {
            let commit = sm2::keygen::Commit::decode(&message)?;
            let (state, reply) = sm2::keygen::ServerStart::reply(&context, &commit, &mut rng)?;
            Ok(Half {
                state: state.to_bytes(),
                answer: reply.encode(),
            })
        }
        Algorithm::Rsa => {
            let commit = rsa::keygen::Commit::decode(&message)?;
            let (state, reply) = rsa::keygen::ServerStart::reply(&context, &commit, &mut rng)?;
            Ok(Half {
                state: state.to_bytes(),
                answer: reply.encode(),
            })
        }
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?
        .map_err(refused)
}

/// Who asks is proven, and the row is written, in one transaction: a counter that was raised always has its answer.
async fn begin(
    app: &App,
    caller: &Caller,
    seen: &Seen,
    new: &NewInstall,
    digest: [u8; 32],
    half: Half,
) -> Result<Started> {
    let now = app.now();
    let mut tx = app.db.begin_write("install.start").await?;
    // Two devices that begin at once wait for each other here.
    store::holding::find_for_update(&mut tx, seen.holding.id).await?;
    let earlier = store::install::find_by_request(
        &mut tx,
        seen.holding.id,
        caller.device_id,
        &new.request_id,
    )
    .await?;
    if let Some(earlier) = earlier {
        return again(earlier, &digest, now);
    }
    let judged = usable_here(
        app,
        &mut tx,
        caller,
        seen.holding.id,
        Where::DocumentSealing,
        now,
    )
    .await?;
    installable(new.way, &judged)?;
    prove(app, &mut tx, caller, seen.holding.id, new).await?;
    let install_id: InstallId = app.new_id();
    let sealed = app.vault.wrap(
        START_PURPOSE,
        &start_aad(seen.holding.id, install_id),
        &half.state,
    )?;
    let install = Install {
        id: install_id,
        holding_id: seen.holding.id,
        device_id: caller.device_id,
        usage: USAGE_SIGN.to_owned(),
        way: new.way,
        request_id: new.request_id,
        state: State::Started,
        sid: app.random_bytes(),
        subject: subject(app, &mut Exec::from(&mut tx), &seen.holding).await?,
        start_sha256: digest,
        start_answer: half.answer,
        server_start: Some(sealed),
        key_sha256: None,
        key_answer: None,
        server_key: None,
        spki: None,
        certificate_sha256: None,
        certificate_id: None,
        created_at: now,
        expires_at: now.plus_seconds(LIFETIME_S),
        version: 1,
    };
    store::install::insert(&mut tx, &install).await?;
    let job =
        jobs::New::now(app.new_id(), SWEEP_JOB, serde_json::json!({}), now).at(install.expires_at);
    jobs::enqueue(&mut tx, &job, now).await?;
    let paused = crate::scan::pause(app, &mut tx, caller).await?;
    tx.commit().await?;
    crate::scan::wake(app, &paused);
    Ok(install.into())
}

/// The purpose under which the state between the first and the second step is sealed.
pub(super) const START_PURPOSE: &str = "install.server_start";

pub(super) fn start_aad(holding: HoldingId, install: InstallId) -> Vec<u8> {
    format!("{holding}|{install}").into_bytes()
}

async fn prove(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    holding: HoldingId,
    new: &NewInstall,
) -> Result<()> {
    let statement = Statement::Install {
        holding_id: &holding.to_string(),
        request_id: &Base64Url::encode(&new.request_id),
        device_id: &caller.device_id.to_string(),
        usage: USAGE_SIGN,
        message_sha256: &Base64Url::encode(&sha256(&new.message)),
        counter: new.counter,
    }
    .to_bytes()
    .map_err(Error::internal)?;
    device::verify(
        tx,
        caller.device_id,
        &statement,
        &new.device_signature,
        new.counter,
    )
    .await?;
    password::verify_proof(app, tx, caller.person_id, &statement, &new.password_proof).await
}
