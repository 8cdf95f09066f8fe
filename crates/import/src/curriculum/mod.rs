//! Curricula and degree plans as CurricularAnalytics writes them: a head of lines (`Curriculum`, `Institution`,
//! `System Type`, …), the word `Courses`, a table of courses that name their requisites by `Course ID`, and in degree
//! plans a second table below `Additional Courses`.
//!
//! The format: <https://curricularanalytics.org/files>, the documentation of CurricularAnalytics.jl (Persisting
//! curricula). Read with leniency (BOM, older encodings, commas between requisites, heads written otherwise), but
//! what is not known stays absent and what is left out is said.

mod columns;
mod head;
mod records;
mod requisites;
mod rows;

use credway_model::{Credits, Finding, Place, Severity, Text};

use crate::decode::decode;
use crate::table::raw_rows;
use crate::{SourceFile, check};

pub(crate) use records::{is_curriculum, read_records};

/// How the year is divided, as the file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemType {
    /// Semesters.
    Semester,
    /// Quarters.
    Quarter,
}

/// The column a requisite stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequisiteColumn {
    /// `Prerequisites`: to be passed before.
    Prerequisites,
    /// `Corequisites`: to be taken before or in the same term.
    Corequisites,
    /// `Strict-Corequisites`: to be taken in the same term.
    StrictCorequisites,
}

/// A course of a curriculum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurriculumCourse {
    /// `Course ID`, as it is written.
    pub id: Text,
    /// Name.
    pub name: Option<Text>,
    /// Prefix, such as `MATH`.
    pub prefix: Option<Text>,
    /// Number, such as `241` or `111L`.
    pub number: Option<Text>,
    /// Credit hours, of the file's own system (semester or quarter hours).
    pub credits: Option<Credits>,
    /// Term, from 0.
    pub term: Option<u32>,
    /// Whether it stands below `Additional Courses`.
    pub additional: bool,
    /// Row of the file.
    pub row: u32,
}

/// One course requires another, by their indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CurriculumRequisite {
    /// The course that is required.
    pub required: usize,
    /// The course that requires it.
    pub course: usize,
    /// How.
    pub column: RequisiteColumn,
}

/// A curriculum or degree plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurriculumRecord {
    /// Name of the curriculum.
    pub name: Option<Text>,
    /// Name of the degree plan, where it is one.
    pub degree_plan: Option<Text>,
    /// Institution.
    pub institution: Option<Text>,
    /// Degree type.
    pub degree_type: Option<Text>,
    /// How the year is divided; absent where the file does not say.
    pub system: Option<SystemType>,
    /// CIP code, as it is written.
    pub cip: Option<Text>,
    /// Courses, in the order of the file.
    pub courses: Vec<CurriculumCourse>,
    /// Requisites among them, each once, in the order of courses.
    pub requisites: Vec<CurriculumRequisite>,
}

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurriculumReading {
    /// The curriculum; absent where the file is none.
    pub curriculum: Option<CurriculumRecord>,
    /// What a person should know.
    pub findings: Vec<Finding>,
}

/// Most courses of one curriculum. A whole university teaches fewer.
const MOST_COURSES: usize = 5_000;
/// Most requisites of one curriculum.
const MOST_REQUISITES: usize = 50_000;

/// Reads a curriculum or degree plan.
#[must_use]
pub fn read_curriculum(file: &SourceFile) -> CurriculumReading {
    let mut findings = Vec::new();
    let curriculum = read(&file.bytes, &mut findings);
    let findings = check::limit(findings).into_iter().map(|finding| finding.in_file(&file.name)).collect();
    CurriculumReading { curriculum, findings }
}

fn read(bytes: &[u8], findings: &mut Vec<Finding>) -> Option<CurriculumRecord> {
    let decoded = decode(bytes, findings)?;
    from_text(&decoded.text, findings)
}

fn from_text(text: &str, findings: &mut Vec<Finding>) -> Option<CurriculumRecord> {
    let Some(delimiter) = head::delimiter(text) else {
        return refuse(findings, 1, "The file does not begin with the line “Curriculum,NAME”.");
    };
    let rows = raw_rows(text, delimiter, findings)?;
    let mut curriculum = CurriculumRecord::default();
    let tables = head::read(&rows, &mut curriculum, findings);
    let drafts = rows::read(tables, findings)?;
    if drafts.is_empty() {
        findings.push(Finding::new(
            "curriculum.no-courses",
            Severity::Error,
            Place::Whole,
            "The curriculum has no courses.",
            "Check that the right file was chosen.",
        ));
        return None;
    }
    let requisites = requisites::resolve(&drafts, findings);
    if drafts.len() > MOST_COURSES || requisites.len() > MOST_REQUISITES {
        findings.push(Finding::new(
            "curriculum.too-large",
            Severity::Error,
            Place::Whole,
            format!(
                "There are {} courses and {} requisites; at most {MOST_COURSES} and {MOST_REQUISITES} are taken.",
                drafts.len(),
                requisites.len()
            ),
            "Leave out what does not belong to the curriculum.",
        ));
        return None;
    }
    curriculum.requisites = requisites;
    curriculum.courses = drafts.into_iter().map(|draft| draft.course).collect();
    rows::missing(&curriculum, findings);
    Some(curriculum)
}

/// The file is not of this form.
fn refuse<T>(findings: &mut Vec<Finding>, row: u32, message: &str) -> Option<T> {
    let hint = "The form is described in the guide under “The structure of a curriculum”.";
    let place = Place::Row { row, column: None };
    findings.push(Finding::new("curriculum.form", Severity::Error, place, message, hint));
    None
}

/// A cell as it is quoted in a sentence: no longer than a line, without control characters.
fn quoted(cell: &str) -> String {
    let plain: String =
        cell.trim().chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(40).collect();
    format!("“{plain}”")
}
