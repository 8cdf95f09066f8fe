//! What a learner has taken and what was decided for them, from files: read for one audit, never kept.
//!
//! These are no kinds of import: there is no way by which they could come into a database. What cannot be taken is left out and said.

mod exceptions;
mod taken;

use credway_model::{Finding, Place, Severity, Text};

use crate::decode::decode;
use crate::table::{self, Row, Table};
use crate::{SourceFile, check};

pub use exceptions::read_exceptions;
pub use taken::read_taken;

/// What came of such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnerReading<T> {
    /// What could be read, in the order of the file.
    pub records: Vec<T>,
    /// What a person should know.
    pub findings: Vec<Finding>,
}

/// The template of a file of courses taken.
pub const TAKEN_TEMPLATE: &str = "code,credits,grade,passed,source,marks\n\
    ITSY 1300,3,B+,yes,here,\n\
    ENGL 1301,3,,yes,transfer,writing\n\
    ITSC 1325,,P,yes,prior learning,\n\
    MATH 1342,3,F,no,here,\n";

/// The template of a file of exceptions.
pub const EXCEPTIONS_TEMPLATE: &str = "program,requirement,course,who,why\n\
    Cybersecurity AAS,Core,ITSY 2459,Dean Ada Ramos,Taken at the college before the catalogue changed\n\
    Cybersecurity AAS,Speech,,Dean Ada Ramos,Waived for a certified interpreter\n";

/// Most rows of such a file: no learner has taken more.
const MOST_ROWS: usize = 1_000;

/// A field: its name, and other heads it goes by, as letters in lower case.
type Field = (&'static str, &'static [&'static str]);

/// A table with the heads of its fields.
struct Fields<'a> {
    table: &'a Table,
    heads: Vec<(&'static str, String)>,
    findings: Vec<Finding>,
}

/// Reads each row of a file; `required` must have columns.
fn rows<T>(
    file: &SourceFile,
    known: &[Field],
    required: &[&str],
    mut read: impl FnMut(&mut Fields<'_>, &Row<'_>) -> Option<T>,
) -> LearnerReading<T> {
    let mut findings = Vec::new();
    let mut records = Vec::new();
    let decoded = decode(&file.bytes, &mut findings);
    let parsed = decoded.and_then(|decoded| table::parse("learner.csv", &decoded.text, &mut findings));
    if let Some(parsed) = &parsed {
        let mut fields = Fields { table: parsed, heads: heads(parsed, known), findings };
        if fields.complete(required) {
            for row in parsed.rows().take(MOST_ROWS) {
                records.extend(read(&mut fields, &row));
            }
        }
        findings = fields.findings;
        if parsed.len() > MOST_ROWS {
            let message = format!("The file has {} rows; the first {MOST_ROWS} are read.", parsed.len());
            let hint = "Give the courses of one learner.";
            findings.push(Finding::new("learner.too-many", Severity::Error, Place::Whole, message, hint));
        }
    }
    let findings = check::limit(findings).into_iter().map(|finding| finding.in_file(&file.name)).collect();
    LearnerReading { records, findings }
}

/// The head of each field that has one; each head is taken once.
fn heads(table: &Table, known: &[Field]) -> Vec<(&'static str, String)> {
    let plain = |head: &str| head.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for (name, others) in known {
        let fits = |head: &&String| {
            let head = plain(head);
            head == plain(name) || others.contains(&head.as_str())
        };
        let free = |head: &&String| !found.iter().any(|(_, taken)| taken == *head);
        if let Some(head) = table.heads.iter().filter(free).find(fits) {
            found.push((name, head.clone()));
        }
    }
    found
}

impl Fields<'_> {
    /// Whether the required fields have columns; says which have none, and which columns are not read.
    fn complete(&mut self, required: &[&str]) -> bool {
        let missing: Vec<&&str> =
            required.iter().filter(|name| !self.heads.iter().any(|(known, _)| known == *name)).collect();
        for name in &missing {
            let message = format!("No column is called “{name}”.");
            let hint = "Take the template: its first line has the heads.";
            self.findings.push(Finding::new("learner.no-column", Severity::Error, Place::Whole, message, hint));
        }
        let unread: Vec<&str> = self.table.heads.iter().map(String::as_str).collect();
        let unread: Vec<&str> =
            unread.into_iter().filter(|head| !self.heads.iter().any(|(_, taken)| taken == head)).collect();
        if !unread.is_empty() {
            let message = format!("These columns are not read: {}.", unread.join(", "));
            let hint = "Nothing to do, unless one of them matters: the template has the heads that are read.";
            self.findings.push(Finding::new("learner.unread", Severity::Note, Place::Whole, message, hint));
        }
        missing.is_empty()
    }

    /// The text of a field, with its place.
    fn text(&mut self, row: &Row<'_>, field: &str) -> Option<(Text, Place)> {
        let (_, head) = self.heads.iter().find(|(name, _)| *name == field)?;
        let value = row.all(head).into_iter().next()?;
        let text = check::text(&value.text, field, &value.place, &mut self.findings)?;
        Some((text, value.place))
    }

    fn say(&mut self, code: &str, severity: Severity, place: Place, message: String, hint: &str) {
        self.findings.push(Finding::new(code, severity, place, message, hint));
    }

    /// A field that must be there.
    fn required(&mut self, row: &Row<'_>, field: &str) -> Option<(Text, Place)> {
        let before = self.findings.len();
        let found = self.text(row, field);
        if found.is_none() && self.findings.len() == before {
            let message = format!("The {field} is missing; the row is left out.");
            self.say("learner.missing", Severity::Error, row.place(), message, "Fill the cell, or remove the row.");
        }
        found
    }

    /// Yes or no.
    fn truth(&mut self, row: &Row<'_>, field: &str) -> Option<bool> {
        let (word, place) = self.text(row, field)?;
        match word.as_str().to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => Some(true),
            "no" | "n" | "false" | "0" => Some(false),
            _ => {
                let message = format!("“{word}” is neither yes nor no; the cell is taken as empty.");
                self.say(
                    "learner.unclear",
                    Severity::Error,
                    place,
                    message,
                    "Write yes or no, or leave the cell empty.",
                );
                None
            }
        }
    }
}
