//! How the site is served: plain data that one face fills in and the other keeps to.
//!
//! Nothing is read here: no file, no environment. What stands here holds for one run of the server; the one rule it
//! bears is which addresses may be listened at ([`ServeSettings::refusal`]). It lives beside the use cases because both
//! faces know this crate and not each other.

mod address;
mod outside;
mod secret;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

pub use address::{AddressRefused, PublicAddress, PublicAddressError};
pub use outside::{GroupRole, GroupRoleError, MailSecurity, MailSettings, OpenIdSettings};
pub use secret::Secret;

/// Everything about one run of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServeSettings {
    /// Where the server listens; port 0 takes any free one.
    pub address: SocketAddr,
    /// What people type, where that is another address: behind a proxy, or a name.
    pub public_address: Option<PublicAddress>,
    /// Whether people have accounts; without, whoever reaches the server is the terminal's person.
    pub accounts: bool,
    /// Certificate and key, where the server itself speaks TLS.
    pub tls: Option<TlsFiles>,
    /// Proxies whose word on the caller's address counts (`X-Forwarded-For`, `X-Forwarded-Proto`).
    pub trusted_proxies: Vec<IpNet>,
    /// Connections at a time; further ones wait until one ends.
    pub connections: usize,
    /// How long the server still takes requests once it was asked to end, while it says that it is not ready.
    pub drain: Duration,
    /// The file with the key that seals secrets in the database.
    pub key_file: Option<PathBuf>,
    /// The log.
    pub log: LogSettings,
    /// Where metrics are served, if anywhere.
    pub metrics: Option<MetricsSettings>,
    /// How mail is sent, if at all.
    pub mail: Option<MailSettings>,
    /// The provider people sign in with, if any.
    pub openid: Option<OpenIdSettings>,
    /// How large uploads may be.
    pub uploads: UploadLimits,
    /// How often one caller may ask.
    pub rates: RateLimits,
    /// How long sessions last.
    pub sessions: SessionLengths,
    /// How long network addresses stand in the history; for ever where absent.
    pub addresses: Option<Duration>,
}

/// Where certificate and key are, as PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, followed by those that vouch for it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// What is logged, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// The form of a line.
    pub format: LogFormat,
    /// The least serious that is logged.
    pub level: LogLevel,
}

/// The form of the log's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Text where standard error is a terminal, else JSON.
    Auto,
    /// Text.
    Text,
    /// One JSON object a line.
    Json,
}

/// How serious a line of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// Something of ours failed.
    Error,
    /// Something needs attention.
    Warn,
    /// One line a request, and what the server does.
    Info,
    /// Health checks too.
    Debug,
}

/// Where metrics are served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricsSettings {
    /// An address on this machine.
    pub address: SocketAddr,
    /// What a caller must show (`Authorization: Bearer …`), where other users of the machine shall not read them.
    pub token: Option<Secret>,
}

/// How large uploads may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadLimits {
    /// Largest file to import, in bytes.
    pub largest_file: usize,
    /// All files of one person that wait to be confirmed, together, in bytes.
    pub waiting_per_person: usize,
}

/// How often one caller, known by the address, may ask within a minute; 0 is without limit. They hold where accounts are
/// on: a person alone at a machine is not held up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// All requests together, files of the pages aside.
    pub requests_per_minute: u32,
    /// Attempts to sign in, to use an invitation or to recover an account.
    pub sign_in_per_minute: u32,
    /// Requests to the programming interface.
    pub api_per_minute: u32,
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLengths {
    /// Without a request.
    pub idle: Duration,
    /// In all.
    pub longest: Duration,
}

/// A mebibyte, in bytes.
pub const MEBIBYTE: usize = 1024 * 1024;

impl ServeSettings {
    /// What holds where nothing is set, for a server at `address`.
    #[must_use]
    pub fn at(address: SocketAddr) -> Self {
        Self {
            address,
            public_address: None,
            accounts: false,
            tls: None,
            trusted_proxies: Vec::new(),
            connections: 1_024,
            drain: Duration::ZERO,
            key_file: None,
            log: LogSettings { format: LogFormat::Auto, level: LogLevel::Info },
            metrics: None,
            mail: None,
            openid: None,
            uploads: UploadLimits { largest_file: 64 * MEBIBYTE, waiting_per_person: 64 * MEBIBYTE },
            rates: RateLimits { requests_per_minute: 3_000, sign_in_per_minute: 20, api_per_minute: 600 },
            sessions: SessionLengths { idle: Duration::from_secs(60 * 60), longest: Duration::from_secs(12 * 60 * 60) },
            addresses: Some(Duration::from_secs(365 * 24 * 60 * 60)),
        }
    }

    /// Whether what people type begins with `https`: then cookies and answers may insist on it.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.tls.is_some() || self.public_address.as_ref().is_some_and(|public| public.https)
    }

    /// The origin people type, for links in mail and elsewhere: the public address, else `bound`.
    #[must_use]
    pub fn origin(&self, bound: SocketAddr) -> String {
        match &self.public_address {
            Some(public) => public.to_string(),
            None if self.tls.is_some() => format!("https://{bound}"),
            None => format!("http://{bound}"),
        }
    }
}
