//! Tables: delimited text, JSON and sheets behind one view of rows, so that a mapping reads all alike.

mod delimited;
mod head;
mod json;
mod json_place;
mod raw_rows;
mod row_lines;
mod sheet_head;
mod sheets;

use std::collections::BTreeMap;

use credway_model::{Finding, Place};

use crate::catalogue::{self, Entry};
use crate::content::{Content, content};
use crate::{Kind, Mapping, NoProgress, SourceFile};

pub(crate) use delimited::lines_of_row;
pub(crate) use json::LIST_SEPARATOR;
pub(crate) use json_place::lines_of_pointer;
pub(crate) use raw_rows::{RawRow, raw_rows};
pub(crate) use sheets::{lines_of_sheet, parse as parse_workbook};

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
    /// Heads of a sheet that were put together of two lines, with the lower one alone.
    pub(crate) joined: Vec<(String, String)>,
    rows: Rows,
}

#[derive(Clone, Debug)]
enum Rows {
    Delimited(delimited::Delimited),
    Json(Vec<serde_json::Value>, String),
    Entries(Vec<Entry>),
    Sheets(sheets::Sheets),
}

/// One row.
pub(crate) struct Row<'a> {
    table: &'a Table,
    index: usize,
}

impl Table {
    /// A table of what was read from a document.
    pub(crate) fn of_entries(heads: Vec<String>, entries: Vec<Entry>) -> Self {
        Self { heads, joined: Vec::new(), rows: Rows::Entries(entries) }
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
            Rows::Sheets(sheets) => sheets.len(),
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
            Rows::Sheets(sheets) => sheets.place(self.index, None),
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
            Rows::Delimited(delimited) => self.column(selector, |column| {
                let place = Place::Row { row: delimited.number(self.index), column: Some(selector.to_owned()) };
                (delimited.cell(self.index, column), place)
            }),
            Rows::Sheets(sheets) => self
                .column(selector, |column| (sheets.cell(self.index, column), sheets.place(self.index, Some(selector)))),
            Rows::Json(rows, prefix) => json::select(&rows[self.index], selector, &format!("{prefix}/{}", self.index)),
            Rows::Entries(entries) => entries[self.index].values.get(selector).cloned().unwrap_or_default(),
        }
    }
}

impl Row<'_> {
    /// The one value of a column, where its cell holds something.
    fn column<'a>(&self, head: &str, cell: impl Fn(usize) -> (&'a str, Place)) -> Vec<Value> {
        let Some(column) = self.table.heads.iter().position(|one| one == head) else { return Vec::new() };
        let (text, place) = cell(column);
        if text.trim().is_empty() {
            return Vec::new();
        }
        vec![Value { text: text.to_owned(), place, beside: BTreeMap::new() }]
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
        let heads = json::selectors(&rows, findings);
        return Some(Table { heads, joined: Vec::new(), rows: Rows::Json(rows, prefix) });
    }
    let delimited = delimited::parse(text, findings)?;
    Some(Table { heads: delimited.heads.clone(), joined: Vec::new(), rows: Rows::Delimited(delimited) })
}

/// Reads a file's content as a table, or pushes the findings that say why not. In a workbook the sheets are chosen that
/// fit the kind, or the mapping.
pub(crate) fn parse_content(
    kind: Kind,
    name: &str,
    content: &Content,
    mapping: Option<&Mapping>,
    findings: &mut Vec<Finding>,
) -> Option<Table> {
    match content {
        Content::Text(decoded) => parse(name, &decoded.text, findings),
        Content::Workbook(workbook) => parse_workbook(kind, workbook, mapping, findings),
    }
}

/// Reads a file of a kind as a table, for a preview.
///
/// # Errors
/// The findings that say why not.
pub fn table(kind: Kind, file: &SourceFile) -> Result<Table, Vec<Finding>> {
    let mut findings = Vec::new();
    if let Some(form) = file.form() {
        let read = file.document(form, &NoProgress, &mut findings);
        return read.and_then(|document| catalogue::table(kind, document, &mut findings)).ok_or(findings);
    }
    let content = content(&file.bytes, &mut findings);
    let parsed = content.and_then(|content| parse_content(kind, &file.name, &content, None, &mut findings));
    parsed.ok_or(findings)
}
