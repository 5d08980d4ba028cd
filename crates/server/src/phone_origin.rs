//! The phone app's origin. Browsers keep half 1 of every key under it: at another origin the same phone has none.

use anyhow::{Result, ensure};
use store::Db;

const SETTING: &str = "phone_url";

/// Remembers the origin. Another one than before is refused while anybody has a certificate, unless the operator
/// accepts that very one: a setting that was mistyped or forgotten must not cut every phone off.
///
/// # Errors
/// What was before and how to accept what is now, or that the database fails.
pub(crate) async fn keep(db: &Db, phone_url: &str, accepted: Option<&str>) -> Result<()> {
    let mut tx = db.begin_write("phone_origin.keep").await?;
    let before = store::setting::fix(&mut tx, SETTING, phone_url).await?;
    if before != phone_url {
        ensure!(
            accepted == Some(phone_url) || !store::holding::any(&mut tx).await?,
            "phone_url was {before} and is {phone_url} now. The phones keep their halves of the keys under the old \
             origin, and every certificate would have to be reissued. If that is meant: --accept-phone-url {phone_url}"
        );
        store::setting::put(&mut tx, SETTING, phone_url).await?;
    }
    Ok(tx.commit().await?)
}
