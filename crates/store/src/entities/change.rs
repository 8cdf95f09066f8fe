//! Rows of the history, numbered in the order in which they were written, each bound to the one before: see
//! [`chain`](crate::chain).

use credway_model::{Change, Person, Text};
use sea_orm::Value;

use crate::Result;
use crate::chain::{self, Seal};
use crate::reader::Reader;
use crate::table::{Table, Values, long, person, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "change",
    columns: &[
        long("number"),
        text("at"),
        person("person"),
        text("kind"),
        text("subject_kind"),
        text("subject"),
        text("summary"),
        text("reason"),
        text("origin"),
        text("content"),
        text("salt"),
        text("detail"),
        text("decided"),
        long("through"),
        text("hash"),
    ],
    keys: 1,
    unread: 5,
    page: 1_000,
};

pub(crate) fn values(number: i64, change: &Change, seal: Seal) -> Values {
    vec![
        Value::BigInt(Some(number)),
        value::moment(change.at),
        value::text(change.person.name()),
        value::text(change.kind.word()),
        value::text(&change.subject_kind),
        value::text(change.subject),
        value::text(&change.summary),
        value::maybe_text(change.reason.as_ref()),
        value::maybe_text(seal.origin.as_ref()),
        value::maybe_text(change.content.as_ref()),
        value::text(seal.salt),
        value::text(seal.detail),
        value::maybe_text(seal.decided.as_ref()),
        Value::BigInt(Some(seal.through)),
        value::text(seal.hash),
    ]
}

/// The number and the change.
pub(crate) fn read(row: &mut Reader<'_>) -> Result<(i64, Change)> {
    let number = row.get()?;
    let change = Change {
        at: row.parse()?,
        person: Person(row.take()?),
        kind: row.word()?,
        subject_kind: row.get()?,
        subject: row.parse()?,
        summary: row.take()?,
        reason: row.maybe_take()?,
        origin: origin(row)?,
        content: row.get()?,
    };
    Ok((number, change))
}

/// Where it came from, where that was not taken away.
fn origin(row: &mut Reader<'_>) -> Result<Option<Text>> {
    let origin: Option<String> = row.get()?;
    let kept = origin.filter(|origin| chain::taken(origin).is_none());
    kept.map(|origin| Text::new(chain::unsalted(&origin)).map_err(|error| row.wrong(error))).transpose()
}
