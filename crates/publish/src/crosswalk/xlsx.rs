//! The crosswalk as a workbook: the report's sheets, then matrix, alignments, gaps and decisions as data.

use credway_model::{OutcomeLevel, Standing, Strength};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook};

use super::cells::{level, reviewers, standing_word, strength, verdict_word};
use super::sheet::{Cell, Sheet};
use super::{CrosswalkReport, CrosswalkRow};
use crate::PublishError;
use crate::report::{crosswalk_report, finish, write_report};

/// The workbook's bytes. The same report gives the same bytes: the time of creation inside is the report's day.
///
/// # Errors
/// [`PublishError::Dangling`]; [`PublishError::Xlsx`] when a sheet would have more rows (1,048,576) or columns
/// (16,384) than the format takes.
pub fn crosswalk_xlsx(report: &CrosswalkReport) -> Result<Vec<u8>, PublishError> {
    let mut workbook = Workbook::new();
    let summary = crosswalk_report(report)?;
    let footer = summary.foot.clone();
    write_report(&mut workbook, &summary)?;
    matrix(report, Sheet::new(workbook.add_worksheet(), "Matrix", &footer)?)?;
    alignments(report, Sheet::new(workbook.add_worksheet(), "Alignments", &footer)?)?;
    gaps(report, Sheet::new(workbook.add_worksheet(), "Gaps", &footer)?)?;
    decisions(report, Sheet::new(workbook.add_worksheet(), "Decisions", &footer)?)?;
    finish(&mut workbook, &summary.title, report.generated)
}

/// What one course does for one blueprint statement: the best of its pairs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Suggested,
    Disputed,
    Accepted(Strength, Option<OutcomeLevel>),
}

impl Mark {
    fn of(row: &CrosswalkRow) -> Option<Self> {
        match row.standing {
            Standing::Accepted { strength, .. } => Some(Self::Accepted(strength, level(row))),
            Standing::Disputed => Some(Self::Disputed),
            Standing::Open if row.suggested => Some(Self::Suggested),
            Standing::Open | Standing::Rejected => None,
        }
    }

    fn words(self) -> String {
        match self {
            Self::Suggested => "suggested".to_owned(),
            Self::Disputed => "disputed".to_owned(),
            Self::Accepted(strength, None) => strength.word().to_owned(),
            Self::Accepted(strength, Some(level)) => format!("{}, {}", strength.word(), level.word()),
        }
    }
}

fn matrix(report: &CrosswalkReport, mut sheet: Sheet<'_>) -> Result<(), PublishError> {
    let mut marks: Vec<Vec<Option<Mark>>> = vec![vec![None; report.courses.len()]; report.objectives.len()];
    for row in &report.rows {
        report.resolve(row)?;
        let best = &mut marks[row.objective][row.course];
        *best = (*best).max(Mark::of(row));
    }
    let mut heads = vec![("Domain", 22.0), ("Number", 9.0), ("Objective", 50.0)];
    heads.extend(report.courses.iter().map(|course| (course.code.as_str(), 12.0)));
    sheet.table(&heads)?;
    let upright = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Bottom)
        .set_rotation(90)
        .set_border_bottom(FormatBorder::Thin);
    for (column, course) in (3..).zip(&report.courses) {
        let head = format!("{} {}", course.code, course.title);
        sheet.worksheet.write_string_with_format(0, column, head, &upright)?;
    }
    sheet.worksheet.set_row_height(0, 150)?;
    sheet.worksheet.set_freeze_panes(1, 3)?;
    sheet.worksheet.set_repeat_columns(0, 2)?;
    sheet.worksheet.set_print_fit_to_pages(0, 0);
    for (number, own) in marks.iter().enumerate() {
        let (objective, domain) = report.objective(number)?;
        let mut cells = vec![
            Cell::words(&domain.title),
            Cell::maybe(objective.code.as_ref()),
            Cell::words(format!("{}{}", "\u{2003}".repeat(objective.nesting), objective.text)),
        ];
        cells.extend(own.iter().map(|mark| Cell::maybe(mark.map(Mark::words))));
        sheet.row(&cells)?;
    }
    Ok(())
}

fn alignments(report: &CrosswalkReport, mut sheet: Sheet<'_>) -> Result<(), PublishError> {
    let heads = [
        ("Domain", 22.0),
        ("Weight, %", 9.0),
        ("Number", 9.0),
        ("Objective", 45.0),
        ("Course", 12.0),
        ("Course title", 26.0),
        ("Outcome", 9.0),
        ("Course statement", 45.0),
        ("Standing", 11.0),
        ("Strength", 9.0),
        ("Level", 12.0),
        ("Assessed by", 22.0),
        ("Probability", 11.0),
        ("Reviewers", 45.0),
    ];
    sheet.table(&heads)?;
    for row in &report.rows {
        let (objective, domain, course) = report.resolve(row)?;
        sheet.row(&[
            Cell::words(&domain.title),
            Cell::number(domain.weight),
            Cell::maybe(objective.code.as_ref()),
            Cell::words(&objective.text),
            Cell::words(&course.code),
            Cell::words(&course.title),
            Cell::maybe(row.outcome_code.as_ref()),
            Cell::words(&row.statement),
            Cell::words(standing_word(row.standing)),
            Cell::maybe(strength(row.standing).map(Strength::word)),
            Cell::maybe(level(row).map(OutcomeLevel::word)),
            Cell::maybe(row.assessed_by.as_ref()),
            row.probability.map_or(Cell::Empty, |probability| Cell::Probability(probability.value())),
            Cell::words(reviewers(&row.decisions)),
        ])?;
    }
    sheet.filter(0, heads.len())
}

fn gaps(report: &CrosswalkReport, mut sheet: Sheet<'_>) -> Result<(), PublishError> {
    let heads =
        [("Domain", 26.0), ("Number", 9.0), ("Objective", 70.0), ("Met so far", 14.0), ("Exam weight lost, %", 14.0)];
    sheet.table(&heads)?;
    for gap in &report.gaps {
        let (objective, domain) = report.objective(gap.objective)?;
        sheet.row(&[
            Cell::words(&domain.title),
            Cell::maybe(objective.code.as_ref()),
            Cell::words(&objective.text),
            Cell::words(if gap.score > 0.0 { "in part" } else { "not at all" }),
            gap.lost.map_or(Cell::Empty, Cell::Number),
        ])?;
    }
    sheet.filter(0, heads.len())
}

fn decisions(report: &CrosswalkReport, mut sheet: Sheet<'_>) -> Result<(), PublishError> {
    let heads = [
        ("When (UTC)", 21.0),
        ("Reviewer", 20.0),
        ("Word", 17.0),
        ("Level", 12.0),
        ("Settles", 9.0),
        ("Reason", 45.0),
        ("Number", 9.0),
        ("Objective", 45.0),
        ("Course", 12.0),
        ("Course statement", 45.0),
    ];
    sheet.table(&heads)?;
    for row in &report.rows {
        let (objective, _, course) = report.resolve(row)?;
        for decision in &row.decisions {
            sheet.row(&[
                Cell::words(decision.at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
                Cell::words(decision.person.name()),
                Cell::words(verdict_word(decision)),
                Cell::maybe(decision.level.map(OutcomeLevel::word)),
                Cell::words(if decision.settles { "yes" } else { "" }),
                Cell::maybe(decision.reason.as_ref().map(|reason| reason.as_str())),
                Cell::maybe(objective.code.as_ref()),
                Cell::words(&objective.text),
                Cell::words(&course.code),
                Cell::words(&row.statement),
            ])?;
        }
    }
    sheet.filter(0, heads.len())
}
