//! The files of the keys: made once, whole or not at all, readable by their owner alone.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use rand_core::TryRng;
use zeroize::Zeroizing;

use super::Error;
use super::custodian::{AsTheyAre, Custodian, Key};

/// No custodian makes more of a key.
const FILE_MAX: u64 = 4096;

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What every folder has.
const NAMES: [&str; 4] = ["kek", "index", "escrow", "oprf"];
/// There while keys are being made: whoever is killed in the middle has sealed nothing with them yet.
const MAKING: &str = "making";

fn has_any(folder: &Path) -> bool {
    NAMES.iter().any(|name| folder.join(name).exists())
}

/// Makes folder and keys when the folder has none of them yet.
pub(super) fn make(folder: &Path, custodian: &dyn Custodian) -> Result<(), Error> {
    if !folder.join(MAKING).exists() && has_any(folder) {
        return Ok(());
    }
    make_folder(folder).map_err(|source| Error::File {
        path: folder.to_owned(),
        source,
    })?;
    make_keys(folder, custodian)
}

/// Makes all keys or, after a kill in the middle, makes them anew. Of processes that start at once one makes them and the
/// others wait.
fn make_keys(folder: &Path, custodian: &dyn Custodian) -> Result<(), Error> {
    let marker = folder.join(MAKING);
    let failed = |source| Error::File {
        path: marker.clone(),
        source,
    };
    let mut options = fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    let mut file = options.open(&marker).map_err(failed)?;
    file.lock().map_err(failed)?;
    if !marker.exists() {
        return Ok(());
    }
    // A marker that says nothing was made by a process that came when another had just finished.
    let begun = file.metadata().map_err(failed)?.len() > 0;
    if begun || !has_any(folder) {
        file.write_all(b"begun\n").map_err(failed)?;
        file.sync_all().map_err(failed)?;
        for name in NAMES {
            let path = folder.join(name);
            if path.exists() {
                fs::remove_file(&path).map_err(failed)?;
            }
            make_key(folder, name, custodian)?;
        }
    }
    fs::remove_file(&marker).map_err(failed)
}

pub(super) fn make_key(folder: &Path, name: &str, custodian: &dyn Custodian) -> Result<(), Error> {
    let mut key = Zeroizing::new([0; 32]);
    getrandom::SysRng
        .try_fill_bytes(key.as_mut())
        .map_err(|_| Error::Randomness)?;
    let sealed = custodian.seal(name, &key).map_err(kept(folder, name))?;
    write_new(&folder.join(name), &sealed)
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::File {
        path: path.to_owned(),
        source,
    };
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.sync_all().map_err(failed)
}

pub(super) fn read_key(folder: &Path, name: &str, custodian: &dyn Custodian) -> Result<Key, Error> {
    let path = folder.join(name);
    let failed = |source| Error::File {
        path: path.clone(),
        source,
    };
    let facts = fs::metadata(&path).map_err(failed)?;
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&facts.permissions()) & 0o077 != 0 {
        return Err(Error::Mode(path));
    }
    if facts.len() > FILE_MAX {
        return Err(failed(io::ErrorKind::FileTooLarge.into()));
    }
    let bytes = Zeroizing::new(fs::read(&path).map_err(failed)?);
    custodian.open(name, &bytes).map_err(kept(folder, name))
}

fn kept(folder: &Path, name: &str) -> impl FnOnce(super::CustodianError) -> Error {
    let path = folder.join(name);
    move |source| Error::Custodian { path, source }
}

/// Gives keys that stand in their files as they are to a custodian, and answers the names of those that were. What it has
/// already is left alone, so that it can be called again after a kill.
///
/// # Errors
/// As [`super::Vault::open`].
pub fn seal_files(folder: &Path, custodian: &dyn Custodian) -> Result<Vec<String>, Error> {
    let failed = |source| Error::File {
        path: folder.to_owned(),
        source,
    };
    let mut sealed = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let name = entry
            .map_err(failed)?
            .file_name()
            .to_string_lossy()
            .into_owned();
        let is_key = NAMES.contains(&name.as_str()) || name.starts_with("kek.");
        if !is_key || read_key(folder, &name, custodian).is_ok() {
            continue;
        }
        let key = read_key(folder, &name, &AsTheyAre)?;
        let bytes = custodian.seal(&name, &key).map_err(kept(folder, &name))?;
        let beside = folder.join(format!("sealing-{name}"));
        let _ = fs::remove_file(&beside);
        write_new(&beside, &bytes)?;
        fs::rename(&beside, folder.join(&name)).map_err(failed)?;
        sealed.push(name);
    }
    sealed.sort();
    Ok(sealed)
}
