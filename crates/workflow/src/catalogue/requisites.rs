//! What a course requires, in plain language, with the courses it names found in the same catalogue.

use std::collections::BTreeMap;

use credway_model::{Course, CourseCode, Ctid};
use credway_store::{CourseFilter, Work};
use serde::Serialize;

use crate::WorkflowError;

/// A line of a course's requisites in plain language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequisiteLine {
    /// How far in it stands, from 0.
    pub depth: usize,
    /// What it says.
    pub words: String,
    /// The course it names, where the catalogue has it for the same year.
    pub course: Option<Ctid>,
    /// Whether these are words that could not be read.
    pub unread: bool,
}

/// What a course requires.
#[derive(Clone, Debug, Serialize)]
pub struct RequisiteView {
    /// In one line, as it is written in the template.
    pub canonical: String,
    /// `fully`, `partly` or `not`.
    pub understood: String,
    /// As a nested list.
    pub lines: Vec<RequisiteLine>,
}

/// The tree in plain language; a course it names is linked where the same organization has it for the same year.
pub(super) async fn requisites_view(work: &Work, course: &Course) -> Result<Option<RequisiteView>, WorkflowError> {
    let Some(tree) = &course.requisites else { return Ok(None) };
    let lines = tree.plain();
    let codes: Vec<CourseCode> = lines.iter().filter_map(|line| line.course.clone()).collect();
    let filter =
        CourseFilter { organization: Some(course.organization), codes: Some(codes), ..CourseFilter::default() };
    let found = work.courses(&filter).await?;
    let same = found.iter().filter(|other| other.catalogue_year == course.catalogue_year);
    let known: BTreeMap<&CourseCode, Ctid> = same.map(|other| (&other.code, other.ctid)).collect();
    let line = |line: &credway_model::PlainLine| RequisiteLine {
        depth: line.depth,
        words: line.words.clone(),
        course: line.course.as_ref().and_then(|code| known.get(code).copied()),
        unread: line.unread,
    };
    Ok(Some(RequisiteView {
        canonical: tree.to_string(),
        understood: tree.understood().to_string(),
        lines: lines.iter().map(line).collect(),
    }))
}
