//! Coming into a company, and letting others in (MEM-1).

use super::{Phone, request_id};
use crate::Error;
use serde::Deserialize;
use serde_json::json;

impl Phone {
    /// Asks to join a company; the application's id.
    pub async fn join(&self, unit_id: &str, reason: &str) -> Result<String, Error> {
        #[derive(Deserialize)]
        struct Asked {
            application_id: String,
        }
        let (path, key) = (
            format!("/api/v1/units/{unit_id}/join-requests"),
            request_id()?,
        );
        let body = json!({"reason": reason});
        let asked: Asked = self.api.post(self.auth(), &path, &body, Some(&key)).await?;
        Ok(asked.application_id)
    }

    /// What a path of the API answers this person, whatever it is.
    pub async fn read(&self, path: &str) -> Result<serde_json::Value, Error> {
        self.api.get(self.auth(), path).await
    }

    /// Lets somebody in, as an administrator.
    pub async fn pass(&self, application_id: &str) -> Result<(), Error> {
        let path = format!("/api/v1/applications/{application_id}/decision");
        let body = json!({"verdict": "pass", "reason": ""});
        let _: serde_json::Value = self.api.post(self.auth(), &path, &body, None).await?;
        Ok(())
    }
}
