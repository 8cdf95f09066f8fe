//! Backup and restore: every table as one portable text, the same bytes from either database.
//!
//! Form: JSON Lines in UTF-8. The first line is the header: format, format version, schema version, number of rows of
//! each table, and the SHA-256 of all bytes after the header line. Then, for each table, a line with its name and
//! columns, and its rows in the order of their keys, each a list of values; bytes are written in hexadecimal.

mod header;
mod pages;
mod read;
mod write;

pub(crate) use pages::Pages;
pub(crate) use write::row_as_json;

/// What was written or restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveSummary {
    /// How many rows all tables have together.
    pub rows: u64,
    /// How many rows each table has.
    pub counts: Vec<(String, u64)>,
    /// SHA-256 of everything after the header line, in hexadecimal.
    pub digest: String,
}

/// Why a backup cannot be written or restored.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file cannot be read or written.
    #[error("the backup file cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// It is something else.
    #[error("this is not a Credway backup: {why}")]
    NotAnArchive {
        /// What is missing.
        why: String,
    },
    /// It was written in a newer form.
    #[error("the backup has format version {found}; this program knows version {known}")]
    Format {
        /// The version found.
        found: u64,
        /// The version known.
        known: u64,
    },
    /// It is of another schema.
    #[error(
        "the backup is of schema version {found}, the database of version {here}: use the program of the same version"
    )]
    Schema {
        /// The version found.
        found: u64,
        /// The version of this program's databases.
        here: u64,
    },
    /// It was changed or cut short.
    #[error("the backup is damaged: its digest should be {expected} and is {found}")]
    Damaged {
        /// The digest the header gives.
        expected: String,
        /// The digest of what is there.
        found: String,
    },
    /// A line does not fit.
    #[error("line {line} of the backup does not fit: {why}")]
    Line {
        /// Line number, from 1.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// The database holds something already.
    #[error("a backup is restored into an empty database only; {table} has {rows} rows")]
    NotEmpty {
        /// A table that is not empty.
        table: String,
        /// How many rows it has.
        rows: u64,
    },
}
