//! From the identifiers that courses name to the courses meant.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Finding, Place, Severity};

use super::rows::Draft;
use super::{CurriculumRequisite, quoted};

/// An identifier as it is compared: `07` and `7.0` are 7.
fn key(id: &str) -> &str {
    let id = id.trim();
    let whole = id.strip_suffix(".0").unwrap_or(id);
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return id;
    }
    let bare = whole.trim_start_matches('0');
    if bare.is_empty() { "0" } else { bare }
}

/// The requisites of all courses, each once, in order; those that name no course are said.
pub(super) fn resolve(drafts: &[Draft], findings: &mut Vec<Finding>) -> Vec<CurriculumRequisite> {
    let courses = by_identifier(drafts, findings);
    let mut requisites = Vec::new();
    for (course, draft) in drafts.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for (column, head, cell) in &draft.named {
            let place = || Place::Row { row: draft.course.row, column: Some(head.clone()) };
            for id in cell.split([';', ',']).map(str::trim).filter(|id| !id.is_empty()) {
                let Some(&required) = courses.get(key(id)) else {
                    let message = format!(
                        "The course {} requires {}, which is not in the file; this is not counted.",
                        quoted(draft.course.id.as_str()),
                        quoted(id)
                    );
                    let hint = "Add the course, or take the requisite away.";
                    findings.push(Finding::new(
                        "curriculum.requisite-unknown",
                        Severity::Warning,
                        place(),
                        message,
                        hint,
                    ));
                    continue;
                };
                if !seen.insert(required) {
                    let message = format!(
                        "The course {} requires {} more than once.",
                        quoted(draft.course.id.as_str()),
                        quoted(id)
                    );
                    let hint = "Keep one of them: between two courses one arrow is counted.";
                    findings.push(Finding::new(
                        "curriculum.requisite-repeated",
                        Severity::Note,
                        place(),
                        message,
                        hint,
                    ));
                }
                requisites.push(CurriculumRequisite { required, course, column: *column });
            }
        }
    }
    requisites.sort_unstable_by_key(|one| (one.course, one.required, one.column));
    requisites.dedup();
    requisites
}

/// The courses by their identifiers; the first where two have the same.
fn by_identifier<'a>(drafts: &'a [Draft], findings: &mut Vec<Finding>) -> BTreeMap<&'a str, usize> {
    let mut courses = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let id = draft.course.id.as_str();
        let first = *courses.entry(key(id)).or_insert(index);
        if first != index {
            findings.push(Finding::new(
                "curriculum.id-repeated",
                Severity::Error,
                Place::Row { row: draft.course.row, column: Some("Course ID".to_owned()) },
                format!(
                    "The Course ID {} stands in row {} already. Both courses are counted; who requires it is taken to \
                     mean the first.",
                    quoted(id),
                    drafts[first].course.row
                ),
                "Give every course a number of its own.",
            ));
        }
    }
    courses
}
