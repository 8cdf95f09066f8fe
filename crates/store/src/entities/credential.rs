//! Rows of credentials.

use credway_model::{Credential, Months};
use sea_orm::Value;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, flag, text, whole};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "credential",
    columns: &[
        text("ce_ctid"),
        text("title"),
        text("kind"),
        text("issuer"),
        text("awarded_for"),
        text("assessment"),
        whole("validity_months"),
        text("renewal"),
        flag("revocable"),
        text("accreditation"),
        text("exam_code"),
        text("exam_cost"),
        text("source"),
        text("place"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(credential: &Credential) -> Result<Values> {
    let [source, place] = value::origin(credential.origin.as_ref())?;
    Ok(vec![
        value::text(credential.ctid),
        value::text(&credential.title),
        value::maybe_word(credential.kind.as_ref())?,
        value::maybe_text(credential.issuer.as_ref()),
        value::maybe_word(credential.awarded_for.as_ref())?,
        value::maybe_text(credential.assessment.as_ref()),
        Value::Int(credential.validity.map(|months| i32::from(months.get()))),
        value::maybe_text(credential.renewal.as_ref()),
        Value::Bool(credential.revocable),
        value::maybe_text(credential.accreditation.as_ref()),
        value::maybe_text(credential.exam_code.as_ref()),
        value::maybe_json(credential.exam_cost.as_ref())?,
        source,
        place,
    ])
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Credential> {
    Ok(Credential {
        ctid: row.parse()?,
        title: row.take()?,
        kind: row.maybe_word()?,
        issuer: row.maybe_take()?,
        awarded_for: row.maybe_word()?,
        assessment: row.maybe_take()?,
        validity: validity(row)?,
        renewal: row.maybe_take()?,
        revocable: row.get()?,
        accreditation: row.maybe_take()?,
        exam_code: row.maybe_take()?,
        exam_cost: row.maybe_json()?,
        origin: row.origin()?,
    })
}

fn validity(row: &mut Reader<'_>) -> Result<Option<Months>> {
    let months: Option<i32> = row.get()?;
    let Some(months) = months else { return Ok(None) };
    let months = u16::try_from(months).map_err(|error| row.wrong(error))?;
    Months::new(months).map(Some).map_err(|error| row.wrong(error))
}
