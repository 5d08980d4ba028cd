//! Companies and their seals.

use super::{Phone, request_id};
use crate::Error;
use serde::Deserialize;
use serde_json::json;

/// A company of the person.
#[derive(Clone, Debug, Deserialize)]
pub struct Unit {
    /// Its id.
    pub unit_id: String,
    /// Its unified social credit code.
    pub uscc: String,
    /// `certified`, or what is still to do.
    pub state: String,
}

/// A seal.
#[derive(Clone, Debug, Deserialize)]
pub struct Seal {
    /// Its id.
    pub seal_id: String,
}

impl Phone {
    /// Registers a company as its legal representative (UNIT-2).
    pub async fn register_unit(&self, name: &str, uscc: &str) -> Result<Unit, Error> {
        let body = json!({"as": "legal_representative", "name": name, "uscc": uscc});
        #[derive(Deserialize)]
        struct Registered {
            unit_id: String,
            state: String,
        }
        let answer: Registered = self
            .api
            .post(self.auth(), "/api/v1/units", &body, Some(&request_id()?))
            .await?;
        Ok(Unit {
            unit_id: answer.unit_id,
            uscc: uscc.to_owned(),
            state: answer.state,
        })
    }

    /// The person's companies.
    pub async fn units(&self) -> Result<Vec<Unit>, Error> {
        #[derive(Deserialize)]
        struct List {
            items: Vec<Unit>,
        }
        let list: List = self.api.get(self.auth(), "/api/v1/units").await?;
        Ok(list.items)
    }

    /// Seals of the unit that this person may see.
    pub async fn seals(&self, unit_id: &str) -> Result<Vec<Seal>, Error> {
        #[derive(Deserialize)]
        struct List {
            items: Vec<Seal>,
        }
        let list: List = self
            .api
            .get(self.auth(), &format!("/api/v1/seals?unit_id={unit_id}"))
            .await?;
        Ok(list.items)
    }

    /// Makes the company's seal from the template (SEAL-1).
    pub async fn make_company_seal(&self, unit_id: &str) -> Result<Seal, Error> {
        let body = json!({"unit_id": unit_id, "kind": "company", "style": {"diameter_mm": 40}});
        self.api
            .post(self.auth(), "/api/v1/seals", &body, Some(&request_id()?))
            .await
    }
}
