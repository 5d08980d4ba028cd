//! The asker: a bid tool that opens documents, asks for signatures over their digests, and embeds what comes back.

mod account;
mod seal_file;
mod session;

pub use account::{Account, AccountSeal, OfferedPlatform, SignedIn, System, Unit};
pub use protocol::MarkWire;
pub use seal_file::{SealFile, Waiting};
pub use session::{
    Created, Facts, ResultView, RunView, SealPicture, SessionView, Signer, UnsealFacts, Wish,
};

use crate::{Api, Error, api::Auth};
use ed25519_dalek::{Signer as _, SigningKey};
use protocol::{Base64Url, Statement, sha256};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

/// A registered tool.
pub struct Asker {
    api: Api,
    key: SigningKey,
    id: String,
    registered: bool,
}

impl std::fmt::Debug for Asker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asker")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Registered {
    asker_id: String,
    registered: bool,
}

impl Asker {
    /// A new key for a tool that has none.
    pub fn new_key() -> Result<Zeroizing<[u8; 32]>, Error> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut()).map_err(|_| Error::Local("no randomness"))?;
        Ok(key)
    }

    /// Registers the tool's key, or finds it registered.
    pub async fn register(api: Api, key: &[u8; 32], name: &str) -> Result<Self, Error> {
        let key = SigningKey::from_bytes(key);
        let public_key = Base64Url::encode(key.verifying_key().as_bytes());
        let statement = Statement::Asker {
            public_key: &public_key,
            name,
        };
        let proof = Base64Url::encode(&key.sign(&statement.to_bytes()?).to_bytes());
        let body = json!({"public_key": public_key, "name": name, "proof": proof});
        let registered: Registered = api.post(Auth::None, "/api/v1/askers", &body, None).await?;
        Ok(Self {
            api,
            key,
            id: registered.asker_id,
            registered: registered.registered,
        })
    }

    /// Its id at the server.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether somebody had vouched for it when it registered.
    pub fn registered(&self) -> bool {
        self.registered
    }

    /// The server.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// The header that signs one request.
    fn authorization(
        &self,
        method: &str,
        path: &str,
        body: &[u8],
        time_us: i64,
    ) -> Result<String, Error> {
        let body_sha256 = Base64Url::encode(&sha256(body));
        let statement = Statement::AskerRequest {
            asker_id: &self.id,
            method,
            path,
            body_sha256: &body_sha256,
            time_us,
        };
        let signature = Base64Url::encode(&self.key.sign(&statement.to_bytes()?).to_bytes());
        Ok(format!("Hulian-Asker {}:{time_us}:{signature}", self.id))
    }
}
