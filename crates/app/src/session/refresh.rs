//! A refresh token gets the next pair (ACC-2, ACC-12).

use domain::session::{Refresh, judge_refresh};

use super::token::{self, Tokens};
use crate::{App, Error, Result};

/// Refresh tokens are 43 characters; anything much longer is none.
const TOKEN_CHARS_MAX: usize = 128;

/// Rotates a refresh token.
///
/// # Errors
/// `unauthenticated` when it is unknown, too old or its session has ended; `refresh_reused` when it was used before,
/// which ends the session.
pub async fn refresh(app: &App, refresh_token: &str) -> Result<Tokens> {
    let unknown = || Error::unauthenticated("unauthenticated");
    if refresh_token.len() > TOKEN_CHARS_MAX {
        return Err(unknown());
    }
    let (now, hash) = (app.now(), token::hash(refresh_token));
    let mut tx = app.db.begin_write("session.refresh").await?;
    let found = store::session::lock_by_refresh(&mut tx, &hash)
        .await?
        .ok_or_else(unknown)?;
    let next = token::successor(app, refresh_token);
    match judge_refresh(found.issued_at, found.rotated_at, now) {
        Refresh::Rotate => {
            store::session::rotate(&mut tx, &hash, now).await?;
            store::session::insert_refresh(&mut tx, found.session.id, &token::hash(&next), now)
                .await?;
        }
        Refresh::Repeat => {}
        Refresh::Reused => {
            store::session::end(&mut tx, found.session.id, "refresh_reused", now).await?;
            tx.commit().await?;
            return Err(Error::unauthenticated("refresh_reused"));
        }
        Refresh::Expired => return Err(unknown()),
    }
    let tokens = token::hand_out(app, &mut tx, found.session, next, now).await?;
    tx.commit().await?;
    Ok(tokens)
}
