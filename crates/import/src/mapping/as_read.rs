//! What a file says of each course, value by value with its place, beside what a person put right: for showing both on
//! the preview, where they are corrected.

use credway_model::{CourseCode, Place};

use super::correction::{Corrected, is_left_out};
use super::{Mapping, fields};
use crate::table::{Row, Table};

/// A value of a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadValue {
    /// Name of the field.
    pub field: &'static str,
    /// What the file says, empty for nothing; of outcomes and topics one a line.
    pub read: String,
    /// Where it stands.
    pub place: Option<Place>,
    /// What a person put in its place, empty for nothing.
    pub corrected: Option<String>,
}

impl ReadValue {
    /// What is taken: the correction, or else what the file says.
    #[must_use]
    pub fn taken(&self) -> &str {
        self.corrected.as_deref().unwrap_or(&self.read)
    }
}

/// A course as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadCourse {
    /// Its code as read; nothing where that is none, and then nothing of it can be corrected.
    pub code: Option<CourseCode>,
    /// Where it stands.
    pub place: Place,
    /// Every field that the file gives or a person corrected, in the order of the fields.
    pub values: Vec<ReadValue>,
}

impl ReadCourse {
    /// The value of a field.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&ReadValue> {
        self.values.iter().find(|value| value.field == field)
    }

    /// Whether a person said that it is no course.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        self.value("code").is_some_and(|code| code.corrected.as_deref().is_some_and(|code| is_left_out("code", code)))
    }

    /// The title by which a correction tells this course from others of its code; `None` where no other has it.
    #[must_use]
    pub fn title_among(&self, courses: &[Self]) -> Option<String> {
        let several = courses.iter().filter(|other| other.code == self.code).nth(1).is_some();
        several.then(|| self.value("title").map_or_else(String::new, |title| title.read.clone()))
    }

    /// Whether a person put any of it right.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        self.values.iter().any(|value| value.corrected.is_some())
    }
}

/// Whether a field holds statements, one a line, rather than one value.
pub(crate) fn is_list(field: &str) -> bool {
    matches!(field, "outcomes" | "topics")
}

/// What a row says of a field, and where: several values joined by commas, those of a list by lines. A constant is said
/// by every row.
pub(super) fn words_of(mapping: &Mapping, row: &Row<'_>, field: &str) -> (String, Option<Place>) {
    let values = mapping.selector(field).map(|selector| row.all(selector)).unwrap_or_default();
    if let (true, Some(constant)) = (values.is_empty(), mapping.constant(field)) {
        return (constant.to_owned(), None);
    }
    let between = if is_list(field) { "\n" } else { ", " };
    let words = values.iter().map(|value| value.text.trim()).collect::<Vec<_>>().join(between);
    (words, values.into_iter().next().map(|value| value.place))
}

/// Every row of a table of courses.
pub(crate) fn as_read(mapping: &Mapping, table: &Table, corrected: &Corrected) -> Vec<ReadCourse> {
    table
        .rows()
        .map(|row| {
            let value = |field: &fields::Field| {
                let (read, place) = words_of(mapping, &row, field.name);
                let corrected = corrected.get(&(row.index(), field.name.to_owned())).cloned();
                (!read.is_empty() || corrected.is_some()).then_some(ReadValue {
                    field: field.name,
                    read,
                    place,
                    corrected,
                })
            };
            let values: Vec<ReadValue> = fields::fields(mapping.kind).iter().filter_map(value).collect();
            let code = values.iter().find(|value| value.field == "code").and_then(|code| code.read.parse().ok());
            ReadCourse { code, place: row.place(), values }
        })
        .collect()
}
