//! Mappings: which column (or JSON selector) is which field, guessed from the heads, shown, corrected, saved.

use credway_model::{Finding, Place, Severity};
use serde::{Deserialize, Serialize};

mod as_read;
mod correction;
mod fields;
mod guess;
mod joined;

use crate::Kind;
use crate::table::{Table, parts};

pub use as_read::{ReadCourse, ReadValue};
pub(crate) use as_read::{as_read, is_list};
pub use correction::Correction;
pub(crate) use correction::{Corrected, is_left_out, make};
pub(crate) use fields::fields;
pub use guess::{guess, guess_in};
pub(crate) use guess::{guess_from, guess_heads, is_known_head};

/// A value that every row has although no column holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constant {
    /// The field.
    pub field: String,
    /// Its value.
    pub value: String,
}

/// Which column or selector is which field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// What the file holds.
    pub kind: Kind,
    /// Pairs of field and column (or selector), in the order of the kind's fields.
    pub fields: Vec<(String, String)>,
    /// Values that every row has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Constant>,
    /// What a person put right on what was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// Fields that a person said no column holds, although one may look like it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// Name of the sheet of a workbook; chosen by its heads when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
}

/// Why a mapping cannot be corrected as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// No equals sign.
    #[error("“{given}” is not FIELD=COLUMN")]
    NotAPair {
        /// What was given.
        given: String,
    },
    /// No course, field and value.
    #[error("“{given}” is not COURSE.FIELD=VALUE, for example “ITSY 1300.credits=3”")]
    NotACorrection {
        /// What was given.
        given: String,
    },
    /// No such field.
    #[error("{kind} has no field “{field}”; its fields are {known}")]
    NoField {
        /// What the file holds.
        kind: &'static str,
        /// What was given.
        field: String,
        /// The fields there are.
        known: String,
    },
}

impl Mapping {
    /// A mapping of no column.
    #[must_use]
    pub const fn empty(kind: Kind) -> Self {
        Self {
            kind,
            fields: Vec::new(),
            constants: Vec::new(),
            corrections: Vec::new(),
            absent: Vec::new(),
            sheet: None,
        }
    }

    /// The column or selector of a field.
    #[must_use]
    pub fn selector(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, selector)| selector.as_str())
    }

    /// The constant of a field.
    #[must_use]
    pub fn constant(&self, field: &str) -> Option<&str> {
        self.constants.iter().find(|constant| constant.field == field).map(|constant| constant.value.as_str())
    }

    /// Fields with what they are read from, for showing: the column, or the constant in quotes.
    #[must_use]
    pub fn shown(&self) -> Vec<(String, String)> {
        let constants = self.constants.iter().map(|constant| (constant.field.clone(), format!("“{}”", constant.value)));
        self.fields.iter().cloned().chain(constants).collect()
    }

    /// The names of every field of this kind of file, with whether it must be mapped.
    #[must_use]
    pub fn known_fields(kind: Kind) -> Vec<(&'static str, bool)> {
        fields(kind).iter().map(|field| (field.name, field.required)).collect()
    }

    /// Corrects one field: `FIELD=COLUMN`, `FIELD=COLUMN+COLUMN` for columns joined by a blank, `FIELD=` for no column,
    /// `FIELD='VALUE'` for a value every row has. `sheet='NAME'` names the sheet of a workbook, `sheet=` none.
    ///
    /// # Errors
    /// [`MappingError`] when it is no pair or the kind has no such field.
    pub fn correct(&mut self, pair: &str) -> Result<(), MappingError> {
        let (name, column) = pair.split_once('=').ok_or_else(|| MappingError::NotAPair { given: pair.to_owned() })?;
        let name = name.trim();
        if name == "sheet" {
            let sheet = column.trim().trim_matches('\'');
            self.sheet = (!sheet.is_empty()).then(|| sheet.to_owned());
            return Ok(());
        }
        if !fields(self.kind).iter().any(|field| field.name == name) {
            return Err(MappingError::NoField {
                kind: self.kind.word(),
                field: name.to_owned(),
                known: fields(self.kind).iter().map(|field| field.name).collect::<Vec<_>>().join(", "),
            });
        }
        self.fields.retain(|(field, _)| field != name);
        self.absent.retain(|field| field != name);
        self.constants.retain(|constant| constant.field != name);
        let column = column.trim();
        if let Some(value) = column.strip_prefix('\'').and_then(|value| value.strip_suffix('\'')) {
            self.constants.push(Constant { field: name.to_owned(), value: value.to_owned() });
        } else if column.is_empty() {
            self.absent.push(name.to_owned());
        } else {
            self.fields.push((name.to_owned(), column.to_owned()));
        }
        Ok(())
    }

    /// The mapping for another edition of a document: which values its labels give differs from year to year, so what
    /// this mapping does not know is taken as guessed, and what the document no longer has is left out.
    pub(crate) fn for_edition(&self, table: &Table) -> Self {
        let there = |selector: &str| {
            parts(&table.heads, selector).iter().all(|part| table.heads.iter().any(|head| head == part))
        };
        let guessed = guess_from(self.kind, table);
        let mut mapping = self.clone();
        mapping.fields.retain(|(_, selector)| there(selector));
        let taken: Vec<String> = mapping.fields.iter().map(|(_, selector)| selector.clone()).collect();
        for (field, selector) in guessed.fields {
            let known = mapping.selector(&field).is_some() || mapping.constant(&field).is_some();
            if !known && !mapping.absent.contains(&field) && !taken.contains(&selector) {
                mapping.fields.push((field, selector));
            }
        }
        mapping
    }

    /// Whether every column of the table is read and bears our own field's name: a file made from our template.
    pub(crate) fn is_template(&self, table: &Table) -> bool {
        table.heads.iter().all(|head| self.fields.iter().any(|(field, selector)| field == head && selector == head))
    }

    /// Says which required fields have no column, which mapped columns the table lacks, and which columns are unread.
    pub(crate) fn check(&self, table: &Table, findings: &mut Vec<Finding>) -> bool {
        let mut complete = true;
        let mut say = |code: &str, severity, message: String, hint: String| {
            findings.push(Finding::new(code, severity, Place::Whole, message, hint));
        };
        let heads = table.heads.join(", ");
        for field in fields(self.kind).iter().filter(|field| field.required) {
            if self.selector(field.name).is_none() && self.constant(field.name).is_none() {
                complete = false;
                say(
                    "mapping.missing",
                    Severity::Error,
                    format!("No column was found for “{}”; the columns are: {heads}.", field.name),
                    format!(
                        "Say which one it is with --field {}=COLUMN, or on the import page; if these are no column heads, \
                         remove the lines above the heads.",
                        field.name
                    ),
                );
            }
        }
        let read = |head: &String| {
            let selectors = self.fields.iter().flat_map(|(_, selector)| parts(&table.heads, selector));
            selectors.into_iter().any(|selector| touches(selector, head))
                || (self.kind == Kind::Courses && is_nested_requisite(head))
        };
        for (name, selector) in &self.fields {
            let missing = |part: &&str| !table.heads.iter().any(|head| touches(part, head));
            if parts(&table.heads, selector).iter().any(missing) {
                let required = fields(self.kind).iter().any(|field| field.name == name && field.required);
                complete &= !required;
                say(
                    "mapping.no-column",
                    if required { Severity::Error } else { Severity::Warning },
                    format!("The column “{selector}” for “{name}” is not in the file; its columns are: {heads}."),
                    format!("Correct it with --field {name}=COLUMN."),
                );
            }
        }
        let unread = table.heads.iter().filter(|head| !head.is_empty() && !read(head)).map(String::as_str);
        let (sources, unread): (Vec<&str>, Vec<&str>) = unread.partition(|head| guess::is_source(head));
        for source in sources {
            say(
                "mapping.source-kept",
                Severity::Note,
                format!("The column “{source}” is kept with the file, not with each record."),
                "Nothing to do: the file is kept, and the row is shown where a value was read from.".to_owned(),
            );
        }
        if !unread.is_empty() {
            say(
                "mapping.unread",
                Severity::Note,
                format!("These columns are not read: {}.", unread.join(", ")),
                "Map one with --field FIELD=COLUMN if it matters.".to_owned(),
            );
        }
        complete
    }
}

/// Whether a head lies in the nested requisites of a course, which are read as a tree.
fn is_nested_requisite(head: &str) -> bool {
    ["prerequisites[].", "corequisites[]."].iter().any(|list| head.starts_with(list))
        && ["course", "minGrade", "coreq", "general"].iter().any(|member| head.ends_with(&format!(".{member}")))
}

/// Whether a selector reads a head: the same path, conditions in brackets and the lists beside it aside.
fn touches(selector: &str, head: &str) -> bool {
    let mut plain = String::new();
    let mut inside = false;
    let mut members = Vec::new();
    for letter in selector.chars() {
        match letter {
            '[' => {
                inside = true;
                plain.push('[');
                members.push(String::new());
            }
            ']' => {
                inside = false;
                plain.push(']');
            }
            _ if inside => {
                if let Some(member) = members.last_mut() {
                    member.push(letter);
                }
            }
            _ => plain.push(letter),
        }
    }
    if plain == head {
        return true;
    }
    // What stands beside a nested value in the same object, when it is a path or a condition, is read with it.
    let Some((list, _)) = plain.rsplit_once("[].") else { return false };
    let named =
        members.iter().filter_map(|member| member.split_once('=')).map(|(member, _)| format!("{list}[].{member}"));
    head == format!("{list}[].path[]") || named.into_iter().any(|named| named == head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SourceFile;

    #[test]
    fn a_mapping_is_corrected_and_checked() {
        let file = SourceFile::new("c.csv".to_owned(), b"Kurs,Titel,Room\nA 1,B,9\n".to_vec());
        let mut mapping = guess(Kind::Courses, &file).unwrap();
        let table = crate::table::table(Kind::Courses, &file).unwrap();
        let mut findings = Vec::new();
        assert!(!mapping.check(&table, &mut findings));
        assert_eq!(findings.iter().filter(|finding| finding.code == "mapping.missing").count(), 2);
        mapping.correct("code=Kurs").unwrap();
        mapping.correct("title=Titel").unwrap();
        mapping.correct("organization='Lantern Bay'").unwrap();
        findings.clear();
        assert!(mapping.check(&table, &mut findings));
        assert_eq!(findings[0].code, "mapping.unread");
        assert!(mapping.correct("colour=Room").is_err());
        assert!(mapping.correct("title").is_err());
    }

    #[test]
    fn profiles_survive_their_own_json() {
        let mapping = Mapping {
            kind: Kind::Courses,
            fields: vec![("code".to_owned(), "Kurs".to_owned())],
            constants: vec![Constant { field: "organization".to_owned(), value: "Lantern Bay".to_owned() }],
            sheet: Some("Autumn".to_owned()),
            absent: vec!["topics".to_owned()],
            corrections: vec![Correction::parse(Kind::Courses, "ITSY 1300.credits=3").unwrap()],
        };
        let json = serde_json::to_string(&mapping).unwrap();
        assert_eq!(serde_json::from_str::<Mapping>(&json).unwrap(), mapping);
    }
}
