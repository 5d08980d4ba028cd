//! A server of the demonstration's own: the same binary, on a free port.

use anyhow::{Context as _, bail};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running `hulian serve`.
pub struct OwnServer {
    child: Child,
    base: String,
}

impl OwnServer {
    /// Starts it and waits until it answers.
    pub async fn start(data: &Path) -> anyhow::Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let base = format!("http://127.0.0.1:{port}");
        let log = std::fs::File::create(data.join("server.log"))?;
        let child = Command::new(std::env::current_exe()?)
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data.join("server"))
            .args(["--public-url", &base, "--phone-url", &base])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("the server could not be started")?;
        let mut own = Self { child, base };
        own.wait_ready(data).await?;
        Ok(own)
    }

    async fn wait_ready(&mut self, data: &Path) -> anyhow::Result<()> {
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait()? {
                let log = std::fs::read_to_string(data.join("server.log")).unwrap_or_default();
                bail!("the server ended with {status}:\n{log}");
            }
            let ready = reqwest::get(format!("{}/readyz", self.base)).await;
            if ready.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("the server did not become ready")
    }

    /// Where it listens.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Ends it.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
