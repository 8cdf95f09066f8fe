//! Every value that can be set: its name, which is its place in the file and, in capitals, its variable; its default;
//! and whether it may be shown.

/// One value that can be set.
pub(crate) struct Key {
    /// The name: `listen.address` is `address` in the table `[listen]`.
    pub(crate) name: &'static str,
    /// What holds where nothing is set; none for what is then off.
    pub(crate) default: Option<&'static str>,
    /// How it is written and shown.
    pub(crate) kind: KeyKind,
}

/// How a value is written and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    /// One value.
    Plain,
    /// Several, in the file as a list, in a variable with this letter between them.
    List(char),
    /// A database's address, which may hold a password.
    Database,
    /// A secret: in a variable, or in a file of its own that `NAME_file` names; never in the configuration or a flag.
    Secret,
}

impl Key {
    /// The variable of the environment: `CREDWAY_LISTEN_ADDRESS`.
    pub(crate) fn variable(&self) -> String {
        match self.name {
            // Older than the configuration.
            "database" => "CREDWAY_DB".to_owned(),
            name => format!("CREDWAY_{}", name.replace('.', "_").to_uppercase()),
        }
    }

    /// Whether it may stand in the file.
    pub(crate) fn in_file(&self) -> bool {
        self.kind != KeyKind::Secret
    }
}

const fn key(name: &'static str, default: Option<&'static str>, kind: KeyKind) -> Key {
    Key { name, default, kind }
}

/// A value with a default.
const fn value(name: &'static str, default: &'static str) -> Key {
    key(name, Some(default), KeyKind::Plain)
}

/// A value that is off where it is not set.
const fn off(name: &'static str) -> Key {
    key(name, None, KeyKind::Plain)
}

/// All of them, in the order in which they are shown. The guide explains each (`operations.md`).
pub(crate) const KEYS: &[Key] = &[
    key("database", Some("sqlite:credway.db"), KeyKind::Database),
    off("database_file"),
    value("engine", "default"),
    value("models", "credway-models"),
    value("accounts", "false"),
    off("key_file"),
    value("listen.address", "127.0.0.1:8087"),
    off("listen.public_address"),
    key("listen.trusted_proxies", None, KeyKind::List(',')),
    value("listen.connections", "1024"),
    value("listen.drain_seconds", "0"),
    off("tls.certificate"),
    off("tls.key"),
    value("log.format", "auto"),
    value("log.level", "info"),
    off("metrics.address"),
    key("metrics.token", None, KeyKind::Secret),
    off("metrics.token_file"),
    off("mail.host"),
    value("mail.port", "587"),
    value("mail.security", "starttls"),
    off("mail.user"),
    key("mail.password", None, KeyKind::Secret),
    off("mail.password_file"),
    off("mail.from"),
    off("openid.issuer"),
    off("openid.client_id"),
    key("openid.client_secret", None, KeyKind::Secret),
    off("openid.client_secret_file"),
    value("openid.name", "Sign in with your college"),
    value("openid.groups_claim", "groups"),
    key("openid.groups", None, KeyKind::List(';')),
    value("uploads.largest_mib", "64"),
    value("uploads.waiting_mib", "64"),
    value("rates.requests_per_minute", "3000"),
    value("rates.sign_in_per_minute", "20"),
    value("rates.api_per_minute", "600"),
    value("sessions.idle_minutes", "60"),
    value("sessions.longest_hours", "12"),
    value("history.addresses_days", "365"),
];

/// The key of this name.
pub(crate) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}
