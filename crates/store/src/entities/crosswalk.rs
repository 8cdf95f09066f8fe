//! Rows of crosswalks.

use credway_model::Crosswalk;

use crate::Result;
use crate::reader::Reader;
use crate::table::{Table, Values, text};
use crate::value;

pub(crate) static TABLE: Table = Table {
    name: "crosswalk",
    columns: &[text("ce_ctid"), text("program"), text("blueprint"), text("begun")],
    keys: 1,
    unread: 0,
    page: 1_000,
};

pub(crate) fn values(crosswalk: &Crosswalk) -> Values {
    vec![
        value::text(crosswalk.ctid),
        value::text(crosswalk.program),
        value::text(crosswalk.blueprint),
        value::moment(crosswalk.begun),
    ]
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Crosswalk> {
    Ok(Crosswalk { ctid: row.parse()?, program: row.parse()?, blueprint: row.parse()?, begun: row.parse()? })
}
