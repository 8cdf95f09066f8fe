//! A course's requisites as clauses, all of which must hold, each by any one of its courses: the form in which they are planned.
//!
//! What is not a course (consent, standing, a placement) cannot be planned. Beside courses it is left out of a clause, so that the
//! plan does not count on it; where a clause has nothing else it is taken as met. Both are said, and nothing is left out silently.

use credway_model::{CourseCode, RequiredCourse, RequiredWhen, Requisite};

/// A course that meets a clause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequiredLiteral {
    /// Its code.
    pub code: CourseCode,
    /// When it has to be taken.
    pub when: RequiredWhen,
}

/// Requisites as far as they can be planned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlannableRequisite {
    /// The clauses; none is empty.
    pub clauses: Vec<Vec<RequiredLiteral>>,
    /// What is taken as met because it is no course, in the catalogue's words.
    pub taken_as_met: Vec<String>,
    /// What would do instead of a course and is not counted on, in the catalogue's words.
    pub not_counted_on: Vec<String>,
    /// Whether the tree has so many combinations that some could not be written as clauses and were left out.
    pub too_large: bool,
}

/// The most clauses a tree is written out to.
const MOST_CLAUSES: usize = 400;

/// A clause under construction: its courses, and what beside them is none.
type Clause = (Vec<RequiredLiteral>, Vec<String>);

/// Writes a tree as clauses. "So many of" becomes every choice of parts that cannot all be missing: k of n parts are n over
/// (n − k + 1) clauses.
#[must_use]
pub fn plannable_requisite(tree: &Requisite) -> PlannableRequisite {
    let mut answer = PlannableRequisite::default();
    for (mut courses, others) in clauses(tree, &mut answer.too_large) {
        courses.sort();
        courses.dedup();
        let told = if courses.is_empty() { &mut answer.taken_as_met } else { &mut answer.not_counted_on };
        for words in others {
            if !told.contains(&words) {
                told.push(words);
            }
        }
        if !courses.is_empty() && !answer.clauses.contains(&courses) {
            answer.clauses.push(courses);
        }
    }
    answer
}

fn clauses(tree: &Requisite, too_large: &mut bool) -> Vec<Clause> {
    match tree {
        Requisite::None => Vec::new(),
        Requisite::Course(RequiredCourse { code, when, .. }) => {
            vec![(vec![RequiredLiteral { code: code.clone(), when: *when }], Vec::new())]
        }
        Requisite::Condition { words, .. } | Requisite::NotUnderstood(words) => {
            vec![(Vec::new(), vec![words.to_string()])]
        }
        Requisite::All(parts) => parts.as_slice().iter().flat_map(|part| clauses(part, too_large)).collect(),
        Requisite::Any(parts) => {
            let parts: Vec<&Requisite> = parts.as_slice().iter().collect();
            any(&parts, too_large)
        }
        Requisite::AtLeast(choice) => {
            let missing = choice.of().len() - usize::from(choice.number()) + 1;
            let mut written = Vec::new();
            for chosen in choices(choice.of(), missing, too_large) {
                written.extend(any(&chosen, too_large));
                if written.len() > MOST_CLAUSES {
                    *too_large = true;
                    break;
                }
            }
            written
        }
    }
}

/// Any of the parts: every way to take one clause of each.
fn any(parts: &[&Requisite], too_large: &mut bool) -> Vec<Clause> {
    let mut written: Vec<Clause> = vec![(Vec::new(), Vec::new())];
    for part in parts {
        let of_part = clauses(part, too_large);
        let mut next = Vec::new();
        for (courses, others) in &written {
            for (more, beside) in &of_part {
                next.push(([&courses[..], more].concat(), [&others[..], beside].concat()));
            }
        }
        if next.len() > MOST_CLAUSES {
            *too_large = true;
            next.truncate(MOST_CLAUSES);
        }
        written = next;
    }
    written
}

/// Every choice of so many of the parts, in their order.
fn choices<'a>(parts: &'a [Requisite], number: usize, too_large: &mut bool) -> Vec<Vec<&'a Requisite>> {
    let mut chosen: Vec<Vec<&Requisite>> = vec![Vec::new()];
    for (index, part) in parts.iter().enumerate() {
        let rest = parts.len() - index - 1;
        let mut next = Vec::new();
        for one in chosen {
            if one.len() < number {
                let mut with = one.clone();
                with.push(part);
                next.push(with);
            }
            if one.len() + rest >= number {
                next.push(one);
            }
        }
        if next.len() > MOST_CLAUSES {
            *too_large = true;
            next.truncate(MOST_CLAUSES);
        }
        chosen = next;
    }
    chosen.retain(|one| one.len() == number);
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(line: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let answer = plannable_requisite(&line.parse().unwrap());
        let mark = |literal: &RequiredLiteral| match literal.when {
            RequiredWhen::Before => literal.code.to_string(),
            RequiredWhen::BeforeOrWith => format!("{}~", literal.code),
            RequiredWhen::With => format!("{}=", literal.code),
        };
        let clause = |clause: &Vec<RequiredLiteral>| clause.iter().map(mark).collect::<Vec<_>>().join("|");
        (answer.clauses.iter().map(clause).collect(), answer.taken_as_met, answer.not_counted_on)
    }

    #[test]
    fn trees_become_clauses() {
        let check = |line: &str, expected: &[&str]| assert_eq!(written(line).0, expected, "{line}");
        check("A 1 and (B 1 or C 1)", &["A 1", "B 1|C 1"]);
        check("A 1 or (B 1 and C 1)", &["A 1|B 1", "A 1|C 1"]);
        check("2 of (A 1, B 1, C 1)", &["A 1|B 1", "A 1|C 1", "B 1|C 1"]);
        check("A 1 [concurrent] and B 1 [concurrent allowed]", &["A 1=", "B 1~"]);
        check("none", &[]);
    }

    #[test]
    fn what_is_no_course_is_said() {
        let (clauses, met, uncounted) = written("consent \"of the chair\" and (A 1 or placement \"test\")");
        assert_eq!(clauses, ["A 1"]);
        assert_eq!((met, uncounted), (vec!["of the chair".to_owned()], vec!["test".to_owned()]));
    }

    fn trees() -> impl Strategy<Value = Requisite> {
        let leaf = (0..5_u8).prop_map(|number| Requisite::course(format!("A {number}").parse().unwrap()));
        leaf.prop_recursive(3, 24, 4, |inner| {
            let parts = prop::collection::vec(inner, 1..4);
            (parts, 0..3_u8, 1..4_u8).prop_map(|(parts, kind, number)| {
                let several = parts.len() > 1 && usize::from(number) <= parts.len();
                match kind {
                    0 => Requisite::all(parts).unwrap(),
                    1 => Requisite::any(parts).unwrap(),
                    _ if several => Requisite::at_least(number, parts).unwrap(),
                    _ => parts[0].clone(),
                }
            })
        })
    }

    fn holds(tree: &Requisite, held: u8) -> bool {
        match tree {
            Requisite::Course(course) => {
                let number: u8 = course.code.as_str()[2..].parse().unwrap();
                held & (1 << number) != 0
            }
            Requisite::All(parts) => parts.as_slice().iter().all(|part| holds(part, held)),
            Requisite::Any(parts) => parts.as_slice().iter().any(|part| holds(part, held)),
            Requisite::AtLeast(choice) => {
                choice.of().iter().filter(|part| holds(part, held)).count() >= usize::from(choice.number())
            }
            _ => unreachable!("the strategy makes courses only"),
        }
    }

    proptest! {
        #[test]
        fn clauses_hold_exactly_where_the_tree_does(tree in trees(), held in 0..32_u8) {
            let answer = plannable_requisite(&tree);
            prop_assume!(!answer.too_large);
            let literal = |literal: &RequiredLiteral| holds(&Requisite::course(literal.code.clone()), held);
            prop_assert_eq!(answer.clauses.iter().all(|clause| clause.iter().any(literal)), holds(&tree, held));
        }
    }
}
