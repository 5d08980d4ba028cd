//! Material: photos and files that people hand in to be looked at. They are kept sealed, shown to whoever handed them in,
//! and to operators with a reason (IDV-5).

use domain::id::{MaterialId, PersonId};
use domain::time::DAY_US;
use store::material::Material;
use store::{Exec, Tx};

use crate::{App, Caller, Error, Result, limit};

/// The largest file.
pub const BYTES_MAX: usize = 8 * 1024 * 1024;
/// Files that one person hands in within a day; a whole registration with every photo taken five times has fewer.
const PER_DAY_MAX: i64 = 100;
/// The kind under which the blobs lie.
const BLOB: &str = "material";

/// What a file is, told by how it begins and never by what its sender says.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        _ => None,
    }
}

/// A file that was found to be one, sealed; nobody has it yet.
pub(crate) struct Kept {
    /// What it is.
    pub media_type: &'static str,
    /// The name of the sealed blob.
    pub sealed_sha256: [u8; 32],
    /// Bytes of the open form.
    pub bytes: i64,
}

/// Judges and seals a file.
///
/// # Errors
/// `material_empty`, `material_too_large` `{most_bytes}`, `material_type_invalid`.
pub(crate) async fn seal(app: &App, bytes: &[u8]) -> Result<Kept> {
    let media_type = judge(bytes)?;
    Ok(Kept {
        media_type,
        sealed_sha256: app.blobs.put_sealed(&app.vault, BLOB, bytes).await?,
        bytes: i64::try_from(bytes.len()).map_err(Error::internal)?,
    })
}

/// The bytes of a sealed file.
pub(crate) async fn open_sealed(app: &App, sealed: &[u8; 32]) -> Result<Vec<u8>> {
    Ok(app.blobs.get_sealed(&app.vault, BLOB, sealed).await?)
}

/// Removes a sealed file for good.
pub(crate) async fn discard(app: &App, sealed: &[u8; 32]) -> Result<()> {
    Ok(app.blobs.remove(BLOB, sealed).await?)
}

fn judge(bytes: &[u8]) -> Result<&'static str> {
    if bytes.is_empty() {
        return Err(Error::invalid("material_empty"));
    }
    if bytes.len() > BYTES_MAX {
        return Err(Error::too_large("material_too_large").with("most_bytes", BYTES_MAX));
    }
    media_type(bytes).ok_or_else(|| Error::invalid("material_type_invalid"))
}

/// Keeps a file. What nothing relies on within a day is forgotten.
///
/// # Errors
/// `material_empty`, `material_too_large` `{most_bytes}`, `material_type_invalid`, `rate_limited`.
pub async fn put(app: &App, caller: &Caller, bytes: &[u8]) -> Result<MaterialId> {
    judge(bytes)?;
    let person_id = caller.person_id;
    limit::check(app, "material", person_id.as_bytes(), DAY_US, PER_DAY_MAX).await?;
    // The blob first: a kill in between leaves bytes that nobody can open, never a row without them.
    let kept = seal(app, bytes).await?;
    let new = Material {
        id: app.new_id(),
        person_id,
        media_type: kept.media_type.to_owned(),
        sealed_sha256: kept.sealed_sha256,
        bytes: kept.bytes,
        created_at: app.now(),
    };
    store::material::insert(&app.db, &new).await?;
    Ok(new.id)
}

/// A file with its media type, for whoever handed it in.
///
/// # Errors
/// `material_not_found`, also for others.
pub async fn get(app: &App, caller: &Caller, id: MaterialId) -> Result<(String, Vec<u8>)> {
    let found = own(&app.db, caller.person_id, id).await?;
    let bytes = open(app, &found).await?;
    Ok((found.media_type, bytes))
}

/// One of a person's own.
///
/// # Errors
/// `material_not_found`.
pub(crate) async fn own(
    at: impl Into<Exec<'_>>,
    person: PersonId,
    id: MaterialId,
) -> Result<Material> {
    let found = store::material::find(at, id).await?;
    let own = found.filter(|material| material.person_id == person);
    own.ok_or_else(|| Error::not_found("material_not_found"))
}

/// The bytes. Who may see them is the caller's to know.
pub(crate) async fn open(app: &App, material: &Material) -> Result<Vec<u8>> {
    open_sealed(app, &material.sealed_sha256).await
}

/// Goes on only with own files, and keeps them from the sweep.
///
/// # Errors
/// `material_not_found`.
pub(crate) async fn keep(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    ids: impl IntoIterator<Item = MaterialId>,
) -> Result<()> {
    for id in ids {
        own(&mut *tx, person, id).await?;
        store::material::keep(tx, id, app.now()).await?;
    }
    Ok(())
}

/// Forgets one batch of those that nothing relies on, and tells how many it had.
pub(crate) async fn sweep(app: &App, most: u32) -> Result<u64> {
    let before = app.now().plus_micros(-DAY_US);
    let taken = store::material::take_strays(&app.db, before, most).await?;
    for sealed in &taken {
        discard(app, sealed).await?;
    }
    Ok(u64::try_from(taken.len()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn a_file_is_what_it_begins_as() {
        assert_eq!(media_type(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n..."), Some("image/png"));
        assert_eq!(media_type(b"%PDF-1.7"), Some("application/pdf"));
        for other in [&b""[..], b"\xff\xd8", b"GIF89a", b"<svg>", b"MZ"] {
            assert_eq!(media_type(other), None);
        }
    }
}
