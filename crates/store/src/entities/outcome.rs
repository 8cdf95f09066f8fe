//! Rows of course outcomes and topics.

use credway_model::{Ctid, Outcome};
use sea_orm::Value;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, flag, text, whole};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "outcome",
    columns: &[
        text("ce_ctid"),
        text("course"),
        whole("position"),
        text("code"),
        text("kind"),
        text("statement"),
        text("path"),
        text("level"),
        text("assessed_by"),
        text("place"),
        flag("retired"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(course: &Ctid, position: usize, outcome: &Outcome) -> Result<Values> {
    Ok(vec![
        value::text(outcome.ctid),
        value::text(course),
        crate::table::position(position)?,
        value::maybe_text(outcome.code.as_ref()),
        value::text(outcome.kind.word()),
        value::text(&outcome.statement),
        value::json(&outcome.path)?,
        value::maybe_text(outcome.level.map(|level| level.word()).as_ref()),
        value::maybe_text(outcome.assessed_by.as_ref()),
        value::place(&outcome.place)?,
        Value::Bool(Some(false)),
    ])
}

/// The course and the outcome.
pub(crate) fn read(row: &mut Reader<'_>) -> Result<(Ctid, Outcome)> {
    let (ctid, course) = (row.parse()?, row.parse()?);
    row.skip();
    let outcome = Outcome {
        ctid,
        code: row.maybe_take()?,
        kind: row.word()?,
        statement: row.take()?,
        path: row.json()?,
        level: row.maybe_word()?,
        assessed_by: row.maybe_take()?,
        place: row.json()?,
    };
    Ok((course, outcome))
}
