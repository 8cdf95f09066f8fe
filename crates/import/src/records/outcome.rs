//! Outcomes and topics in a file of their own, to be put on courses already there.

use std::collections::BTreeMap;

use credway_model::{CatalogueYear, CourseCode, Ctid, Outcome, OutcomeKind, OutcomeLevel, Place, Severity, Text};

use super::{Cells, course};
use crate::table::Row;

/// An outcome that names its course by code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeRecord {
    /// Name of the organization, if the row gives one.
    pub organization: Option<Text>,
    /// The course.
    pub course: CourseCode,
    /// Year of the catalogue, if the row gives one.
    pub catalogue_year: Option<CatalogueYear>,
    /// The outcome's code within its course.
    pub code: Option<Text>,
    /// Outcome or topic.
    pub kind: OutcomeKind,
    /// The statement.
    pub statement: Text,
    /// How far the course takes it.
    pub level: Option<OutcomeLevel>,
    /// How it is assessed.
    pub assessed_by: Option<Text>,
    /// Where it stands.
    pub place: Place,
}

impl OutcomeRecord {
    /// The outcome on a course; its identifier is its code's, or its words' where it has none.
    #[must_use]
    pub fn outcome_of(&self, course: &Ctid) -> Outcome {
        let key = self.code.as_ref().unwrap_or(&self.statement);
        Outcome {
            ctid: Ctid::derive(course, self.kind.word(), key.as_str()),
            code: self.code.clone(),
            kind: self.kind,
            statement: self.statement.clone(),
            path: Vec::new(),
            level: self.level,
            assessed_by: self.assessed_by.clone(),
            place: self.place.clone(),
        }
    }
}

/// The levels as files write them.
pub(super) const LEVELS: [(&str, OutcomeLevel); 6] = [
    ("introduced", OutcomeLevel::Introduced),
    ("reinforced", OutcomeLevel::Reinforced),
    ("mastered", OutcomeLevel::Mastered),
    ("i", OutcomeLevel::Introduced),
    ("r", OutcomeLevel::Reinforced),
    ("m", OutcomeLevel::Mastered),
];

/// Words by which files say that there is no assessment, in lower case without full stops.
const NO_ASSESSMENT: [&str; 18] = [
    "-",
    "--",
    "–",
    "—",
    "?",
    "n/a",
    "na",
    "no",
    "none",
    "nil",
    "null",
    "tbd",
    "tba",
    "to be determined",
    "to be announced",
    "not applicable",
    "not assessed",
    "not yet assessed",
];

/// How the outcome is assessed; absent where the words only say that it is not, for those must not count as assessed.
fn assessment(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Text> {
    let words = cells.text(row, "assessed_by")?;
    let plain = words.as_str().replace('.', "").to_lowercase();
    if !NO_ASSESSMENT.contains(&plain.as_str()) {
        return Some(words);
    }
    let place = cells.place_of(row, "assessed_by");
    let message = format!("“{words}” names no assessment; the outcome counts as not assessed.");
    cells.say(
        "record.not-assessed",
        Severity::Warning,
        place,
        message,
        "Name the assessment, or leave the cell empty.",
    );
    None
}

/// What tells one outcome from another: organization, course, catalogue year, kind, and its code or else its words.
type Key = (Option<Text>, CourseCode, Option<CatalogueYear>, OutcomeKind, Text);

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<OutcomeRecord> {
    let mut records: Vec<OutcomeRecord> = Vec::new();
    let mut places: BTreeMap<Key, Place> = BTreeMap::new();
    let kinds = [("outcome", OutcomeKind::Outcome), ("topic", OutcomeKind::Topic)];
    cells.rows(|cells, row| {
        let (organization, _) = course::organization(cells, row);
        let course = course::code(cells, row, "course");
        let statement = cells.required(row, "statement");
        let (Some(course), Some(statement)) = (course, statement) else { return };
        let record = OutcomeRecord {
            organization,
            course,
            catalogue_year: cells.name(row, "catalogue_year").map(CatalogueYear),
            code: cells.text(row, "code"),
            kind: cells.word(row, "kind", &kinds).unwrap_or(OutcomeKind::Outcome),
            statement,
            level: cells.word(row, "level", &LEVELS),
            assessed_by: assessment(cells, row),
            place: row.place(),
        };
        let name = record.code.clone().unwrap_or_else(|| record.statement.clone());
        let key = (
            record.organization.clone(),
            record.course.clone(),
            record.catalogue_year.clone(),
            record.kind,
            name.clone(),
        );
        if let Some(first) = places.get(&key) {
            let words = format!("{name} of {}", record.course);
            cells.duplicate(record.kind.word(), &words, &first.clone(), row.place());
            return;
        }
        places.insert(key, row.place());
        records.push(record);
    });
    records
}
