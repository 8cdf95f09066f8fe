//! What is kept of an import's answer until its page is seen: all figures, of a long list only the beginning, and until
//! they are written the courses as read. The whole answer for a large catalogue is larger than the file, and eight are kept.

use std::collections::BTreeMap;

use credway_import::{Mapping, ReadCourse};
use credway_model::{Finding, Severity};
use serde::{Deserialize, Serialize};

use crate::{ChangeLine, EditionChange, EditionDifference, ImportAnswer};

/// The most findings and changes kept and written out on one page; their number is said in any case.
pub const MOST_SHOWN: usize = 200;

/// An answer, cut to what a page shows. The courses as read are kept in memory only.
#[derive(Serialize, Deserialize)]
pub struct KeptAnswer {
    /// Whether it was written.
    pub written: bool,
    /// Number of records read, by kind.
    pub records: BTreeMap<String, usize>,
    /// How many records are created, revised and unchanged.
    pub counts: (usize, usize, usize),
    /// The first records that are created or revised.
    pub changes: Vec<ChangeLine>,
    /// The first program or collection, and the first blueprint: where to go next.
    pub leads: Vec<ChangeLine>,
    /// The first findings, errors before all others.
    pub findings: Vec<Finding>,
    /// How many findings there are of each severity.
    pub by_severity: BTreeMap<Severity, usize>,
    /// How many findings there are of each code, and whether errors are among them.
    pub by_code: BTreeMap<String, (usize, bool)>,
    /// Which column was taken for which field.
    pub mapping: Option<Mapping>,
    /// For one blueprint: its outline.
    pub blueprint: Option<serde_json::Value>,
    /// For courses: what became of an earlier edition, of a long list the beginning.
    pub edition: Option<EditionDifference>,
    /// How many courses of the earlier edition are gone, renumbered, changed, and how many are new.
    pub edition_counts: [(EditionChange, usize); 4],
    /// For courses before they are written: what the file says of each, to be looked at one by one.
    #[serde(skip)]
    pub as_read: Vec<ReadCourse>,
}

impl KeptAnswer {
    /// Cuts an answer.
    #[must_use]
    pub fn of(answer: ImportAnswer) -> Self {
        let counts = answer.counts();
        let (mut by_severity, mut by_code) = (BTreeMap::new(), BTreeMap::new());
        for finding in &answer.findings {
            *by_severity.entry(finding.severity).or_default() += 1;
            let (count, error) = by_code.entry(finding.code.clone()).or_insert((0, false));
            *count += 1;
            *error |= finding.severity == Severity::Error;
        }
        let mut findings = answer.findings;
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        findings.truncate(MOST_SHOWN);
        findings.shrink_to_fit();
        let first = |kinds: &[&str]| answer.changes.iter().find(|line| kinds.contains(&line.kind.as_str())).cloned();
        let leads = [first(&["program", "collection"]), first(&["blueprint"])].into_iter().flatten().collect();
        let mut edition = answer.edition.filter(|edition| edition.says_more());
        let count = |kind| edition.as_ref().map_or(0, |edition: &EditionDifference| edition.count(kind));
        let edition_counts = EditionChange::ALL.map(|kind| (kind, count(kind)));
        if let Some(edition) = &mut edition {
            edition.items.truncate(MOST_SHOWN);
            edition.items.shrink_to_fit();
        }
        let changed = answer.changes.into_iter().filter(|line| line.written != "unchanged");
        Self {
            written: answer.written,
            records: answer.records,
            counts,
            changes: changed.take(MOST_SHOWN).collect(),
            leads,
            findings,
            by_severity,
            by_code,
            mapping: answer.mapping,
            blueprint: answer.blueprint,
            edition,
            edition_counts,
            as_read: if answer.written { Vec::new() } else { answer.as_read },
        }
    }

    #[cfg(test)]
    pub(super) fn empty() -> Self {
        Self::of(ImportAnswer {
            records: BTreeMap::new(),
            findings: Vec::new(),
            ids: Vec::new(),
            changes: Vec::new(),
            written: false,
            mapping: None,
            blueprint: None,
            edition: None,
            as_read: Vec::new(),
        })
    }

    /// How many findings there are of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.by_severity.get(&severity).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use credway_model::{Ctid, Place};

    use super::*;

    #[test]
    fn of_a_long_answer_the_figures_and_the_beginning_are_kept() {
        let line = |number: usize| ChangeLine {
            kind: if number == 900 { "program" } else { "course" }.to_owned(),
            id: "ce-5a0c1e57-8d6c-4b0e-9c3a-6c616e746572".parse::<Ctid>().unwrap(),
            name: number.to_string(),
            written: if number.is_multiple_of(2) { "created" } else { "unchanged" }.to_owned(),
            differences: Vec::new(),
        };
        let finding = |number: usize| Finding {
            severity: if number == 700 { Severity::Error } else { Severity::Note },
            code: if number == 700 { "text.markup" } else { "text.formula" }.to_owned(),
            file: None,
            place: Place::Whole,
            message: String::new(),
            hint: String::new(),
        };
        let kept = KeptAnswer::of(ImportAnswer {
            records: BTreeMap::new(),
            findings: (0..1_000).map(finding).collect(),
            ids: Vec::new(),
            changes: (0..1_000).map(line).collect(),
            written: false,
            mapping: None,
            blueprint: None,
            edition: None,
            as_read: Vec::new(),
        });
        assert_eq!(kept.counts, (500, 0, 500));
        assert_eq!((kept.changes.len(), kept.changes[1].name.as_str()), (MOST_SHOWN, "2"));
        assert_eq!(kept.leads[0].name, "900");
        assert_eq!((kept.findings.len(), kept.findings[0].code.as_str()), (MOST_SHOWN, "text.markup"));
        assert_eq!((kept.count(Severity::Error), kept.count(Severity::Note)), (1, 999));
        assert_eq!(kept.by_code["text.markup"], (1, true));
        assert_eq!(kept.by_code["text.formula"], (999, false));
        let again: KeptAnswer = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
        assert_eq!((again.counts, again.changes, again.findings), (kept.counts, kept.changes, kept.findings));
        assert_eq!((again.by_severity, again.by_code), (kept.by_severity, kept.by_code));
    }
}
