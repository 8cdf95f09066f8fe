//! Rows of blueprints, without their domains and objectives.

use credway_model::Blueprint;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "blueprint",
    columns: &[
        text("ce_ctid"),
        text("title"),
        text("version"),
        text("effective"),
        text("retires"),
        text("source"),
        text("place"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(blueprint: &Blueprint) -> Result<Values> {
    let [source, place] = value::origin(blueprint.origin.as_ref())?;
    Ok(vec![
        value::text(blueprint.ctid),
        value::text(&blueprint.title),
        value::maybe_text(blueprint.version.as_ref()),
        value::maybe_text(blueprint.effective.as_ref()),
        value::maybe_text(blueprint.retires.as_ref()),
        source,
        place,
    ])
}

/// A blueprint whose domains are still to be read.
pub(crate) fn read(row: &mut Reader<'_>) -> Result<Blueprint> {
    Ok(Blueprint {
        ctid: row.parse()?,
        title: row.take()?,
        version: row.maybe_take()?,
        effective: row.maybe_parse()?,
        retires: row.maybe_parse()?,
        domains: Vec::new(),
        origin: row.origin()?,
    })
}
