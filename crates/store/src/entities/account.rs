//! Rows of accounts, of what they are where, and of what they sign in with.

use credway_model::{Account, Grant, Person, Role};
use sea_orm::Value;

use crate::Result;
use crate::reader::Reader;
use crate::repositories::{ApiToken, Credentials, GivenGrant};
use crate::table::{Table, Values, long, person, text};
use crate::value;

pub(crate) static ACCOUNT: Table = Table {
    name: "account",
    columns: &[
        text("id"),
        person("person"),
        text("email"),
        text("state"),
        text("created"),
        text("password"),
        text("second_factor"),
        long("last_step"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn account_values(account: &Account, credentials: &Credentials) -> Result<Values> {
    Ok(vec![
        value::text(account.id),
        value::text(account.person.name()),
        value::maybe_text(account.email.as_ref()),
        value::word(&account.state)?,
        value::moment(account.created),
        value::maybe_text(credentials.password.as_ref()),
        value::maybe_text(credentials.second_factor.as_ref()),
        Value::BigInt(Some(credentials.last_step)),
    ])
}

pub(crate) fn read_account(row: &mut Reader<'_>) -> Result<(Account, Credentials)> {
    let account = Account {
        id: row.parse()?,
        person: Person(row.take()?),
        email: row.maybe_take()?,
        state: row.word()?,
        created: row.parse()?,
    };
    let credentials = Credentials { password: row.get()?, second_factor: row.get()?, last_step: row.get()? };
    Ok((account, credentials))
}

pub(crate) static GRANT: Table = Table {
    name: "account_grant",
    columns: &[
        text("account"),
        text("role"),
        text("institution"),
        text("program"),
        text("origin"),
        person("by"),
        text("at"),
    ],
    keys: 5,
    unread: 0,
    page: 1_000,
};

pub(crate) fn grant_values(given: &GivenGrant) -> Values {
    vec![
        value::text(given.account),
        value::text(given.grant.role.word()),
        value::text(given.grant.institution),
        value::text(given.grant.program.map(|program| program.to_string()).unwrap_or_default()),
        value::text(&given.origin),
        value::text(given.by.name()),
        value::moment(given.at),
    ]
}

pub(crate) fn read_grant(row: &mut Reader<'_>) -> Result<GivenGrant> {
    let account = row.parse()?;
    let role: String = row.get()?;
    let role = Role::read(&role).ok_or_else(|| row.wrong(format!("“{role}” is no role")))?;
    let institution = row.parse()?;
    let program: String = row.get()?;
    let program = if program.is_empty() { None } else { Some(program.parse().map_err(|error| row.wrong(error))?) };
    Ok(GivenGrant {
        account,
        grant: Grant { role, institution, program },
        origin: row.get()?,
        by: Person(row.take()?),
        at: row.parse()?,
    })
}

pub(crate) static RECOVERY_CODE: Table = Table {
    name: "recovery_code",
    columns: &[text("account"), text("digest"), text("used")],
    keys: 2,
    unread: 0,
    page: 1_000,
};

pub(crate) static API_TOKEN: Table = Table {
    name: "api_token",
    columns: &[
        text("id"),
        text("account"),
        text("name"),
        text("digest"),
        text("scopes"),
        text("created"),
        text("expires"),
        text("last_used"),
        text("revoked"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn token_values(token: &ApiToken) -> Result<Values> {
    let moment = |at: Option<jiff::Timestamp>| value::maybe_text(at.map(value::written).as_ref());
    Ok(vec![
        value::text(&token.id),
        value::text(token.account),
        value::text(&token.name),
        value::text(&token.digest),
        value::json(&token.scopes)?,
        value::moment(token.created),
        moment(token.expires),
        moment(token.last_used),
        moment(token.revoked),
    ])
}

pub(crate) fn read_token(row: &mut Reader<'_>) -> Result<ApiToken> {
    Ok(ApiToken {
        id: row.get()?,
        account: row.parse()?,
        name: row.get()?,
        digest: row.get()?,
        scopes: row.json()?,
        created: row.parse()?,
        expires: row.maybe_parse()?,
        last_used: row.maybe_parse()?,
        revoked: row.maybe_parse()?,
    })
}

pub(crate) static IDENTITY: Table = Table {
    name: "identity",
    columns: &[text("account"), text("issuer"), text("subject"), text("since")],
    keys: 2,
    unread: 0,
    page: 1_000,
};
