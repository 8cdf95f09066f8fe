//! What programs require: one row a requirement.
//!
//! Rows are put together to a tree here; whether the program and the courses are there only the database can tell.

use std::collections::BTreeMap;

use credway_model::{
    AwardRequirements, CatalogueYear, CourseSet, Grade, GradePoints, Needs, NeedsError, Place, RequirementRow,
    RowProblem, Severity, Text,
};

use super::{Cells, course};
use crate::table::Row;

/// A row with the place of its courses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementEntry {
    /// The row.
    pub row: RequirementRow,
    /// Where its courses stand.
    pub place: Place,
}

/// What one program requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementsRecord {
    /// Name of the organization, if the rows give one.
    pub organization: Option<Text>,
    /// The program's title, or title and award.
    pub program: Text,
    /// Award, if the rows give one.
    pub award: Option<Text>,
    /// Year of the catalogue, if the rows give one.
    pub catalogue_year: Option<CatalogueYear>,
    /// Its rows.
    pub entries: Vec<RequirementEntry>,
    /// Its first row.
    pub place: Place,
}

impl RequirementsRecord {
    /// The requirements of the award of this name.
    #[must_use]
    pub fn requirements(&self, name: Text, year: Option<CatalogueYear>) -> AwardRequirements {
        AwardRequirements::from_rows(name, year, &self.rows()).0
    }

    fn rows(&self) -> Vec<RequirementRow> {
        self.entries.iter().map(|entry| entry.row.clone()).collect()
    }
}

/// What tells the rows of one program from another's: organization, program, award, catalogue year.
type Key = (Option<Text>, Text, Option<Text>, Option<CatalogueYear>);

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<RequirementsRecord> {
    let mut records: Vec<RequirementsRecord> = Vec::new();
    let mut places: Vec<Vec<BTreeMap<&'static str, Place>>> = Vec::new();
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    cells.rows(|cells, row| {
        let (organization, _) = course::organization(cells, row);
        let Some(program) = cells.required(row, "program") else { return };
        let award = cells.text(row, "award");
        let catalogue_year = cells.name(row, "catalogue_year").map(CatalogueYear);
        let Some(requirement) = requirement(cells, row) else { return };
        let key = (organization.clone(), program.clone(), award.clone(), catalogue_year.clone());
        let at = *known.entry(key).or_insert(records.len());
        if records.len() == at {
            let place = row.place();
            records.push(RequirementsRecord {
                organization,
                program,
                award,
                catalogue_year,
                entries: Vec::new(),
                place,
            });
            places.push(Vec::new());
        }
        records[at].entries.push(RequirementEntry { row: requirement, place: cells.place_of(row, "courses") });
        let columns = ["requirement", "under", "needs", "courses", "least_grade", "overlay"];
        places[at].push(columns.into_iter().map(|column| (column, cells.place_of(row, column))).collect());
    });
    for (record, places) in records.iter().zip(&places) {
        let (_, problems) = AwardRequirements::from_rows(record.program.clone(), None, &record.rows());
        for (at, problem) in problems {
            let place = places[at].get(problem.column()).cloned().unwrap_or(Place::Whole);
            say(cells, place, &problem);
        }
    }
    records
}

/// The requirement of a row; none where a cell of it cannot be taken.
fn requirement(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<RequirementRow> {
    let before = cells.findings.len();
    let name = cells.name(row, "requirement");
    let under = cells.name(row, "under");
    let needs = needs(cells, row);
    let courses = courses(cells, row);
    let grade = least_grade(cells, row);
    let words = [("yes", true), ("no", false), ("y", true), ("n", false), ("true", true), ("false", false)];
    let overlay = cells.word(row, "overlay", &words).unwrap_or(false);
    let wrong = cells.findings[before..].iter().any(|finding| finding.severity == Severity::Error);
    (!wrong).then_some(RequirementRow { name, under, needs: needs?, courses, grade, overlay })
}

/// What the row needs; all of it where the cell is empty.
fn needs(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Needs> {
    let Some(words) = cells.text(row, "needs") else { return Some(Needs::All) };
    match words.as_str().parse() {
        Ok(needs) => Some(needs),
        Err(error) => {
            let place = cells.place_of(row, "needs");
            cells.say("requirements.needs-unread", Severity::Error, place, format!("{error}."), NeedsError::HINT);
            None
        }
    }
}

fn courses(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<CourseSet> {
    let words = cells.text(row, "courses")?;
    match words.as_str().parse::<CourseSet>() {
        Ok(set) => Some(set),
        Err(error) => {
            let place = cells.place_of(row, "courses");
            let message = format!("The courses cannot be read: {error}.");
            cells.say("requirements.courses-unread", Severity::Error, place, message, error.hint);
            None
        }
    }
}

/// The least grade: points, or a letter by the usual four-point scale.
fn least_grade(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<GradePoints> {
    let words = cells.text(row, "least_grade")?;
    let letter = || words.as_str().parse::<Grade>().ok().and_then(GradePoints::usual);
    let grade = words.as_str().parse().ok().or_else(letter);
    if grade.is_none() {
        let place = cells.place_of(row, "least_grade");
        let message = format!("“{words}” is neither grade points nor a letter.");
        let hint =
            "Write points from 0 to 5.00, or a letter from A to F; letters are taken by the usual four-point scale.";
        cells.say("requirements.grade-unread", Severity::Error, place, message, hint);
    }
    grade
}

fn say(cells: &mut Cells<'_>, place: Place, problem: &RowProblem) {
    let code = match problem {
        RowProblem::ParentUnknown(_) | RowProblem::ParentOfAward(_) => "requirements.parent-unknown",
        RowProblem::Circle(_) => "requirements.circle",
        RowProblem::NameTwice(_) => "requirements.name-repeated",
        RowProblem::CountTooLarge { .. } => "requirements.count",
        RowProblem::Empty | RowProblem::AllOfSet(_) | RowProblem::CoursesMissing(_) => "requirements.courses-missing",
        RowProblem::CoursesAndParts | RowProblem::NoPartsCounted(_) => "requirements.parts-mixed",
        RowProblem::Twice(_) => "requirements.repeated",
        RowProblem::NameMissing => "requirements.name-missing",
        RowProblem::Unused(..) => "requirements.cell-unused",
    };
    let severity = if problem.is_harmless() { Severity::Note } else { Severity::Error };
    let words = problem.to_string();
    let mut letters = words.chars();
    let message: String =
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    cells.say(code, severity, place, format!("{message}."), problem.hint());
}
