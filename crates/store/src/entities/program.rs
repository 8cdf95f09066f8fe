//! Rows of programs, without their courses.

use credway_model::{CatalogueYear, Program};

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "program",
    columns: &[
        text("ce_ctid"),
        text("organization"),
        text("kind"),
        text("title"),
        text("award"),
        text("cip"),
        text("soc"),
        text("catalogue_year"),
        text("total_credits"),
        text("source"),
        text("place"),
        text("requirements"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(program: &Program) -> Result<Values> {
    let [source, place] = value::origin(program.origin.as_ref())?;
    Ok(vec![
        value::text(program.ctid),
        value::text(program.organization),
        value::word(&program.kind)?,
        value::text(&program.title),
        value::maybe_text(program.award.as_ref()),
        value::maybe_text(program.cip.as_ref()),
        value::json(&program.soc)?,
        value::maybe_text(program.catalogue_year.as_ref().map(|year| &year.0)),
        value::maybe_text(program.total_credits.as_ref()),
        source,
        place,
        value::maybe_json(program.requirements.as_ref())?,
    ])
}

/// A program whose courses are still to be read.
pub(crate) fn read(row: &mut Reader<'_>) -> Result<Program> {
    Ok(Program {
        ctid: row.parse()?,
        organization: row.parse()?,
        kind: row.word()?,
        title: row.take()?,
        award: row.maybe_take()?,
        cip: row.maybe_take()?,
        soc: row.json()?,
        catalogue_year: row.maybe_take()?.map(CatalogueYear),
        total_credits: row.maybe_parse()?,
        courses: Vec::new(),
        origin: row.origin()?,
        requirements: row.maybe_json()?,
    })
}
