//! Review decisions in bulk, their references looked up later.

use credway_model::{CourseCode, OutcomeLevel, Place, Severity, Strength, Text, Verdict};
use jiff::Timestamp;
use jiff::tz::Offset;

use super::outcome::LEVELS;
use super::{Cells, course};
use crate::table::Row;

/// A decision that names everything in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRecord {
    /// Title of the program.
    pub program: Text,
    /// Name of the blueprint, with version.
    pub blueprint: Text,
    /// The course.
    pub course: CourseCode,
    /// The outcome's code or words; absent for a course taken by its description.
    pub outcome: Option<Text>,
    /// The objective's code or words.
    pub objective: Text,
    /// The word.
    pub verdict: Verdict,
    /// Level set for this pair.
    pub level: Option<OutcomeLevel>,
    /// Why.
    pub reason: Option<Text>,
    /// Who; the acting person when absent.
    pub reviewer: Option<Text>,
    /// When; now when absent.
    pub at: Option<Timestamp>,
    /// Whether it settles a disagreement.
    pub settles: bool,
    /// Where it stands.
    pub place: Place,
}

#[derive(Clone, Copy)]
enum Word {
    Accept,
    Reject,
    Withdraw,
}

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<DecisionRecord> {
    let mut records = Vec::new();
    cells.rows(|cells, row| records.extend(decision(cells, row)));
    records
}

fn decision(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<DecisionRecord> {
    let program = cells.required(row, "program");
    let blueprint = cells.required(row, "blueprint");
    let course = course::code(cells, row, "course");
    let objective = cells.required(row, "objective");
    let verdict = verdict(cells, row);
    let at = moment(cells, row);
    Some(DecisionRecord {
        program: program?,
        blueprint: blueprint?,
        course: course?,
        outcome: cells.text(row, "outcome"),
        objective: objective?,
        verdict: verdict?,
        level: cells.word(row, "level", &LEVELS),
        reason: cells.text(row, "reason"),
        reviewer: cells.name(row, "reviewer"),
        at,
        settles: cells
            .word(row, "settles", &[("yes", true), ("no", false), ("true", true), ("false", false)])
            .unwrap_or(false),
        place: row.place(),
    })
}

/// The word with its strength: an acceptance must say whether it is full or partial.
fn verdict(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Verdict> {
    cells.required(row, "decision")?;
    let words = [
        ("accept", Word::Accept),
        ("accepted", Word::Accept),
        ("reject", Word::Reject),
        ("rejected", Word::Reject),
        ("withdraw", Word::Withdraw),
        ("withdrawn", Word::Withdraw),
    ];
    let strengths = [("full", Some(Strength::Full)), ("partial", Some(Strength::Partial)), ("none", None)];
    match (cells.word(row, "decision", &words)?, cells.word(row, "strength", &strengths)) {
        (Word::Reject, _) => Some(Verdict::Rejected),
        (Word::Withdraw, _) => Some(Verdict::Withdrawn),
        (Word::Accept, Some(Some(strength))) => Some(Verdict::Accepted(strength)),
        (Word::Accept, Some(None)) => Some(Verdict::Rejected),
        (Word::Accept, None) => {
            let place = cells.place_of(row, "strength");
            cells.say(
                "record.missing",
                Severity::Error,
                place,
                "An accepted alignment has no strength.",
                "Write full or partial.",
            );
            None
        }
    }
}

/// A moment, or a day (taken as its beginning in UTC).
fn moment(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Timestamp> {
    let (words, _) = cells.raw(row, "date")?;
    if let Ok(moment) = words.trim().parse::<Timestamp>() {
        return Some(moment);
    }
    let day = cells.date(row, "date")?;
    Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
}
