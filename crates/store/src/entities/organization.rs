//! Rows of organizations.

use credway_model::Organization;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "organization",
    columns: &[
        text("ce_ctid"),
        text("name"),
        text("kind"),
        text("city"),
        text("region"),
        text("url"),
        text("source"),
        text("place"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(organization: &Organization) -> Result<Values> {
    let [source, place] = value::origin(organization.origin.as_ref())?;
    Ok(vec![
        value::text(organization.ctid),
        value::text(&organization.name),
        value::maybe_word(organization.kind.as_ref())?,
        value::maybe_text(organization.city.as_ref()),
        value::maybe_text(organization.region.as_ref()),
        value::maybe_text(organization.url.as_ref()),
        source,
        place,
    ])
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Organization> {
    Ok(Organization {
        ctid: row.parse()?,
        name: row.take()?,
        kind: row.maybe_word()?,
        city: row.maybe_take()?,
        region: row.maybe_take()?,
        url: row.maybe_take()?,
        origin: row.origin()?,
    })
}
