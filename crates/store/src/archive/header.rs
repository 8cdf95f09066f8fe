//! The first line of a backup.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::ArchiveError;

/// The word by which a backup is known.
pub(super) const FORMAT: &str = "credway-archive";

/// The newest form this program writes and reads.
pub(super) const FORMAT_VERSION: u64 = 1;

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
    pub(super) fn of(table: &crate::table::Table) -> Self {
        let columns = table.columns.iter().map(|column| column.name.to_owned()).collect();
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
        if header.schema_version != here {
            return Err(ArchiveError::Schema { found: header.schema_version, here });
        }
        Ok(header)
    }
}
