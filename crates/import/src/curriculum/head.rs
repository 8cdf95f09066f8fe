//! The lines above the courses.

use credway_model::{Finding, Place, Severity, Text};

use super::{CurriculumRecord, SystemType, quoted};
use crate::check;
use crate::table::RawRow;

/// A head without case, blanks and punctuation.
pub(super) fn plain(cell: &str) -> String {
    cell.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What separates the cells, told by the first line; absent where it does not begin with `Curriculum`.
pub(super) fn delimiter(text: &str) -> Option<u8> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let word = first.trim_start().trim_start_matches('"');
    let rest = word.get(.."curriculum".len()).filter(|word| word.eq_ignore_ascii_case("curriculum"));
    rest?;
    let after = word["curriculum".len()..].trim_start_matches(['"', ' ']);
    match after.bytes().next() {
        None => Some(b','),
        Some(delimiter @ (b',' | b';' | b'\t')) => Some(delimiter),
        Some(_) => None,
    }
}

/// Whether a row is the title of a table: `Courses` or `Additional Courses`.
pub(super) fn title(row: &csv::StringRecord) -> Option<bool> {
    if row.iter().skip(1).any(|cell| !cell.trim().is_empty()) {
        return None;
    }
    match plain(row.get(0).unwrap_or_default()).as_str() {
        "courses" => Some(false),
        "additionalcourses" => Some(true),
        _ => None,
    }
}

/// Reads the lines above the first table into the record; gives the rest.
pub(super) fn read<'a>(
    rows: &'a [RawRow],
    curriculum: &mut CurriculumRecord,
    findings: &mut Vec<Finding>,
) -> &'a [RawRow] {
    let begins = |row: &csv::StringRecord| {
        title(row).is_some() || plain(row.get(0).unwrap_or_default()) == super::columns::COURSE_ID
    };
    let end = rows.iter().position(|(_, row)| begins(row)).unwrap_or(rows.len());
    for (number, row) in &rows[..end] {
        line(*number, row, curriculum, findings);
    }
    if curriculum.system.is_none() {
        let place = Place::Whole;
        let message = "The file does not say whether it counts in semesters or quarters; semesters are taken.";
        let hint = "Write “semester” or “quarter” behind “System Type”.";
        let known = findings.iter().any(|finding| finding.code == "curriculum.system-unknown");
        if !known {
            findings.push(Finding::new("curriculum.system-unknown", Severity::Note, place, message, hint));
        }
    }
    &rows[end..]
}

fn line(number: u32, row: &csv::StringRecord, curriculum: &mut CurriculumRecord, findings: &mut Vec<Finding>) {
    let key = row.get(0).unwrap_or_default();
    let place = Place::Row { row: number, column: None };
    let cells: Vec<&str> = row.iter().skip(1).map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let mut value = || -> Option<Text> {
        if cells.len() > 1 {
            let message = format!("The line {} stands in {} cells; they were joined.", quoted(key), cells.len());
            let hint = "Put quotation marks around a text that holds commas.";
            findings.push(Finding::new("curriculum.joined-cells", Severity::Note, place.clone(), message, hint));
        }
        check::text(&cells.join(", "), "line", &place, findings)
    };
    match plain(key).as_str() {
        "curriculum" => curriculum.name = value(),
        "degreeplan" => curriculum.degree_plan = value(),
        "institution" => curriculum.institution = value(),
        "degreetype" => curriculum.degree_type = value(),
        "cip" => curriculum.cip = value(),
        "systemtype" => curriculum.system = system(cells.first().copied().unwrap_or_default(), &place, findings),
        _ => {
            let message = format!("The line {} is not known and not read.", quoted(key));
            let hint = "The courses begin below a line that says “Courses”.";
            findings.push(Finding::new("curriculum.line-unread", Severity::Warning, place, message, hint));
        }
    }
}

fn system(word: &str, place: &Place, findings: &mut Vec<Finding>) -> Option<SystemType> {
    match plain(word).as_str() {
        "semester" | "semesters" => Some(SystemType::Semester),
        "quarter" | "quarters" => Some(SystemType::Quarter),
        "" => None,
        _ => {
            let message = format!("The system type {} is not known; semesters are taken.", quoted(word));
            let hint = "Write “semester” or “quarter”; or ask for quarters with --quarter.";
            findings.push(Finding::new("curriculum.system-unknown", Severity::Warning, place.clone(), message, hint));
            None
        }
    }
}
