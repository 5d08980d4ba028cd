//! Key and certificates from files.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use gm_pki::{Signer as _, SoftKey, certificate, pem, pkcs12};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use zeroize::Zeroizing;

use super::refused::Refused;

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

/// Where key and certificates come from.
pub(super) struct Files<'a> {
    /// PEM or DER, or a PKCS#12 store.
    pub key: &'a Path,
    /// The password of the key.
    pub key_pass: Option<&'a Path>,
    /// PEM or DER; a store may bring its own.
    pub chain: Option<&'a Path>,
}

/// Reads key and chain and checks that they belong together and may sign at `now`.
pub(super) fn load(files: &Files<'_>, now: i64) -> Result<Identity, Refused> {
    let (key, stored) = private_key(files)?;
    let chain = files.chain.unwrap_or(files.key);
    let mut certificates = match files.chain {
        Some(chain) => certificates(chain)?,
        None if stored.is_empty() => {
            return Err(Refused::new(
                "bad_certificate",
                "the key file holds no certificates; give them with --cert CHAIN.pem",
            ));
        }
        None => stored,
    };
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

/// The key, and the certificates that stand beside it in a store.
fn private_key(files: &Files<'_>) -> Result<(SoftKey, Vec<Vec<u8>>), Refused> {
    let bytes = Zeroizing::new(read(files.key)?);
    let password = files.key_pass.map(super::password).transpose()?;
    let bad =
        |message: &str| Refused::new("bad_key", format!("{}: {message}", files.key.display()));
    let failed = |error: gm_pki::Error| locked(files, &error);
    if bytes.first() == Some(&0x30) {
        return from_der(&bytes, password.as_ref().map(|it| it.as_slice()), files);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| bad("this is not a PEM file"))?;
    if text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") {
        let password = password.ok_or_else(|| needed(files))?;
        let blocks = pem::decode_all("ENCRYPTED PRIVATE KEY", text).map_err(failed)?;
        let der = blocks.first().map(Vec::as_slice).unwrap_or_default();
        let key = SoftKey::from_encrypted_pkcs8_der(der, &password).map_err(failed)?;
        return Ok((key, Vec::new()));
    }
    if text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(bad(
            "the key is encrypted in the old way of PEM files, which protects it from nobody; write it anew with \
             openssl pkey -in OLD -aes256 -out NEW",
        ));
    }
    let key = SoftKey::from_pem(text).map_err(|error| {
        bad(&format!(
            "{error}; give a PEM file with an SM2, P-256 or RSA key (2048 to 4096 bits)"
        ))
    })?;
    Ok((key, Vec::new()))
}

/// PKCS#8, plain or encrypted, or a PKCS#12 store; each begins otherwise.
fn from_der(
    der: &[u8],
    password: Option<&[u8]>,
    files: &Files<'_>,
) -> Result<(SoftKey, Vec<Vec<u8>>), Refused> {
    if let Ok(key) = SoftKey::from_pkcs8_der(der) {
        return Ok((key, Vec::new()));
    }
    let failed = |error: gm_pki::Error| match (&error, password) {
        (gm_pki::Error::Mismatch(_), None) => needed(files),
        _ => locked(files, &error),
    };
    // Neither error tells the other kind of file, so the store is tried last and has the last word.
    match SoftKey::from_encrypted_pkcs8_der(der, password.unwrap_or_default()) {
        Ok(key) => Ok((key, Vec::new())),
        Err(gm_pki::Error::Malformed(_) | gm_pki::Error::TooLarge { .. }) => {
            let store = pkcs12::open(der, password.unwrap_or_default()).map_err(failed)?;
            Ok((store.key, store.certificates))
        }
        Err(error) => Err(failed(error)),
    }
}

fn needed(files: &Files<'_>) -> Refused {
    let message = "the key has a password; give it with --key-pass-file FILE";
    Refused::new(
        "key_password_needed",
        format!("{}: {message}", files.key.display()),
    )
}

fn locked(files: &Files<'_>, error: &gm_pki::Error) -> Refused {
    let path = files.key.display();
    match error {
        gm_pki::Error::Mismatch(_) => Refused::new(
            "key_password_wrong",
            format!("{path}: the password of the key (--key-pass-file) is wrong"),
        ),
        gm_pki::Error::Unsupported(_) => Refused::new(
            "bad_key",
            format!(
                "{path}: {error}; write it anew with OpenSSL 3: openssl pkcs12 -in OLD -legacy -nodes -out KEY.pem"
            ),
        ),
        _ => Refused::new(
            "bad_key",
            format!(
                "{path}: {error}; give a PEM, PKCS#8 or PKCS#12 file with an SM2, P-256 or RSA key (2048 to 4096 bits)"
            ),
        ),
    }
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
