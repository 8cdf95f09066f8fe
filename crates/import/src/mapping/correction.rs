//! Corrections: what a person put right on what was read, kept with the mapping and made again on the next edition.
//!
//! A correction names a course, a field, what was read and what is right. It is made again only where the file still
//! says what it said: where the file has changed, the person is told and decides anew.

use std::collections::BTreeMap;

use credway_model::{CourseCode, Finding, Place, Severity};
use serde::{Deserialize, Serialize};

use super::as_read::words_of;
use super::fields::fields;
use super::{Mapping, MappingError};
use crate::table::{Row, Table};

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Correction {
    /// Code of the course.
    pub course: CourseCode,
    /// Its title as read, where the file lists the code several times; of the first such course when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The field.
    pub field: String,
    /// What the file said when it was corrected, empty for nothing; absent until it was made for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// What is right, empty for nothing.
    pub value: String,
}

impl Correction {
    /// Reads `ITSY 1300.credits=3`; nothing behind the sign takes the value away.
    ///
    /// # Errors
    /// [`MappingError`].
    pub fn parse(kind: crate::Kind, given: &str) -> Result<Self, MappingError> {
        let wrong = || MappingError::NotACorrection { given: given.to_owned() };
        let (target, value) = given.split_once('=').ok_or_else(wrong)?;
        let (course, field) = target.rsplit_once('.').ok_or_else(wrong)?;
        Self::of(kind, course.trim().parse().map_err(|_| wrong())?, field.trim(), value)
    }

    /// That the `field` of `course` is `value`; an empty value takes it away. Of `outcomes` and `topics` each line is one.
    ///
    /// # Errors
    /// [`MappingError::NoField`].
    pub fn of(kind: crate::Kind, course: CourseCode, field: &str, value: &str) -> Result<Self, MappingError> {
        if !fields(kind).iter().any(|known| known.name == field) {
            return Err(MappingError::NoField {
                kind: kind.word(),
                field: field.to_owned(),
                known: fields(kind).iter().map(|field| field.name).collect::<Vec<_>>().join(", "),
            });
        }
        Ok(Self { course, title: None, field: field.to_owned(), read: None, value: value.trim().to_owned() })
    }
}

impl Mapping {
    /// Adds a correction; an earlier one of the same value goes.
    pub fn put_right(&mut self, correction: Correction) {
        self.take_back(&correction.course, correction.title.as_deref(), &correction.field);
        self.corrections.push(correction);
        self.corrections.sort();
    }

    /// Takes back the correction of a value, where there is one: the file was right.
    pub fn take_back(&mut self, course: &CourseCode, title: Option<&str>, field: &str) {
        let same = |other: &Correction| {
            (&other.course, other.title.as_deref(), other.field.as_str()) == (course, title, field)
        };
        self.corrections.retain(|other| !same(other));
    }
}

/// The corrected values of a table, by row and field.
pub(crate) type Corrected = BTreeMap<(usize, String), String>;

/// Makes the mapping's corrections on a table, notes what the file said, and says what was done.
pub(crate) fn make(mapping: &mut Mapping, table: &Table, findings: &mut Vec<Finding>) -> Corrected {
    let mut made = Corrected::new();
    if mapping.corrections.is_empty() {
        return made;
    }
    let words = |row: &Row<'_>, field: &str| words_of(mapping, row, field).0;
    let rows: Vec<(Row<'_>, CourseCode)> = table
        .rows()
        .filter_map(|row| {
            let code = words(&row, "code").parse().ok()?;
            Some((row, code))
        })
        .collect();
    let mut corrections = mapping.corrections.clone();
    for correction in &mut corrections {
        let titled = |row: &Row<'_>| correction.title.as_ref().is_none_or(|title| *title == words(row, "title"));
        let found = rows.iter().filter(|(row, code)| *code == correction.course && titled(row));
        let said: Vec<(usize, String, Place)> =
            found.map(|(row, _)| (row.index(), words(row, &correction.field), row.place())).collect();
        let fitting = said.iter().find(|(_, words, _)| correction.read.as_ref().is_none_or(|read| read == words));
        let renamed = || rows.iter().find(|(_, code)| correction.field == "code" && code.as_str() == correction.value);
        match (fitting, said.first()) {
            (Some((at, words, place)), _) => {
                correction.read = Some(words.clone());
                made.insert((*at, correction.field.clone()), correction.value.clone());
                findings.push(applied(correction, place));
            }
            (None, Some((_, words, place))) => findings.push(stale(correction, words, place)),
            (None, None) => match renamed() {
                Some((row, code)) => findings.push(stale(correction, code.as_str(), &row.place())),
                None => findings.push(gone(correction)),
            },
        }
    }
    mapping.corrections = corrections;
    made
}

/// Whether a correction says that what was read is no course: one without a code is none.
pub(crate) fn is_left_out(field: &str, value: &str) -> bool {
    field == "code" && value.is_empty()
}

fn quoted(words: &str) -> String {
    let short: String = words.chars().take(60).collect();
    let more = if short.len() < words.len() { "…" } else { "" };
    if words.is_empty() { "nothing".to_owned() } else { format!("“{short}{more}”") }
}

/// What to do about a correction that was made.
const MADE: &str = "It is kept with the mapping. Take it back on the import page's preview if the file was right.";

fn applied(correction: &Correction, place: &Place) -> Finding {
    let Correction { course, field, read, value, .. } = correction;
    if is_left_out(field, value) {
        return Finding::new(
            "correction.made",
            Severity::Note,
            place.clone(),
            format!("{course} is left out: it was marked as no course of this catalogue."),
            MADE,
        );
    }
    let (field, read) = (field.replace('_', " "), read.clone().unwrap_or_default());
    Finding::new(
        "correction.made",
        Severity::Note,
        place.clone(),
        format!("The {field} of {course}: the file says {}, corrected to {}.", quoted(&read), quoted(value)),
        MADE,
    )
}

fn stale(correction: &Correction, words: &str, place: &Place) -> Finding {
    let Correction { course, field, read, value, .. } = correction;
    let (field, read) = (field.replace('_', " "), read.clone().unwrap_or_default());
    if words == value {
        return Finding::new(
            "correction.needless",
            Severity::Note,
            place.clone(),
            format!("The {field} of {course} now stands in the file as it was corrected: {}.", quoted(words)),
            "Nothing to do.",
        );
    }
    Finding::new(
        "correction.outdated",
        Severity::Warning,
        place.clone(),
        format!(
            "The {field} of {course} was corrected from {} to {}; the file now says {}, which was taken.",
            quoted(&read),
            quoted(value),
            quoted(words)
        ),
        "Look which is right, and correct it anew if need be.",
    )
}

fn gone(correction: &Correction) -> Finding {
    Finding::new(
        "correction.no-course",
        Severity::Warning,
        Place::Whole,
        format!("A correction of {} could not be made: the file has no such course.", correction.course),
        "The course may have been renamed or taken out; correct it under its new code.",
    )
}
