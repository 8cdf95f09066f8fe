//! Courses after awards, exits and needs: small cases worked out by hand, and the reduced search against the plain model
//! where these decide.

use crate::pathway::generated::{Numbers, problem};
use crate::pathway::oracle::optima;
use crate::pathway::tests::{Nobody, order, values};
use crate::pathway::{
    Answer, Course, Credential, Domain, Exam, Held, Leaf, Need, Node, Plan, PlanningError, Problem, Rule, Stage,
    StageName, check, conflict, plan, sentence, tag, ways_out,
};

/// A course of three credits that is always offered.
fn course(code: &str) -> Course {
    Course { code: code.to_owned(), credits: 3, offered: [true; 3], rate: 100, ..Course::default() }
}

/// A credential that takes some courses.
fn credential(name: &str, courses: &[usize]) -> Credential {
    let need = Need::Courses(u32::try_from(courses.len()).unwrap());
    let leaf = Leaf { name: "courses".to_owned(), courses: courses.to_vec(), need, overlay: false };
    Credential { name: name.to_owned(), root: Node::Leaf(leaf), valued: true, ..Credential::default() }
}

/// An associate degree of course A, and a bachelor's degree of course B on top of it; room for two courses a term.
fn transfer() -> Problem {
    let mut second = course("B");
    second.after = vec![0];
    Problem {
        courses: vec![course("A"), second, course("C")],
        credentials: vec![credential("AAS", &[0]), credential("BA", &[0, 1])],
        target: 1,
        horizon: 3,
        most_load: [6; 3],
        done: vec![false; 3],
        prior_learning: vec![false; 3],
        ..Problem::default()
    }
}

fn planned(problem: &Problem) -> Plan {
    match plan(problem, 60.0, &mut Nobody).unwrap() {
        Answer::Planned { plan, .. } => plan,
        other => panic!("{other:?}"),
    }
}

fn broken(problem: &Problem) -> String {
    match plan(problem, 60.0, &mut Nobody) {
        Err(PlanningError::Broken(words)) => words,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_course_comes_a_term_after_the_award_it_asks_for() {
    let problem = transfer();
    assert_eq!(values(&problem).terms, 1);
    let mut together = planned(&problem);
    together.terms[1].courses.clear();
    together.terms[0].courses.push(1);
    let faults = check(&problem, &together).unwrap_err();
    assert_eq!(faults, ["B in term 0 comes before AAS"]);
    // Held from the beginning, the award keeps nobody waiting.
    assert_eq!(values(&Problem { held_credentials: vec![true], ..transfer() }).terms, 0);
    // Credit for prior learning needs no award.
    let prior = Problem { prior_learning: vec![false, true, false], prior_learning_limit: 3, ..transfer() };
    assert_eq!(values(&prior).terms, 0);
    // With the target the plan ends: what comes after it is never taken.
    let mut never = transfer();
    never.courses[1].after = vec![1];
    assert_eq!(plan(&never, 60.0, &mut Nobody), Ok(Answer::Infeasible));
}

#[test]
fn an_award_that_comes_too_late_is_named_in_the_conflict() {
    let problem = Problem { horizon: 1, ..transfer() };
    assert_eq!(plan(&problem, 60.0, &mut Nobody), Ok(Answer::Infeasible));
    let rules = conflict(&problem, 60.0, &mut Nobody).unwrap().unwrap().rules;
    assert!(rules.contains(&Rule::AfterAward(0)) && rules.contains(&Rule::ByHorizon), "{rules:?}");
    assert_eq!(sentence(&problem, Rule::AfterAward(0)), "B comes after AAS is awarded.");
    assert_eq!(tag(&problem, Rule::AfterAward(0)), "after AAS");
    let ways = ways_out(&problem, 10, 60.0, &mut Nobody).unwrap();
    assert!(ways.iter().any(|way| way.drop == [Rule::AfterAward(0)]), "{ways:?}");
}

#[test]
fn exits_come_as_early_as_the_stages_before_allow() {
    // A certificate of course C, which the bachelor's degree does without.
    let mut problem = transfer();
    problem.credentials.push(credential("CERT", &[2]));
    // The cheapest plan awards the associate degree in term 0, the certificate never: 0 + 3.
    problem.order = vec![StageName::Terms, StageName::Cost, StageName::Exits];
    assert_eq!((values(&problem).exits, values(&problem).cost), (3, 600));
    // Where exits come first, the certificate is worth its cost, in the first term beside A.
    problem.order = vec![StageName::Terms, StageName::Exits, StageName::Cost];
    assert_eq!((values(&problem).exits, values(&problem).cost), (0, 900));
    // With room for one course a term, it comes in the second, together with B no more: three terms in all.
    problem.most_load = [3; 3];
    problem.order = vec![StageName::Exits, StageName::Terms];
    assert_eq!((values(&problem).exits, values(&problem).terms), (1, 2));
    // Neither the target nor what is held is on the way.
    problem.held_credentials = vec![true];
    assert_eq!(values(&problem).exits, 0);
}

#[test]
fn a_need_is_met_by_any_one_of_its_things() {
    let mut problem = transfer();
    problem.courses[1].after.clear();
    let domain = Domain { weight: 100, strengths: vec![(0, 100)] };
    let exam = Exam { name: "Security+".to_owned(), fee: 400, threshold: 80, domains: vec![domain], ..Exam::default() };
    problem.exams = vec![exam];
    problem.order = vec![StageName::Terms, StageName::Cost];
    let ways = [Held::Exam(0), Held::Course(2)];
    let with = |needs: Vec<Vec<Held>>| {
        let mut problem = problem.clone();
        problem.credentials[1].needs = needs;
        let values = values(&problem);
        (values.terms, values.cost)
    };
    // Nothing more than two courses in a term; a need without anything asks for nothing.
    assert_eq!(with(vec![]), (0, 600));
    assert_eq!(with(vec![vec![]]), (0, 600));
    // The exam is sat a term after A; so is course C taken, for less.
    assert_eq!(with(vec![vec![ways[0]]]), (1, 1000));
    assert_eq!(with(vec![ways.to_vec()]), (1, 900));
    assert_eq!(with(vec![vec![ways[0]], vec![ways[1]]]), (1, 1300));
    // The associate degree comes with A.
    assert_eq!(with(vec![vec![ways[0], ways[1], Held::Credential(0)]]), (0, 600));
    problem.credentials[1].needs = vec![ways.to_vec()];
    let words = sentence(&problem, Rule::Needs(1, 0));
    assert_eq!(words, "BA is awarded to those who hold Security+ or have finished C.");
    let mut without = planned(&problem);
    without.terms.iter_mut().for_each(|term| term.courses.retain(|course| *course != 2));
    assert_eq!(check(&problem, &without).unwrap_err(), ["BA in term 1: nothing of need 1 is held"]);
}

#[test]
fn needs_and_awards_that_lead_nowhere_are_refused() {
    let mut problem = transfer();
    problem.credentials[0].needs = vec![vec![Held::Course(0), Held::Credential(1)]];
    problem.credentials[1].needs = vec![vec![Held::Credential(0)]];
    assert_eq!(broken(&problem), "AAS needs itself to be awarded first");
    for (held, words) in [
        (Held::Credential(7), "there is no credential 7"),
        (Held::Exam(7), "there is no exam 7"),
        (Held::Course(7), "there is no course 7"),
    ] {
        problem.credentials[0].needs = vec![vec![held]];
        assert_eq!(broken(&problem), words);
    }
    problem = transfer();
    problem.courses[2].after = vec![7];
    assert_eq!(broken(&problem), "there is no credential 7");
}

/// Any order that has the exits in it.
fn order_with_exits(seed: u64) -> Vec<StageName> {
    let numbers = &mut Numbers(seed);
    let mut order = order(numbers);
    order.retain(|name| *name != StageName::Exits);
    let place = usize::try_from(numbers.below(order.len() as u64 + 1)).unwrap();
    order.insert(place, StageName::Exits);
    order
}

#[test]
fn exits_anywhere_are_those_of_the_plain_model() {
    let (mut planned, mut late) = (0, 0);
    for seed in 5000..5060 {
        let problem = Problem { order: order_with_exits(seed), ..problem(seed) };
        let expected = optima(&problem);
        match plan(&problem, 60.0, &mut Nobody).unwrap_or_else(|error| panic!("seed {seed}: {error}")) {
            Answer::Planned { stages, values, .. } => {
                assert!(stages.iter().all(Stage::proved), "seed {seed}: {stages:?}");
                assert_eq!(expected, Some(stages.iter().map(|stage| stage.value).collect()), "seed {seed}");
                planned += 1;
                late += u32::from(values.exits > 0);
            }
            Answer::Infeasible => assert_eq!(expected, None, "seed {seed}"),
            Answer::Undecided => panic!("seed {seed} is undecided"),
        }
    }
    assert!(planned > 15 && late > 5, "{planned} planned, {late} with exits that are not at once");
}

/// The new parts decide in the problems on which the search is tested; where they are to blame, the conflict says so.
#[test]
fn awards_needs_and_fees_decide_in_generated_problems() {
    let (mut awards, mut needs, mut fees, mut blamed) = (0, 0, 0, 0);
    for seed in 0..120 {
        let problem = problem(seed);
        let expected = optima(&problem);
        let mut without = problem.clone();
        without.courses.iter_mut().for_each(|course| course.after.clear());
        let free = if without == problem { expected.clone() } else { optima(&without) };
        awards += u32::from(free != expected);
        if expected.is_none() && free.is_some() {
            let rules = conflict(&problem, 60.0, &mut Nobody).unwrap().unwrap().rules;
            assert!(rules.iter().any(|rule| matches!(rule, Rule::AfterAward(_))), "seed {seed}: {rules:?}");
            blamed += 1;
        }
        let mut without = problem.clone();
        without.credentials.iter_mut().for_each(|credential| credential.needs.clear());
        needs += u32::from(without != problem && optima(&without) != expected);
        let without = Problem { fees_when_enrolled: false, ..problem.clone() };
        fees += u32::from(without != problem && optima(&without) != expected);
    }
    assert!(awards > 5 && needs > 5 && fees > 5 && blamed > 1, "{awards} {needs} {fees} {blamed}");
}
