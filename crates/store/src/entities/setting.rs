//! Rows of settings.

use crate::table::{Table, text};

pub(crate) static TABLE: Table =
    Table { name: "setting", columns: &[text("name"), text("content")], keys: 1, unread: 0, page: 1_000 };
