//! The address of a database: a file, memory, or a PostgreSQL server.

use crate::StoreError;

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// An SQLite file.
    File(String),
    /// An SQLite database in memory, gone with its store.
    Memory,
    /// A PostgreSQL database, by its whole address.
    Server(String),
}

impl Address {
    /// Reads `sqlite:FILE`, `sqlite::memory:` or `postgres://…`. Everything after `sqlite:` is the file's name as it
    /// is: nothing in it is decoded.
    pub(crate) fn read(given: &str) -> Result<Self, StoreError> {
        let wrong = |hint: &str| StoreError::Address { given: without_secret(given), hint: hint.to_owned() };
        if given.starts_with("postgres://") || given.starts_with("postgresql://") {
            return Ok(Self::Server(given.to_owned()));
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
            Self::Server(url) => without_secret(url),
        }
    }
}

/// `url` without the password, whether it stands before the host or among the parameters.
fn without_secret(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (main, parameters) = match rest.split_once('?') {
        Some((main, parameters)) => (main, Some(parameters)),
        None => (rest, None),
    };
    // A password may hold unescaped “/” and “@”; the last “@” before the parameters ends it.
    let main = match main.rsplit_once('@') {
        Some((person, place)) => format!("{}@{place}", person.split(':').next().unwrap_or_default()),
        None => main.to_owned(),
    };
    let kept: Vec<&str> = parameters
        .into_iter()
        .flat_map(|parameters| parameters.split('&'))
        .filter(|parameter| !parameter.split('=').next().unwrap_or_default().to_lowercase().contains("password"))
        .collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{scheme}://{main}{mark}{}", kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_never_shown() {
        for (given, expected) in [
            ("postgres://ada:pa55@db.example/credway", "postgres://ada@db.example/credway"),
            ("postgres://ada:p@5/5@db.example:5432/credway", "postgres://ada@db.example:5432/credway"),
            (
                "postgres://db/credway?user=ada&password=x&sslmode=require",
                "postgres://db/credway?user=ada&sslmode=require",
            ),
            ("postgresql://db/credway?sslpassword=x", "postgresql://db/credway"),
        ] {
            assert_eq!(Address::read(given).unwrap().shown(), expected);
        }
    }

    #[test]
    fn addresses_are_read_or_refused() {
        assert_eq!(Address::read("sqlite:a b%20?.db").unwrap(), Address::File("a b%20?.db".to_owned()));
        assert_eq!(Address::read("sqlite:///tmp/x").unwrap(), Address::File("/tmp/x".to_owned()));
        assert_eq!(Address::read("sqlite::memory:").unwrap(), Address::Memory);
        for bad in ["", "x.db", "mysql://ada:secret@h/d", "sqlite:"] {
            let error = Address::read(bad).unwrap_err();
            assert!(matches!(error, StoreError::Address { .. }), "{bad}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
