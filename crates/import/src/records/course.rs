//! Courses of a catalogue, with outcomes and topics where the file nests them.

use std::collections::BTreeMap;

use credway_model::{
    CatalogueYear, Course, CourseCode, Ctid, FieldPlace, OfferedTerm, Origin, Outcome, OutcomeKind, Place, Severity,
    Text,
};

use super::listed::{Listed, statements};
use super::{Cells, course_requisites, requisite};
use crate::check;
use crate::identifiers::Identifiers;
use crate::reading::NamedOrganization;
use crate::table::{LIST_SEPARATOR, Row, Value};

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<Course> {
    let mut courses: Vec<Course> = Vec::new();
    let mut places: BTreeMap<Ctid, Place> = BTreeMap::new();
    let (mut given, mut statements) = (Identifiers::numbered_from(2), Identifiers::numbered_from(1));
    // Our own template has one row a course. Published catalogues do list a code several times (topics courses, a
    // graduate and an undergraduate edition): there it is worth a look, and every entry is kept.
    let severity = if cells.mapping.is_template(cells.table) && !cells.table.is_document() {
        Severity::Error
    } else {
        Severity::Warning
    };
    cells.rows(|cells, row| {
        if cells.is_left_out(row) {
            return;
        }
        let Some(mut course) = course(cells, row) else { return };
        if let Some(first) = places.get(&course.ctid).cloned() {
            let place = cells.place_of(row, "code");
            let kept = if severity == Severity::Error { "" } else { "; both are kept" };
            let message = format!("The course {} stands twice, first at {first}{kept}.", course.code);
            cells.say("record.duplicate", severity, place, message, "Remove one of them, or give it its own code.");
            course.ctid = further(&course, &mut given);
        }
        // Only now: what a course teaches is identified below the course's own identifier.
        for (field, kind) in [("outcomes", OutcomeKind::Outcome), ("topics", OutcomeKind::Topic)] {
            nested(cells, row, field, kind, &mut course, &mut statements);
        }
        places.insert(course.ctid, row.place());
        courses.push(course);
    });
    course_requisites::conclude(cells);
    requisite::find_cycles(&courses, cells.findings);
    courses
}

/// The identifier of a further entry of a code already met: by its title too, so that it stays the same when rows are
/// added or taken away before it; numbered in the order of the file only where the titles are the same as well.
fn further(course: &Course, given: &mut Identifiers) -> Ctid {
    let year = course.catalogue_year.as_ref().map_or("", |year| year.0.as_str());
    let key = Ctid::key([year, course.code.as_str(), course.title.as_str()]);
    given.give(&course.organization, "course", &key)
}

/// The code of a course in `field`, or the finding that says why there is none.
pub(super) fn code(cells: &mut Cells<'_>, row: &Row<'_>, field: &str) -> Option<CourseCode> {
    let place = cells.place_of(row, field);
    let words = cells.text(row, field);
    let parsed = words.as_ref().map(|words| words.as_str().parse::<CourseCode>());
    match parsed {
        Some(Ok(code)) => return Some(code),
        Some(Err(error)) => {
            let digits = error.found.chars().all(|letter| letter.is_ascii_digit());
            let hint = if digits {
                format!(
                    "Where the subject stands in a column of its own, join the two with --field {field}=SUBJECT+NUMBER."
                )
            } else {
                "Write subject and number, for example ITSY 1300.".to_owned()
            };
            cells.say("record.course-code", Severity::Error, place, format!("{error}."), &hint);
        }
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
    let Some(name) = name else { return (None, context.organization) };
    if let Some(owner) = cells.owners.get(&name) {
        return (Some(name), owner.ctid);
    }
    let place = cells.place_of(row, "organization");
    let ctid = context.organization_named(name.as_str());
    cells.owners.insert(name.clone(), NamedOrganization { ctid, name: name.clone(), place });
    (Some(name), ctid)
}

/// The course of a row, still without what it teaches.
fn course(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Course> {
    let (_, organization) = organization(cells, row);
    let code = code(cells, row, "code");
    let title = cells.required(row, "title");
    let (code, title) = (code?, title?);
    let catalogue_year = cells.name(row, "catalogue_year").map(CatalogueYear);
    let ctid = Ctid::derive(&organization, "course", &Course::key(catalogue_year.as_ref(), &code));
    let (prerequisites, corequisites) = (cells.text(row, "prerequisites"), cells.text(row, "corequisites"));
    let requisites = course_requisites::read(cells, row, prerequisites.as_ref(), corequisites.as_ref());
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
        prerequisites,
        corequisites,
        requisites,
        offered: offered(cells, row),
        catalogue_year,
        outcomes: Vec::new(),
        origin: Some(Origin { fields: field_places(cells, row), ..cells.origin(row.place()) }),
    })
}

/// Where each value of a course stands, for documents: their rows have no columns that would say it.
fn field_places(cells: &Cells<'_>, row: &Row<'_>) -> Vec<FieldPlace> {
    if !cells.table.is_document() {
        return Vec::new();
    }
    let of = |(field, _): &(String, String)| {
        let place = cells.raw(row, field)?.1;
        Some(FieldPlace { field: field.clone(), place })
    };
    cells.mapping.fields.iter().filter_map(of).collect()
}

/// Outcomes or topics nested in the row; a plain cell may hold several.
///
/// A statement is known by its code, one without by its words, numbered where a course says the same twice.
fn nested(
    cells: &mut Cells<'_>,
    row: &Row<'_>,
    field: &str,
    kind: OutcomeKind,
    course: &mut Course,
    given: &mut Identifiers,
) {
    let separate = cells.mapping.selector(field).is_none_or(|selector| !selector.contains('['));
    for value in cells.values(row, field) {
        let whole = || vec![Listed { code: None, words: value.text.clone() }];
        for part in if separate { statements(&value.text) } else { whole() } {
            let Some(statement) = check::text(&part.words, kind.word(), &value.place, cells.findings) else { continue };
            let code = part.code.and_then(|code| check::text(&code, "code", &value.place, cells.findings));
            let outcome = Outcome {
                ctid: given.give(&course.ctid, kind.word(), code.as_ref().unwrap_or(&statement).as_str()),
                code,
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
