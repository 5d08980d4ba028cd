//! A server of the demonstration's own: the whole service in this process, on a free port.

use crate::config::Config;
use crate::serve::{self, Running};
use anyhow::Context as _;
use std::path::Path;
use std::sync::Arc;

use providers::register::SandboxRegister;

/// A running service.
pub struct OwnServer {
    running: Running,
    base: String,
}

impl OwnServer {
    /// Starts it on the data of an earlier demonstration, or on none.
    pub async fn start(data: &Path) -> anyhow::Result<Self> {
        let running = serve::start(&Config::on_loopback(&data.join("server")))
            .await
            .context("the demonstration's own server")?;
        let base = format!("http://{}", running.address);
        Ok(Self { running, base })
    }

    /// The register of its sandbox.
    pub fn register(&self) -> Option<Arc<SandboxRegister>> {
        self.running.app.providers.specimen_register.clone()
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
