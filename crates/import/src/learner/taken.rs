//! Courses taken, one a row. Only the code must be there: credits come from the catalogue, a course without a grade counts as passed.

use credway_model::{CourseCode, CreditSource, Credits, Grade, GradePoints, Severity, TakenCourse, Text};

use super::{Field, Fields, LearnerReading, rows};
use crate::SourceFile;
use crate::table::Row;

const FIELDS: &[Field] = &[
    ("code", &["course", "coursecode", "courseid"]),
    ("credits", &["credithours", "sch", "hours", "units"]),
    ("grade", &["mark", "lettergrade", "finalgrade"]),
    ("passed", &["pass", "completed"]),
    ("source", &["from", "type"]),
    ("marks", &["attributes", "attribute"]),
    ("repeatable", &[]),
];

/// Grades without points that are passed.
const PASSED: [&str; 8] = ["P", "S", "CR", "TR", "T", "PASS", "SATISFACTORY", "CREDIT"];
/// Grades without points that are not.
const NOT_PASSED: [&str; 8] = ["W", "I", "IP", "NP", "NC", "U", "AU", "WP"];

/// Reads courses taken.
///
/// A letter is worth what it is on the usual four-point scale ([`GradePoints::usual`]); a number from 0 to 5 is points. F, 0 and
/// W, I, IP, NP, NC, U, AU, WP are not passed unless the column `passed` says so; where the two disagree, that is a finding.
#[must_use]
pub fn read_taken(file: &SourceFile) -> LearnerReading<TakenCourse> {
    rows(file, FIELDS, &["code"], course)
}

fn course(fields: &mut Fields<'_>, row: &Row<'_>) -> Option<TakenCourse> {
    let (words, place) = fields.required(row, "code")?;
    let code: CourseCode = match words.as_str().parse() {
        Ok(code) => code,
        Err(error) => {
            let hint = "Write subject and number; the row is left out.";
            fields.say("learner.course-code", Severity::Error, place, format!("{error}."), hint);
            return None;
        }
    };
    let credits = credits(fields, row);
    let grade = fields.text(row, "grade");
    let (points, by_grade) = match &grade {
        Some((grade, _)) => worth(fields, row, grade),
        None => (None, true),
    };
    let said = fields.truth(row, "passed");
    if said.is_some_and(|said| said != by_grade && grade.is_some()) {
        let message = format!("The grade of {code} says otherwise than its column “passed”, which is taken.");
        let hint = "Correct one of them.";
        fields.say("learner.grade-and-passed", Severity::Warning, row.place(), message, hint);
    }
    let from = source(fields, row);
    let marks = fields.text(row, "marks").map(|(marks, _)| marks);
    let marks = marks.iter().flat_map(|marks| marks.as_str().split([';', '|'])).filter_map(|one| Text::new(one).ok());
    Some(TakenCourse {
        code,
        credits,
        grade: grade.map(|(grade, _)| grade),
        points,
        passed: said.unwrap_or(by_grade),
        from,
        repeatable: fields.truth(row, "repeatable").unwrap_or(false),
        marks: marks.collect(),
        place: row.place(),
    })
}

fn credits(fields: &mut Fields<'_>, row: &Row<'_>) -> Option<Credits> {
    let (words, place) = fields.text(row, "credits")?;
    match words.as_str().parse() {
        Ok(credits) => Some(credits),
        Err(error) => {
            let message = format!("The credits cannot be taken: {error}.");
            let hint = "Write a plain number. Until then the catalogue's credits are taken.";
            fields.say("learner.credits", Severity::Error, place, message, hint);
            None
        }
    }
}

/// The points of a grade, and whether it is passed.
fn worth(fields: &mut Fields<'_>, row: &Row<'_>, grade: &Text) -> (Option<GradePoints>, bool) {
    let word = grade.as_str().to_uppercase();
    let letter = || word.parse::<Grade>().ok().and_then(GradePoints::usual);
    if let Some(points) = word.parse().ok().or_else(letter) {
        return (Some(points), points.hundredths() > 0);
    }
    if PASSED.contains(&word.as_str()) || NOT_PASSED.contains(&word.as_str()) {
        return (None, PASSED.contains(&word.as_str()));
    }
    let message = format!("The grade “{grade}” is not known; the course counts as not passed.");
    let hint = "Write a letter from A to F, points from 0 to 5, P for passed or W for withdrawn.";
    fields.say("learner.grade", Severity::Error, row.place(), message, hint);
    (None, false)
}

fn source(fields: &mut Fields<'_>, row: &Row<'_>) -> CreditSource {
    let Some((word, place)) = fields.text(row, "source") else { return CreditSource::Here };
    CreditSource::read(word.as_str()).unwrap_or_else(|| {
        let message = format!("“{word}” is no source of credit; the course counts as brought from elsewhere.");
        fields.say("learner.source", Severity::Error, place, message, "Write here, transfer or prior learning.");
        CreditSource::Transferred
    })
}

#[cfg(test)]
mod tests {
    use credway_model::Finding;

    use super::super::TAKEN_TEMPLATE;
    use super::*;

    fn read(text: &str) -> (Vec<TakenCourse>, Vec<String>) {
        let reading = read_taken(&SourceFile::new("taken.csv", text.as_bytes().to_vec()));
        let told = |finding: &Finding| format!("{} {}", finding.code, finding.place);
        (reading.records, reading.findings.iter().map(told).collect())
    }

    #[test]
    fn the_template_is_read_without_a_finding() {
        let (records, findings) = read(TAKEN_TEMPLATE);
        assert_eq!(findings, [] as [&str; 0]);
        let points: Vec<Option<u16>> = records.iter().map(|one| one.points.map(GradePoints::hundredths)).collect();
        assert_eq!(points, [Some(330), None, None, Some(0)]);
        assert_eq!(records.iter().map(|one| one.passed).collect::<Vec<_>>(), [true, true, true, false]);
        assert_eq!(records[1].marks, [Text::new("writing").unwrap()]);
        assert_eq!(records[2].from, CreditSource::PriorLearning);
    }

    #[test]
    fn codes_alone_are_enough() {
        let (records, findings) = read("Course\nitsy1300\n");
        assert_eq!(findings, [] as [&str; 0]);
        assert!(records[0].passed && records[0].credits.is_none() && records[0].from == CreditSource::Here);
    }

    #[test]
    fn what_cannot_be_taken_is_said() {
        let (records, findings) = read("code,grade,passed,source\n3.0,A,,\nA 1,Q,,\nA 2,F,yes,moon\nA 3,A,perhaps,\n");
        assert_eq!(records.iter().map(|one| one.passed).collect::<Vec<_>>(), [false, true, true]);
        assert_eq!(
            findings,
            [
                "learner.course-code row 2, column “code”",
                "learner.grade row 3",
                "learner.grade-and-passed row 4",
                "learner.source row 4, column “source”",
                "learner.unclear row 5, column “passed”",
            ]
        );
        let (records, findings) = read("name,grade\nAda,A\n");
        assert_eq!((records.len(), findings[0].as_str()), (0, "learner.no-column whole file"));
    }
}
