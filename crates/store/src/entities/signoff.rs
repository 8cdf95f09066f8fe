//! Rows of sign-offs, of what was done in them, and of delegations. The words of what was done (a reason, a note) stand
//! in the line of the history that tells of it, so that they can be taken away there on request; everything else of a
//! row is bound to that line.

use credway_model::{Delegation, Person, Role, Signature, Signoff, SignoffAct, SignoffEntry, Text};
use sea_orm::Value;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, long, person, position, text, whole};
use crate::value;

pub(crate) static SIGNOFF: Table = Table {
    name: "signoff",
    columns: &[
        text("id"),
        text("crosswalk"),
        whole("number"),
        whole("revision"),
        text("digest"),
        text("plan"),
        text("begun"),
        person("by"),
        long("line"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) static ENTRY: Table = Table {
    name: "signoff_entry",
    columns: &[
        text("signoff"),
        whole("number"),
        text("at"),
        person("person"),
        text("act"),
        whole("step"),
        text("role"),
        person("behalf"),
        text("account"),
        text("digest"),
        text("day"),
        long("line"),
    ],
    keys: 2,
    unread: 0,
    page: 1_000,
};

pub(crate) static DELEGATION: Table = Table {
    name: "delegation",
    columns: &[
        text("id"),
        text("account"),
        text("delegate"),
        text("role"),
        text("institution"),
        text("program"),
        text("first"),
        text("last"),
        text("given"),
        text("withdrawn"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

/// A sign-off's row, told of by this line of the history.
pub(crate) fn signoff_values(signoff: &Signoff, line: i64) -> Result<Values> {
    Ok(vec![
        value::text(signoff.id),
        value::text(signoff.crosswalk),
        position(signoff.number as usize)?,
        position(signoff.revision as usize)?,
        value::text(&signoff.digest),
        value::json(&signoff.plan)?,
        value::moment(signoff.begun),
        value::text(signoff.by.name()),
        Value::BigInt(Some(line)),
    ])
}

/// The sign-off without what was done in it.
pub(crate) fn read_signoff(row: &mut Reader<'_>) -> Result<Signoff> {
    Ok(Signoff {
        id: row.parse()?,
        crosswalk: row.parse()?,
        number: row.count()?,
        revision: row.count()?,
        digest: row.get()?,
        plan: row.json()?,
        begun: row.parse()?,
        by: Person(row.take()?),
        entries: Vec::new(),
    })
}

/// The row of something done, told of by this line of the history.
pub(crate) fn entry_values(signoff: &Signoff, number: usize, entry: &SignoffEntry, line: i64) -> Result<Values> {
    let step = |step: Option<usize>| step.map_or(Ok(Value::Int(None)), position);
    let none = || Value::String(None);
    let about = match &entry.act {
        SignoffAct::Signed(signature) => [
            value::text("signed"),
            step(Some(signature.step))?,
            value::text(signature.role.word()),
            value::maybe_text(signature.on_behalf_of.as_ref().map(Person::name).as_ref()),
            value::maybe_text(signature.account.as_ref()),
            value::text(&signature.digest),
            value::maybe_text(signature.date.as_ref()),
        ],
        SignoffAct::Returned { to, .. } => {
            [value::text("returned"), step(*to)?, none(), none(), none(), none(), none()]
        }
        SignoffAct::Reopened { .. } => [value::text("reopened"), step(None)?, none(), none(), none(), none(), none()],
    };
    let head = [value::text(signoff.id), position(number)?, value::moment(entry.at), value::text(entry.person.name())];
    Ok(head.into_iter().chain(about).chain([Value::BigInt(Some(line))]).collect())
}

/// Something done, with the number of the line that tells of it; its words are yet to be put in.
pub(crate) fn read_entry(row: &mut Reader<'_>) -> Result<(String, i64, SignoffEntry)> {
    let signoff: String = row.get()?;
    row.skip();
    let (at, person) = (row.parse()?, Person(row.take()?));
    let act: String = row.get()?;
    let step: Option<i32> = row.get()?;
    let step = step.map(usize::try_from).transpose().map_err(|error| row.wrong(error))?;
    let act = match (act.as_str(), step) {
        ("signed", Some(step)) => {
            let role: String = row.get()?;
            let role = Role::read(&role).ok_or_else(|| row.wrong(format!("“{role}” is no role")))?;
            SignoffAct::Signed(Signature {
                step,
                role,
                on_behalf_of: row.maybe_take::<Text>()?.map(Person),
                account: row.maybe_parse()?,
                digest: row.get()?,
                date: row.maybe_parse()?,
                note: None,
            })
        }
        ("returned", to) => {
            (0..5).for_each(|_| row.skip());
            SignoffAct::Returned { to, reason: no_words(row)? }
        }
        ("reopened", None) => {
            (0..5).for_each(|_| row.skip());
            SignoffAct::Reopened { reason: no_words(row)? }
        }
        _ => return Err(row.wrong(format!("“{act}” with this step is nothing that can be done"))),
    };
    Ok((signoff, row.get()?, SignoffEntry { at, person, act }))
}

/// What stands where the words were taken away.
fn no_words(row: &Reader<'_>) -> Result<Text> {
    Text::new("(taken away)").map_err(|error| row.wrong(error))
}

pub(crate) fn delegation_values(delegation: &Delegation) -> Values {
    vec![
        value::text(&delegation.id),
        value::text(delegation.from),
        value::text(delegation.to),
        value::text(delegation.role.word()),
        value::text(delegation.institution),
        value::maybe_text(delegation.program.as_ref()),
        value::text(delegation.first),
        value::text(delegation.last),
        value::moment(delegation.given),
        value::maybe_text(delegation.withdrawn.map(value::written).as_ref()),
    ]
}

pub(crate) fn read_delegation(row: &mut Reader<'_>) -> Result<Delegation> {
    let (id, from, to) = (row.get()?, row.parse()?, row.parse()?);
    let role: String = row.get()?;
    Ok(Delegation {
        id,
        from,
        to,
        role: Role::read(&role).ok_or_else(|| row.wrong(format!("“{role}” is no role")))?,
        institution: row.parse()?,
        program: row.maybe_parse()?,
        first: row.parse()?,
        last: row.parse()?,
        given: row.parse()?,
        withdrawn: row.maybe_parse()?,
    })
}
