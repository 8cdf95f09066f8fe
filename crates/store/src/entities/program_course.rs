//! Rows of courses' places in programs.

use credway_model::{Ctid, ProgramCourse};

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text, whole};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "program_course",
    columns: &[text("program"), whole("position"), text("course"), text("part")],
    keys: 2,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(program: &Ctid, position: usize, course: &ProgramCourse) -> Result<Values> {
    Ok(vec![
        value::text(program),
        crate::table::position(position)?,
        value::text(course.course),
        value::maybe_text(course.group.as_ref()),
    ])
}

/// The program and the course's place in it.
pub(crate) fn read(row: &mut Reader<'_>) -> Result<(Ctid, ProgramCourse)> {
    let program = row.parse()?;
    row.skip();
    Ok((program, ProgramCourse { course: row.parse()?, group: row.maybe_take()? }))
}
