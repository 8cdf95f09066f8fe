//! Courses and their outcomes in the columns of our CSV templates.

use credway_model::{Course, OfferedTerm, Organization, Outcome, OutcomeLevel, Text};

use crate::PublishError;
use crate::table::{CsvFile, TableWriter};

/// Columns of the course template.
pub const COURSE_COLUMNS: &[&str] = &[
    "organization",
    "code",
    "title",
    "credits",
    "lecture_hours",
    "lab_hours",
    "contact_hours",
    "description",
    "prerequisites",
    "corequisites",
    "requisites",
    "terms_offered",
    "catalogue_year",
];

/// Columns of the outcome template.
pub const OUTCOME_COLUMNS: &[&str] =
    &["organization", "course", "catalogue_year", "code", "kind", "statement", "level", "assessed_by"];

/// The courses in the columns of our template, in the order given; what is absent stays an empty cell.
///
/// Units: credits in semester credit hours, lecture and lab hours a week, contact hours a term.
///
/// # Errors
/// [`PublishError::UnknownOrganization`] when a course's organization is not in `organizations`; [`PublishError::Csv`].
pub fn courses_csv(courses: &[Course], organizations: &[Organization]) -> Result<CsvFile, PublishError> {
    let mut table = TableWriter::new(COURSE_COLUMNS)?;
    for course in courses {
        let terms = course.offered.iter().map(OfferedTerm::word).collect::<Vec<_>>().join(";");
        table.plain(&[
            owner(course, organizations)?,
            course.code.as_str(),
            course.title.as_str(),
            &shown(course.credits),
            &shown(course.lecture_hours),
            &shown(course.lab_hours),
            &shown(course.contact_hours),
            words(course.description.as_ref()),
            words(course.prerequisites.as_ref()),
            words(course.corequisites.as_ref()),
            &shown(course.requisites.as_ref()),
            &terms,
            course.catalogue_year.as_ref().map_or("", |year| year.0.as_str()),
        ])?;
        if course.offered.iter().any(|term| term.word().contains(';')) {
            table.lose(
                "publish.term-with-semicolon",
                Some("terms_offered"),
                format!("A term of {} holds a semicolon, which separates terms in this file.", course.code),
                "Read again, it becomes several terms; reword it first.",
            );
        }
    }
    table.finish()
}

/// The outcomes and topics of the courses in the columns of our template, in the order given.
///
/// The template has no column for topics above a statement; that is reported (`publish.topics-above`).
///
/// # Errors
/// As [`courses_csv`].
pub fn outcomes_csv(courses: &[Course], organizations: &[Organization]) -> Result<CsvFile, PublishError> {
    let mut table = TableWriter::new(OUTCOME_COLUMNS)?;
    for course in courses {
        let organization = owner(course, organizations)?;
        for outcome in &course.outcomes {
            outcome_row(&mut table, organization, course, outcome)?;
        }
    }
    table.finish()
}

fn outcome_row(
    table: &mut TableWriter,
    organization: &str,
    course: &Course,
    outcome: &Outcome,
) -> Result<(), PublishError> {
    table.plain(&[
        organization,
        course.code.as_str(),
        course.catalogue_year.as_ref().map_or("", |year| year.0.as_str()),
        words(outcome.code.as_ref()),
        outcome.kind.word(),
        outcome.statement.as_str(),
        outcome.level.map_or("", OutcomeLevel::word),
        words(outcome.assessed_by.as_ref()),
    ])?;
    if !outcome.path.is_empty() {
        let above = outcome.path.iter().map(Text::as_str).collect::<Vec<_>>().join(" › ");
        table.lose(
            "publish.topics-above",
            Some("statement"),
            format!("In {}, this statement stands below “{above}”.", course.code),
            "This file has no column for it.",
        );
    }
    Ok(())
}

fn owner<'a>(course: &Course, organizations: &'a [Organization]) -> Result<&'a str, PublishError> {
    organizations
        .iter()
        .find(|organization| organization.ctid == course.organization)
        .map(|organization| organization.name.as_str())
        .ok_or_else(|| PublishError::UnknownOrganization {
            course: course.code.to_string(),
            organization: course.organization.to_string(),
        })
}

fn words(text: Option<&Text>) -> &str {
    text.map_or("", Text::as_str)
}

fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use credway_model::{CatalogueYear, Ctid, OutcomeKind, Place};

    fn ctid(number: u32) -> Ctid {
        format!("ce-00000000-0000-4000-8000-{number:012}").parse().unwrap()
    }

    fn text(words: &str) -> Text {
        Text::new(words).unwrap()
    }

    fn outcome(number: u32, statement: &str, path: &[&str]) -> Outcome {
        Outcome {
            ctid: ctid(number),
            code: Some(text("O1")),
            kind: OutcomeKind::Outcome,
            statement: text(statement),
            path: path.iter().map(|above| text(above)).collect(),
            level: Some(OutcomeLevel::Reinforced),
            assessed_by: None,
            place: Place::Whole,
        }
    }

    fn course(year: &str, outcomes: Vec<Outcome>) -> Course {
        Course {
            ctid: ctid(1),
            organization: ctid(2),
            code: "TIDE 1301".parse().unwrap(),
            title: text("Tides, currents"),
            credits: Some("3".parse().unwrap()),
            lecture_hours: Some("2.5".parse().unwrap()),
            lab_hours: None,
            contact_hours: None,
            description: Some(text("How \"slack\" water comes about.")),
            prerequisites: None,
            corequisites: None,
            requisites: Some("TIDE 1300 [C] or consent \"approval of the pilot\"".parse().unwrap()),
            offered: vec![OfferedTerm::Fall, OfferedTerm::Other(text("odd years"))],
            catalogue_year: Some(CatalogueYear(text(year))),
            outcomes,
            origin: None,
        }
    }

    fn college() -> Organization {
        Organization {
            ctid: ctid(2),
            name: text("Pier College"),
            kind: None,
            city: None,
            region: None,
            url: None,
            origin: None,
        }
    }

    #[test]
    fn courses_and_outcomes_have_the_columns_of_the_templates() {
        let courses = [course("2026-2027", vec![outcome(3, "Read a tide table.", &[])])];
        let files = [courses_csv(&courses, &[college()]).unwrap(), outcomes_csv(&courses, &[college()]).unwrap()];
        assert!(files.iter().all(|file| file.losses.is_empty()));
        let both = files.map(|file| String::from_utf8(file.bytes).unwrap()).join("\n");
        insta::assert_snapshot!(both);
    }

    #[test]
    fn what_the_template_cannot_carry_is_reported() {
        let courses = [
            course("2025-2026", vec![outcome(3, "Read a tide table.", &["Tides"])]),
            course("2026-2027", vec![outcome(4, "+1 on every dive", &[])]),
        ];
        let file = outcomes_csv(&courses, &[college()]).unwrap();
        let codes: Vec<_> = file.losses.iter().map(|loss| loss.code.as_str()).collect();
        assert_eq!(codes, ["publish.topics-above", "publish.formula-like"]);
        assert!(matches!(courses_csv(&courses, &[]), Err(PublishError::UnknownOrganization { .. })));
    }
}
