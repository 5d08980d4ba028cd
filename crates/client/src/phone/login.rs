//! Signing an asker in: the device key alone confirms it (PROTOCOL section 9).

use super::Phone;
use super::scan::View;
use crate::Error;
use protocol::{Login, Scope, Statement};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Answer {
    operation_id: String,
}

impl Phone {
    /// Confirms a login that the person has seen, as whom was chosen. Answers the operation's id.
    pub async fn confirm_login(&mut self, view: &View) -> Result<String, Error> {
        let chosen = match (&view.chosen, view.kind.as_str(), view.state.as_str()) {
            (Some(chosen), "login", "ready") => chosen,
            _ => return Err(Error::Differs("nothing to sign in to")),
        };
        let counter = self.store.next_counter()?;
        let scope = view.scope.get("platform_id").and_then(Value::as_str);
        let statement = Statement::Login(Login {
            code: &view.code,
            purpose: &view.purpose,
            asker_id: &view.asker.asker_id,
            asker_name: &view.asker.name,
            scope: scope.map_or(Scope::DOCUMENT_SEALING, Scope),
            person_id: self.person_id()?,
            unit_id: chosen.unit_id.as_deref(),
            device_id: self.device_id()?,
            counter,
        });
        let body = json!({"counter": counter, "device_signature": self.sign(&statement)?});
        let path = format!("/api/v1/scans/{}/confirm-login", view.code);
        let done: Answer = self.api.post(self.auth(), &path, &body, None).await?;
        Ok(done.operation_id)
    }
}
