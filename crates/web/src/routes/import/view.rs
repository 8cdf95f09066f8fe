//! Preview and result of an import as their templates show them.

use credway_model::{Finding, Severity};
use credway_workflow::{ChangeLine, ImportAnswer, Kind};

use super::mapping::{ColumnChoice, columns};
use super::outline::{OutlineDomain, outline, outline_name};
use super::uploads::Upload;
use crate::words;

/// The most findings and changes written out on one page; their number is said in any case.
const MOST_SHOWN: usize = 200;

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
    pub(super) change_words: String,
    pub(super) confirm_words: String,
    pub(super) changes: Vec<ChangeView<'a>>,
    pub(super) changes_caption: String,
    pub(super) findings: Vec<&'a Finding>,
    pub(super) finding_words: String,
    pub(super) more_findings: usize,
    pub(super) acceptable: Vec<Acceptable>,
    pub(super) columns: Vec<ColumnChoice>,
    pub(super) outline_name: Option<String>,
    pub(super) outline: Vec<OutlineDomain>,
    /// What to do now: address and words.
    pub(super) next: Vec<(String, String)>,
}

impl<'a> ImportView<'a> {
    pub(super) fn new(token: &'a str, upload: &'a Upload, answer: &'a ImportAnswer) -> Self {
        let errors = answer.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        let (created, revised, unchanged) = answer.counts();
        let mut findings: Vec<&Finding> = answer.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let changed: Vec<&ChangeLine> = answer.changes.iter().filter(|line| line.written != "unchanged").collect();
        let said = if answer.written { "" } else { " to be" };
        Self {
            token,
            file: &upload.request.file.name,
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
            changes_caption: caption(changed.len(), said),
            changes: changed.iter().take(MOST_SHOWN).map(|line| change(line, answer.written)).collect(),
            finding_words: finding_words(&answer.findings),
            more_findings: findings.len().saturating_sub(MOST_SHOWN),
            findings: findings.into_iter().take(MOST_SHOWN).collect(),
            acceptable: acceptable(answer, &upload.request.accept),
            columns: answer.mapping.as_ref().map(|mapping| columns(mapping, &upload.columns)).unwrap_or_default(),
            outline_name: answer.blueprint.as_ref().and_then(outline_name),
            outline: answer.blueprint.as_ref().map(outline).unwrap_or_default(),
            next: next_steps(upload.request.kind, answer),
        }
    }
}

/// What a kind of file is called on pages.
pub(super) const fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Blueprint => "Exam blueprint",
        Kind::Courses => "Courses",
        Kind::Outcomes => "Course outcomes",
        Kind::Program => "Programs and their courses",
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

fn finding_words(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Note), "note", "notes"),
    ]
    .into_iter()
    .filter(|(count, _, _)| *count > 0)
    .map(|(count, one, many)| words::plural(count, one, many))
    .collect::<Vec<_>>()
    .join(", ")
}

/// The codes of the errors that stand, and of those already accepted, where something could be read at all.
fn acceptable(answer: &ImportAnswer, accepted: &[String]) -> Vec<Acceptable> {
    if answer.records.is_empty() {
        return Vec::new();
    }
    let standing = answer.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let mut codes: Vec<&str> = standing.map(|finding| finding.code.as_str()).collect();
    codes.extend(accepted.iter().map(String::as_str));
    codes.sort_unstable();
    codes.dedup();
    codes
        .into_iter()
        .map(|code| {
            let times = answer.findings.iter().filter(|finding| finding.code == code).count();
            Acceptable {
                code: code.to_owned(),
                times: words::plural(times, "time", "times"),
                accepted: accepted.iter().any(|one| one == code),
            }
        })
        .collect()
}

fn next_steps(kind: Kind, answer: &ImportAnswer) -> Vec<(String, String)> {
    let mut steps = Vec::new();
    let records = answer.changes.iter().filter_map(|line| Some((line, address(line)?)));
    let collection = records.clone().find(|(line, _)| line.kind == "program" || line.kind == "collection");
    let blueprint = records.clone().find(|(line, _)| line.kind == "blueprint");
    for (line, address) in [collection, blueprint].into_iter().flatten() {
        steps.push((address, format!("Open {}", line.name)));
    }
    let list = match kind {
        Kind::Courses | Kind::Outcomes => Some(("/courses", "See the courses")),
        Kind::Program => Some(("/programs", "See the programs")),
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
fn size_words(bytes: usize) -> String {
    match bytes {
        0..1_024 => words::plural(bytes, "byte", "bytes"),
        1_024..1_048_576 => format!("{} KiB", words::number(bytes / 1_024)),
        _ => format!("{} MiB", words::number(bytes / 1_048_576)),
    }
}
