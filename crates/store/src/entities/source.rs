//! Rows of imported files.

use credway_model::{Source, SourceId};
use sea_orm::Value;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, bytes, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "source",
    columns: &[text("digest"), text("name"), text("encoding"), text("fields"), bytes("bytes")],
    keys: 1,
    unread: 0,
    page: 1,
};

pub(crate) fn values(source: &Source) -> Result<Values> {
    Ok(vec![
        value::text(&source.id),
        value::text(&source.name),
        value::text(&source.encoding),
        value::json(&source.fields)?,
        Value::Bytes(Some(source.bytes.clone())),
    ])
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Source> {
    Ok(Source { id: digest(row)?, name: row.take()?, encoding: row.get()?, fields: row.json()?, bytes: row.get()? })
}

/// The digest in the next column.
pub(crate) fn digest(row: &mut Reader<'_>) -> Result<SourceId> {
    let hex: String = row.get()?;
    SourceId::from_hex(&hex).ok_or_else(|| row.wrong("not a SHA-256 digest in hexadecimal"))
}
