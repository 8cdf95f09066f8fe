//! What is different between two plans: of the same person before and after something changed.
//!
//! Courses, credentials and exams are matched by code and name, since the two problems may list them differently.

use std::collections::BTreeMap;

use crate::pathway::check::check;
use crate::pathway::plan::{Plan, Values};
use crate::pathway::problem::Problem;

/// A course that both plans have, in different terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its code.
    pub code: String,
    /// The term in the first plan, counted from 0; absent where its credits are awarded for prior learning.
    pub from: Option<usize>,
    /// The term in the second plan, likewise.
    pub to: Option<usize>,
}

/// Something held on the way that only one plan has, or both at different times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Name of the credential or certification.
    pub name: String,
    /// The term of the first plan by whose end it is held, counted from 0; absent where it never is.
    pub before: Option<usize>,
    /// The term of the second plan, likewise.
    pub after: Option<usize>,
}

/// What is different: the second plan less the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Terms until the target, more or fewer.
    pub terms: i64,
    /// Terms until something of value is held, more or fewer.
    pub first: i64,
    /// Cost in whole units of money, more or less.
    pub cost: i64,
    /// Credits taken or awarded in the plan, more or fewer.
    pub credits: i64,
    /// Credits of the fullest term, more or fewer.
    pub balance: i64,
    /// Codes of courses only the second plan has, in the order of its terms.
    pub added: Vec<String>,
    /// Codes of courses only the first plan has, in the order of its terms.
    pub dropped: Vec<String>,
    /// Courses in different terms, by code.
    pub moved: Vec<Moved>,
    /// Credentials and certifications gained, lost or held at another time, by name.
    pub exits: Vec<Exit>,
}

/// What is different between two plans.
///
/// # Errors
/// The rules that one of the plans breaks, in words.
pub fn difference(a: &Problem, plan_a: &Plan, b: &Problem, plan_b: &Plan) -> Result<Difference, Vec<String>> {
    let (values_a, values_b) = (check(a, plan_a)?, check(b, plan_b)?);
    let (courses_a, courses_b) = (courses(a, plan_a), courses(b, plan_b));
    let (when_a, when_b): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (courses_a.iter().cloned().collect(), courses_b.iter().cloned().collect());
    let only = |courses: &[(String, Option<usize>)], other: &BTreeMap<String, Option<usize>>| {
        courses.iter().map(|(code, _)| code.clone()).filter(|code| !other.contains_key(code)).collect()
    };
    let moved = when_a.iter().filter_map(|(code, from)| {
        let to = when_b.get(code)?;
        (from != to).then(|| Moved { code: code.clone(), from: *from, to: *to })
    });
    let less = |of: fn(&Values) -> i64| of(&values_b) - of(&values_a);
    Ok(Difference {
        terms: less(|values| i64::from(values.terms)),
        first: less(|values| i64::from(values.first)),
        cost: less(|values| i64::from(values.cost)),
        credits: credits(b, plan_b) - credits(a, plan_a),
        balance: less(|values| i64::from(values.balance)),
        added: only(&courses_b, &when_a),
        dropped: only(&courses_a, &when_b),
        moved: moved.collect(),
        exits: exits(&held(a, plan_a), &held(b, plan_b)),
    })
}

/// Codes of courses in the order of the plan, each with its term.
fn courses(problem: &Problem, plan: &Plan) -> Vec<(String, Option<usize>)> {
    let code = |course: &usize| problem.courses[*course].code.clone();
    let prior = plan.prior_learning.iter().map(|course| (code(course), None));
    let taken = plan.terms.iter().enumerate();
    let taken = taken.flat_map(|(term, taken)| taken.courses.iter().map(move |course| (code(course), Some(term))));
    prior.chain(taken).collect()
}

fn credits(problem: &Problem, plan: &Plan) -> i64 {
    let courses = plan.terms.iter().flat_map(|term| &term.courses).chain(&plan.prior_learning);
    courses.map(|course| i64::from(problem.courses[*course].credits)).sum()
}

/// What is held on the way, by name, with the term.
fn held(problem: &Problem, plan: &Plan) -> BTreeMap<String, usize> {
    let mut held = BTreeMap::new();
    for (term, happens) in plan.terms.iter().enumerate() {
        for exam in &happens.exams {
            held.insert(problem.exams[*exam].name.clone(), term);
        }
        for award in &happens.awards {
            held.insert(problem.credentials[award.credential].name.clone(), term);
        }
    }
    held
}

fn exits(before: &BTreeMap<String, usize>, after: &BTreeMap<String, usize>) -> Vec<Exit> {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let exit =
        |name: &String| Exit { name: name.clone(), before: before.get(name).copied(), after: after.get(name).copied() };
    names.into_iter().map(exit).filter(|exit| exit.before != exit.after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::tests::Nobody;
    use crate::pathway::{Answer, Course, Credential, Exam, Leaf, Need, Node, plan};

    /// Two of three courses for a credential, an exam without coverage, five credits a term.
    fn problem() -> Problem {
        let course = |code: &str, rate| Course {
            code: code.to_owned(),
            credits: 3,
            offered: [true; 3],
            rate,
            ..Course::default()
        };
        let leaf = Leaf { name: "core".to_owned(), courses: vec![0, 1, 2], need: Need::Courses(2), overlay: false };
        let root = Node::Leaf(leaf);
        Problem {
            courses: vec![course("A", 10), course("B", 20), course("C", 30)],
            credentials: vec![Credential { name: "Award".to_owned(), root, valued: true, ..Credential::default() }],
            exams: vec![Exam { name: "Exam".to_owned(), fee: 50, ..Exam::default() }],
            horizon: 4,
            most_load: [5; 3],
            done: vec![false; 3],
            prior_learning: vec![false; 3],
            term_fee: 100,
            ..Problem::default()
        }
    }

    fn planned(problem: &Problem) -> Plan {
        match plan(problem, 10.0, &mut Nobody).unwrap() {
            Answer::Planned { plan, .. } => plan,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_summer_off_a_course_gone_and_an_exam_required_are_seen() {
        let (before, mut after) = (problem(), problem());
        after.courses[0].offered = [false; 3];
        after.term_limits = vec![None, Some(0)];
        after.exams[0].needed = true;
        let found = difference(&before, &planned(&before), &after, &planned(&after)).unwrap();
        // By hand: A and B in two terms cost 90 and a fee; then B and C, with a term off, 150, two fees and the exam.
        assert_eq!((found.terms, found.first, found.cost, found.credits, found.balance), (1, 1, 210, 0, 0));
        assert_eq!((found.added, found.dropped), (vec!["C".to_owned()], vec!["A".to_owned()]));
        let award = Exit { name: "Award".to_owned(), before: Some(1), after: Some(2) };
        assert!(found.exits.contains(&award), "{:?}", found.exits);
        let gained = |exit: &Exit| exit.name == "Exam" && exit.before.is_none() && exit.after.is_some();
        assert!(found.exits.iter().any(gained), "{:?}", found.exits);
        let same = difference(&before, &planned(&before), &before, &planned(&before)).unwrap();
        assert_eq!(same, Difference::default());
    }
}
