//! Course codes whose subject and number stand in two columns: the mapping joins them (`Subject+Number`).

use credway_model::CourseCode;

use super::Mapping;
use super::guess::plain;
use crate::Kind;
use crate::table::{Row, Table};

/// Rows that are looked at.
const ROWS: usize = 50;

/// The longest subject, in letters; a department's whole name is no part of a code.
const LONGEST_SUBJECT: usize = 8;

const SUBJECTS: [&str; 12] = [
    "subject",
    "subjectcode",
    "coursesubject",
    "prefix",
    "courseprefix",
    "subj",
    "rubric",
    "dept",
    "deptcode",
    "department",
    "discipline",
    "crsprefix",
];

const NUMBERS: [&str; 14] = [
    "number",
    "coursenumber",
    "cataloguenumber",
    "catalognumber",
    "catalognbr",
    "catalogno",
    "coursenbr",
    "courseno",
    "coursenum",
    "nbr",
    "num",
    "no",
    "catalog",
    "course",
];

/// Maps the course's code to subject and number joined, where no single column holds codes.
pub(super) fn course_code(mapping: &mut Mapping, table: &Table) {
    let field = match mapping.kind {
        Kind::Courses => "code",
        Kind::Outcomes | Kind::Program | Kind::Decisions => "course",
        _ => return,
    };
    if mapping.selector(field).is_some_and(|selector| most_are_codes(table, selector)) {
        return;
    }
    let head = |known: &[&str]| {
        known.iter().find_map(|name| table.heads.iter().find(|head| plain(head) == *name)).map(String::as_str)
    };
    let (Some(subject), Some(number)) = (head(&SUBJECTS), head(&NUMBERS)) else { return };
    let joined = format!("{subject}+{number}");
    let short =
        |row: Row<'_>| row.all(subject).iter().all(|value| value.text.trim().chars().count() <= LONGEST_SUBJECT);
    if most_are_codes(table, &joined) && table.rows().take(ROWS).all(short) {
        mapping.fields.retain(|(name, selector)| name != field && selector != subject && selector != number);
        mapping.fields.push((field.to_owned(), joined));
    }
}

/// Whether more than half of the values in the first rows are course codes.
fn most_are_codes(table: &Table, selector: &str) -> bool {
    let values: Vec<String> =
        table.rows().take(ROWS).flat_map(|row| row.all(selector)).map(|value| value.text).collect();
    let codes = values.iter().filter(|value| value.parse::<CourseCode>().is_ok()).count();
    codes * 2 > values.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SourceFile, guess};

    fn check(kind: Kind, name: &str, text: &str, field: &str, expected: &str) {
        let file = SourceFile::new(name.to_owned(), text.as_bytes().to_vec());
        assert_eq!(guess(kind, &file).unwrap().selector(field), Some(expected), "{text}");
    }

    #[test]
    fn subject_and_number_are_joined_where_no_column_holds_codes() {
        let courses = |text: &str, expected: &str| check(Kind::Courses, "c.csv", text, "code", expected);
        courses("Subject,Number,Title\nITSY,1300,T\n", "Subject+Number");
        courses("Prefix,Course,Title\nITSY,1300,T\n", "Prefix+Course");
        courses("Course ID,Dept,Catalog Nbr,Title\n004711,CS,101,T\n", "Dept+Catalog Nbr");
        courses("Subject,Number,Course,Title\nITSY,1300,ITSY 1300,T\n", "Course");
        courses("Department,Number,Title\nComputer Science,1300,T\n", "Number");
        check(Kind::Outcomes, "o.csv", "Subj,Nbr,Outcome\nITSY,1300,Explain\n", "course", "Subj+Nbr");
        check(Kind::Courses, "c.json", r#"[{"subject":"CS","number":101,"title":"T"}]"#, "code", "subject+number");
    }
}
