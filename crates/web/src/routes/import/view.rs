//! Preview and result of an import as their templates show them.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Finding, Place, Severity};
use credway_workflow::{ChangeLine, EditionDifference, KeptAnswer, Kind, MOST_SHOWN, UploadedFile};

use super::mapping::{ColumnChoice, columns};
use super::outline::{OutlineDomain, outline, outline_name};
use crate::words;

/// Up to so many changes are shown at once.
const FOLDED: usize = 12;

/// An error the person may take responsibility for.
pub(super) struct Acceptable {
    pub(super) code: String,
    /// How often it stands in the file.
    pub(super) times: String,
    pub(super) accepted: bool,
}

/// One record that is written.
pub(super) struct ChangeView<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) written: &'a str,
    /// Its page, when it is there already or now.
    pub(super) address: Option<String>,
    pub(super) differences: &'a [credway_workflow::FieldDifference],
}

/// A preview or a result.
pub(super) struct ImportView<'a> {
    pub(super) token: &'a str,
    pub(super) file: &'a str,
    pub(super) kind: &'static str,
    pub(super) size: String,
    /// Records read, by kind: word and number.
    pub(super) records: Vec<(String, String)>,
    /// Whether errors forbid writing.
    pub(super) blocked: bool,
    pub(super) blocked_words: String,
    pub(super) changes_nothing: bool,
    /// Whether the person asked to stop after all of it was written.
    pub(super) stopped_too_late: bool,
    pub(super) change_words: String,
    pub(super) confirm_words: String,
    pub(super) changes: Vec<ChangeView<'a>>,
    pub(super) changes_caption: String,
    /// Whether the list is so long that it is shown when asked for.
    pub(super) changes_folded: bool,
    /// Findings, each with the number of the course it is about, where one can be told.
    pub(super) findings: Vec<(&'a Finding, Option<usize>)>,
    pub(super) finding_words: String,
    pub(super) more_findings: usize,
    pub(super) acceptable: Vec<Acceptable>,
    pub(super) columns: Vec<ColumnChoice>,
    /// Whether the columns are as the person corrected them for an earlier file.
    pub(super) remembered: bool,
    /// Saved mappings that may be taken instead.
    pub(super) profiles: Vec<String>,
    /// Whether the file is a document rather than a table.
    pub(super) document: bool,
    /// How many courses were read, of which something was corrected, or which are left out.
    pub(super) courses: usize,
    pub(super) courses_corrected: usize,
    pub(super) edition: Option<&'a EditionDifference>,
    pub(super) edition_counts: Vec<(&'static str, String)>,
    /// Whether the list of what differs is so long that it is shown when asked for.
    pub(super) edition_folded: bool,
    /// How many courses that differ are not shown.
    pub(super) edition_cut: usize,
    pub(super) outline_name: Option<String>,
    pub(super) outline: Vec<OutlineDomain>,
    /// What to do now: address and words.
    pub(super) next: Vec<(String, String)>,
}

impl<'a> ImportView<'a> {
    pub(super) fn new(upload: &'a UploadedFile, answer: &'a KeptAnswer) -> Self {
        let errors = answer.count(Severity::Error);
        let (created, revised, unchanged) = answer.counts;
        let said = if answer.written { "" } else { " to be" };
        let all_findings: usize = answer.by_severity.values().sum();
        Self {
            token: &upload.token,
            file: &upload.name,
            kind: kind_label(upload.request.kind),
            size: size_words(upload.size),
            records: answer
                .records
                .iter()
                .map(|(kind, count)| (counted(kind, *count), words::number(*count)))
                .collect(),
            blocked: errors > 0,
            blocked_words: format!(
                "{} in the way; nothing can be written.",
                words::plural(errors, "error stands", "errors stand")
            ),
            changes_nothing: created + revised == 0,
            change_words: format!(
                "{} created, {} revised, {} unchanged.",
                words::number(created),
                words::number(revised),
                words::number(unchanged)
            ),
            confirm_words: words::plural(created + revised, "record", "records"),
            stopped_too_late: answer.written && upload.stopped,
            changes_folded: answer.changes.len() > FOLDED,
            changes_caption: caption(created + revised, said),
            changes: answer.changes.iter().map(|line| change(line, answer.written)).collect(),
            finding_words: finding_words(answer),
            more_findings: all_findings - answer.findings.len(),
            findings: with_courses(answer),
            acceptable: acceptable(answer, &upload.request.accept),
            columns: answer
                .mapping
                .as_ref()
                .map(|mapping| columns(mapping, &upload.request.columns))
                .unwrap_or_default(),
            remembered: upload.request.remembered,
            profiles: Vec::new(),
            document: false,
            courses: answer.as_read.len(),
            courses_corrected: answer.as_read.iter().filter(|course| course.is_corrected()).count(),
            edition: answer.edition.as_ref(),
            edition_counts: answer.edition_counts.map(|(kind, count)| (kind.word(), words::number(count))).into(),
            edition_folded: answer.edition.as_ref().is_some_and(|edition| edition.items.len() > FOLDED),
            edition_cut: answer.edition.as_ref().map_or(0, |edition| {
                answer.edition_counts.iter().map(|(_, count)| count).sum::<usize>() - edition.items.len()
            }),
            outline_name: answer.blueprint.as_ref().and_then(outline_name),
            outline: answer.blueprint.as_ref().map(outline).unwrap_or_default(),
            next: next_steps(upload.request.kind, answer),
        }
    }
}

/// The findings with the course each is about, told by its place.
fn with_courses(answer: &KeptAnswer) -> Vec<(&Finding, Option<usize>)> {
    let mut at: BTreeMap<&Place, usize> = BTreeMap::new();
    for (number, course) in answer.as_read.iter().enumerate() {
        let places = course.values.iter().filter_map(|value| value.place.as_ref());
        for place in std::iter::once(&course.place).chain(places) {
            at.entry(place).or_insert(number);
        }
    }
    answer.findings.iter().map(|finding| (finding, at.get(&finding.place).copied())).collect()
}

/// What a kind of file is called on pages.
pub(super) const fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Blueprint => "Exam blueprint",
        Kind::Courses => "Courses",
        Kind::Outcomes => "Course outcomes",
        Kind::Program => "Programs and their courses",
        Kind::Pathway => "Pathways",
        Kind::Requirements => "Requirements of programs",
        Kind::Framework => "Competency framework",
        Kind::Credential => "Credentials",
        Kind::Organization => "Organizations",
        Kind::Decisions => "Review decisions",
    }
}

fn caption(changed: usize, said: &str) -> String {
    let records = words::plural(changed, "record", "records");
    if changed > MOST_SHOWN {
        format!("{records}{said} created or revised; the first {MOST_SHOWN} are shown")
    } else {
        format!("{records}{said} created or revised")
    }
}

fn change(line: &ChangeLine, written: bool) -> ChangeView<'_> {
    let there = written || line.written == "revised";
    ChangeView {
        name: &line.name,
        kind: &line.kind,
        written: &line.written,
        address: address(line).filter(|_| there),
        differences: &line.differences,
    }
}

/// The page of a record, for kinds that have one.
fn address(line: &ChangeLine) -> Option<String> {
    let folder = match line.kind.as_str() {
        "course" => "courses",
        "blueprint" => "blueprints",
        "program" | "collection" => "programs",
        "credential" => "credentials",
        "pathway" => "pathways",
        _ => return None,
    };
    Some(format!("/{folder}/{}", line.id))
}

/// The heading over how many records of a kind there are: `Course`, `Courses`, `Competencies`.
fn counted(kind: &str, count: usize) -> String {
    match (count, kind.strip_suffix('y')) {
        (1, _) => words::capital(kind),
        (_, Some(stem)) => words::capital(&format!("{stem}ies")),
        (_, None) => words::capital(&format!("{kind}s")),
    }
}

fn finding_words(answer: &KeptAnswer) -> String {
    [
        (answer.count(Severity::Error), "error", "errors"),
        (answer.count(Severity::Warning), "warning", "warnings"),
        (answer.count(Severity::Note), "note", "notes"),
    ]
    .into_iter()
    .filter(|(count, _, _)| *count > 0)
    .map(|(count, one, many)| words::plural(count, one, many))
    .collect::<Vec<_>>()
    .join(", ")
}

/// The codes of the errors that stand, and of those already accepted, where something could be read at all.
fn acceptable(answer: &KeptAnswer, accepted: &[String]) -> Vec<Acceptable> {
    if answer.records.is_empty() {
        return Vec::new();
    }
    let standing = answer.by_code.iter().filter(|(_, (_, error))| *error).map(|(code, _)| code.as_str());
    let codes: BTreeSet<&str> = standing.chain(accepted.iter().map(String::as_str)).collect();
    codes
        .into_iter()
        .map(|code| Acceptable {
            code: code.to_owned(),
            times: words::plural(answer.by_code.get(code).map_or(0, |(times, _)| *times), "time", "times"),
            accepted: accepted.iter().any(|one| one == code),
        })
        .collect()
}

fn next_steps(kind: Kind, answer: &KeptAnswer) -> Vec<(String, String)> {
    let lead = |line: &ChangeLine| Some((address(line)?, format!("Open {}", line.name)));
    let mut steps: Vec<(String, String)> = answer.leads.iter().filter_map(lead).collect();
    let list = match kind {
        Kind::Courses | Kind::Outcomes => Some(("/courses", "See the courses")),
        Kind::Program | Kind::Requirements => Some(("/programs", "See the programs")),
        Kind::Pathway => Some(("/pathways", "See the pathways")),
        Kind::Blueprint => Some(("/blueprints", "See the blueprints")),
        Kind::Credential => Some(("/credentials", "See the credentials")),
        Kind::Decisions | Kind::Framework | Kind::Organization => None,
    };
    steps.extend(list.map(|(address, words)| (address.to_owned(), words.to_owned())));
    steps.push(("/import".to_owned(), "Import another file".to_owned()));
    steps.push(("/".to_owned(), "What next".to_owned()));
    steps
}

/// A size in the largest unit that gives at least one.
/// Units: KiB and MiB, powers of 1,024.
pub(in crate::routes) fn size_words(bytes: usize) -> String {
    match bytes {
        0..1_024 => words::plural(bytes, "byte", "bytes"),
        1_024..1_048_576 => format!("{} KiB", words::number(bytes / 1_024)),
        _ => format!("{} MiB", words::number(bytes / 1_048_576)),
    }
}
