//! Editions set against one another.

use super::*;

fn courses(rows: &str) -> Vec<Course> {
    let text = format!("code,title,credits,description,catalogue_year\n{rows}");
    courses_of(SourceFile::new("c.csv", text)).unwrap().0
}

#[test]
fn editions_are_matched_by_code_whatever_their_year() {
    let before =
        courses("A 1,One,3,First,2025-26\nA 2,Two,3,Second,2025-26\nA 3,Three,3,Third,2025-26\nA 4,Four,3,,2025-26\n");
    let after =
        courses("A 1,One,3,First,2026-27\nA 2,Two,4,Second,2026-27\nA 30,Three,3,Third,2026-27\nA 5,Five,3,,2026-27\n");
    let difference = between(("old".to_owned(), &before), ("new".to_owned(), &after)).unwrap();
    assert_eq!(difference.same, 1);
    let code = |course: &'_ Option<EditionCourse>| course.as_ref().map(|course| course.code.clone());
    let shown: Vec<_> =
        difference.items.iter().map(|line| (line.kind, code(&line.before), code(&line.after))).collect();
    let some = |code: &str| Some(code.to_owned());
    assert_eq!(
        shown,
        [
            (EditionChange::Gone, some("A 4"), None),
            (EditionChange::Renumbered, some("A 3"), some("A 30")),
            (EditionChange::Changed, some("A 2"), some("A 2")),
            (EditionChange::New, None, some("A 5")),
        ]
    );
    assert_eq!(difference.items[2].differences[0].field, "credits");
    assert_eq!(difference.count(EditionChange::Gone), 1);
}

#[test]
fn a_code_that_stands_twice_is_matched_by_title() {
    let before = courses("A 1,Topics: Logs,3,,\nA 1,Topics: Ports,3,,\n");
    let after = courses("A 1,Topics: Ports,3,,\nA 1,Topics: Logs,3,,\n");
    let difference = between((String::new(), &before), (String::new(), &after)).unwrap();
    assert_eq!((difference.same, difference.items.len()), (2, 0));
}

#[test]
fn a_file_without_courses_is_named() {
    let refused = courses_of(SourceFile::new("c.csv", "x\n1\n")).unwrap_err().to_string();
    assert!(refused.contains("c.csv cannot be compared"), "{refused}");
}

#[test]
fn of_courses_of_one_code_those_of_one_title_belong_together() {
    let before = courses("A 1,Ports,3,,\nA 1,Logs,3,,\n");
    let after = courses("A 1,New topic,3,,\nA 1,Ports,3,,\n");
    let difference = between((String::new(), &before), (String::new(), &after)).unwrap();
    assert_eq!((difference.same, difference.count(EditionChange::Changed)), (1, 1));
}

#[test]
fn an_edition_of_the_same_records_says_no_more_than_the_records_do() {
    let before = courses("A 1,Ports,3,,\nA 2,Logs,3,,\n");
    let more = courses("A 1,Ports,4,,\nA 2,Logs,3,,\nA 3,Tides,1,,\n");
    let fewer = courses("A 1,Ports,3,,\n");
    let next = courses("A 1,Ports,3,,2027-28\nA 2,Logs,3,,2027-28\n");
    let says_more = |after: &[Course]| between((String::new(), &before), (String::new(), after)).unwrap().says_more();
    assert_eq!([says_more(&more), says_more(&fewer), says_more(&next)], [false, true, true]);
}
