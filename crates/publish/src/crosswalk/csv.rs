//! The crosswalk as CSV: one row a pair.

use credway_model::Strength;

use super::cells::{level, percent, reviewers, standing_word, strength};
use super::{CrosswalkReport, CrosswalkRow};
use crate::PublishError;
use crate::table::{CsvFile, TableWriter};

/// Columns of the file. Weight in per cent of the exam, probability 0 to 1.
pub const CROSSWALK_COLUMNS: &[&str] = &[
    "domain",
    "weight",
    "objective_code",
    "objective",
    "course_code",
    "course_title",
    "outcome_code",
    "statement",
    "standing",
    "strength",
    "level",
    "assessed_by",
    "probability",
    "reviewers",
];

/// The crosswalk's pairs as CSV. Every cell is guarded by [`crate::guard_cell`], so that no spreadsheet runs one as a
/// formula; take the guard away with [`crate::unguard_cell`].
///
/// # Errors
/// [`PublishError::Dangling`], [`PublishError::Csv`].
pub fn crosswalk_csv(report: &CrosswalkReport) -> Result<CsvFile, PublishError> {
    let mut table = TableWriter::new(CROSSWALK_COLUMNS)?;
    for row in &report.rows {
        table.guarded(&cells(report, row)?)?;
    }
    table.finish()
}

fn cells(report: &CrosswalkReport, row: &CrosswalkRow) -> Result<[String; 14], PublishError> {
    let (objective, domain, course) = report.resolve(row)?;
    let words = |text: &Option<String>| text.clone().unwrap_or_default();
    Ok([
        domain.title.clone(),
        domain.weight.map(percent).unwrap_or_default(),
        words(&objective.code),
        objective.text.clone(),
        course.code.clone(),
        course.title.clone(),
        words(&row.outcome_code),
        row.statement.clone(),
        standing_word(row.standing).to_owned(),
        strength(row.standing).map_or("", Strength::word).to_owned(),
        level(row).map_or("", |level| level.word()).to_owned(),
        words(&row.assessed_by),
        row.probability.map(|probability| format!("{:.4}", probability.value())).unwrap_or_default(),
        reviewers(&row.decisions),
    ])
}
