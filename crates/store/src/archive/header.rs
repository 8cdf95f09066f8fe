//! The first line of a backup.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::ArchiveError;

/// The word by which a backup is known.
pub(super) const FORMAT: &str = "credway-archive";

/// The newest form this program writes and reads.
pub(super) const FORMAT_VERSION: u64 = 1;

/// The oldest schema whose backups are taken; what came later stays absent.
const OLDEST_SCHEMA: u64 = 2;

/// Columns that came after the oldest schema: table, column, the schema that brought it.
const ADDED: [(&str, &str, u64); 9] = [
    ("course", "requisites", 3),
    ("course", "field_places", 4),
    ("change", "origin", 6),
    ("change", "content", 6),
    ("change", "salt", 6),
    ("change", "detail", 6),
    ("change", "decided", 6),
    ("change", "through", 6),
    ("change", "hash", 6),
];

/// Tables that came after the oldest schema, with the schema that brought them.
const ADDED_TABLES: [(&str, u64); 16] = [
    ("person", PERSONS),
    ("account", 7),
    ("account_grant", 7),
    ("recovery_code", 7),
    ("api_token", 7),
    ("identity", 7),
    ("assignment", 8),
    ("comment", 8),
    ("comment_revision", 8),
    ("notification", 8),
    ("notification_wish", 8),
    ("share", 8),
    ("ballot", 8),
    ("signoff", SIGNOFFS),
    ("signoff_entry", SIGNOFFS),
    ("delegation", SIGNOFFS),
];

/// The schema that put identifiers in the place of persons' names.
pub(super) const PERSONS: u64 = 5;

/// The schema that bound the lines of the history to one another.
pub(super) const CHAIN: u64 = 6;

/// The schema that brought sign-offs.
const SIGNOFFS: u64 = 9;

/// Whether a backup of this schema has the table.
pub(super) fn has_table(schema: u64, table: &str) -> bool {
    !ADDED_TABLES.iter().any(|(added, since)| *added == table && schema < *since)
}

/// Whether a backup of this schema has the column.
pub(super) fn has_column(schema: u64, table: &str, column: &str) -> bool {
    !ADDED.iter().any(|(of, added, since)| *of == table && *added == column && schema < *since)
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) format: String,
    pub(super) format_version: u64,
    pub(super) schema_version: u64,
    pub(super) counts: Map<String, Value>,
    pub(super) sha256: String,
}

/// The line before a table's rows.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TableLine {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
}

impl TableLine {
    /// The line as the schema of this version had it.
    pub(super) fn of(table: &crate::table::Table, schema: u64) -> Self {
        let names = table.columns.iter().map(|column| column.name);
        let columns = names.filter(|name| has_column(schema, table.name, name)).map(str::to_owned).collect();
        Self { table: table.name.to_owned(), columns }
    }
}

impl Header {
    /// Reads the line and checks that we can take what follows.
    pub(super) fn read(line: &[u8]) -> Result<Self, ArchiveError> {
        let wrong = |why: String| ArchiveError::NotAnArchive { why };
        let value: Value =
            serde_json::from_slice(line).map_err(|error| wrong(format!("its first line is no JSON ({error})")))?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(wrong(format!("its first line does not say “{FORMAT}”")));
        }
        let found = value.get("format_version").and_then(Value::as_u64).unwrap_or_default();
        if found != FORMAT_VERSION {
            return Err(ArchiveError::Format { found, known: FORMAT_VERSION });
        }
        let header: Self =
            serde_json::from_value(value).map_err(|error| wrong(format!("its header is not complete ({error})")))?;
        let here = crate::schema::newest() as u64;
        if !(OLDEST_SCHEMA..=here).contains(&header.schema_version) {
            return Err(ArchiveError::Schema { found: header.schema_version, here });
        }
        Ok(header)
    }
}
