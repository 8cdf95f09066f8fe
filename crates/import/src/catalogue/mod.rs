//! Catalogues and syllabi: documents to courses with their values, each with its place.
//!
//! A document becomes a [`Table`] whose heads are our own fields where the document's labels are known, and the
//! document's labels where they are not, so that a mapping shows and corrects what is read as it does for a spreadsheet.
//! Nothing is made up: what the document does not say is absent, and lines that belong to no course are counted.

mod entries;
mod facts;
mod heading;
mod labels;
mod look;
mod open;
mod tables;

use std::sync::LazyLock;

use credway_documents::{Document, Kind as LineKind};
use credway_model::{Finding, Place, Severity};
use regex::Regex;

use crate::Kind;
use crate::mapping::fields;
use crate::table::Table;
pub(crate) use entries::Entry;

/// The courses of a document as a table, or the finding that says that there are none.
pub(crate) fn table(kind: Kind, document: &Document, findings: &mut Vec<Finding>) -> Option<Table> {
    if kind == Kind::Courses {
        return courses(document, findings);
    }
    let (rows, heads) = tables::of_kind(kind, document);
    if rows.is_empty() {
        findings.push(Finding::new(
            "document.no-table",
            Severity::Error,
            Place::Whole,
            format!(
                "No table of {} was found in the {}: none has heads that name their fields.",
                kind.word(),
                document.form
            ),
            "Put the heads of the template above the table, or import it as a CSV or XLSX file.",
        ));
        return None;
    }
    Some(Table::of_entries(heads, rows))
}

fn courses(document: &Document, findings: &mut Vec<Finding>) -> Option<Table> {
    let (mut found, mut heads) = tables::read(document);
    let mut outside =
        document.lines.iter().filter(|line| !matches!(line.kind, LineKind::Furniture | LineKind::Row(_))).count();
    let (entries, left) = entries::read(document);
    if entries.len() > found.len() {
        (found, heads, outside) = (entries, Vec::new(), left);
    }
    if found.is_empty() {
        findings.push(Finding::new(
            "catalogue.no-course",
            Severity::Error,
            Place::Whole,
            format!(
                "No course was found in the {}: no heading of a code and a title, no table with course codes.",
                document.form
            ),
            "A course begins with its code (ITSY 1300) in a heading, a table's column or behind “Course number:”.",
        ));
        return None;
    }
    if let Some((year, place)) = catalogue_year(document) {
        for entry in &mut found {
            if !entry.values.contains_key("catalogue_year") {
                entry.put("catalogue_year", year.clone(), place.clone());
            }
        }
    }
    say(&found, outside, document, findings);
    let mut names: Vec<String> = fields(Kind::Courses).iter().map(|field| field.name.to_owned()).collect();
    names.retain(|name| found.iter().any(|entry| entry.values.contains_key(name)));
    names.extend(heads);
    for entry in &found {
        for name in entry.values.keys() {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    let mut unique: Vec<String> = Vec::new();
    names.into_iter().for_each(|name| {
        if !unique.contains(&name) {
            unique.push(name);
        }
    });
    Some(Table::of_entries(unique, found))
}

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:catalog(?:ue)?|bulletin|academic year|calendar)\D{0,40}\b(20\d\d\s*[-–/]\s*(?:20)?\d\d)\b|\b(20\d\d\s*[-–/]\s*(?:20)?\d\d)\D{0,40}(?:catalog(?:ue)?|bulletin|academic year|calendar)").ok()
});
/// How many lines at the beginning may say the year.
const FIRST_LINES: usize = 60;

/// The year a running head or the beginning of a catalogue says.
fn catalogue_year(document: &Document) -> Option<(String, Place)> {
    let furniture = document.lines.iter().filter(|line| line.kind == LineKind::Furniture).take(FIRST_LINES);
    let mut said = document.lines.iter().take(FIRST_LINES).chain(furniture);
    said.find_map(|line| {
        let found = YEAR.as_ref()?.captures(&line.text)?;
        let year = found.get(1).or_else(|| found.get(2))?.as_str();
        Some((year.split_whitespace().collect::<String>().replace('–', "-"), line.place.clone()))
    })
}

/// How many codes a finding names.
const MOST_NAMED: usize = 8;

fn say(found: &[Entry], outside: usize, document: &Document, findings: &mut Vec<Finding>) {
    let code =
        |entry: &&Entry| entry.values.get("code").and_then(|values| values.first()).map(|value| value.text.clone());
    let without: Vec<&Entry> = found
        .iter()
        .filter(|entry| !entry.values.keys().any(|name| name.to_ascii_lowercase().contains("credit")))
        .collect();
    if !without.is_empty() {
        let mut named: Vec<String> = without.iter().filter_map(code).take(MOST_NAMED).collect();
        if without.len() > MOST_NAMED {
            named.push("…".to_owned());
        }
        let which = if without.len() == found.len() {
            "all".to_owned()
        } else {
            format!("{} of {}", without.len(), found.len())
        };
        let named = if named.is_empty() { String::new() } else { format!(": {}", named.join(", ")) };
        findings.push(Finding::new(
            "catalogue.no-credits",
            Severity::Warning,
            without[0].place.clone(),
            format!("For {which} courses no credits were found in the document{named}."),
            "They stay absent. Put them right on the preview or with --correct CODE.credits=3, or import a table of credits.",
        ));
    }
    if outside > 0 {
        findings.push(Finding::new(
            "catalogue.outside",
            Severity::Note,
            Place::Whole,
            format!("{outside} of {} lines belong to no course and were not read.", document.lines.len()),
            "Forewords, lists and headings are left out; look whether a course is missing.",
        ));
    }
}
