//! Rows of working together: reviews given, comments with their earlier wordings, notifications and who wants them by
//! mail, shares and ballots.

use credway_model::{
    Assignment, AssignmentEnd, Ballot, Comment, CommentText, Mailed, Notification, Person, ReviewScope, Share, Text,
};

use crate::Result;
use crate::reader::Reader;
use crate::table::{Column, Table, Values, flag, person, text, whole};
use crate::value;

const fn table(name: &'static str, columns: &'static [Column], keys: usize) -> Table {
    Table { name, columns, keys, unread: 0, page: 1_000 }
}

pub(crate) static ASSIGNMENT: Table = table(
    "assignment",
    &[
        text("id"),
        text("crosswalk"),
        text("domain"),
        text("course"),
        text("account"),
        text("part"),
        text("due"),
        person("by"),
        text("at"),
        text("ended"),
        person("ended_by"),
        flag("done"),
    ],
    1,
);

pub(crate) fn assignment_values(one: &Assignment) -> Result<Values> {
    let ended = one.end.as_ref().map(|end| value::written(end.at));
    Ok(vec![
        value::text(one.id),
        value::text(one.scope.crosswalk),
        value::maybe_text(one.scope.domain.as_ref()),
        value::maybe_text(one.scope.course.as_ref()),
        value::text(one.account),
        value::word(&one.part)?,
        value::maybe_text(one.due.as_ref()),
        value::text(one.by.name()),
        value::moment(one.at),
        value::maybe_text(ended.as_ref()),
        value::maybe_text(one.end.as_ref().map(|end| &end.by.0)),
        one.end.as_ref().is_some_and(|end| end.done).into(),
    ])
}

pub(crate) fn read_assignment(row: &mut Reader<'_>) -> Result<Assignment> {
    let id = row.parse()?;
    let scope = ReviewScope { crosswalk: row.parse()?, domain: row.maybe_parse()?, course: row.maybe_parse()? };
    let (account, part, due) = (row.parse()?, row.word()?, row.maybe_parse()?);
    let (by, at) = (Person(row.take()?), row.parse()?);
    let (ended, ended_by) = (row.maybe_parse()?, row.maybe_take::<Text>()?.map(Person));
    let done = row.get()?;
    let end = ended.zip(ended_by).map(|(at, by)| AssignmentEnd { at, by, done });
    Ok(Assignment { id, scope, account, part, due, by, at, end })
}

pub(crate) static COMMENT: Table = table(
    "comment",
    &[
        text("id"),
        text("subject"),
        person("person"),
        text("account"),
        text("at"),
        text("edited"),
        text("withdrawn"),
        text("body"),
    ],
    1,
);

pub(crate) fn comment_values(comment: &Comment) -> Values {
    let moment = |at: Option<jiff::Timestamp>| value::maybe_text(at.map(value::written).as_ref());
    vec![
        value::text(comment.id),
        value::text(comment.subject),
        value::text(comment.person.name()),
        value::maybe_text(comment.account.as_ref()),
        value::moment(comment.at),
        moment(comment.edited),
        moment(comment.withdrawn),
        value::maybe_text(comment.text.as_ref()),
    ]
}

pub(crate) fn read_comment(row: &mut Reader<'_>) -> Result<Comment> {
    Ok(Comment {
        id: row.parse()?,
        subject: row.parse()?,
        person: Person(row.take()?),
        account: row.maybe_parse()?,
        at: row.parse()?,
        edited: row.maybe_parse()?,
        withdrawn: row.maybe_parse()?,
        text: row.maybe_take()?,
    })
}

pub(crate) static COMMENT_REVISION: Table =
    table("comment_revision", &[text("comment"), whole("number"), text("until"), text("body")], 2);

/// An earlier wording of a comment: until when it stood, and what it said.
pub(crate) fn read_wording(row: &mut Reader<'_>) -> Result<(jiff::Timestamp, CommentText)> {
    row.skip();
    row.skip();
    Ok((row.parse()?, row.take()?))
}

pub(crate) static NOTIFICATION: Table = table(
    "notification",
    &[
        text("id"),
        text("account"),
        text("kind"),
        text("at"),
        text("address"),
        text("words"),
        text("read"),
        text("mailed"),
        whole("tries"),
    ],
    1,
);

pub(crate) fn notification_values(one: &Notification) -> Result<Values> {
    Ok(vec![
        value::text(one.id),
        value::text(one.account),
        value::word(&one.kind)?,
        value::moment(one.at),
        value::text(&one.address),
        value::text(&one.words),
        value::maybe_text(one.read.map(value::written).as_ref()),
        mailed_value(&one.mailed)?,
        crate::table::position(one.tries as usize)?,
    ])
}

/// What the column says while a notification is being sent, before the moment since which it is.
pub(crate) const SENDING: &str = "sending ";

/// How a notification stands with the post, as the column says it: a word, and the moment where it is being sent.
pub(crate) fn mailed_value(mailed: &Mailed) -> Result<sea_orm::Value> {
    match mailed {
        Mailed::Sending(since) => Ok(value::text(format!("{SENDING}{}", value::written(*since)))),
        Mailed::Unwanted | Mailed::Waiting | Mailed::Sent | Mailed::GivenUp => value::word(mailed),
    }
}

fn read_mailed(row: &mut Reader<'_>) -> Result<Mailed> {
    let words: String = row.get()?;
    match words.strip_prefix(SENDING) {
        Some(since) => Ok(Mailed::Sending(since.parse().map_err(|error| row.corrupt(error))?)),
        None => row.of_word(&words),
    }
}

pub(crate) fn read_notification(row: &mut Reader<'_>) -> Result<Notification> {
    Ok(Notification {
        id: row.parse()?,
        account: row.parse()?,
        kind: row.word()?,
        at: row.parse()?,
        address: row.get()?,
        words: row.take()?,
        read: row.maybe_parse()?,
        mailed: read_mailed(row)?,
        tries: row.count()?,
    })
}

pub(crate) static NOTIFICATION_WISH: Table = table("notification_wish", &[text("account"), text("kind")], 2);

pub(crate) static SHARE: Table = table(
    "share",
    &[text("id"), text("crosswalk"), text("account"), text("until"), person("by"), text("at"), text("revoked")],
    1,
);

pub(crate) fn share_values(share: &Share) -> Values {
    vec![
        value::text(share.id),
        value::text(share.crosswalk),
        value::text(share.account),
        value::text(share.until),
        value::text(share.by.name()),
        value::moment(share.at),
        value::maybe_text(share.revoked.map(value::written).as_ref()),
    ]
}

pub(crate) fn read_share(row: &mut Reader<'_>) -> Result<Share> {
    Ok(Share {
        id: row.parse()?,
        crosswalk: row.parse()?,
        account: row.parse()?,
        until: row.parse()?,
        by: Person(row.take()?),
        at: row.parse()?,
        revoked: row.maybe_parse()?,
    })
}

pub(crate) static BALLOT: Table =
    table("ballot", &[text("share"), text("row"), text("word"), text("note"), text("at")], 2);

pub(crate) fn ballot_values(ballot: &Ballot) -> Result<Values> {
    Ok(vec![
        value::text(ballot.share),
        value::text(ballot.row),
        value::word(&ballot.word)?,
        value::maybe_text(ballot.note.as_ref()),
        value::moment(ballot.at),
    ])
}

pub(crate) fn read_ballot(row: &mut Reader<'_>) -> Result<Ballot> {
    Ok(Ballot { share: row.parse()?, row: row.parse()?, word: row.word()?, note: row.maybe_take()?, at: row.parse()? })
}
