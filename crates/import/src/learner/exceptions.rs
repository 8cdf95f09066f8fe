//! Exceptions, one a row: what was decided for a learner, by whom and why. Without a name and a reason there is none.

use credway_model::{LearnerException, Person, Severity};

use super::{Field, Fields, LearnerReading, rows};
use crate::SourceFile;
use crate::table::Row;

const FIELDS: &[Field] = &[
    ("program", &["award"]),
    ("requirement", &["name"]),
    ("course", &["code", "coursecode"]),
    ("who", &["by", "person", "decidedby"]),
    ("why", &["reason", "because"]),
];

/// Reads exceptions. A row without a course waives the requirement; one with a course lets it count there.
#[must_use]
pub fn read_exceptions(file: &SourceFile) -> LearnerReading<LearnerException> {
    rows(file, FIELDS, &["requirement", "who", "why"], exception)
}

fn exception(fields: &mut Fields<'_>, row: &Row<'_>) -> Option<LearnerException> {
    let program = fields.text(row, "program").map(|(program, _)| program);
    let requirement = fields.required(row, "requirement");
    let who = fields.required(row, "who");
    let why = fields.required(row, "why");
    let course = match fields.text(row, "course") {
        None => None,
        Some((words, place)) => match words.as_str().parse() {
            Ok(code) => Some(code),
            Err(error) => {
                let message = format!("{error}.");
                let hint = "Write subject and number; the row is left out.";
                fields.say("learner.course-code", Severity::Error, place, message, hint);
                return None;
            }
        },
    };
    let (requirement, who, why) = (requirement?.0, who?.0, why?.0);
    Some(LearnerException { program, requirement, course, who: Person(who), why, place: row.place() })
}

#[cfg(test)]
mod tests {
    use super::super::EXCEPTIONS_TEMPLATE;
    use super::*;

    #[test]
    fn an_exception_has_a_name_and_a_reason() {
        let read = |text: &str| read_exceptions(&SourceFile::new("exceptions.csv", text.as_bytes().to_vec()));
        let template = read(EXCEPTIONS_TEMPLATE);
        assert_eq!(template.findings, []);
        assert_eq!(template.records.len(), 2);
        assert!(template.records[0].course.is_some() && template.records[1].course.is_none());
        let nameless = read("requirement,course,who,why\nCore,A 1,,because\nCore,A 1,Ada,\n");
        assert_eq!((nameless.records.len(), nameless.findings.len()), (0, 2));
        assert!(nameless.findings.iter().all(|finding| finding.code == "learner.missing"));
    }
}
