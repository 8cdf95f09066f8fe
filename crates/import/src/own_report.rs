//! Reports and crosswalks that Credway itself wrote for people: told by their first lines, so that they are not taken for
//! data by mistake.

use credway_documents::{Document, Workbook};
use credway_model::{Finding, Place, Severity};

use crate::content::Content;

/// How the titles of reports begin; a long one goes on in the next line.
const TITLES: [&str; 2] = ["Crosswalk: ", "Coverage of "];
/// Facts every report gives below its title, in this order.
const FACTS: [&str; 2] = ["Program", "Exam blueprint"];
/// Lines or rows among which title and facts stand.
const FIRST: usize = 40;
/// Heads that only the crosswalk's CSV has together.
const HEADS: [&str; 4] = ["standing", "assessed_by", "probability", "reviewers"];
/// Members that only the crosswalk's or the coverage's JSON has together.
const MEMBERS: [&str; 4] = ["\"total_assessed\"", "\"weighting\"", "\"formula\"", "\"gaps\""];

/// The finding where a file's content is a report of ours.
pub(crate) fn in_content(content: &Content) -> Option<Finding> {
    let ours = match content {
        Content::Workbook(workbook) => is_workbook(workbook),
        Content::Text(decoded) => is_text(&decoded.text),
    };
    ours.then(finding)
}

/// The finding where a document is a report of ours.
pub(crate) fn in_document(document: &Document) -> Option<Finding> {
    is_report(document.lines.iter().map(|line| line.text.as_str())).then(finding)
}

fn is_workbook(workbook: &Workbook) -> bool {
    let cells = workbook.sheets.first().into_iter().flat_map(|sheet| sheet.rows.values());
    is_report(cells.filter_map(|row| row.values().next()).map(String::as_str))
}

/// Whether lines begin with a report's title, and soon give its facts.
fn is_report<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut lines = lines.take(FIRST).map(str::trim);
    lines.any(|line| TITLES.iter().any(|title| line.starts_with(title)))
        && FACTS.iter().all(|fact| lines.any(|line| line.starts_with(fact)))
}

fn is_text(text: &str) -> bool {
    let text = text.trim_start();
    if text.starts_with('{') {
        return MEMBERS.iter().all(|member| text.contains(member));
    }
    let heads: Vec<&str> = text
        .lines()
        .next()
        .unwrap_or_default()
        .split([',', ';', '\t'])
        .map(|head| head.trim_matches(['"', ' ']))
        .collect();
    HEADS.iter().all(|head| heads.contains(head))
}

fn finding() -> Finding {
    Finding::new(
        "file.own-report",
        Severity::Error,
        Place::Whole,
        "This is a report that Credway exported for people to read; nothing is read from it.",
        "Words on pairs come in as a decisions file (credway template decisions); a whole database goes to another place by \
         credway backup and credway restore.",
    )
}
