//! Rows of what passes by itself and is in no backup: one-time links, sessions, known devices, failed attempts, sign-ins
//! under way elsewhere.

use crate::Result;
use crate::reader::Reader;
use crate::repositories::{Session, Ticket};
use crate::table::{Table, Values, text, whole};
use crate::value;

pub(crate) static TICKET: Table = Table {
    name: "ticket",
    columns: &[text("digest"), text("kind"), text("account"), text("expires"), text("used")],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn ticket_values(ticket: &Ticket) -> Values {
    vec![
        value::text(&ticket.digest),
        value::text(&ticket.kind),
        value::text(ticket.account),
        value::moment(ticket.expires),
        value::maybe_text(ticket.used.map(value::written).as_ref()),
    ]
}

pub(crate) fn read_ticket(row: &mut Reader<'_>) -> Result<Ticket> {
    Ok(Ticket {
        digest: row.get()?,
        kind: row.get()?,
        account: row.parse()?,
        expires: row.parse()?,
        used: row.maybe_parse()?,
    })
}

pub(crate) static SESSION: Table = Table {
    name: "session",
    columns: &[
        text("digest"),
        text("account"),
        text("begun"),
        text("seen"),
        text("expires"),
        text("assurance"),
        text("about"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn session_values(session: &Session) -> Values {
    vec![
        value::text(&session.digest),
        value::text(session.account),
        value::moment(session.begun),
        value::moment(session.seen),
        value::moment(session.expires),
        value::text(&session.assurance),
        value::text(&session.about),
    ]
}

pub(crate) fn read_session(row: &mut Reader<'_>) -> Result<Session> {
    Ok(Session {
        digest: row.get()?,
        account: row.parse()?,
        begun: row.parse()?,
        seen: row.parse()?,
        expires: row.parse()?,
        assurance: row.get()?,
        about: row.get()?,
    })
}

pub(crate) static DEVICE: Table = Table {
    name: "device",
    columns: &[text("digest"), text("account"), text("seen")],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) static ATTEMPT: Table = Table {
    name: "attempt",
    columns: &[text("key"), whole("failures"), text("since"), text("until")],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) static PENDING: Table = Table {
    name: "pending",
    columns: &[text("digest"), text("content"), text("expires")],
    keys: 1,
    unread: 0,
    page: 1_000,
};
