//! Rows of pathways. Components and costs are kept whole, as our own JSON: they are read and written together only.

use credway_model::Pathway;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "pathway",
    columns: &[
        text("ce_ctid"),
        text("organization"),
        text("title"),
        text("description"),
        text("components"),
        text("costs"),
        text("source"),
        text("place"),
    ],
    keys: 1,
    unread: 0,
    page: 200,
};

pub(crate) fn values(pathway: &Pathway) -> Result<Values> {
    let [source, place] = value::origin(pathway.origin.as_ref())?;
    Ok(vec![
        value::text(pathway.ctid),
        value::text(pathway.organization),
        value::text(&pathway.title),
        value::maybe_text(pathway.description.as_ref()),
        value::json(&pathway.components)?,
        value::json(&pathway.costs)?,
        source,
        place,
    ])
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Pathway> {
    Ok(Pathway {
        ctid: row.parse()?,
        organization: row.parse()?,
        title: row.take()?,
        description: row.maybe_take()?,
        components: row.json()?,
        costs: row.json()?,
        origin: row.origin()?,
    })
}
