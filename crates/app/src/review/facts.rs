//! What was typed: named texts, kept as ciphertext, and the reason of a decision.

use std::collections::BTreeMap;

use domain::id::{CaseId, PersonId};
use store::Tx;
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

/// The account ends: what was typed and handed in about the person goes; that a case was decided stays.
pub(crate) async fn forget(app: &App, tx: &mut Tx, person: PersonId) -> Result<()> {
    for case in store::review::of_person_alone(&mut *tx, person).await? {
        let nothing = seal_facts(app, case, &Facts::new())?;
        store::review::forget(&mut *tx, case, &nothing, app.now()).await?;
    }
    Ok(store::material::let_go_of_person(tx, person).await?)
}
