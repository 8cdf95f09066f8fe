//! A real identity provider for one story: oidc-provider, which others maintain, in a process of its own
//! (tools/oidc-provider). What it is asked to do wrong is said in its `faults.mjs`.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use credway_identity::openid::{Provider, Settings};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Where the provider sends browsers back to; nothing listens there, for the browser of the tests stops before it.
pub(crate) const BACK: &str = "http://127.0.0.1:9/sign-in/openid";
/// Where it sends them after sign-out.
pub(crate) const SIGNED_OUT: &str = "http://127.0.0.1:9/signed-out";
/// A secret as long as HS256 wants it.
pub(crate) const SECRET: &str = "a-secret-that-only-these-tests-know";

/// A provider that is there for one story.
pub(crate) struct RealProvider {
    process: Child,
    folder: TempDir,
    installed: PathBuf,
    /// Its issuer, unless it was told another.
    pub(crate) address: String,
}

impl RealProvider {
    /// One with these settings beside the usual. Without the package: a failure in CI, elsewhere a visible skip.
    pub(crate) fn start(settings: &Value) -> Option<Self> {
        let installed = installed()?;
        let folder = TempDir::new().unwrap();
        let directory = folder.path().join("directory.json");
        let mut all = json!({"port": 0, "clients": clients(), "directory": directory});
        merge(&mut all, settings);
        std::fs::write(folder.path().join("settings.json"), all.to_string()).unwrap();
        let (process, address) = run(&installed, folder.path());
        let started = Self { process, folder, installed, address };
        started.directory(&["faculty"], None);
        Some(started)
    }

    /// What its directory says of Ada from now on, and what the provider does wrong.
    pub(crate) fn directory(&self, groups: &[&str], fault: Option<&str>) {
        let ada = json!({"name": "Ada Vale", "email": "ada@example.edu", "email_verified": true, "groups": groups});
        let all = json!({"people": {"ada": ada, "bo": {"email": "bo@example.edu"}}, "fault": fault});
        std::fs::write(self.folder.path().join("directory.json"), all.to_string()).unwrap();
    }

    /// Stops it and starts it at the same address; it has new keys then.
    pub(crate) fn restart(&mut self) {
        self.stop();
        let path = self.folder.path().join("settings.json");
        let mut settings: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        settings["port"] = self.address.rsplit_once(':').unwrap().1.parse::<u16>().unwrap().into();
        std::fs::write(&path, settings.to_string()).unwrap();
        (self.process, _) = run(&self.installed, self.folder.path());
    }

    /// What Credway is told about it, with these changes.
    pub(crate) fn settings(&self, changes: &Value) -> Settings {
        let mut all = json!({
            "issuer": self.address,
            "client_id": "credway",
            "client_secret": SECRET,
            "redirect": BACK,
            "scopes": ["profile", "email", "groups"],
            "allow_plain_http_loopback": true,
        });
        merge(&mut all, changes);
        serde_json::from_value(all).unwrap()
    }

    /// Credway's side of it.
    pub(crate) async fn discovered(&self, changes: &Value) -> Provider {
        Provider::discover(&self.settings(changes), Timestamp::now()).await.unwrap()
    }

    fn stop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for RealProvider {
    fn drop(&mut self) {
        self.stop();
    }
}

fn merge(all: &mut Value, changes: &Value) {
    for (name, value) in changes.as_object().unwrap() {
        all[name] = value.clone();
    }
}

/// Credway as registered there: once for every manner of signing and of proving who it is.
fn clients() -> Value {
    let client = |id: &str, more: Value| {
        let mut client = json!({
            "client_id": id, "client_secret": SECRET, "redirect_uris": [BACK], "post_logout_redirect_uris": [SIGNED_OUT],
        });
        merge(&mut client, &more);
        client
    };
    let signed = |id: &str| client(id, json!({"id_token_signed_response_alg": id}));
    json!([
        client("credway", json!({})),
        client("poster", json!({"token_endpoint_auth_method": "client_secret_post"})),
        {"client_id": "public", "redirect_uris": [BACK], "token_endpoint_auth_method": "none"},
        signed("PS256"),
        signed("ES256"),
        signed("ES384"),
        signed("EdDSA"),
        signed("HS256"),
    ])
}

fn run(installed: &Path, folder: &Path) -> (Child, String) {
    let mut process = Command::new("node")
        .arg(installed.join("start.mjs"))
        .arg(folder.join("settings.json"))
        .env("NODE_NO_WARNINGS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(folder.join("provider.log")).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening ");
    let log = || std::fs::read_to_string(folder.join("provider.log")).unwrap();
    (process, address.unwrap_or_else(|| panic!("the provider did not start: {line}{}", log())).to_owned())
}

/// The installed package, as `./test` names it in the environment; nothing is looked for elsewhere.
fn installed() -> Option<PathBuf> {
    if std::env::var("CREDWAY_TEST_EMBEDDED").as_deref() == Ok("1") {
        return skip("CREDWAY_TEST_EMBEDDED is set");
    }
    if let Some(folder) = std::env::var_os("CREDWAY_OIDC_PROVIDER").filter(|value| !value.is_empty()) {
        return Some(PathBuf::from(folder));
    }
    let missing = "CREDWAY_OIDC_PROVIDER is not set (./test sets it, to tools/oidc-provider after `npm ci` there)";
    assert!(std::env::var("CI").as_deref() != Ok("true"), "CI must sign in at an identity provider: {missing}");
    skip(missing)
}

/// Says so past the test runner, which keeps what passing tests print to itself.
fn skip(why: &str) -> Option<PathBuf> {
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    std::io::stderr().write_all(format!("SKIPPED at an identity provider: {name}: {why}\n").as_bytes()).unwrap();
    None
}
