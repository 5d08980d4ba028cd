//! Sessions of operators: a short access token, and a refresh token in a cookie that serves once.

use domain::Instant;
use domain::operator::{ACCESS_LIFETIME_US, IDLE_US, SESSION_US, duties};
use domain::session::{Refresh, judge_refresh_within};
use domain::time::SECOND_US;
use protocol::{Base64Url, sha256};
use store::Tx;
use store::operator::{Operator, Session};
use zeroize::Zeroizing;

use super::acting::{Acting, SignedIn};
use super::name;
use crate::audit::{self, Actor};
use crate::{App, Error, Result};

const TOKEN_CHARS_MAX: usize = 128;

/// What a console gets.
pub struct Tokens {
    /// Opens the API for five minutes.
    pub access: Zeroizing<String>,
    /// Gets the next pair, once.
    pub refresh: Zeroizing<String>,
    /// How long `access` lives.
    pub expires_in_s: i64,
    /// How long the session lives without use.
    pub idle_s: i64,
}

/// 256 random bits as `b64u`; the database has their SHA-256 only.
pub(super) fn new_token(app: &App) -> Zeroizing<String> {
    Zeroizing::new(Base64Url::encode(&app.random_bytes::<32>()))
}

/// The successor of a refresh token, made from it, so that a repeat gets the same one.
fn successor(app: &App, refresh: &str) -> Zeroizing<String> {
    let hash = app
        .vault
        .index_hash("operator_session.successor", refresh.as_bytes());
    Zeroizing::new(Base64Url::encode(&hash))
}

/// Begins a session.
pub(super) async fn start(app: &App, tx: &mut Tx, operator: &Operator) -> Result<Tokens> {
    let session = Session {
        id: app.new_id(),
        operator_id: operator.id,
        created_at: app.now(),
    };
    let refresh = new_token(app);
    store::operator::insert(tx, &session, &sha256(refresh.as_bytes())).await?;
    hand_out(app, tx, &session, refresh).await
}

/// Finds the operator of an access token.
///
/// # Errors
/// `unauthenticated` when the token is unknown, expired, its session has ended or its operator is locked.
pub async fn authenticate(app: &App, access_token: &str) -> Result<SignedIn> {
    let hash = sha256(access_token.as_bytes());
    let found = store::operator::find_by_access(&app.db, &hash, app.now()).await?;
    let (operator, session_id) = found.ok_or_else(unknown)?;
    let acting = Acting {
        operator_id: operator.id,
        duties: duties(&operator.roles),
    };
    Ok(SignedIn {
        acting,
        session_id,
        name: name::open(app, &operator)?,
        roles: operator.roles,
    })
}

/// Rotates a refresh token.
///
/// # Errors
/// `unauthenticated` when it is unknown, idle for too long or its session has ended; `refresh_reused` when it was used
/// before, which ends the session.
pub async fn refresh(app: &App, refresh_token: &str) -> Result<Tokens> {
    if refresh_token.len() > TOKEN_CHARS_MAX {
        return Err(unknown());
    }
    let (now, hash) = (app.now(), sha256(refresh_token.as_bytes()));
    let mut tx = app.db.begin_write("operator.refresh").await?;
    let found = store::operator::lock_by_refresh(&mut tx, &hash).await?;
    let found = found.ok_or_else(unknown)?;
    let next = successor(app, refresh_token);
    let rotated_at = found.used.then_some(found.issued_at);
    match judge_refresh_within(IDLE_US, found.issued_at, rotated_at, now) {
        _ if is_over(&found.session, now) => return Err(unknown()),
        Refresh::Rotate => {
            store::operator::rotate(&mut tx, &hash, &sha256(next.as_bytes()), now).await?;
        }
        Refresh::Repeat => {}
        Refresh::Reused => {
            store::operator::end(&mut tx, found.session.id, "refresh_reused", now).await?;
            tx.commit().await?;
            return Err(Error::unauthenticated("refresh_reused"));
        }
        Refresh::Expired => return Err(unknown()),
    }
    let tokens = hand_out(app, &mut tx, &found.session, next).await?;
    tx.commit().await?;
    Ok(tokens)
}

/// Ends the operator's own session.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(app: &App, signed: &SignedIn) -> Result<()> {
    let mut tx = app.db.begin_write("operator.sign_out").await?;
    store::operator::end(&mut tx, signed.session_id, "signed_out", app.now()).await?;
    let id = signed.acting.operator_id;
    let (actor, subject) = (Actor::Operator(id), super::sign_in::subject(id));
    audit::record(app, &mut tx, actor, "operator.sign_out", &subject, "").await?;
    Ok(tx.commit().await?)
}

async fn hand_out(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    refresh: Zeroizing<String>,
) -> Result<Tokens> {
    let (access, now) = (new_token(app), app.now());
    let expires_at = now.plus_micros(ACCESS_LIFETIME_US);
    store::operator::insert_access(tx, session.id, &sha256(access.as_bytes()), expires_at).await?;
    Ok(Tokens {
        access,
        refresh,
        expires_in_s: ACCESS_LIFETIME_US / SECOND_US,
        idle_s: IDLE_US / SECOND_US,
    })
}

fn is_over(session: &Session, now: Instant) -> bool {
    now.micros_since(session.created_at) >= SESSION_US
}

fn unknown() -> Error {
    Error::unauthenticated("unauthenticated")
}
