//! Rows of decisions, numbered in the order in which they were written.

use credway_model::{Ctid, Decision, Judged, Person, Strength, Text, Verdict};
use sea_orm::Value;

use crate::Result;
use crate::chain;
use crate::reader::Reader;
use crate::table::{Table, Values, flag, long, person, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "decision",
    columns: &[
        long("number"),
        text("crosswalk"),
        text("statement"),
        text("target"),
        person("person"),
        text("verdict"),
        text("strength"),
        text("level"),
        text("reason"),
        text("at"),
        flag("settles"),
        flag("undoes"),
        text("judged_statement"),
        text("judged_target"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(number: i64, crosswalk: &Ctid, decision: &Decision) -> Values {
    let (verdict, strength) = match decision.verdict {
        Verdict::Accepted(strength) => ("accepted", Some(strength.word())),
        Verdict::Rejected => ("rejected", None),
        Verdict::Withdrawn => ("withdrawn", None),
    };
    vec![
        Value::BigInt(Some(number)),
        value::text(crosswalk),
        value::text(decision.statement),
        value::text(decision.target),
        value::text(decision.person.name()),
        value::text(verdict),
        value::maybe_text(strength.as_ref()),
        value::maybe_text(decision.level.map(|level| level.word()).as_ref()),
        value::maybe_text(decision.reason.as_ref()),
        value::moment(decision.at),
        Value::Bool(Some(decision.settles)),
        Value::Bool(Some(decision.undoes)),
        value::text(&decision.judged.statement),
        value::text(&decision.judged.target),
    ]
}

/// The number, which comes first.
pub(crate) fn number(row: &mut Reader<'_>) -> Result<u64> {
    let number: i64 = row.get()?;
    u64::try_from(number).map_err(|error| row.wrong(error))
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Decision> {
    row.skip();
    read_after_number(row)
}

/// The decision, its number being read already.
pub(crate) fn read_after_number(row: &mut Reader<'_>) -> Result<Decision> {
    row.skip();
    let (statement, target) = (row.parse()?, row.parse()?);
    let person = Person(row.take()?);
    let verdict = verdict(row)?;
    Ok(Decision {
        statement,
        target,
        person,
        verdict,
        level: row.maybe_word()?,
        reason: reason(row)?,
        at: row.parse()?,
        settles: row.get()?,
        undoes: row.get()?,
        judged: Judged { statement: row.take()?, target: row.take()? },
    })
}

/// The reason, where there is one and it was not taken away.
fn reason(row: &mut Reader<'_>) -> Result<Option<Text>> {
    let reason: Option<String> = row.get()?;
    let kept = reason.filter(|words| chain::taken(words).is_none());
    kept.map(|words| Text::new(&words).map_err(|error| row.wrong(error))).transpose()
}

fn verdict(row: &mut Reader<'_>) -> Result<Verdict> {
    let word: String = row.get()?;
    let strength: Option<Strength> = row.maybe_word()?;
    match (word.as_str(), strength) {
        ("accepted", Some(strength)) => Ok(Verdict::Accepted(strength)),
        ("rejected", None) => Ok(Verdict::Rejected),
        ("withdrawn", None) => Ok(Verdict::Withdrawn),
        _ => Err(row.wrong(format!("“{word}” with this strength is no verdict"))),
    }
}
