//! The address of a database: a file, memory, or a PostgreSQL server.

use crate::StoreError;
use crate::server_address::ServerAddress;

/// Where a database is.
#[derive(Clone, Debug)]
pub(crate) enum Address {
    /// An SQLite file.
    File(String),
    /// An SQLite database in memory, gone with its store.
    Memory,
    /// A PostgreSQL database.
    Server(Box<ServerAddress>),
}

impl Address {
    /// Reads `sqlite:FILE`, `sqlite::memory:` or `postgres://…`. Everything after `sqlite:` is the file's name as it
    /// is: nothing in it is decoded.
    pub(crate) fn read(given: &str) -> Result<Self, StoreError> {
        let wrong = |hint: &str| StoreError::Address { given: without_secret(given), hint: hint.to_owned() };
        if given.starts_with("postgres://") || given.starts_with("postgresql://") {
            return ServerAddress::read(given).map(|server| Self::Server(Box::new(server))).map_err(wrong);
        }
        let Some(rest) = given.strip_prefix("sqlite:") else {
            return Err(wrong("expected sqlite:FILE or postgres://USER@HOST/DATABASE"));
        };
        match rest.strip_prefix("//").unwrap_or(rest) {
            ":memory:" => Ok(Self::Memory),
            "" => Err(wrong("the file's name is missing after “sqlite:”")),
            file if file.contains('\0') => Err(wrong("a file's name cannot hold the control character U+0000")),
            file => Ok(Self::File(file.to_owned())),
        }
    }

    /// The address without any password.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::File(file) => format!("sqlite:{file}"),
            Self::Memory => "sqlite::memory:".to_owned(),
            Self::Server(server) => server.shown().to_owned(),
        }
    }
}

/// What may be repeated of an address that could not be read: its scheme, or the whole where nothing in it can be a
/// password.
fn without_secret(given: &str) -> String {
    let is_scheme = |word: &str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphanumeric());
    match given.split_once(':') {
        Some((scheme, _)) if is_scheme(scheme) => format!("{scheme}:…"),
        _ if given.contains(['@', ':', '=', '?', '#']) => "…".to_owned(),
        _ => given.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let file = |given: &str| match Address::read(given).unwrap() {
            Address::File(file) => file,
            other => panic!("{given}: {other:?}"),
        };
        assert_eq!(file("sqlite:a b%20?.db"), "a b%20?.db");
        assert_eq!(file("sqlite:///tmp/x"), "/tmp/x");
        assert!(matches!(Address::read("sqlite::memory:").unwrap(), Address::Memory));
        assert_eq!(Address::read("postgres://ada:x@db/credway").unwrap().shown(), "postgres://ada@db/credway");
    }

    #[test]
    fn what_is_refused_is_not_repeated() {
        for (bad, shown) in [
            ("", "“”"),
            ("x.db", "“x.db”"),
            ("sqlite:", "“sqlite:…”"),
            ("mysql://ada:secret@h/d", "“mysql:…”"),
            ("postgres:ada:secret@host/db", "“postgres:…”"),
            ("postgres//ada:secret@h/d", "“…”"),
            ("host=db password=secret", "“…”"),
            ("postgres://ada:se/cret@127.0.0.1:1/db", "“postgres:…”"),
        ] {
            let error = Address::read(bad).unwrap_err();
            assert!(matches!(error, StoreError::Address { .. }), "{bad}");
            assert!(error.to_string().contains(shown) && !error.to_string().contains("cret"), "{error}");
        }
    }
}
