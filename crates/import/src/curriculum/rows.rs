//! The rows of courses.

use std::str::FromStr;

use credway_model::{Credits, Finding, Place, Severity, Text};

use super::columns::{COURSE_ID, Columns};
use super::head::{plain, title};
use super::{CurriculumCourse, CurriculumRecord, RequisiteColumn, quoted, refuse};
use crate::check;
use crate::table::RawRow;

/// A course with the requisites it names.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) course: CurriculumCourse,
    /// Column, its head, and the identifiers as they are written.
    pub(super) named: Vec<(RequisiteColumn, String, String)>,
}

/// Reads the tables of courses; none where there is no table.
pub(super) fn read(rows: &[RawRow], findings: &mut Vec<Finding>) -> Option<Vec<Draft>> {
    let mut columns: Option<Columns> = None;
    let mut additional = false;
    let mut drafts = Vec::new();
    for (number, row) in rows {
        if let Some(below) = title(row) {
            additional = below;
        } else if plain(row.get(0).unwrap_or_default()) == COURSE_ID || columns.is_none() && has_id(row) {
            columns = Some(Columns::read(*number, row, findings));
        } else if let Some(columns) = &columns {
            drafts.extend(course(*number, row, columns, additional, findings));
        } else {
            return refuse(findings, *number, "The heads of the courses are missing: no cell says “Course ID”.");
        }
    }
    if columns.is_none() {
        let last = rows.last().map_or(1, |(number, _)| *number);
        return refuse(findings, last, "There is no table of courses: no cell says “Course ID”.");
    }
    Some(drafts)
}

fn has_id(row: &csv::StringRecord) -> bool {
    row.iter().any(|cell| plain(cell) == COURSE_ID)
}

fn course(
    row: u32,
    cells: &csv::StringRecord,
    columns: &Columns,
    additional: bool,
    findings: &mut Vec<Finding>,
) -> Option<Draft> {
    let mut reader = Reader { row, cells, findings };
    reader.beyond(columns.heads);
    let id = reader.identifier(columns.id)?;
    let named = columns.requisites.iter().filter_map(|(column, at, head)| {
        let cell = cells.get(*at)?.trim();
        (!cell.is_empty()).then(|| (*column, head.clone(), cell.to_owned()))
    });
    let named = named.collect();
    let course = CurriculumCourse {
        id,
        name: reader.text(columns.name, "Course Name"),
        prefix: reader.text(columns.prefix, "Prefix"),
        number: reader.text(columns.number, "Number"),
        credits: reader.number::<Credits>(columns.credits, "Credit Hours", "Write a number of credits from 0 to 999."),
        term: reader.number::<u32>(columns.term, "Term", "Write the number of the term: 1, 2, 3."),
        additional,
        row,
    };
    Some(Draft { course, named })
}

/// One row, cell by cell.
struct Reader<'a> {
    row: u32,
    cells: &'a csv::StringRecord,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn place(&self, column: &str) -> Place {
        Place::Row { row: self.row, column: Some(column.to_owned()) }
    }

    fn say(&mut self, code: &str, severity: Severity, column: &str, message: String, hint: &str) {
        self.findings.push(Finding::new(code, severity, self.place(column), message, hint));
    }

    /// Cells that no head stands above: something is shifted.
    fn beyond(&mut self, heads: usize) {
        if self.cells.iter().skip(heads).any(|cell| !cell.trim().is_empty()) {
            let message = format!("The row has {} cells, the head has {heads}.", self.cells.len());
            let place = Place::Row { row: self.row, column: None };
            let hint = "A comma stands inside an unquoted cell; quote the cell.";
            self.findings.push(Finding::new("table.ragged-row", Severity::Error, place, message, hint));
        }
    }

    fn identifier(&mut self, at: usize) -> Option<Text> {
        let cell = self.cells.get(at).unwrap_or_default();
        let id = self.text(Some(at), "Course ID");
        if id.is_none() {
            let message = "The course has no Course ID and is left out.".to_owned();
            let hint = "Give every course a whole number of its own.";
            self.say("curriculum.id-missing", Severity::Error, "Course ID", message, hint);
        } else if !cell.trim().bytes().all(|byte| byte.is_ascii_digit()) {
            let message = format!("The Course ID {} is not a whole number.", quoted(cell));
            let hint = "Spreadsheets shorten long numbers (1.68E+11): show the column as text or whole numbers.";
            self.say("curriculum.id-not-whole", Severity::Warning, "Course ID", message, hint);
        }
        id
    }

    fn text(&mut self, at: Option<usize>, column: &str) -> Option<Text> {
        let cell = self.cells.get(at?)?;
        check::text(cell, column, &self.place(column), self.findings)
    }

    fn number<T: FromStr>(&mut self, at: Option<usize>, column: &str, hint: &str) -> Option<T> {
        let cell = self.cells.get(at?)?.trim();
        if cell.is_empty() {
            return None;
        }
        let read = cell.parse().ok();
        if read.is_none() {
            let message = format!("{column} {} cannot be taken and stays absent.", quoted(cell));
            self.say("number.invalid", Severity::Warning, column, message, hint);
        }
        read
    }
}

/// Says what is not known of how many courses.
pub(super) fn missing(curriculum: &CurriculumRecord, findings: &mut Vec<Finding>) {
    let courses = &curriculum.courses;
    let first = |absent: fn(&CurriculumCourse) -> bool, column: &str| {
        let mut rows = courses.iter().filter(|course| absent(course));
        let row = rows.next()?.row;
        Some((rows.count() + 1, Place::Row { row, column: Some(column.to_owned()) }))
    };
    let mut say = |code: &str, severity: Severity, found: Option<(usize, Place)>, what: &str, hint: &str| {
        if let Some((count, place)) = found {
            let message = format!("{count} of {} courses have no {what}; this is the first.", courses.len());
            findings.push(Finding::new(code, severity, place, message, hint));
        }
    };
    let credits = first(|course| course.credits.is_none(), "Credit Hours");
    let hint = "Sums of credits are absent until they are there; write 0 for a course without credit.";
    say("curriculum.credits-missing", Severity::Warning, credits, "credits", hint);
    let name = first(|course| course.name.is_none(), "Course Name");
    say("curriculum.name-missing", Severity::Note, name, "name", "Give each course a name.");
    if courses.iter().any(|course| course.term.is_some()) {
        let term = first(|course| course.term.is_none(), "Term");
        let hint = "Distances to what they require are absent until they have one.";
        say("curriculum.term-missing", Severity::Warning, term, "term", hint);
    }
    let additional = courses.iter().filter(|course| course.additional).count();
    if additional > 0 {
        findings.push(Finding::new(
            "curriculum.additional",
            Severity::Note,
            Place::Whole,
            format!("{additional} additional courses of the plan count like the others."),
            "Leave them out of the file to measure the curriculum without them.",
        ));
    }
}
