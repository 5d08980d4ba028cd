//! What the server knows of the tool itself: who signed it in, with which seals, and where it may ask.

use super::{Asker, SealPicture};
use crate::{Api, Error, api::Auth};
use serde::{Deserialize, Serialize};

/// The tool's own standing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// The name that phones show.
    pub name: String,
    /// False is shown as 未登记工具.
    pub registered: bool,
    /// The person who signed it in by a login scan.
    pub signed_in: Option<SignedIn>,
}

/// A person who signed the tool in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The person's name.
    pub person_name: String,
    /// For which unit, if for one.
    pub unit: Option<Unit>,
    /// Until when.
    pub until_us: i64,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub unit_id: String,
    /// Its name.
    pub name: String,
    /// Unified social credit code.
    #[serde(default)]
    pub uscc: Option<String>,
}

/// A seal of the person who signed the tool in.
#[derive(Clone, Debug, Deserialize)]
pub struct AccountSeal {
    /// The seal with its picture.
    #[serde(flatten)]
    pub picture: SealPicture,
    /// Whose; none is the person's own.
    #[serde(default)]
    pub unit_id: Option<String>,
    /// Whether this person may use it now.
    pub usable: bool,
    /// Why not.
    pub reason: Option<String>,
}

/// A platform in whose name the tool can ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedPlatform {
    /// Its id.
    pub platform_id: String,
    /// Its name.
    pub name: String,
    /// Kinds of mode that it takes.
    pub modes: Vec<String>,
}

/// The server as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct System {
    /// The phone app's origin.
    pub phone_url: String,
    /// Whether parts are played by stand-ins.
    pub sandbox: bool,
}

#[derive(Deserialize)]
struct List<T> {
    items: Vec<T>,
}

impl System {
    /// Asks the server at `api`.
    pub async fn of(api: &Api) -> Result<Self, Error> {
        api.get(Auth::None, "/api/v1/system").await
    }
}

impl Asker {
    async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        time_us: i64,
    ) -> Result<T, Error> {
        let authorization = self.authorization("GET", path, b"", time_us)?;
        self.api.get(Auth::Header(&authorization), path).await
    }

    async fn delete(&self, path: &str, time_us: i64) -> Result<(), Error> {
        let authorization = self.authorization("DELETE", path, b"", time_us)?;
        self.api.delete(Auth::Header(&authorization), path).await
    }

    /// The tool's own standing.
    pub async fn account(&self, time_us: i64) -> Result<Account, Error> {
        self.ask("/api/v1/askers/current", time_us).await
    }

    /// Seals of the person who signed the tool in.
    pub async fn seals(&self, time_us: i64) -> Result<Vec<AccountSeal>, Error> {
        let list: List<_> = self.ask("/api/v1/askers/current/seals", time_us).await?;
        Ok(list.items)
    }

    /// Platforms in whose name the tool can ask.
    pub async fn platforms(&self, time_us: i64) -> Result<Vec<OfferedPlatform>, Error> {
        let list: List<_> = self.ask("/api/v1/platforms", time_us).await?;
        Ok(list.items)
    }

    /// Ends the person's sign-in.
    pub async fn sign_out(&self, time_us: i64) -> Result<(), Error> {
        self.delete("/api/v1/askers/current/sign-in", time_us).await
    }

    /// Ends the runs that phones keep with this tool.
    pub async fn end_runs(&self, time_us: i64) -> Result<(), Error> {
        self.delete("/api/v1/askers/current/runs", time_us).await
    }
}
