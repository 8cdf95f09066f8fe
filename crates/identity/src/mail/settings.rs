//! How mail is sent: the server, the sender, and who we are to the server.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use zeroize::Zeroizing;

/// How the connection to the mail server is kept secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encryption {
    /// It begins in clear and must become TLS before anything is said; port 587.
    #[default]
    StartTls,
    /// It is TLS from the first byte; port 465.
    Tls,
    /// It is in clear, to this very machine only; port 25.
    None,
}

impl Encryption {
    /// The setting of this word: `starttls`, `tls` or `none`.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "starttls" => Some(Self::StartTls),
            "tls" => Some(Self::Tls),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// The password for the mail server. `Debug` shows nothing of it; dropped, it is overwritten.
#[derive(Clone)]
pub struct MailPassword(Zeroizing<String>);

impl MailPassword {
    /// This password.
    #[must_use]
    pub fn new(password: String) -> Self {
        Self(Zeroizing::new(password))
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for MailPassword {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MailPassword(…)")
    }
}

/// How mail is sent.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// Name or address of the server; its certificate must be for this name.
    pub host: String,
    /// The port, where it is not the usual one.
    pub port: Option<u16>,
    /// How the connection is kept secret.
    pub encryption: Encryption,
    /// Who we are to the server, where it asks.
    pub user: Option<String>,
    /// The password for `user`.
    pub password: Option<MailPassword>,
    /// Whom the messages are from: an address, or `Name <address>`. The institution's mail must allow it (SPF).
    pub from: String,
    /// Root certificates besides the web's, in PEM form: for a server with a certificate of the institution's own.
    pub roots: Option<String>,
    /// How long the whole conversation about one message may take.
    pub timeout: Duration,
}

impl MailSettings {
    /// STARTTLS on the usual port, without signing in, thirty seconds a message.
    #[must_use]
    pub fn new(host: &str, from: &str) -> Self {
        Self {
            host: host.to_owned(),
            port: None,
            encryption: Encryption::default(),
            user: None,
            password: None,
            from: from.to_owned(),
            roots: None,
            timeout: Duration::from_secs(30),
        }
    }

    /// The port: the one that is set, or the usual one.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.encryption {
            Encryption::StartTls => 587,
            Encryption::Tls => 465,
            Encryption::None => 25,
        })
    }
}

/// Whether this is this very machine, by address or by the name RFC 6761 §6.3 keeps for it.
pub(super) fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}
