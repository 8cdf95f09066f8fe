//! Courses of a catalogue, with outcomes and topics where the file nests them.

use std::collections::BTreeMap;

use credway_model::{
    CatalogueYear, Course, CourseCode, Ctid, OfferedTerm, Outcome, OutcomeKind, Place, Severity, Text,
};

use super::cells::list;
use super::{Cells, requisite};
use crate::check;
use crate::table::{LIST_SEPARATOR, Row, Value};

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<Course> {
    let mut courses: Vec<Course> = Vec::new();
    let mut places: BTreeMap<Ctid, Place> = BTreeMap::new();
    // Our own template has one row a course. Published catalogues do list a code several times (topics courses, a
    // graduate and an undergraduate edition): there it is worth a look, and every entry is kept.
    let severity = if cells.mapping.is_template(cells.table) { Severity::Error } else { Severity::Warning };
    cells.rows(|cells, row| {
        let Some(mut course) = course(cells, row) else { return };
        if let Some(first) = places.get(&course.ctid).cloned() {
            let place = cells.place_of(row, "code");
            let kept = if severity == Severity::Error { "" } else { "; both are kept" };
            let message = format!("The course {} stands twice, first at {first}{kept}.", course.code);
            cells.say("record.duplicate", severity, place, message, "Remove one of them, or give it its own code.");
            course.ctid = free_ctid(&course, &places);
        }
        // Only now: what a course teaches is identified below the course's own identifier.
        for (field, kind) in [("outcomes", OutcomeKind::Outcome), ("topics", OutcomeKind::Topic)] {
            nested(cells, row, field, kind, &mut course);
        }
        places.insert(course.ctid, row.place());
        courses.push(course);
    });
    requisite::find_cycles(&courses, cells.findings);
    courses
}

/// The identifier of a further entry of the same code: numbered in the order of the file.
fn free_ctid(course: &Course, places: &BTreeMap<Ctid, Place>) -> Ctid {
    let key = Course::key(course.catalogue_year.as_ref(), &course.code);
    let numbered = |again: u32| Ctid::derive(&course.organization, "course", &format!("{key} #{again}"));
    (2..).map(numbered).find(|ctid| !places.contains_key(ctid)).unwrap_or(course.ctid)
}

/// The code of a course in `field`, or the finding that says why there is none.
pub(super) fn code(cells: &mut Cells<'_>, row: &Row<'_>, field: &str) -> Option<CourseCode> {
    let place = cells.place_of(row, field);
    let words = cells.text(row, field);
    let parsed = words.as_ref().map(|words| words.as_str().parse::<CourseCode>());
    match parsed {
        Some(Ok(code)) => return Some(code),
        Some(Err(error)) => cells.say(
            "record.course-code",
            Severity::Error,
            place,
            format!("{error}."),
            "Write subject and number, for example ITSY 1300.",
        ),
        None => cells.say(
            "record.course-code",
            Severity::Error,
            place,
            "The course code is missing.",
            "Fill the cell, or remove the row.",
        ),
    }
    None
}

/// The organization a row names, or the default.
pub(super) fn organization(cells: &mut Cells<'_>, row: &Row<'_>) -> (Option<Text>, Ctid) {
    let name = cells.text(row, "organization");
    let context = cells.reader.context;
    let ctid = name
        .as_ref()
        .map_or(context.organization, |name| Ctid::derive(&context.namespace, "organization", name.as_str()));
    (name, ctid)
}

/// The course of a row, still without what it teaches.
fn course(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Course> {
    let (_, organization) = organization(cells, row);
    let code = code(cells, row, "code");
    let title = cells.required(row, "title");
    let (code, title) = (code?, title?);
    let catalogue_year = cells.text(row, "catalogue_year").map(CatalogueYear);
    let ctid = Ctid::derive(&organization, "course", &Course::key(catalogue_year.as_ref(), &code));
    Some(Course {
        ctid,
        organization,
        code,
        title,
        credits: cells.figure(row, "credits"),
        lecture_hours: cells.figure(row, "lecture_hours"),
        lab_hours: cells.figure(row, "lab_hours"),
        contact_hours: cells.figure(row, "contact_hours"),
        description: cells.text(row, "description"),
        prerequisites: cells.text(row, "prerequisites"),
        corequisites: cells.text(row, "corequisites"),
        offered: offered(cells, row),
        catalogue_year,
        outcomes: Vec::new(),
        origin: Some(cells.origin(row.place())),
    })
}

/// Outcomes or topics nested in the row; a plain cell may hold several separated by semicolons or bars.
fn nested(cells: &mut Cells<'_>, row: &Row<'_>, field: &str, kind: OutcomeKind, course: &mut Course) {
    let separate = cells.mapping.selector(field).is_some_and(|selector| !selector.contains('['));
    for value in cells.values(row, field) {
        let parts: Vec<&str> = if separate { list(&value.text).collect() } else { vec![value.text.as_str()] };
        for part in parts {
            let Some(statement) = check::text(part, kind.word(), &value.place, cells.findings) else { continue };
            let outcome = Outcome {
                ctid: outcome_ctid(course, kind, &statement),
                code: None,
                kind,
                statement,
                path: path(&value, cells),
                level: None,
                assessed_by: None,
                place: value.place.clone(),
            };
            course.outcomes.push(outcome);
        }
    }
}

/// The identifier of a statement without a code: by its words, numbered where a course says the same twice.
fn outcome_ctid(course: &Course, kind: OutcomeKind, statement: &Text) -> Ctid {
    let key = |again: usize| match again {
        0 => statement.to_string(),
        again => format!("{statement} #{again}"),
    };
    (0..)
        .map(|again| Ctid::derive(&course.ctid, kind.word(), &key(again)))
        .find(|ctid| course.outcomes.iter().all(|outcome| outcome.ctid != *ctid))
        .unwrap_or(course.ctid)
}

/// The topics above a nested statement, from the list `path` beside it.
fn path(value: &Value, cells: &mut Cells<'_>) -> Vec<Text> {
    let Some(joined) = value.beside.get("path") else { return Vec::new() };
    joined.split(LIST_SEPARATOR).filter_map(|part| check::text(part, "topic", &value.place, cells.findings)).collect()
}

fn offered(cells: &mut Cells<'_>, row: &Row<'_>) -> Vec<OfferedTerm> {
    let mut offered = Vec::new();
    for value in cells.values(row, "terms_offered") {
        for part in value.text.split([';', ',', '|']).map(str::trim).filter(|part| !part.is_empty()) {
            let term = match part.to_ascii_lowercase().as_str() {
                "fall" | "autumn" => Some(OfferedTerm::Fall),
                "spring" => Some(OfferedTerm::Spring),
                "summer" => Some(OfferedTerm::Summer),
                _ => check::text(part, "term", &value.place, cells.findings).map(OfferedTerm::Other),
            };
            offered.extend(term);
        }
    }
    offered
}
