//! The statement over all that the phone showed, rebuilt from the server's own rows.

use protocol::{Base64Url, Confirm, Scope, Statement, marks_sha256, sha256};
use store::asker::Asker;
use store::scan_session::ScanSession;

use super::{Facts, SigningCertificate};
use crate::{Caller, Error, Result};

/// What the statement is made of.
pub(super) struct Shown<'a> {
    pub session: &'a ScanSession,
    pub asker: &'a Asker,
    pub certificate: &'a SigningCertificate,
    pub facts: &'a Facts,
    pub attributes: &'a [u8],
}

impl Shown<'_> {
    /// The bytes that password proof and device key have signed, if the phone showed what this server holds.
    pub fn statement(&self, caller: &Caller, message: &[u8], counter: i64) -> Result<Vec<u8>> {
        let session = self.session;
        let holding = session
            .holding_id
            .ok_or_else(|| Error::internal("scan.statement"))?;
        let seal = session.seal_id.map(|id| id.to_string());
        let platform = session.platform_id.map(|id| id.to_string());
        let unit = self.certificate.unit_id.map(|id| id.to_string());
        let mark_count =
            u32::try_from(self.facts.marks.len()).map_err(|_| Error::internal("scan.statement"))?;
        let statement = Statement::Confirm(Confirm {
            code: &session.code,
            kind: session.kind.as_str(),
            purpose: &session.purpose,
            asker_id: &self.asker.id.to_string(),
            asker_name: &self.asker.name,
            scope: platform.as_deref().map_or(Scope::DOCUMENT_SEALING, Scope),
            person_id: &caller.person_id.to_string(),
            unit_id: unit.as_deref(),
            device_id: &caller.device_id.to_string(),
            holding_id: &holding.to_string(),
            certificate_sha256: &Base64Url::encode(&sha256(&self.certificate.row.der)),
            seal_id: seal.as_deref().unwrap_or_default(),
            digest: &Base64Url::encode(&self.facts.digest.0),
            file_name: &self.facts.file_name,
            page_count: self.facts.page_count,
            mode: &self.facts.mode,
            mark_count,
            marks_sha256: &Base64Url::encode(&marks_sha256(&self.facts.marks)?),
            time_us: self.facts.time_us,
            attributes_sha256: &Base64Url::encode(&sha256(self.attributes)),
            message_sha256: &Base64Url::encode(&sha256(message)),
            counter,
        });
        Ok(statement.to_bytes()?)
    }
}
