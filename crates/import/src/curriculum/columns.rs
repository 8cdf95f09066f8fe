//! The heads of a table of courses.

use credway_model::{Finding, Place, Severity};

use super::head::plain;
use super::{RequisiteColumn, quoted};

/// The head by which a table of courses is known.
pub(super) const COURSE_ID: &str = "courseid";

/// Where each value stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) heads: usize,
    pub(super) id: usize,
    pub(super) name: Option<usize>,
    pub(super) prefix: Option<usize>,
    pub(super) number: Option<usize>,
    pub(super) credits: Option<usize>,
    pub(super) term: Option<usize>,
    /// Columns of requisites with the heads as they are written.
    pub(super) requisites: Vec<(RequisiteColumn, usize, String)>,
}

impl Columns {
    /// Reads the heads; says which are not read.
    pub(super) fn read(number: u32, row: &csv::StringRecord, findings: &mut Vec<Finding>) -> Self {
        let mut columns = Self::default();
        let mut unread = Vec::new();
        for (at, head) in row.iter().enumerate() {
            let head = head.trim();
            let target = match plain(head).as_str() {
                "" | "institution" | "canonicalname" => continue,
                COURSE_ID => {
                    columns.id = at;
                    continue;
                }
                "coursename" => &mut columns.name,
                "prefix" => &mut columns.prefix,
                "number" => &mut columns.number,
                "credithours" => &mut columns.credits,
                "term" => &mut columns.term,
                other => {
                    match requisites(other) {
                        Some(column) => columns.requisites.push((column, at, head.to_owned())),
                        None => unread.push(head),
                    }
                    continue;
                }
            };
            target.get_or_insert(at);
        }
        columns.heads =
            row.iter().enumerate().filter(|(_, head)| !head.trim().is_empty()).last().map_or(0, |(at, _)| at + 1);
        said(number, &unread, findings);
        columns
    }
}

/// The column of requisites that a head names; a letter left out of the longest word is common.
fn requisites(head: &str) -> Option<RequisiteColumn> {
    match head {
        "prerequisites" => Some(RequisiteColumn::Prerequisites),
        "corequisites" => Some(RequisiteColumn::Corequisites),
        "strictcorequisites" | "strictcorequistes" => Some(RequisiteColumn::StrictCorequisites),
        _ => None,
    }
}

fn said(row: u32, unread: &[&str], findings: &mut Vec<Finding>) {
    let place = Place::Row { row, column: None };
    let list = |heads: &[&&str]| heads.iter().map(|head| quoted(head)).collect::<Vec<_>>().join(", ");
    let counts = |head: &&&str| plain(head).ends_with("requisites");
    let (requiring, other): (Vec<&&str>, Vec<&&str>) = unread.iter().partition(counts);
    if !requiring.is_empty() {
        findings.push(Finding::new(
            "curriculum.requisites-unread",
            Severity::Warning,
            place.clone(),
            format!("The format has no column {}; its requisites are not counted.", list(&requiring)),
            "Move them to Prerequisites, Corequisites or Strict-Corequisites if they are to count.",
        ));
    }
    if !other.is_empty() {
        findings.push(Finding::new(
            "mapping.unread",
            Severity::Note,
            place,
            format!("These columns are not read: {}.", list(&other)),
            "Nothing to do, unless one of them is a column of the format written otherwise.",
        ));
    }
}
