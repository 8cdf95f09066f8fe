//! Fees of terms, worked out by hand.

use crate::pathway::tests::{Nobody, values};
use crate::pathway::{Clause, Course, Credential, Leaf, Need, Node, Problem, check, plan};

/// Two courses of a credential, of which the second is offered in summer only; terms are fall, spring, summer.
fn with_a_pause() -> Problem {
    let course = |code: &str, offered: [bool; 3]| Course {
        code: code.to_owned(),
        credits: 3,
        offered,
        rate: 100,
        ..Course::default()
    };
    let mut second = course("B", [false, false, true]);
    second.requisites = vec![Clause { before: vec![0], ..Clause::default() }];
    let leaf = Leaf { name: "both".to_owned(), courses: vec![0, 1], need: Need::Courses(2), overlay: false };
    Problem {
        courses: vec![course("A", [true, false, false]), second],
        credentials: vec![Credential { name: "K".to_owned(), root: Node::Leaf(leaf), ..Credential::default() }],
        horizon: 3,
        most_load: [3, 3, 3],
        done: vec![false; 2],
        prior_learning: vec![false; 2],
        term_fee: 50,
        ..Problem::default()
    }
}

#[test]
fn a_term_costs_its_fee_by_the_rule_of_the_college() {
    // By default the two terms before the last, whatever is taken in them: 600 + 2 × 50.
    assert_eq!(values(&with_a_pause()).cost, 700);
    // Else fall and the summer, in which the credential is awarded, and not the spring in which nothing is taken: the same.
    let problem = Problem { fees_when_enrolled: true, ..with_a_pause() };
    assert_eq!(values(&problem).cost, 700);
    // With the first course done, only the summer is charged, not the two terms before it.
    let problem = Problem { fees_when_enrolled: true, done: vec![true, false], ..with_a_pause() };
    assert_eq!(values(&problem).cost, 350);
    assert_eq!(values(&Problem { done: vec![true, false], ..with_a_pause() }).cost, 400);
}

/// Where a fee is charged by enrolment, a plan of no more terms is cheaper with all courses in few of them.
#[test]
fn fees_by_enrolment_gather_courses_in_few_terms() {
    let mut problem = with_a_pause();
    problem.courses.iter_mut().for_each(|course| course.offered = [true; 3]);
    problem.courses[1].requisites.clear();
    problem.courses[1].closed = vec![0, 1];
    problem.most_load = [6; 3];
    problem.fees_when_enrolled = true;
    let crate::pathway::Answer::Planned { plan, values, .. } = plan(&problem, 60.0, &mut Nobody).unwrap() else {
        panic!("there is a plan")
    };
    assert_eq!((values.terms, values.cost), (2, 650));
    assert_eq!(plan.terms[2].courses, [0, 1]);
    assert_eq!(check(&problem, &plan), Ok(values));
}
