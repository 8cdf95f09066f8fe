//! What a blueprint is called: the credential's title and the version, from the text or the file's name.

use std::sync::LazyLock;

use credway_model::{Finding, Place, Text};
use regex::Regex;

use super::markdown::underline;
use crate::check;

/// Words that say "outline of an exam" and are not part of the credential's title.
static SUFFIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*[-–—:,]?\s*\b(?:exam(?:ination)?\s+)?(?:curriculum|objectives|content outline|blueprint|outline|test plan|exam guide|study guide|syllabus|référentiel)\b.*$").ok()
});
/// A title with its abbreviation, alone on its line but for words that say "outline": `Harbor Technician (HT)`.
static ABBREVIATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[A-Z]\S*(?: \S+)* \([A-Z][A-Za-z0-9+-]{1,9}\)(?: (?:Exam )?(?:Curriculum|Objectives|Content Outline|Outline|Blueprint|Test Plan|Guide|Study Guide))?$").ok()
});
/// `v1.35`, `version 2`.
static VERSION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:\bversion\s+|(?:\b|_)v)(\d+(?:\.\d+)*)").ok());
/// `SY0-701`, `HT-2`, `200-301`.
static EXAM_CODE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\bexam(?:\s+(?:code|number))?\s*[:#]?\s*([A-Z0-9]{2,}-[A-Z]?[0-9]{2,4})\b").ok());

/// How many lines of the beginning are looked at, and none from the first domain on: `Configure SNMP v3` is an objective.
const BEGINNING: usize = 30;

/// The credential's title, and whether it had to be taken from the file's name.
pub(super) fn name_of(
    text: &str,
    file: &str,
    above: Option<usize>,
    findings: &mut Vec<Finding>,
) -> (Option<Text>, bool) {
    let beginning: Vec<&str> =
        text.lines().take(beginning(above)).map(|line| line.trim().trim_start_matches('#').trim()).collect();
    let abbreviated = |line: &&&str| ABBREVIATED.as_ref().is_some_and(|pattern| pattern.is_match(line));
    let full = beginning.iter().filter(abbreviated).max_by_key(|line| line.len());
    let marked = text.lines().find(|line| line.starts_with("# ")).map(|line| line.trim_start_matches('#').trim());
    let underlined = || beginning.windows(2).find(|pair| underline(pair[1]) == Some('=')).map(|pair| pair[0]);
    let headed = marked.or_else(underlined);
    let suffixed = || {
        beginning.iter().find(|line| {
            SUFFIX.as_ref().is_some_and(|pattern| pattern.find(line).is_some_and(|found| found.start() > 3))
        })
    };
    if let Some(line) = headed.or_else(|| full.copied()).or_else(|| suffixed().copied()) {
        let title = SUFFIX.as_ref().map_or_else(|| line.to_owned(), |pattern| pattern.replace(line, "").into_owned());
        if let Some(title) = check::text(title.trim(), "title", &Place::Whole, findings) {
            return (Some(title), false);
        }
    }
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).replace('_', " ");
    (check::text(&stem, "file name", &Place::Whole, findings), true)
}

/// How many lines stand at the beginning, `above` of them before the first domain.
fn beginning(above: Option<usize>) -> usize {
    above.unwrap_or(BEGINNING).min(BEGINNING)
}

/// The version, from the file's name or the beginning of the text.
pub(super) fn version_of(text: &str, file: &str, above: Option<usize>) -> Option<String> {
    let beginning = text.lines().take(beginning(above)).collect::<Vec<_>>().join("\n");
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let version = |words: &str| VERSION.as_ref()?.captures(words).map(|found| found[1].to_owned());
    let code = || EXAM_CODE.as_ref()?.captures(&beginning).map(|found| found[1].to_owned());
    version(stem).or_else(code).or_else(|| version(&beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, file: &str, title: &str, version: Option<&str>) {
        let (found, _) = name_of(text, file, None, &mut Vec::new());
        assert_eq!(found.unwrap().as_str(), title);
        assert_eq!(version_of(text, file, None).as_deref(), version);
    }

    #[test]
    fn titles_and_versions_are_found() {
        check(
            "Certified Harbor\nTechnician (CHT)\nCertified Harbor Technician (CHT) Exam Curriculum\n",
            "CHT_v1.35.txt",
            "Certified Harbor Technician (CHT)",
            Some("1.35"),
        );
        check(
            "# Certified Harbor Technician (CHT) Curriculum\n",
            "README.md",
            "Certified Harbor Technician (CHT)",
            None,
        );
        check("Harbor Technician Exam Objectives\nExam code: HT-702\n", "x.txt", "Harbor Technician", Some("HT-702"));
        check("40% Mooring\n60% Cargo\n", "harbor_exam.txt", "harbor exam", None);
    }
}
