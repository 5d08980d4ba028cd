//! The way to the server: registered when it can be reached, and everything local works when it cannot.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use client::asker::{Account, AccountSeal, Asker, OfferedPlatform, System};
use client::{Api, Retry};
use serde::Serialize;
use tokio::sync::Notify;
use zeroize::Zeroizing;

use crate::desk::{Clock, Desk, lock};
use crate::error::Error;
use crate::folder::Folder;

/// Between two looks at the server.
const LOOK: Duration = Duration::from_secs(15);
/// The same while it is away.
const LOOK_AWAY: Duration = Duration::from_secs(2);
/// A server that answers later is away.
const ANSWER: Duration = Duration::from_secs(5);
/// Within a scan a lost answer is asked for again this often.
const SCAN_RETRY: Retry = Retry {
    times: 8,
    pause: Duration::from_millis(250),
};
const NO_RETRY: Retry = Retry {
    times: 0,
    pause: Duration::ZERO,
};
/// The two families of certificates.
pub(crate) const PRODUCTS: [&str; 2] = ["rsa", "sm2"];
/// Largest root certificate that is kept.
const ROOT_BYTES_MAX: usize = 64 * 1024;

/// The server and what is known of it.
pub(crate) struct Link {
    api: Api,
    look: Api,
    key: Zeroizing<[u8; 32]>,
    name: String,
    clock: Clock,
    folder: Arc<Folder>,
    asker: Mutex<Option<Arc<Asker>>>,
    known: Mutex<Known>,
    kick: Notify,
}

/// What was last heard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub reachable: bool,
    pub system: Option<System>,
    pub account: Option<Account>,
    pub registered: bool,
    pub platforms: Vec<OfferedPlatform>,
    /// The server's clock less ours, when it refused us for it.
    pub clock_skew_us: Option<i64>,
}

/// The server's part of the state.
#[derive(Debug, Serialize)]
pub(crate) struct ServerView {
    url: String,
    reachable: bool,
    sandbox: bool,
    phone_url: Option<String>,
    clock_skew_s: Option<i64>,
}

/// The tool's part of the state.
#[derive(Debug, Serialize)]
pub(crate) struct AskerView {
    name: String,
    registered: bool,
    signed_in: Option<client::asker::SignedIn>,
}

impl Link {
    pub fn new(
        server: &str,
        key: Zeroizing<[u8; 32]>,
        name: &str,
        clock: Clock,
        folder: Arc<Folder>,
    ) -> Result<Self, Error> {
        Ok(Self {
            api: Api::new(server, SCAN_RETRY)?,
            look: Api::new(server, NO_RETRY)?,
            key,
            name: name.to_owned(),
            clock,
            folder,
            asker: Mutex::default(),
            known: Mutex::default(),
            kick: Notify::new(),
        })
    }

    pub fn known(&self) -> Known {
        lock(&self.known).clone()
    }

    /// Looks at the server soon.
    pub fn kick(&self) {
        self.kick.notify_one();
    }

    pub fn api(&self) -> &Api {
        &self.api
    }

    /// The registered tool; registers it where that has not been done since the start.
    pub async fn asker(&self) -> Result<Arc<Asker>, Error> {
        let registered = lock(&self.asker).clone();
        if let Some(asker) = registered {
            return Ok(asker);
        }
        let asker = Asker::register(self.api.clone(), &self.key, &self.name).await?;
        Ok(self.keep(asker))
    }

    fn keep(&self, asker: Asker) -> Arc<Asker> {
        Arc::clone(lock(&self.asker).get_or_insert_with(|| Arc::new(asker)))
    }

    /// Seals of the person who signed the tool in.
    pub async fn seals(&self) -> Result<Vec<AccountSeal>, Error> {
        Ok(self.asker().await?.seals((self.clock)()).await?)
    }

    /// Ends the sign-in.
    pub async fn sign_out(&self) -> Result<(), Error> {
        Ok(self.asker().await?.sign_out((self.clock)()).await?)
    }

    pub fn server_view(&self) -> ServerView {
        let known = self.known();
        ServerView {
            url: self.api.base().to_owned(),
            reachable: known.reachable,
            sandbox: known.system.as_ref().is_some_and(|system| system.sandbox),
            phone_url: known.system.map(|system| system.phone_url),
            clock_skew_s: known.clock_skew_us.map(|us| us.div_euclid(1_000_000)),
        }
    }

    pub fn asker_view(&self) -> AskerView {
        let known = self.known();
        let registered = known.registered;
        match known.account {
            Some(account) => AskerView {
                name: account.name,
                registered: account.registered,
                signed_in: account.signed_in,
            },
            None => AskerView {
                name: self.name.clone(),
                registered,
                signed_in: None,
            },
        }
    }

    /// Root certificates of the server's certificates, as last seen.
    pub fn roots(&self) -> Vec<Vec<u8>> {
        let files = PRODUCTS
            .iter()
            .map(|product| self.folder.root_certificate(product));
        files.filter_map(|path| std::fs::read(path).ok()).collect()
    }

    async fn look(&self) -> Result<Known, Error> {
        let system = optional(System::of(&self.look).await)?;
        let asker = self.asker().await?;
        let mut known = Known {
            reachable: true,
            system,
            registered: asker.registered(),
            ..Known::default()
        };
        let time_us = (self.clock)();
        let account = asker.account(time_us).await;
        let platforms = asker.platforms(time_us).await;
        // Servers of another age know one of the two questions only.
        known.clock_skew_us = skew_us(&account, time_us).or_else(|| skew_us(&platforms, time_us));
        known.account = optional(account)?;
        known.platforms = optional(platforms)?.unwrap_or_default();
        for product in PRODUCTS {
            self.fetch_root(product).await?;
        }
        Ok(known)
    }

    async fn fetch_root(&self, product: &str) -> Result<(), Error> {
        let path = format!("/pki/{product}/root.cer");
        let Some(root) = optional(self.look.get_bytes(&path, ROOT_BYTES_MAX).await)? else {
            return Ok(());
        };
        let target = self.folder.root_certificate(product);
        let known = std::fs::read(&target).is_ok_and(|known| known == root);
        if !known && gm_pki::certificate::parse(&root).is_ok() {
            let mut received = self.folder.incoming()?;
            std::io::Write::write_all(&mut received, &root).map_err(Error::file(&target))?;
            received
                .persist(&target)
                .map_err(|error| Error::file(&target)(error.error))?;
        }
        Ok(())
    }
}

/// How far the server's clock is ahead of `time_us`, when it refused us for that.
fn skew_us<T>(answer: &Result<T, client::Error>, time_us: i64) -> Option<i64> {
    match answer {
        Err(client::Error::Problem { code, params, .. }) if code == "asker_clock_skew" => {
            let theirs = params.get("server_time_us")?.as_i64()?;
            theirs.checked_sub(time_us)
        }
        _ => None,
    }
}

/// What a server of another age, or one that refuses, does not answer is not known; only one that is away is an error.
fn optional<T>(answer: Result<T, client::Error>) -> Result<Option<T>, Error> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error @ client::Error::Unreachable(_)) => Err(error.into()),
        Err(_) => Ok(None),
    }
}

impl Desk {
    /// Looks at the server now and tells pages what has changed.
    pub async fn look_at_server(&self) {
        let link = &self.inner().link;
        let looked = tokio::time::timeout(ANSWER, link.look()).await;
        let found = match looked {
            Ok(Ok(known)) => known,
            // What was known stays known: names and platforms are still what they were.
            Ok(Err(_)) | Err(_) => Known {
                reachable: false,
                ..link.known()
            },
        };
        let changed = {
            let mut known = lock(&link.known);
            let changed = *known != found;
            *known = found;
            changed
        };
        if changed {
            self.tell_state();
        }
    }

    /// In whose name the tool asks until it is told another: on a sandbox its one platform, else nobody's.
    pub(crate) async fn default_platform(&self) -> Option<String> {
        if self.inner().link.known().system.is_none() {
            // A page may be quicker than the first look.
            self.look_at_server().await;
        }
        let known = self.inner().link.known();
        let sandbox = known.system.as_ref().is_none_or(|system| system.sandbox);
        let first = known.platforms.into_iter().next().filter(|_| sandbox);
        first.map(|platform| platform.platform_id)
    }

    /// Looks again and again.
    pub(crate) async fn watch_server(self) {
        loop {
            self.look_at_server().await;
            let link = &self.inner().link;
            let pause = if link.known().reachable {
                LOOK
            } else {
                LOOK_AWAY
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = link.kick.notified() => {}
            }
        }
    }
}
