//! A server of the demonstration's own: the whole service in this process, on a free port.

use domain::policy::Policy;

use crate::config::Config;
use crate::serve::{self, Running};
use crate::tables::Outside;
use anyhow::Context as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

/// A running service.
pub struct OwnServer {
    running: Running,
    base: String,
}

impl OwnServer {
    /// Starts it on the data of an earlier demonstration, or on none.
    pub async fn start(data: &Path) -> anyhow::Result<Self> {
        let data = data.join("server");
        let config = Config {
            database: format!("sqlite:{}", data.join("hulian.sqlite").display()),
            keys: data.join("keys"),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            phone_listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            accept_phone_url: None,
            phone_url: None,
            public_url: None,
            pki_url: None,
            production: false,
            policy: Policy::Sandbox,
            outside: Outside::default(),
            data,
        };
        let running = serve::start(&config)
            .await
            .context("the demonstration's own server")?;
        let base = format!("http://{}", running.address);
        Ok(Self { running, base })
    }

    /// Where it listens.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Ends it.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.running.stop().await
    }
}
