//! Rows of frameworks, without their competencies.

use credway_model::Framework;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "framework",
    columns: &[text("ce_ctid"), text("title"), text("version"), text("source"), text("place")],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(framework: &Framework) -> Result<Values> {
    let [source, place] = value::origin(framework.origin.as_ref())?;
    Ok(vec![
        value::text(framework.ctid),
        value::text(&framework.title),
        value::maybe_text(framework.version.as_ref()),
        source,
        place,
    ])
}

/// A framework whose competencies are still to be read.
pub(crate) fn read(row: &mut Reader<'_>) -> Result<Framework> {
    Ok(Framework {
        ctid: row.parse()?,
        title: row.take()?,
        version: row.maybe_take()?,
        competencies: Vec::new(),
        origin: row.origin()?,
    })
}
