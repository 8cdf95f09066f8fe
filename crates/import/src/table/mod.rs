//! Tables: delimited text and JSON behind one view of rows, so that a mapping reads both alike.

mod delimited;
mod head;
mod json;
mod json_place;
mod row_lines;

use std::collections::BTreeMap;

use credway_model::{Finding, Place};

use crate::catalogue::{self, Entry};
use crate::decode::decode;
use crate::{Kind, NoProgress, SourceFile, document};

pub(crate) use delimited::lines_of_row;
pub(crate) use json::LIST_SEPARATOR;
pub(crate) use json_place::lines_of_pointer;

/// A value with the place it stands at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) place: Place,
    /// For nested lists: the values beside it in its object, by member (lists joined by U+001F).
    pub(crate) beside: BTreeMap<String, String>,
}

/// A table: the selectors it offers, and its rows.
#[derive(Clone, Debug)]
pub struct Table {
    /// Heads of a delimited table, or selectors of a JSON document (`title`, `objectives[].text`), in order.
    pub heads: Vec<String>,
    rows: Rows,
}

#[derive(Clone, Debug)]
enum Rows {
    Delimited(delimited::Delimited),
    Json(Vec<serde_json::Value>, String),
    Entries(Vec<Entry>),
}

/// One row.
pub(crate) struct Row<'a> {
    table: &'a Table,
    index: usize,
}

impl Table {
    /// A table of what was read from a document.
    pub(crate) fn of_entries(heads: Vec<String>, entries: Vec<Entry>) -> Self {
        Self { heads, rows: Rows::Entries(entries) }
    }

    /// Whether it was read from a document written for people.
    pub(crate) fn is_document(&self) -> bool {
        matches!(self.rows, Rows::Entries(_))
    }

    /// How many rows there are, without the head.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.rows {
            Rows::Delimited(delimited) => delimited.len(),
            Rows::Json(rows, _) => rows.len(),
            Rows::Entries(entries) => entries.len(),
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first `most` rows as cells in the order of the heads, for a preview.
    #[must_use]
    pub fn preview(&self, most: usize) -> Vec<Vec<String>> {
        self.rows()
            .take(most)
            .map(|row| {
                let cell =
                    |head: &String| row.all(head).into_iter().map(|value| value.text).collect::<Vec<_>>().join("; ");
                self.heads.iter().map(cell).collect()
            })
            .collect()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|index| Row { table: self, index })
    }
}

impl Row<'_> {
    /// Its number among the rows, from 0.
    pub(crate) fn index(&self) -> usize {
        self.index
    }

    /// Where the row stands.
    pub(crate) fn place(&self) -> Place {
        match &self.table.rows {
            Rows::Delimited(delimited) => Place::Row { row: delimited.number(self.index), column: None },
            Rows::Json(_, prefix) => Place::Pointer(format!("{prefix}/{}", self.index)),
            Rows::Entries(entries) => entries[self.index].place.clone(),
        }
    }

    /// A member of a JSON row as it is, with its place.
    pub(crate) fn member(&self, name: &str) -> Option<(&serde_json::Value, Place)> {
        let Rows::Json(rows, prefix) = &self.table.rows else { return None };
        let escaped = name.replace('~', "~0").replace('/', "~1");
        Some((rows[self.index].get(name)?, Place::Pointer(format!("{prefix}/{}/{escaped}", self.index))))
    }

    /// Every non-empty value the selector finds, in order; columns joined by `+` give one value, or none where one of
    /// them is empty.
    pub(crate) fn all(&self, selector: &str) -> Vec<Value> {
        let parts = parts(&self.table.heads, selector);
        if parts.len() < 2 {
            return self.single(selector);
        }
        let found: Option<Vec<Value>> = parts.into_iter().map(|part| self.single(part).into_iter().next()).collect();
        let Some(found) = found else { return Vec::new() };
        let words: Vec<&str> = found.iter().map(|value| value.text.trim()).collect();
        let text = words.join(" ");
        found.into_iter().take(1).map(|first| Value { text: text.clone(), ..first }).collect()
    }

    fn single(&self, selector: &str) -> Vec<Value> {
        match &self.table.rows {
            Rows::Delimited(delimited) => {
                let Some(column) = self.table.heads.iter().position(|head| head == selector) else { return Vec::new() };
                let text = delimited.cell(self.index, column);
                if text.trim().is_empty() {
                    return Vec::new();
                }
                let place = Place::Row { row: delimited.number(self.index), column: Some(selector.to_owned()) };
                vec![Value { text: text.to_owned(), place, beside: BTreeMap::new() }]
            }
            Rows::Json(rows, prefix) => json::select(&rows[self.index], selector, &format!("{prefix}/{}", self.index)),
            Rows::Entries(entries) => entries[self.index].values.get(selector).cloned().unwrap_or_default(),
        }
    }
}

/// The columns of a selector: several where it joins columns by `+` and no column is called so as a whole.
pub(crate) fn parts<'a>(heads: &[String], selector: &'a str) -> Vec<&'a str> {
    if selector.contains('[') || heads.iter().any(|head| head == selector) {
        return vec![selector];
    }
    selector.split('+').map(str::trim).collect()
}

/// Whether the file is a table rather than an outline.
pub(crate) fn looks_like_table(name: &str, text: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "csv" | "tsv" | "json" => true,
        "txt" | "md" | "markdown" => json::looks_like_json(text) || delimited::has_tabbed_head(text),
        _ => json::looks_like_json(text) || delimited::has_tabbed_head(text) || delimited::has_comma_head(text),
    }
}

/// Reads a table, or pushes the findings that say why not.
pub(crate) fn parse(name: &str, text: &str, findings: &mut Vec<Finding>) -> Option<Table> {
    if json::looks_like_json(text) || name.to_ascii_lowercase().ends_with(".json") {
        let (rows, prefix) = json::parse(text, findings)?;
        return Some(Table { heads: json::selectors(&rows, findings), rows: Rows::Json(rows, prefix) });
    }
    let delimited = delimited::parse(text, findings)?;
    Some(Table { heads: delimited.heads.clone(), rows: Rows::Delimited(delimited) })
}

/// Reads a file as a table, for a preview.
///
/// # Errors
/// The findings that say why not.
pub fn table(kind: Kind, file: &SourceFile) -> Result<Table, Vec<Finding>> {
    let mut findings = Vec::new();
    if let Some(form) = document::form(&file.name, &file.bytes) {
        let read = document::read(form, &file.bytes, &NoProgress, &mut findings);
        return read.and_then(|document| catalogue::table(kind, &document, &mut findings)).ok_or(findings);
    }
    let parsed = decode(&file.bytes, &mut findings).and_then(|decoded| parse(&file.name, &decoded.text, &mut findings));
    parsed.ok_or(findings)
}
