//! What a table looks like to the statements we build: its columns in order, and which of them are its key.

use sea_orm::Value;

use crate::{Result, StoreError};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// UTF-8 text.
    Text,
    /// 32-bit whole number.
    Whole,
    /// 64-bit whole number.
    Long,
    /// True or false.
    Flag,
    /// Bytes.
    Bytes,
    /// The identifier of a person; statements are given and give the name.
    Person,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// A table as the newest migration leaves it; a test compares this with the real schema.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    /// How many of the first columns make up the primary key.
    pub(crate) keys: usize,
    /// How many of the last columns are only searched in: they are written, but not read back.
    pub(crate) unread: usize,
    /// How many rows a backup reads at once: fewer where rows are large.
    pub(crate) page: u64,
}

impl Table {
    pub(crate) fn key(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.columns[..self.keys].iter().map(|column| column.name)
    }

    pub(crate) fn rest(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.columns[self.keys..].iter().map(|column| column.name)
    }
}

/// One row's values, in the order of the table's columns.
pub(crate) type Values = Vec<Value>;

/// A position or number as it stands in a 32-bit column.
pub(crate) fn position(number: usize) -> Result<Value> {
    let whole =
        i32::try_from(number).map_err(|_| StoreError::TooLarge { number: number as u64, what: "a position" })?;
    Ok(Value::Int(Some(whole)))
}

pub(crate) const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

pub(crate) const fn whole(name: &'static str) -> Column {
    Column { name, kind: Kind::Whole }
}

pub(crate) const fn long(name: &'static str) -> Column {
    Column { name, kind: Kind::Long }
}

pub(crate) const fn flag(name: &'static str) -> Column {
    Column { name, kind: Kind::Flag }
}

pub(crate) const fn person(name: &'static str) -> Column {
    Column { name, kind: Kind::Person }
}

pub(crate) const fn bytes(name: &'static str) -> Column {
    Column { name, kind: Kind::Bytes }
}
