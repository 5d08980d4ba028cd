//! The issuer's keys: made at first start, sealed by the vault, kept beside the other keys and outside the database.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domain::Instant;
use issuer::{Issuer, Params};
use rand_core::CryptoRng;
use store::Vault;

const FILE: &str = "issuer";
const PURPOSE: &str = "issuer";

/// Why there is no issuer.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    /// The address stands in every certificate.
    #[error(
        "pki_url was fixed as {fixed} at the first start and stands in every certificate; it cannot become {given}"
    )]
    AddressChanged {
        /// What stands in the certificates.
        fixed: String,
        /// What is asked for.
        given: String,
    },
    /// Nobody outside could check a certificate.
    #[error("--production needs a pki_url that others can reach, not {0}")]
    LocalAddress(String),
    /// The file cannot be read or written.
    #[error("issuer file {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file does not open.
    #[error("the issuer file does not open")]
    Vault(#[source] store::vault::Error),
    /// The issuer cannot be made or read.
    #[error("the issuer cannot be made or read")]
    Issuer(#[source] issuer::Error),
}

/// Opens the issuer of a keys folder, made when the folder has none. Making takes seconds: call it on a blocking thread.
///
/// # Errors
/// See [`IssuerError`].
pub fn open_issuer<R: CryptoRng + ?Sized>(
    vault: &Vault,
    keys: &Path,
    params: Params,
    production: bool,
    now: Instant,
    rng: &mut R,
) -> Result<Issuer, IssuerError> {
    if production && is_local(&params.pki_url) {
        return Err(IssuerError::LocalAddress(params.pki_url));
    }
    let path = keys.join(FILE);
    let given = params.pki_url.clone();
    if !path.exists() {
        let issuer = Issuer::create(params, now.seconds(), rng).map_err(IssuerError::Issuer)?;
        write(vault, &path, &issuer)?;
    }
    // Read back even what was just made: two nodes that start at once go on with the same one, and a file that cannot be
    // read is noticed now.
    let issuer = read(vault, &path)?;
    let fixed = &issuer.params().pki_url;
    if *fixed != given {
        return Err(IssuerError::AddressChanged {
            fixed: fixed.clone(),
            given,
        });
    }
    Ok(issuer)
}

fn read(vault: &Vault, path: &Path) -> Result<Issuer, IssuerError> {
    let sealed = fs::read(path).map_err(|source| IssuerError::File {
        path: path.to_owned(),
        source,
    })?;
    let bytes = vault
        .unwrap(PURPOSE, PURPOSE.as_bytes(), &sealed)
        .map_err(IssuerError::Vault)?;
    Issuer::from_bytes(&bytes).map_err(IssuerError::Issuer)
}

/// Whole or not at all: written beside, then linked under its name unless another node was first.
fn write(vault: &Vault, path: &Path, issuer: &Issuer) -> Result<(), IssuerError> {
    let bytes = issuer.to_bytes().map_err(IssuerError::Issuer)?;
    let sealed = vault
        .wrap(PURPOSE, PURPOSE.as_bytes(), &bytes)
        .map_err(IssuerError::Vault)?;
    let failed = |source| IssuerError::File {
        path: path.to_owned(),
        source,
    };
    let beside = path.with_extension(format!("new.{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(failed)?;
    file.write_all(&sealed).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    let linked = match fs::hard_link(&beside, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    };
    fs::remove_file(&beside).map_err(failed)?;
    linked.map_err(failed)
}

/// Whether the host of an address is this computer.
fn is_local(url: &str) -> bool {
    let host = url
        .split("://")
        .nth(1)
        .unwrap_or_default()
        .split('/')
        .next()
        .unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host.is_empty()
        || host.eq_ignore_ascii_case("localhost")
        || host.to_ascii_lowercase().ends_with(".localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback() || address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn this_computer_by_any_name_is_local() {
        for url in [
            "http://localhost/pki",
            "http://LOCALHOST:8600/pki",
            "http://127.0.0.2/pki",
            "http://[::1]:1/pki",
            "http://0.0.0.0",
        ] {
            assert!(is_local(url), "{url}");
        }
        for url in [
            "http://pki.example.cn/pki",
            "http://10.0.0.1/pki",
            "http://[2001:db8::1]/pki",
        ] {
            assert!(!is_local(url), "{url}");
        }
    }
}
