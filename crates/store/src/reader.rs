//! From what a column holds to our types, one column after the other.

use std::fmt::Display;
use std::str::FromStr;

use credway_model::Origin;
use sea_orm::{QueryResult, TryGetable};
use serde::de::DeserializeOwned;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::{Deserialize, de::IntoDeserializer};

use crate::table::Table;
use crate::{Result, StoreError};

/// A row being read, column by column in the order of its table.
pub(crate) struct Reader<'a> {
    row: &'a QueryResult,
    table: &'static Table,
    next: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(row: &'a QueryResult, table: &'static Table) -> Self {
        Self { row, table, next: 0 }
    }

    pub(crate) fn corrupt(&self, why: impl Display) -> StoreError {
        let column = self.next.checked_sub(1).and_then(|index| self.table.columns.get(index));
        StoreError::Corrupt {
            table: self.table.name,
            column: column.map_or("(beyond the last)", |column| column.name),
            why: why.to_string(),
        }
    }

    /// The next column as the database gives it.
    pub(crate) fn get<T: TryGetable>(&mut self) -> Result<T> {
        self.next += 1;
        self.row.try_get_by_index(self.next - 1).map_err(|error| self.corrupt(error))
    }

    /// The next column, passed over.
    pub(crate) fn skip(&mut self) {
        self.next += 1;
    }

    /// The next column, read from its text.
    pub(crate) fn parse<T: FromStr<Err: Display>>(&mut self) -> Result<T> {
        let text: String = self.get()?;
        text.parse().map_err(|error| self.corrupt(error))
    }

    /// The next column, read from its text where it has one.
    pub(crate) fn maybe_parse<T: FromStr<Err: Display>>(&mut self) -> Result<Option<T>> {
        let text: Option<String> = self.get()?;
        text.map(|text| text.parse().map_err(|error| self.corrupt(error))).transpose()
    }

    /// The next column, taken as a text that is valid at birth.
    pub(crate) fn take<T: TryFrom<String, Error: Display>>(&mut self) -> Result<T> {
        let text: String = self.get()?;
        T::try_from(text).map_err(|error| self.corrupt(error))
    }

    /// The next column, taken as a text that is valid at birth, where there is one.
    pub(crate) fn maybe_take<T: TryFrom<String, Error: Display>>(&mut self) -> Result<Option<T>> {
        let text: Option<String> = self.get()?;
        text.map(|text| T::try_from(text).map_err(|error| self.corrupt(error))).transpose()
    }

    pub(crate) fn of_word<T: for<'d> Deserialize<'d>>(&self, text: &str) -> Result<T> {
        let word: StrDeserializer<'_, WordError> = text.into_deserializer();
        T::deserialize(word).map_err(|error| self.corrupt(error))
    }

    /// The next column, the word of an enumeration.
    pub(crate) fn word<T: for<'d> Deserialize<'d>>(&mut self) -> Result<T> {
        let text: String = self.get()?;
        self.of_word(&text)
    }

    /// The next column, the word of an enumeration where there is one.
    pub(crate) fn maybe_word<T: for<'d> Deserialize<'d>>(&mut self) -> Result<Option<T>> {
        let text: Option<String> = self.get()?;
        text.map(|text| self.of_word(&text)).transpose()
    }

    /// The next column, our own JSON.
    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T> {
        let text: String = self.get()?;
        serde_json::from_str(&text).map_err(|error| self.corrupt(error))
    }

    /// The next column, our own JSON where there is any.
    pub(crate) fn maybe_json<T: DeserializeOwned>(&mut self) -> Result<Option<T>> {
        let text: Option<String> = self.get()?;
        text.map(|text| serde_json::from_str(&text).map_err(|error| self.corrupt(error))).transpose()
    }

    /// The next column, a count or position.
    pub(crate) fn count(&mut self) -> Result<u32> {
        let number: i32 = self.get()?;
        u32::try_from(number).map_err(|error| self.corrupt(error))
    }

    /// The next two columns: source and place.
    pub(crate) fn origin(&mut self) -> Result<Option<Origin>> {
        let source: Option<String> = self.get()?;
        let Some(source) = source else {
            self.skip();
            return Ok(None);
        };
        let source = credway_model::SourceId::from_hex(&source)
            .ok_or_else(|| self.corrupt("not a SHA-256 digest in hexadecimal"))?;
        Ok(Some(Origin::new(source, self.json()?)))
    }

    /// An error about the column just read.
    pub(crate) fn wrong(&self, why: impl Display) -> StoreError {
        self.corrupt(why)
    }
}
