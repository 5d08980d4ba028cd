//! Key and certificates from files.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use gm_pki::{Signer as _, SoftKey, certificate};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use zeroize::Zeroizing;

use super::refused::{Refused, not_done};

/// The longest key or certificate file.
const FILE_BYTES: u64 = 1 << 20;
/// Certificates of one file.
const CERTIFICATES: usize = 16;

/// Who signs.
pub(super) struct Identity {
    pub key: SoftKey,
    /// DER, the signer's first.
    pub chain: Vec<Vec<u8>>,
    /// What the certificate calls its holder.
    pub name: Option<String>,
}

/// Reads key and chain and checks that they belong together and may sign at `now`.
pub(super) fn load(key: &Path, chain: &Path, now: i64) -> Result<Identity, Refused> {
    let key = private_key(key)?;
    let mut certificates = certificates(chain)?;
    let bad =
        |message: &str| Refused::new("bad_certificate", format!("{}: {message}", chain.display()));
    let own = certificates.iter().position(|der| {
        certificate::parse(der).is_ok_and(|facts| facts.spki_der == key.public_key_der())
    });
    let own = own.ok_or_else(|| {
        bad("no certificate in it is that of the key; give the one that was issued for it")
    })?;
    let own = certificates.remove(own);
    let facts = certificate::parse(&own).map_err(|error| bad(&error.to_string()))?;
    if !facts.is_valid_at(now) {
        return Err(bad(
            "the signer's certificate is expired or not valid yet; use one that is in force",
        ));
    }
    if facts.key_usage.is_some_and(|usages| !usages.signs_data()) {
        return Err(bad(
            "the signer's certificate is not meant for signing; use a signing certificate",
        ));
    }
    certificates.insert(0, own);
    let name = facts.subject.display_name().map(str::to_owned);
    Ok(Identity {
        key,
        chain: certificates,
        name,
    })
}

fn private_key(path: &Path) -> Result<SoftKey, Refused> {
    let bytes = Zeroizing::new(read(path)?);
    let bad = |message: String| Refused::new("bad_key", format!("{}: {message}", path.display()));
    if bytes.first() == Some(&0x30) {
        // DER: PKCS#8, or a PKCS#12 store.
        return SoftKey::from_pkcs8_der(&bytes).map_err(|_| {
            not_done("reading a key from a PKCS#12 file or from DER that is not plain PKCS#8")
        });
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| bad("this is not a PEM file".to_owned()))?;
    if text.contains("ENCRYPTED") {
        return Err(not_done("reading an encrypted key"));
    }
    SoftKey::from_pem(text).map_err(|error| {
        bad(format!(
            "{error}; give a PEM file with an SM2, P-256 or RSA key (2048 to 4096 bits)"
        ))
    })
}

/// The certificates of a PEM file, or the one of a DER file.
pub(super) fn certificates(path: &Path) -> Result<Vec<Vec<u8>>, Refused> {
    let bytes = read(path)?;
    let all: Vec<Vec<u8>> = if bytes.first() == Some(&0x30) {
        vec![bytes]
    } else {
        let each = CertificateDer::pem_slice_iter(&bytes).take(CERTIFICATES + 1);
        each.filter_map(Result::ok)
            .map(|der| der.to_vec())
            .collect()
    };
    let sound = all.iter().all(|der| certificate::parse(der).is_ok());
    if all.is_empty() || !sound || all.len() > CERTIFICATES {
        let message = format!(
            "{}: give a PEM file with 1 to {CERTIFICATES} certificates",
            path.display()
        );
        return Err(Refused::new("bad_certificate", message));
    }
    Ok(all)
}

/// A small file, bounded before it is read.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Refused> {
    read_up_to(path, FILE_BYTES)
}

pub(super) fn read_up_to(path: &Path, limit: u64) -> Result<Vec<u8>, Refused> {
    let cannot = |why: String| Refused::new("unreadable", format!("{}: {why}", path.display()));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| cannot(error.to_string()))?;
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| cannot(error.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err(cannot(format!("the file is larger than {limit} bytes")));
    }
    Ok(bytes)
}
