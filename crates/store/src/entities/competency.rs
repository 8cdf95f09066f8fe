//! Rows of competencies.

use credway_model::{Competency, Ctid};

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text, whole};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "competency",
    columns: &[
        text("ce_ctid"),
        text("framework"),
        whole("position"),
        text("code"),
        text("statement"),
        text("description"),
        text("alternatives"),
        text("kind"),
        text("parent"),
        text("source"),
        text("place"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(framework: &Ctid, position: usize, competency: &Competency) -> Result<Values> {
    let [source, place] = value::origin(competency.origin.as_ref())?;
    Ok(vec![
        value::text(competency.ctid),
        value::text(framework),
        crate::table::position(position)?,
        value::maybe_text(competency.code.as_ref()),
        value::text(&competency.statement),
        value::maybe_text(competency.description.as_ref()),
        value::json(&competency.alternatives)?,
        value::maybe_json(competency.kind.as_ref())?,
        value::maybe_text(competency.parent.as_ref()),
        source,
        place,
    ])
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Competency> {
    let ctid = row.parse()?;
    row.skip();
    row.skip();
    Ok(Competency {
        ctid,
        code: row.maybe_take()?,
        statement: row.take()?,
        description: row.maybe_take()?,
        alternatives: row.json()?,
        kind: row.maybe_json()?,
        parent: row.maybe_parse()?,
        origin: row.origin()?,
    })
}
