//! Operators' passwords: Argon2id in PHC form, sealed, so that a stolen database alone offers nothing to guess at.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain::id::OperatorId;
use domain::operator::PASSWORD_CHARS_MAX;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::{App, Error, Result};

const PASSWORD: &str = "operator.password";
/// Hashes of the whole process at a time: each takes 19 MiB, and whoever floods the sign-in must not have them all.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// Letters of a password that the server makes: none that look alike, since somebody reads it out or copies it by hand.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789-";
const MADE_CHARS: usize = 20;

fn argon2() -> Argon2<'static> {
    // What OWASP names as the least for Argon2id, which are also the library's defaults.
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

fn hash_with(password: &[u8], salt: &[u8; 16]) -> Result<PasswordHash> {
    let hashed = argon2().hash_password_with_salt(password, salt);
    hashed.map_err(|error| Error::internal(error.to_string()))
}

/// Hashes and seals one.
pub(super) async fn seal(app: &App, id: OperatorId, password: &str) -> Result<Vec<u8>> {
    let (salt, password) = (
        app.random_bytes::<16>(),
        Zeroizing::new(password.to_owned()),
    );
    let work = move || hash_with(password.as_bytes(), &salt).map(|hash| hash.to_string());
    let hash = aside(work).await??;
    Ok(app.vault.wrap_text(PASSWORD, id.as_bytes(), &hash)?)
}

/// Whether it is the operator's; of nobody it never is, and takes as long to say.
pub(super) async fn is_right(
    app: &App,
    of: Option<(OperatorId, &[u8])>,
    password: &str,
) -> Result<bool> {
    let known = match of {
        Some((id, sealed)) => {
            let opened = app.vault.unwrap_text(PASSWORD, id.as_bytes(), sealed)?;
            Some(opened.to_string())
        }
        None => None,
    };
    // Something huge is no password; what is hashed instead takes as long.
    let fits = password.len() <= PASSWORD_CHARS_MAX * 4;
    let password = Zeroizing::new(if fits { password } else { "" }.to_owned());
    let work = move || match known.filter(|_| fits) {
        Some(hash) => {
            let hash = PasswordHash::new(&hash);
            let hash = hash.map_err(|error| Error::internal(error.to_string()))?;
            Ok(argon2().verify_password(password.as_bytes(), &hash).is_ok())
        }
        None => hash_with(password.as_bytes(), &[0; 16]).map(|_| false),
    };
    aside(work).await?
}

/// A password that the server makes: 100 bits.
pub(super) fn make(app: &App) -> Zeroizing<String> {
    let drawn = app.random_bytes::<MADE_CHARS>();
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().unwrap_or(b'-');
    Zeroizing::new(drawn.iter().map(|byte| char::from(letter(byte))).collect())
}

/// Runs heavy work beside the requests.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)
}
