//! A seal is taken away by the certificate that set it: what is signed names the signature.

use domain::usability::{Usability, Why};
use gm_pki::Algorithm;
use protocol::{Base64Url, Statement, Unseal, sha256};
use store::Exec;
use store::scan_session::ScanSession;

use super::load::UnsealFacts;
use super::prepare::stated_file;
use super::{Facts, PrepareSession};
use crate::holding::Seen;
use crate::{Error, Result};

/// The word that stands where a seal has its mode.
const MODE: &str = "unseal";

/// In an un-seal only the certificate that set the seal can be used, and what an install or a reissue would bring is
/// another one.
pub(super) async fn narrow(at: Exec<'_>, session: &ScanSession, seen: &mut Seen) -> Result<()> {
    let Some(asked) = &session.unseal else {
        return Ok(());
    };
    let certificate = store::certificate::in_force(at, seen.holding.id).await?;
    let sealer = certificate.is_some_and(|found| sha256(&found.der) == asked.certificate_sha256);
    seen.usability = match seen.usability {
        said @ (Usability::Usable | Usability::NotUsable(_)) if sealer => said,
        _ => Usability::NotUsable(Why::NotTheSealer),
    };
    Ok(())
}

/// What is signed in an un-seal: the digest of the statement that both sides make.
pub(super) fn facts(
    session: &ScanSession,
    wish: &PrepareSession,
    field: &str,
    signature_sha256: &[u8; 32],
    algorithm: Algorithm,
) -> Result<Facts> {
    let asked = session.unseal.as_ref();
    if !asked
        .is_some_and(|asked| asked.field == field && asked.signature_sha256 == *signature_sha256)
    {
        return Err(Error::conflict("prepare_conflict"));
    }
    stated_file(wish)?;
    if wish.page_count == 0 {
        return Err(Error::invalid("body_invalid").with("at", "page_count"));
    }
    let statement = Statement::Unseal(Unseal {
        code: &session.code,
        field,
        signature_sha256: &Base64Url::encode(signature_sha256),
        // As it came, since the asker has made the same statement.
        file_name: &wish.file_name,
        page_count: wish.page_count,
        time_us: wish.time_us,
    });
    Ok(Facts {
        digest: Base64Url(algorithm.digest(&statement.to_bytes()?)),
        file_name: wish.file_name.clone(),
        page_count: wish.page_count,
        mode: MODE.to_owned(),
        marks: Vec::new(),
        time_us: wish.time_us,
        unseal: Some(UnsealFacts {
            field: field.to_owned(),
            signature_sha256: Base64Url(signature_sha256.to_vec()),
        }),
    })
}
