//! What can go wrong in the store, named after what the user met.

use credway_model::Ctid;
use sea_orm::{DbErr, RuntimeErr};

use crate::ArchiveError;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is of no form we know.
    #[error("“{given}” is not the address of a database: {hint}")]
    Address {
        /// The address, without any password.
        given: String,
        /// What would be taken.
        hint: String,
    },
    /// There is no database at the address.
    #[error("there is no Credway database at {address}")]
    Missing {
        /// The address, without any password.
        address: String,
    },
    /// The database at the address holds something else.
    #[error("{address} holds tables that are not Credway's (for example “{table}”); name another file")]
    Foreign {
        /// The address, without any password.
        address: String,
        /// One of the tables.
        table: String,
    },
    /// The database was made by a newer Credway.
    #[error("{address} has schema version {found}; this program knows versions up to {known}; use a newer Credway")]
    Newer {
        /// The address, without any password.
        address: String,
        /// The version found.
        found: usize,
        /// The newest version known.
        known: usize,
    },
    /// The database cannot be opened.
    #[error("{address} cannot be opened: {source}{}", remedy(source))]
    Open {
        /// The address, without any password.
        address: String,
        /// What the database says.
        source: DbErr,
    },
    /// Somebody else is writing and did not finish in time.
    #[error("the database is busy: somebody else has been writing for more than ten seconds")]
    Busy,
    /// A writing method was called on a work begun with `read`.
    #[error("this work was begun for reading only")]
    ReadOnly,
    /// A statement of this work failed earlier, so that it cannot be committed.
    #[error("an earlier step of this work failed; nothing of it is kept")]
    Broken,
    /// A decision was written without a line of the history: a defect.
    #[error("a decision was to be kept without a line of the history; nothing of it is kept")]
    Untold,
    /// A record names a thing that is not in the database.
    #[error("a record names something that is not in the database: {source}")]
    Reference {
        /// What the database says.
        source: DbErr,
    },
    /// The database refuses.
    #[error("the database says: {source}{remedy}", source = .0, remedy = remedy(.0))]
    Database(DbErr),
    /// A stored value cannot be read.
    #[error("{table}.{column} holds a value that cannot be read: {why}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The same identifier twice in one call.
    #[error("the {kind} {ctid} is given twice")]
    Duplicate {
        /// Kind of thing.
        kind: &'static str,
        /// The identifier.
        ctid: Ctid,
    },
    /// The identifier belongs to something else already.
    #[error("the {kind} {ctid} already belongs to {owner}")]
    Taken {
        /// Kind of thing.
        kind: &'static str,
        /// The identifier.
        ctid: Ctid,
        /// What it belongs to.
        owner: String,
    },
    /// A text holds the character NUL, which PostgreSQL cannot keep.
    #[error("the text for {table}.{column} holds the control character U+0000")]
    Nul {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A number is too large to be kept.
    #[error("{number} is too large for {what}")]
    TooLarge {
        /// The number.
        number: u64,
        /// What it was to be.
        what: &'static str,
    },
    /// A record cannot be written as JSON.
    #[error("a record cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Backup or restore failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl StoreError {
    /// Whether the database only asks to try again.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Busy)
    }

    /// What happened without the database's own words, which may name its tables and statements: for pages.
    #[must_use]
    pub fn without_internals(&self) -> String {
        match self {
            Self::Database(_) => "the database refuses".to_owned(),
            Self::Open { address, .. } => format!("{address} cannot be opened"),
            Self::Reference { .. } => "a record names something that is not in the database".to_owned(),
            other => other.to_string(),
        }
    }
}

/// The code the database itself gives the error, if it has one.
fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Conn(inner) | DbErr::Exec(inner) | DbErr::Query(inner)) = error else { return None };
    let RuntimeErr::SqlxError(inner) = inner else { return None };
    inner.as_database_error()?.code().map(|code| code.into_owned())
}

/// What to do about what SQLite says, by its primary code; nothing where we know nothing better.
fn remedy(error: &DbErr) -> &'static str {
    let Some(number) = code(error).filter(|code| code.len() < 5).and_then(|code| code.parse::<u32>().ok()) else {
        return "";
    };
    match number & 0xff {
        8 => {
            "; nothing was written: you may not write the file or its folder; give yourself the right to, or copy it elsewhere"
        }
        10 => "; nothing was written: the disk failed; look at the disk, then run credway doctor",
        11 => {
            "; the file is damaged: restore the latest backup into a new file (credway --db sqlite:NEW.db restore BACKUP)"
        }
        13 => "; nothing was written: there is no room on the disk; make room and do it again",
        14 => "; look whether the folder is there and whether you may write in it",
        26 => "; name the right file, or restore the latest backup into a new one",
        _ => "",
    }
}

/// Whether the database only asks to wait: SQLite's primary codes 5 (busy) and 6 (locked), PostgreSQL's
/// `lock_not_available`, `deadlock_detected` and `serialization_failure`, or no connection free.
pub(crate) fn is_busy(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_)) {
        return true;
    }
    let Some(code) = code(error) else { return false };
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6),
        _ => matches!(code.as_str(), "55P03" | "40P01" | "40001"),
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if is_busy(&error) {
            return Self::Busy;
        }
        // Foreign key violated: SQLite's extended code 787, PostgreSQL's 23503.
        match code(&error).as_deref() {
            Some("787" | "23503") => Self::Reference { source: error },
            _ => Self::Database(error),
        }
    }
}
