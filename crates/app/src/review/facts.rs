//! What was typed: named texts, kept as ciphertext, and the reason of a decision.

use std::collections::BTreeMap;

use domain::id::CaseId;
use store::review::Case;
use zeroize::Zeroizing;

use crate::{App, Error, Result};

const FACTS: &str = "case.facts";
const REASON: &str = "case.reason";

/// Named texts. The names are words of the program, which the console puts into the operator's language.
pub type Facts = BTreeMap<String, String>;

pub(super) fn seal_facts(app: &App, id: CaseId, facts: &Facts) -> Result<Vec<u8>> {
    let json = Zeroizing::new(serde_json::to_string(facts).map_err(Error::internal)?);
    Ok(app.vault.wrap_text(FACTS, id.as_bytes(), &json)?)
}

pub(crate) fn open_facts(app: &App, case: &Case) -> Result<Facts> {
    let json = app
        .vault
        .unwrap_text(FACTS, case.id.as_bytes(), &case.facts)?;
    serde_json::from_str(&json).map_err(Error::internal)
}

pub(super) fn seal_reason(app: &App, id: CaseId, reason: &str) -> Result<Vec<u8>> {
    Ok(app.vault.wrap_text(REASON, id.as_bytes(), reason)?)
}

pub(super) fn open_reason(app: &App, case: &Case) -> Result<Option<String>> {
    let open = |sealed: &Vec<u8>| app.vault.unwrap_text(REASON, case.id.as_bytes(), sealed);
    let opened = case.reason.as_ref().map(open).transpose()?;
    Ok(opened.map(|reason| reason.to_string()))
}
