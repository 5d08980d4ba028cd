//! Tokens: 256 random bits as `b64u`; the database has their SHA-256 only.

use domain::Instant;
use domain::session::ACCESS_LIFETIME_US;
use domain::time::SECOND_US;
use protocol::{Base64Url, sha256};
use store::Tx;
use store::session::Session;
use zeroize::Zeroizing;

use crate::{App, Result};

/// What a device gets.
pub struct Tokens {
    /// Opens the API for ten minutes.
    pub access: Zeroizing<String>,
    /// Gets the next pair, once.
    pub refresh: Zeroizing<String>,
    /// How long `access` lives.
    pub expires_in_s: i64,
    /// Whose session, and on which device.
    pub session: Session,
}

/// A new token.
pub(super) fn new(app: &App) -> Zeroizing<String> {
    Zeroizing::new(Base64Url::encode(&app.random_bytes::<32>()))
}

/// The successor of a refresh token: made from it with a key that only the server has, so that a repeat gets the same
/// one although nothing but hashes is stored.
pub(super) fn successor(app: &App, refresh: &str) -> Zeroizing<String> {
    Zeroizing::new(Base64Url::encode(
        &app.vault
            .index_hash("refresh_token.successor", refresh.as_bytes()),
    ))
}

/// How a token is stored.
pub(super) fn hash(token: &str) -> [u8; 32] {
    sha256(token.as_bytes())
}

/// Writes a new access token and hands both out.
pub(super) async fn hand_out(
    app: &App,
    tx: &mut Tx,
    session: Session,
    refresh: Zeroizing<String>,
    now: Instant,
) -> Result<Tokens> {
    let access = new(app);
    store::session::insert_access(
        tx,
        session.id,
        &hash(&access),
        now,
        now.plus_micros(ACCESS_LIFETIME_US),
    )
    .await?;
    Ok(Tokens {
        access,
        refresh,
        expires_in_s: ACCESS_LIFETIME_US / SECOND_US,
        session,
    })
}
