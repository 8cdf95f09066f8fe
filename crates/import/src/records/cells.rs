//! Reading fields of rows: texts, figures, words, dates, each with its finding when it cannot be taken.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use credway_model::{Finding, Origin, Place, Severity, Text};
use jiff::civil::Date;

use crate::mapping::{Corrected, is_left_out, is_list};
use crate::reading::{NamedOrganization, Reader};
use crate::table::{Row, Table, Value};
use crate::{Mapping, check};

/// How often progress is told, in rows.
const STEP: usize = 256;

/// The table being read, with where findings go.
pub(crate) struct Cells<'a> {
    pub(crate) table: &'a Table,
    pub(crate) mapping: &'a Mapping,
    pub(crate) reader: &'a Reader<'a>,
    pub(crate) findings: &'a mut Vec<Finding>,
    /// The organizations that rows name as owners, with the first row of each.
    pub(crate) owners: BTreeMap<Text, NamedOrganization>,
    /// What a person put right.
    pub(crate) corrected: Corrected,
    /// In how many requisite texts other words followed, with the place of the first.
    pub(crate) descriptions: Option<(usize, Place)>,
}

impl<'a> Cells<'a> {
    /// Goes through the rows, telling progress; ends early when the caller stops it.
    pub(crate) fn rows(&mut self, mut each: impl FnMut(&mut Self, &Row<'a>)) {
        let total = self.table.len();
        for (index, row) in self.table.rows().enumerate() {
            if index % STEP == 0 {
                self.reader.progress.advance(index as u64, total as u64);
                if self.reader.progress.cancelled() {
                    return;
                }
            }
            each(self, &row);
        }
        self.reader.progress.advance(total as u64, total as u64);
    }

    pub(crate) fn say(&mut self, code: &str, severity: Severity, place: Place, message: impl Into<String>, hint: &str) {
        self.findings.push(Finding::new(code, severity, place, message, hint));
    }

    pub(crate) fn origin(&self, place: Place) -> Origin {
        Origin::new(self.reader.source.clone(), place)
    }

    /// Every value of a field; a constant stands at the whole row.
    pub(crate) fn values(&self, row: &Row<'_>, field: &str) -> Vec<Value> {
        if let Some(corrected) = self.corrected.get(&(row.index(), field.to_owned())) {
            return self.corrected_values(row, field, corrected);
        }
        match (self.mapping.selector(field), self.mapping.constant(field)) {
            (Some(selector), _) => row.all(selector),
            (None, Some(constant)) => {
                vec![Value { text: constant.to_owned(), place: row.place(), beside: BTreeMap::new() }]
            }
            (None, None) => Vec::new(),
        }
    }

    /// What a person put in the place of a field's values. Of a nested list a line that stays as it was keeps what
    /// stands beside it (its code, its topics).
    fn corrected_values(&self, row: &Row<'_>, field: &str, corrected: &str) -> Vec<Value> {
        let selector = self.mapping.selector(field);
        let read = selector.map(|selector| row.all(selector)).unwrap_or_default();
        let place = read.first().map_or_else(|| row.place(), |value| value.place.clone());
        let new = |text: &str| Value { text: text.to_owned(), place: place.clone(), beside: BTreeMap::new() };
        let one_by_one = is_list(field) && selector.is_some_and(|selector| selector.contains('['));
        match corrected {
            "" => Vec::new(),
            words if !one_by_one => vec![new(words)],
            words => {
                let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
                let kept = |line: &str| read.iter().find(|value| value.text.trim() == line).cloned();
                lines.map(|line| kept(line).unwrap_or_else(|| new(line))).collect()
            }
        }
    }

    /// Whether a person said that the row is no course.
    pub(crate) fn is_left_out(&self, row: &Row<'_>) -> bool {
        let code = self.corrected.get(&(row.index(), "code".to_owned()));
        code.is_some_and(|code| is_left_out("code", code))
    }

    /// The words of a field, several joined by commas, with the place of the first.
    pub(crate) fn raw(&self, row: &Row<'_>, field: &str) -> Option<(String, Place)> {
        let values = self.values(row, field);
        let place = values.first()?.place.clone();
        let words: Vec<&str> = values.iter().map(|value| value.text.trim()).collect();
        Some((words.join(", "), place))
    }

    /// The text of a field, if there is one.
    pub(crate) fn text(&mut self, row: &Row<'_>, field: &str) -> Option<Text> {
        let (words, place) = self.raw(row, field)?;
        check::text(&words, &field.replace('_', " "), &place, self.findings)
    }

    /// The name in a field, if there is one: a text that is not long.
    pub(crate) fn name(&mut self, row: &Row<'_>, field: &str) -> Option<Text> {
        let text = self.text(row, field)?;
        match Text::name(text.as_str()) {
            Ok(name) => Some(name),
            Err(error) => {
                let place = self.place_of(row, field);
                let message = format!("The {} cannot be taken: {error}.", field.replace('_', " "));
                self.say("text.too-long", Severity::Error, place, message, "Shorten it.");
                None
            }
        }
    }

    /// The text of a field that must be there.
    pub(crate) fn required(&mut self, row: &Row<'_>, field: &str) -> Option<Text> {
        let before = self.findings.len();
        let text = self.text(row, field);
        if text.is_none() && self.findings.len() == before {
            let place = self.place_of(row, field);
            self.say(
                "record.missing",
                Severity::Error,
                place,
                format!("The {} is missing.", field.replace('_', " ")),
                "Fill the cell, or remove the row.",
            );
        }
        text
    }

    /// A figure of a field, if there is one.
    pub(crate) fn figure<T: FromStr>(&mut self, row: &Row<'_>, field: &str) -> Option<T>
    where
        T::Err: Display,
    {
        let (words, place) = self.raw(row, field)?;
        match words.parse() {
            Ok(figure) => Some(figure),
            Err(error) => {
                let message = format!("The {} cannot be taken: {error}.", field.replace('_', " "));
                // A catalogue is written for readers (“1 to 3”); what is no figure stays absent there and is said.
                let (severity, hint) = if self.table.is_document() {
                    (
                        Severity::Warning,
                        "It stays absent; put it right on the preview, or with --correct COURSE.FIELD=VALUE.",
                    )
                } else {
                    (Severity::Error, "Write a plain number, or leave the cell empty when it is not known.")
                };
                self.say("number.invalid", severity, place, message, hint);
                None
            }
        }
    }

    /// A word of a field that must be among those known.
    pub(crate) fn word<T: Copy>(&mut self, row: &Row<'_>, field: &str, known: &[(&str, T)]) -> Option<T> {
        let (words, place) = self.raw(row, field)?;
        let plain = words.trim().to_lowercase().replace([' ', '-'], "_");
        let found = known.iter().find(|(word, _)| *word == plain).map(|(_, value)| *value);
        if found.is_none() {
            let list: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            self.say(
                "record.word-unknown",
                Severity::Error,
                place,
                format!("“{words}” is not known as {}.", field.replace('_', " ")),
                &format!("Use one of {}, or leave the cell empty.", list.join(", ")),
            );
        }
        found
    }

    /// A date of a field.
    pub(crate) fn date(&mut self, row: &Row<'_>, field: &str) -> Option<Date> {
        let (words, place) = self.raw(row, field)?;
        match words.trim().parse() {
            Ok(date) => Some(date),
            Err(_) => {
                let message = format!("“{words}” is not a date.");
                self.say(
                    "date.invalid",
                    Severity::Error,
                    place,
                    message,
                    "Write it as year-month-day, for example 2026-03-02.",
                );
                None
            }
        }
    }

    /// Where a field stands in a row, also when it is empty.
    pub(crate) fn place_of(&self, row: &Row<'_>, field: &str) -> Place {
        match (row.place(), self.mapping.selector(field)) {
            (Place::Row { row, .. }, Some(column)) => Place::Row { row, column: Some(column.to_owned()) },
            (Place::Sheet { sheet, row, .. }, Some(column)) => {
                Place::Sheet { sheet, row, column: Some(column.to_owned()) }
            }
            (Place::Pointer(pointer), Some(selector)) if !selector.contains('[') => {
                Place::Pointer(format!("{pointer}/{}", selector.replace('.', "/")))
            }
            (place, _) => place,
        }
    }

    /// Says that two records have the same code, naming both places.
    pub(crate) fn duplicate(&mut self, what: &str, code: &str, first: &Place, second: Place) {
        self.say(
            "record.duplicate",
            Severity::Error,
            second,
            format!("The {what} {code} stands twice, first at {first}."),
            "Remove one of them, or give it its own code.",
        );
    }
}

/// A list in one cell, separated by semicolons or bars.
pub(crate) fn list(words: &str) -> impl Iterator<Item = &str> {
    words.split([';', '|']).map(str::trim).filter(|part| !part.is_empty())
}
