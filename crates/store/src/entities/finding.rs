//! Rows of the findings of each source's last import. The finding itself is kept as our own JSON, since its sentences
//! may quote any character of a broken file.

use credway_model::{Finding, SourceId};

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text, whole};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "finding",
    columns: &[text("source"), whole("position"), text("code"), text("severity"), text("content")],
    keys: 2,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(source: &SourceId, position: usize, finding: &Finding) -> Result<Values> {
    Ok(vec![
        value::text(source),
        crate::table::position(position)?,
        value::text(&finding.code),
        value::text(finding.severity.word()),
        value::json(finding)?,
    ])
}

/// The source and the finding.
pub(crate) fn read(row: &mut Reader<'_>) -> Result<(SourceId, Finding)> {
    let source = super::source::digest(row)?;
    row.skip();
    row.skip();
    row.skip();
    Ok((source, row.json()?))
}
