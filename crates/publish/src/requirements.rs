//! What a program requires in the columns of our CSV template.

use credway_model::{Program, RequirementRow, Text};

use crate::PublishError;
use crate::table::{CsvFile, TableWriter};

/// Columns of the file: those of the template, with what tells programs of one title apart.
pub const REQUIREMENT_COLUMNS: &[&str] = &[
    "organization",
    "program",
    "award",
    "catalogue_year",
    "requirement",
    "under",
    "needs",
    "courses",
    "least_grade",
    "overlay",
];

/// What a program requires, one row a requirement, each before its parts; no rows where nothing is said.
///
/// Requirements without names are given their numbers in the tree; that is reported (`publish.requirement-numbered`).
///
/// # Errors
/// [`PublishError::Csv`].
pub fn requirements_csv(program: &Program, organization: &str) -> Result<CsvFile, PublishError> {
    let mut table = TableWriter::new(REQUIREMENT_COLUMNS)?;
    let Some(requirements) = &program.requirements else { return table.finish() };
    let names = names(&requirements.root);
    for row in requirements.rows() {
        let numbered = row.name.as_ref().filter(|name| !row.needs.is_of_the_award() && !names.contains(name));
        write(&mut table, program, organization, &row)?;
        if let Some(number) = numbered {
            table.lose(
                "publish.requirement-numbered",
                Some("requirement"),
                format!("A requirement has no name of its own and is called “{number}”."),
                "Read again, that is its name.",
            );
        }
    }
    table.finish()
}

/// The names of a requirement and its parts.
fn names(requirement: &credway_model::Requirement) -> Vec<&Text> {
    let below = requirement.parts().iter().flat_map(names);
    requirement.name.iter().chain(below).collect()
}

fn write(
    table: &mut TableWriter,
    program: &Program,
    organization: &str,
    row: &RequirementRow,
) -> Result<(), PublishError> {
    let words = |text: Option<&Text>| text.map_or_else(String::new, Text::to_string);
    table.plain(&[
        organization,
        program.title.as_str(),
        &words(program.award.as_ref()),
        &words(program.catalogue_year.as_ref().map(|year| &year.0)),
        &words(row.name.as_ref()),
        &words(row.under.as_ref()),
        &row.needs.to_string(),
        &row.courses.as_ref().map_or_else(String::new, ToString::to_string),
        &row.grade.map_or_else(String::new, |grade| grade.to_string()),
        if row.overlay { "yes" } else { "" },
    ])
}
