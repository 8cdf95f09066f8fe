//! The address of a PostgreSQL server: read whole before it is used, and never repeated with what may be a password.
//!
//! A sign like `/` or `#` that stands in a password as it is moves the borders of the address, so that a piece of the
//! password looks like a host, a port or a database. Such an address is refused, without saying what it was.

use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sea_orm::sqlx::{ConnectOptions, Connection, Error};
use sea_orm::{DatabaseConnection, SqlxPostgresConnector};

/// Parameters that may be shown; any other may hold a secret, be it only because it was meant as a piece of a password.
const SHOWN: [&str; 14] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslmode",
    "sslrootcert",
    "user",
];

/// Where a server is and how to come in.
#[derive(Clone)]
pub(crate) struct ServerAddress {
    options: PgConnectOptions,
    shown: String,
}

impl std::fmt::Debug for ServerAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("ServerAddress").field(&self.shown).finish()
    }
}

impl ServerAddress {
    /// Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE?PARAMETERS`.
    ///
    /// # Errors
    /// What to do, without a word of the address.
    pub(crate) fn read(given: &str) -> Result<Self, &'static str> {
        const HINT: &str = "expected postgres://USER:PASSWORD@HOST:PORT/DATABASE; write signs such as / # ? @ : % in the \
                            password percent-encoded, for example %2F for /";
        let (scheme, rest) = given.split_once("://").ok_or(HINT)?;
        let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if tail.contains('@') {
            return Err(HINT);
        }
        let options: PgConnectOptions = given.parse().map_err(|_| HINT)?;
        let place = match authority.rsplit_once('@') {
            Some((person, place)) => format!("{}@{place}", person.split(':').next().unwrap_or_default()),
            None => authority.to_owned(),
        };
        let (path, parameters) = tail.split_at(tail.find(['?', '#']).unwrap_or(tail.len()));
        let shown = format!("{scheme}://{place}{path}{}", harmless(parameters));
        Ok(Self { options: options.disable_statement_logging(), shown })
    }

    /// The address without any password.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    /// A pool of connections. One plain connection comes first: it says why the server does not answer, where a pool
    /// says only that it waited.
    ///
    /// # Errors
    /// What the server or the network says.
    pub(crate) async fn connect(&self, patience: Duration) -> Result<DatabaseConnection, Error> {
        let first = tokio::time::timeout(patience, PgConnection::connect_with(&self.options)).await;
        let silent = || std::io::Error::new(std::io::ErrorKind::TimedOut, "the server does not answer");
        first.map_err(|_| Error::Io(silent()))??.close().await?;
        let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(patience);
        Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool.connect_with(self.options.clone()).await?))
    }
}

/// The parameters that may be shown, with their question mark.
fn harmless(parameters: &str) -> String {
    let parameters = parameters.split('#').next().unwrap_or_default().trim_start_matches('?');
    let shown = |parameter: &&str| {
        let name = decoded(parameter.split('=').next().unwrap_or_default());
        SHOWN.contains(&name.as_str()) || name.starts_with("options[")
    };
    let kept: Vec<&str> = parameters.split('&').filter(shown).collect();
    if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) }
}

/// A parameter's name as the server's library reads it: `pass%77ord` is `password`.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_never_shown() {
        for (given, expected) in [
            ("postgres://ada:pa55@db.example/credway", "postgres://ada@db.example/credway"),
            ("postgres://ada:p@55@db.example:5432/credway", "postgres://ada@db.example:5432/credway"),
            ("postgres://ada:p%2F55@[::1]:5432/credway", "postgres://ada@[::1]:5432/credway"),
            (
                "postgres://db/credway?user=ada&password=x&sslmode=require",
                "postgres://db/credway?user=ada&sslmode=require",
            ),
            ("postgres://127.0.0.1:1/d?pass%77ord=secret", "postgres://127.0.0.1:1/d"),
            ("postgresql://db/credway?sslpassword=x&sslkey=y", "postgresql://db/credway"),
            ("postgres://db/credway?options[search_path]=a#secret", "postgres://db/credway?options[search_path]=a"),
        ] {
            let read = ServerAddress::read(given).unwrap();
            assert_eq!(read.shown(), expected);
            assert!(!format!("{read:?}").contains("secret"));
        }
    }

    #[test]
    fn an_address_whose_borders_are_unclear_is_refused() {
        for bad in [
            "postgres://ada:secret@db.example:54x32/db",
            "postgres://ada:se/cret@127.0.0.1:1/db",
            "postgres://ada:5/secret@127.0.0.1:1/db",
            "postgres://ada:se#cret@127.0.0.1:1/db",
            "postgres://ada:5#secret@127.0.0.1:1/db",
            "postgres://ada:secret@127.0.0.1:99999/db",
            "postgres://ada:secret@[::1/db",
            "postgres://ada:p?ss@127.0.0.1/db",
            "postgres://ada:5?secret@127.0.0.1/db",
            "postgres://ada:secret@127.0.0.1/db?port=x",
        ] {
            assert!(ServerAddress::read(bad).is_err(), "{bad}");
        }
    }
}
