//! A curriculum as a program and its courses, so that it can be planned, audited and aligned like any other.
//!
//! Refuses to make a course of what has no prefix and number: such a row is a place for a choice. Terms of a degree plan and what
//! CurricularAnalytics computed are not carried.

use std::collections::BTreeMap;

use credway_model::{
    Course, CourseCode, Ctid, Finding, Origin, Place, RequiredCourse, RequiredWhen, Requisite, Severity, Text,
};

use super::{CurriculumCourse, CurriculumRecord, RequisiteColumn, SystemType, from_text, head};
use crate::reading::Reader;
use crate::{ProgramEntry, ProgramRecord, Records};

/// Whether a text is a curriculum in the form of CurricularAnalytics.
pub(crate) fn is_curriculum(text: &str) -> bool {
    head::delimiter(text).is_some()
}

/// Reads a curriculum into a program and its courses.
pub(crate) fn read_records(text: &str, reader: &Reader<'_>, records: &mut Records, findings: &mut Vec<Finding>) {
    let Some(curriculum) = from_text(text, findings) else { return };
    let place = |row: u32, column: &str| Place::Row { row, column: Some(column.to_owned()) };
    let Some(title) = curriculum.name.clone() else {
        let hint = "Write it behind “Curriculum” in the first line.";
        let place = place(1, "Curriculum");
        findings.push(Finding::new("curriculum.form", Severity::Error, place, "The curriculum has no name.", hint));
        return;
    };
    let (organization, owner) = owner(&curriculum, reader, findings);
    let codes = codes(&curriculum, findings);
    let mut required: BTreeMap<usize, Vec<Requisite>> = BTreeMap::new();
    for one in &curriculum.requisites {
        let when = match one.column {
            RequisiteColumn::Prerequisites => RequiredWhen::Before,
            RequisiteColumn::Corequisites => RequiredWhen::BeforeOrWith,
            RequisiteColumn::StrictCorequisites => RequiredWhen::With,
        };
        // What requires a place for a choice requires no course.
        if let Some(code) = codes[one.required].clone() {
            let course = RequiredCourse { code, grade: None, when };
            required.entry(one.course).or_default().push(Requisite::Course(course));
        }
    }
    let origin = |row: u32| Origin::new(reader.source.clone(), Place::Row { row, column: None });
    let mut entries = Vec::new();
    for (index, course) in curriculum.courses.iter().enumerate() {
        let Some(code) = codes[index].clone() else { continue };
        entries.push(ProgramEntry {
            code: code.clone(),
            group: None,
            place: Place::Row { row: course.row, column: None },
        });
        let requisites = required.remove(&index).and_then(|parts| Requisite::all(parts).ok());
        records.courses.push(record(course, code, owner, requisites, origin(course.row)));
    }
    records.programs.push(ProgramRecord {
        organization,
        title,
        award: curriculum.degree_type.clone(),
        cip: curriculum.cip.clone(),
        soc: Vec::new(),
        catalogue_year: None,
        total_credits: None,
        courses: entries,
        origin: origin(1),
    });
}

/// The institution the file names where there is one of this name, else whoever imports.
fn owner(curriculum: &CurriculumRecord, reader: &Reader<'_>, findings: &mut Vec<Finding>) -> (Option<Text>, Ctid) {
    let Some(name) = &curriculum.institution else { return (None, reader.context.organization) };
    if reader.context.knows(name.as_str()) {
        return (Some(name.clone()), reader.context.organization_named(name.as_str()));
    }
    let message =
        format!("There is no institution “{name}” here: the program and its courses become the college's own.");
    let hint = "Import the organization first where they are to be another's.";
    findings.push(Finding::new("curriculum.institution", Severity::Note, Place::Whole, message, hint));
    (None, reader.context.organization)
}

/// Codes of the courses; absent where a row has none, or one that stands before.
fn codes(curriculum: &CurriculumRecord, findings: &mut Vec<Finding>) -> Vec<Option<CourseCode>> {
    let mut first: BTreeMap<CourseCode, u32> = BTreeMap::new();
    let quarter = curriculum.system == Some(SystemType::Quarter);
    if quarter {
        let message = "The file counts in quarters: credits are taken as quarter hours, as they are written.";
        let hint = "Two thirds of a quarter hour are a semester hour; change them where programs are planned together.";
        findings.push(Finding::new("curriculum.quarter", Severity::Note, Place::Whole, message, hint));
    }
    let mut one = |course: &CurriculumCourse| {
        let place = Place::Row { row: course.row, column: None };
        let shown = course.name.as_ref().map_or_else(|| course.id.to_string(), ToString::to_string);
        let code = course.prefix.as_ref().zip(course.number.as_ref());
        let code = code.and_then(|(prefix, number)| format!("{prefix} {number}").parse::<CourseCode>().ok());
        let Some(code) = code else {
            let message = format!("“{shown}” has no prefix and number that make a course code, and is left out.");
            let hint =
                "A place for a choice belongs into the program's requirements; give a course its prefix and number.";
            findings.push(Finding::new("curriculum.not-a-course", Severity::Warning, place, message, hint));
            return None;
        };
        if let Some(row) = first.get(&code) {
            let message = format!("The course {code} stands twice, first in row {row}; the second is left out.");
            let hint = "Give each course its own number.";
            findings.push(Finding::new("record.duplicate", Severity::Warning, place, message, hint));
            return None;
        }
        first.insert(code.clone(), course.row);
        Some(code)
    };
    curriculum.courses.iter().map(&mut one).collect()
}

fn record(
    course: &CurriculumCourse,
    code: CourseCode,
    organization: Ctid,
    requisites: Option<Requisite>,
    origin: Origin,
) -> Course {
    let title = course.name.clone().or_else(|| Text::new(code.as_str()).ok());
    Course {
        ctid: Ctid::derive(&organization, "course", &Course::key(None, &code)),
        organization,
        title: title.unwrap_or_else(|| course.id.clone()),
        code,
        credits: course.credits,
        lecture_hours: None,
        lab_hours: None,
        contact_hours: None,
        description: None,
        prerequisites: None,
        corequisites: None,
        requisites,
        offered: Vec::new(),
        catalogue_year: None,
        outcomes: Vec::new(),
        origin: Some(origin),
    }
}
