//! Rows of revisions.

use credway_model::{Person, Revision};

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, person, text, whole};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "revision",
    columns: &[
        text("subject"),
        whole("number"),
        text("subject_kind"),
        text("at"),
        person("person"),
        text("digest"),
        text("content"),
    ],
    keys: 2,
    unread: 0,
    page: 20,
};

pub(crate) fn values(revision: Revision) -> Result<Values> {
    Ok(vec![
        value::text(revision.subject),
        crate::table::position(revision.number as usize)?,
        value::text(revision.subject_kind),
        value::moment(revision.at),
        value::text(revision.person.name()),
        value::text(revision.digest),
        sea_orm::Value::String(Some(revision.content)),
    ])
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Revision> {
    Ok(Revision {
        subject: row.parse()?,
        number: row.count()?,
        subject_kind: row.get()?,
        at: row.parse()?,
        person: Person(row.take()?),
        digest: row.get()?,
        content: row.get()?,
    })
}
