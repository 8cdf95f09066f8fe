//! Rows of mapping profiles.

use crate::table::{Table, text};

pub(crate) static TABLE: Table =
    Table { name: "profile", columns: &[text("name"), text("kind"), text("content")], keys: 1, unread: 0, page: 1_000 };
