//! What a pathway's conditions do to a simulated learner: exams and credentials that a credential builds on, courses that come after one,
//! fees of terms in which somebody studies. Figures by hand.

use super::tests::{ALWAYS, course, credential, ending, patient, problem, run, walked};
use crate::pathway::{Domain, Exam, Held, Plan, Problem};
use crate::simulation::{Assumptions, Ending};

/// Course A, which makes ready for an exam in the second term, and a target that asks for the exam.
fn milestone() -> (Problem, Plan) {
    let mut target = credential("target", vec![0]);
    target.needs = vec![vec![Held::Exam(0)]];
    let mut problem = problem(vec![course("A", ALWAYS, &[])], vec![target], [3; 3]);
    let domains = vec![Domain { weight: 100, strengths: vec![(0, 100)] }];
    problem.exams = vec![Exam { name: "exam".to_owned(), fee: 50, threshold: 100, domains, ..Exam::default() }];
    let plan = walked(&problem, &[&[0]], &[(0, 1)]);
    (problem, plan)
}

#[test]
fn who_has_no_sitting_left_of_an_exam_that_a_condition_asks_for_does_not_arrive() {
    let (problem, plan) = milestone();
    // Three sittings, each passed by half: one in eight fails them all.
    let found = run(&problem, &plan, &patient(&problem, 1.0, 0.5), 4_000, 1);
    assert!((ending(&found, Ending::Failed) - 0.125).abs() < 0.02, "{:?}", found.endings);
    assert!((ending(&found, Ending::Target) - 0.875).abs() < 0.02, "{:?}", found.endings);
}

#[test]
fn a_course_that_comes_after_a_credential_waits_for_it() {
    let first = credential("first", vec![0]);
    let mut target = credential("target", vec![0, 1]);
    target.needs = vec![vec![Held::Credential(0)]];
    let mut after = course("B", ALWAYS, &[]);
    after.after = vec![0];
    let problem = problem(vec![course("A", ALWAYS, &[]), after], vec![first, target], [3; 3]);
    let plan = walked(&problem, &[&[0], &[1]], &[]);
    let never = Assumptions { pass: vec![0.0, 1.0], ..patient(&problem, 1.0, 1.0) };
    let found = run(&problem, &plan, &never, 100, 1);
    // Without the first credential B is never taken: 3 credits of A a term, none of B.
    assert_eq!(ending(&found, Ending::Studying), 1.0);
    assert_eq!(found.everyone.credits.unwrap().ninetieth.value, 180.0);
}

#[test]
fn nobody_studies_on_whose_next_courses_wait_for_an_exam_that_is_lost() {
    let (before, _) = milestone();
    let mut first = before.credentials[0].clone();
    first.name = "first".to_owned();
    let mut target = credential("target", vec![0, 1, 2]);
    target.needs = vec![vec![Held::Credential(0)]];
    let mut after = course("B", ALWAYS, &[]);
    after.after = vec![0];
    let courses = vec![course("A", ALWAYS, &[]), after, course("C", ALWAYS, &[1])];
    let problem = Problem { exams: before.exams, ..problem(courses, vec![first, target], [3; 3]) };
    let plan = walked(&problem, &[&[0], &[], &[1], &[2]], &[(0, 1)]);
    let found = run(&problem, &plan, &patient(&problem, 1.0, 0.0), 100, 1);
    assert_eq!(ending(&found, Ending::Failed), 1.0);
}

#[test]
fn an_exam_that_nobody_can_get_ready_for_any_more_is_lost_too() {
    let (before, _) = milestone();
    let mut first = before.credentials[0].clone();
    first.name = "first".to_owned();
    let mut target = credential("target", vec![0, 1]);
    target.needs = vec![vec![Held::Credential(0)], vec![Held::Exam(1)]];
    let mut after = course("B", ALWAYS, &[]);
    after.after = vec![0];
    let mut exams = before.exams;
    let domains = vec![Domain { weight: 100, strengths: vec![(1, 100)] }];
    exams.push(Exam { name: "second".to_owned(), domains, ..exams[0].clone() });
    let problem = Problem { exams, ..problem(vec![course("A", ALWAYS, &[]), after], vec![first, target], [3; 3]) };
    let plan = walked(&problem, &[&[0], &[], &[1], &[]], &[(0, 1), (1, 3)]);
    // The first exam is never passed: B, which makes ready for the second, waits for ever.
    let found = run(&problem, &plan, &patient(&problem, 1.0, 0.0), 100, 1);
    assert_eq!(ending(&found, Ending::Failed), 1.0, "{:?}", found.endings);
}

#[test]
fn a_fee_is_charged_for_terms_of_study_alone() {
    let (mut problem, plan) = milestone();
    let cost =
        |problem: &Problem| run(problem, &plan, &patient(problem, 1.0, 1.0), 10, 1).reached.cost.unwrap().mean.value;
    // 300 of tuition and 50 for the exam; one term ends before the target, and in one a course is taken.
    assert_eq!(cost(&problem), 360.0);
    problem.fees_when_enrolled = true;
    assert_eq!(cost(&problem), 360.0);
    let both = [course("A", ALWAYS, &[]), course("B", ALWAYS, &[])].to_vec();
    let mut problem = super::tests::problem(both, vec![credential("target", vec![0, 1])], [3; 3]);
    problem.fees_when_enrolled = true;
    let plan = walked(&problem, &[&[0], &[], &[1]], &[]);
    let found = run(&problem, &plan, &patient(&problem, 1.0, 1.0), 10, 1);
    assert_eq!(found.reached.cost.unwrap().mean.value, 620.0, "two terms of study, and one without");
}
