//! The built binary, serving with accounts on a free port of loopback.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use anyhow::Context;

pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

pub(crate) fn start(database: &str) -> anyhow::Result<Server> {
    // All reviewers come from one address here: no limit on how often it may ask.
    let mut child = Command::new(env!("CARGO_BIN_EXE_credway"))
        .args(["--db", database, "--json", "serve", "--accounts", "--address", "127.0.0.1:0", "--log-level", "error"])
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
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        line.and_then(|line| line.split_whitespace().nth(1)).and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        self.child.wait()?;
        Ok(())
    }
}
