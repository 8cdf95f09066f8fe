//! The built binary, serving with accounts on a free port of loopback.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use anyhow::Context;

pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

/// Starts it; at `address`, where it was before it was killed.
pub(crate) fn start(database: &str, address: Option<SocketAddr>) -> anyhow::Result<Server> {
    let address = address.map_or_else(|| "127.0.0.1:0".to_owned(), |address| address.to_string());
    // All reviewers come from one address here: no limit on how often it may ask.
    let mut child = Command::new(env!("CARGO_BIN_EXE_credway"))
        .args(["--db", database, "--json", "serve", "--accounts", "--address", &address, "--log-level", "error"])
        .env("CREDWAY_KEY_FILE", std::env::temp_dir().join("credway-load.key"))
        .env("CREDWAY_RATES_REQUESTS_PER_MINUTE", "0")
        .stdout(Stdio::piped())
        .spawn()
        .context("the binary does not start")?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
    let document: serde_json::Value = serde_json::from_str(&line).with_context(|| format!("not an address: {line}"))?;
    let address = document["address"].as_str().unwrap_or_default();
    let address = address.trim_start_matches("http://").trim_end_matches('/').parse()?;
    Ok(Server { child, address })
}

impl Server {
    /// Resident memory in KiB, as the system says.
    pub(crate) fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most it was, in KiB.
    pub(crate) fn most_memory(&self) -> u64 {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1)).and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// As a power cut ends it.
    pub(crate) fn kill(mut self) -> anyhow::Result<SocketAddr> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(self.address)
    }

    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        self.child.wait()?;
        Ok(())
    }
}
