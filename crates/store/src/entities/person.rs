//! Rows of persons: every other table names a person by this table's identifier, so that a name is kept once, and can
//! be taken away on request while everything the person did stays what it was.

use crate::table::{Table, text};

pub(crate) static TABLE: Table =
    Table { name: "person", columns: &[text("id"), text("name")], keys: 1, unread: 0, page: 1_000 };
