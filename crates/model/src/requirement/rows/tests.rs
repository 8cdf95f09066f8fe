//! Rows to requirements and back, for cases and for any tree at all.

use proptest::prelude::*;

use super::super::course_set_line::tests::any_set;
use super::*;

fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

fn row(name: &str, under: &str, needs: &str, courses: &str) -> RequirementRow {
    RequirementRow {
        name: Text::new(name).ok(),
        under: Text::new(under).ok(),
        needs: needs.parse().unwrap(),
        courses: (!courses.is_empty()).then(|| courses.parse().unwrap()),
        grade: None,
        overlay: false,
    }
}

fn problems(rows: &[RequirementRow]) -> Vec<(usize, String)> {
    let (_, problems) = AwardRequirements::from_rows(text("BA"), None, rows);
    problems.into_iter().map(|(at, problem)| (at, format!("{}: {problem}", problem.column()))).collect()
}

#[test]
fn rows_make_a_tree() {
    let rows = [
        row("Core", "", "all", "A 1, A 2"),
        row("Language", "", "1 of these", ""),
        row("French", "Language", "2 courses", "FREN courses"),
        row("Spanish", "Language", "6 credits", "SPAN courses but not SPAN 1"),
        row("", "", "total 60 credits", ""),
        row("", "", "upper division 12 credits", "numbered 3-4"),
        row("", "", "one of", "A 1, A 9"),
        row("Sports", "", "at most 2 credits", "SPRT courses"),
    ];
    let (award, problems) = AwardRequirements::from_rows(text("BA"), None, &rows);
    assert_eq!(problems, []);
    let Asks::Every(top) = &award.root.asks else { panic!("the top is needed altogether") };
    assert!(matches!(&top[0].asks, Asks::Courses { count: 2, .. }));
    assert!(matches!(&top[1].asks, Asks::Some { count: 1, of } if of.len() == 2));
    assert_eq!((award.total, award.limits.len(), award.exclusions.len()), ("60".parse().ok(), 1, 1));
    assert_eq!(award.upper, "numbered 3-4".parse().ok());
    assert_eq!(award.rows(), rows);
}

#[test]
fn rows_that_make_no_tree_are_told() {
    let check = |rows: &[RequirementRow], expected: &[(usize, &str)]| {
        let got = problems(rows);
        let got: Vec<(usize, &str)> = got.iter().map(|(at, words)| (*at, words.as_str())).collect();
        assert_eq!(got, expected);
    };
    check(&[row("A", "B", "1 course", "A 1")], &[(0, "under: there is no requirement “B” to stand under")]);
    check(
        &[row("A", "B", "all", ""), row("B", "A", "all", "")],
        &[(0, "under: “A” stands under itself"), (1, "under: “B” stands under itself")],
    );
    check(
        &[row("A", "", "3 of these", ""), row("B", "A", "3 courses", "A 1, A 2")],
        &[(0, "needs: 3 of 1 parts cannot be asked for"), (1, "needs: 3 of 2 courses cannot be asked for")],
    );
    check(&[row("A", "", "all", "A 1"), row("A", "", "all", "A 2")], &[(1, "requirement: “A” stands twice")]);
    check(&[row("A", "", "2 of these", "")], &[(0, "courses: it has neither parts below it nor courses")]);
    check(
        &[row("A", "", "all", "HIST courses")],
        &[(0, "courses: “all” needs parts or a list of courses, not “HIST courses”")],
    );
    check(
        &[row("A", "", "3 courses", "A 1"), row("B", "A", "1 course", "A 2")],
        &[
            (0, "courses: it has courses of its own and parts below it"),
            (0, "needs: “3 courses” is no way to ask for parts"),
        ],
    );
    check(
        &[row("", "", "total 6 credits", ""), row("X", "", "total 9 credits", "A 1")],
        &[
            (1, "requirement: the cell of “requirement” means nothing beside “total 9 credits” and is not kept"),
            (1, "courses: the cell of “courses” means nothing beside “total 9 credits” and is not kept"),
            (1, "needs: “total 9 credits” is the second of its kind"),
        ],
    );
    check(
        &[row("", "", "one of", ""), row("", "", "at most 3 credits", "A 1")],
        &[(0, "courses: “one of” needs courses"), (1, "requirement: a limit needs a name")],
    );
}

#[test]
fn requirements_without_names_get_numbers_in_the_table() {
    let leaf = |code: &str| {
        let from = CourseChoice { courses: code.parse().unwrap(), grade: None, overlay: true };
        Requirement { name: None, asks: Asks::Courses { count: 1, from } }
    };
    let (mut award, _) = AwardRequirements::from_rows(text("BA"), None, &[]);
    let inner = Requirement { name: None, asks: Asks::Some { count: 1, of: vec![leaf("A 1"), leaf("A 2")] } };
    award.root = Requirement { name: None, asks: Asks::Every(vec![leaf("A 3"), inner]) };
    let rows = award.rows();
    let named: Vec<&str> = rows.iter().filter_map(|row| row.name.as_ref()).map(Text::as_str).collect();
    assert_eq!(named, ["1", "2", "2.1", "2.2"]);
    let (again, problems) = AwardRequirements::from_rows(text("BA"), None, &rows);
    assert_eq!(problems, []);
    assert_eq!(again.rows(), rows);
}

fn choice() -> impl Strategy<Value = CourseChoice> {
    let grade = proptest::option::of(0..=GradePoints::MOST);
    (any_set(), grade, any::<bool>()).prop_map(|(courses, grade, overlay)| CourseChoice {
        courses: courses.normal(),
        grade: grade.and_then(|grade| GradePoints::new(grade).ok()),
        overlay,
    })
}

fn credits() -> impl Strategy<Value = crate::Credits> {
    (0..99_900_u32).prop_map(|steps| crate::Credits::from_steps(steps).unwrap())
}

fn any_requirement() -> impl Strategy<Value = Requirement> {
    let leaf = prop_oneof![
        (1..30_u16, choice()).prop_map(|(count, from)| {
            let listed = match &from.courses {
                CourseSet::Listed(codes) => u16::try_from(codes.len()).unwrap(),
                _ => count,
            };
            Asks::Courses { count: count.min(listed), from }
        }),
        (credits(), choice()).prop_map(|(credits, from)| Asks::Credits { credits, from }),
    ];
    let leaf = leaf.prop_map(|asks| Requirement { name: None, asks });
    leaf.prop_recursive(4, 24, 4, |inner| {
        (proptest::collection::vec(inner, 1..4), proptest::option::of(1..4_u16)).prop_map(|(of, count)| {
            let most = u16::try_from(of.len()).unwrap();
            let asks = match count {
                Some(count) => Asks::Some { count: count.min(most), of },
                None => Asks::Every(of),
            };
            Requirement { name: None, asks }
        })
    })
}

/// Gives every requirement a name of its own.
fn named(requirement: &mut Requirement, next: &mut usize) {
    *next += 1;
    requirement.name = Text::new(&format!("part {next}")).ok();
    if let Asks::Every(of) | Asks::Some { of, .. } = &mut requirement.asks {
        of.iter_mut().for_each(|part| named(part, next));
    }
}

proptest! {
    #[test]
    fn any_requirements_read_back_from_their_rows(
        mut parts in proptest::collection::vec(any_requirement(), 0..4),
        total in proptest::option::of(credits()),
        upper in proptest::option::of((credits(), proptest::option::of(any_set()))),
        average in proptest::option::of(0..=GradePoints::MOST),
        exclusions in proptest::collection::vec(any_set(), 0..3),
        limits in proptest::collection::vec((any_set(), credits()), 0..3),
    ) {
        let mut next = 0;
        parts.iter_mut().for_each(|part| named(part, &mut next));
        let (mut award, _) = AwardRequirements::from_rows(text("BA"), None, &[]);
        award.root = Requirement { name: None, asks: Asks::Every(parts) };
        award.total = total;
        award.upper_division = upper.as_ref().map(|(credits, _)| *credits);
        award.upper = upper.and_then(|(_, set)| set);
        award.average = average.and_then(|points| GradePoints::new(points).ok());
        award.exclusions = exclusions;
        award.limits = limits.into_iter().zip(1..).map(|((courses, at_most), number)| {
            CreditLimit { name: text(&format!("limit {number}")), courses, at_most }
        }).collect();
        let written = award.rows().into_iter().map(|row| RequirementRow {
            needs: row.needs.to_string().parse().unwrap(),
            ..row
        });
        let (read, problems) = AwardRequirements::from_rows(text("BA"), None, &written.collect::<Vec<_>>());
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(read, award);
    }
}
