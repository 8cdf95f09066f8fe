//! The simulation against what is known of it: the plan itself where all goes well, formulas worked out by hand, an exact
//! chain of states, and itself with another seed, rate or order.

use crate::pathway::generated::problem as small_problem;
use crate::pathway::tests::Nobody;
use crate::pathway::{
    Answer, Clause, Course, Credential, Domain, Exam, Leaf, Need, Node, Plan, Problem, Season, Stage, Term, plan,
    with_awards,
};
use crate::simulation::{Assumptions, Calendar, Crowd, Ending, Estimate, Simulation, simulate};

pub(super) const ALWAYS: [bool; 3] = [true; 3];

pub(super) fn course(code: &str, offered: [bool; 3], requires: &[usize]) -> Course {
    Course {
        code: code.to_owned(),
        credits: 3,
        offered,
        requisites: requires.iter().map(|way| Clause { before: vec![*way], ..Clause::default() }).collect(),
        rate: 100,
        ..Course::default()
    }
}

pub(super) fn credential(name: &str, courses: Vec<usize>) -> Credential {
    let count = u32::try_from(courses.len()).unwrap();
    Credential {
        name: name.to_owned(),
        total: 3 * count,
        root: Node::Leaf(Leaf { name: "all".to_owned(), courses, need: Need::Courses(count), overlay: false }),
        valued: true,
        ..Credential::default()
    }
}

pub(super) fn problem(courses: Vec<Course>, credentials: Vec<Credential>, most_load: [u32; 3]) -> Problem {
    Problem {
        target: credentials.len() - 1,
        credentials,
        horizon: 6,
        most_load,
        done: vec![false; courses.len()],
        prior_learning: vec![false; courses.len()],
        term_fee: 10,
        courses,
        ..Problem::default()
    }
}

pub(super) fn walked(problem: &Problem, terms: &[&[usize]], exams: &[(usize, usize)]) -> Plan {
    let mut plan = Plan { prior_learning: Vec::new(), terms: vec![Term::default(); problem.horizon] };
    for (term, courses) in terms.iter().enumerate() {
        plan.terms[term].courses = courses.to_vec();
    }
    for (exam, term) in exams {
        plan.terms[*term].exams.push(*exam);
    }
    with_awards(problem, plan).unwrap()
}

pub(super) fn run(problem: &Problem, plan: &Plan, assumptions: &Assumptions, learners: u32, seed: u64) -> Simulation {
    simulate(problem, plan, assumptions, Crowd { learners, seed }, &mut |_| true).unwrap()
}

/// First A, then B, offered in every term.
fn chain() -> (Problem, Plan) {
    let courses = vec![course("A", ALWAYS, &[]), course("B", ALWAYS, &[0])];
    let problem = problem(courses, vec![credential("target", vec![0, 1])], [3, 3, 3]);
    let plan = walked(&problem, &[&[0], &[1]], &[]);
    (problem, plan)
}

pub(super) fn patient(problem: &Problem, pass: f64, exam_pass: f64) -> Assumptions {
    Assumptions { most_terms: 60, ..Assumptions::of(problem, pass, exam_pass) }
}

pub(super) fn ending(found: &Simulation, ending: Ending) -> f64 {
    found.endings.iter().find(|(one, _)| *one == ending).unwrap().1.value
}

#[test]
fn where_all_goes_well_the_plan_comes_true() {
    let mut planned = 0;
    for seed in 0..60 {
        let problem = small_problem(seed);
        let Answer::Planned { plan, values, stages } = plan(&problem, 60.0, &mut Nobody).unwrap() else { continue };
        assert!(stages.iter().all(Stage::proved));
        planned += 1;
        let assumptions = Assumptions { stop_out: 0.0, ..Assumptions::of(&problem, 1.0, 1.0) };
        let found = run(&problem, &plan, &assumptions, 2, seed);
        let only = |distribution: &Option<crate::simulation::Distribution>| {
            let bars = &distribution.as_ref().unwrap().bars;
            assert_eq!((bars.len(), bars[0].learners), (1, 2), "seed {seed}");
            bars[0].from
        };
        let months = u64::from(Calendar::default().through(problem.start, values.terms as usize));
        assert_eq!(only(&found.reached.months), months, "seed {seed}");
        assert_eq!(found.planned_months, u32::try_from(months).unwrap());
        assert_eq!(only(&found.reached.cost), u64::from(values.cost), "seed {seed}");
        let taken = plan.terms.iter().flat_map(|term| &term.courses);
        let credits: u32 = taken.map(|course| problem.courses[*course].credits).sum();
        assert_eq!(only(&found.reached.credits), u64::from(credits), "seed {seed}");
        for step in &found.exams {
            let term = plan.terms.iter().position(|term| term.exams.contains(&step.index));
            assert_eq!(step.by_term.iter().position(|share| share.value == 1.0), term, "seed {seed}");
        }
        for step in &found.credentials {
            let awarded = |term: &Term| term.awards.iter().any(|award| award.credential == step.index);
            let term = plan.terms.iter().position(awarded);
            let found = step.by_term.iter().position(|share| share.value == 1.0);
            assert_eq!(found, term, "seed {seed}");
        }
        assert!(found.costly.iter().all(|costly| costly.lowered == 0.9));
    }
    assert!(planned >= 10, "{planned} planned");
}

/// The chance that two courses one after another take n terms is (n − 1) p² (1 − p)ⁿ⁻²: the last attempt passes, and one of
/// those before.
#[test]
fn a_chain_of_two_takes_as_long_as_the_geometric_formula_says() {
    let (problem, plan) = chain();
    let pass: f64 = 0.7;
    let chance = |terms: i32| f64::from(terms - 1) * pass.powi(2) * (1.0 - pass).powi(terms - 2);
    let months = |terms: i32| Calendar::default().through(Season::Fall, usize::try_from(terms - 1).unwrap());
    let mean: f64 = (2..60).map(|terms| chance(terms) * f64::from(months(terms))).sum();
    let learners = 20_000;
    let found = run(&problem, &plan, &patient(&problem, pass, 1.0), learners, 1);
    let reached = found.reached.months.unwrap();
    assert!(reached.mean.low <= mean && mean <= reached.mean.high, "{mean} {:?}", reached.mean);
    for terms in 2..8 {
        let bar = reached.bars.iter().find(|bar| bar.from == u64::from(months(terms))).unwrap();
        let off = bar.share.value - chance(terms);
        let deviation = (chance(terms) * (1.0 - chance(terms)) / f64::from(learners)).sqrt();
        assert!(off.abs() < 4.0 * deviation, "{terms} terms: {off}");
    }
    // 3 credits an attempt, 2 ÷ p attempts on average.
    let credits = found.reached.credits.unwrap().mean;
    assert!(credits.low <= 6.0 / pass && 6.0 / pass <= credits.high, "{credits:?}");
}

/// Of 200 seeds, the intervals hold the true figure in about 95 of 100.
#[test]
fn intervals_hold_what_they_promise() {
    let (problem, plan) = chain();
    let pass: f64 = 0.7;
    let chance = |terms: i32| f64::from(terms - 1) * pass.powi(2) * (1.0 - pass).powi(terms - 2);
    let months = |terms: i32| Calendar::default().through(Season::Fall, usize::try_from(terms - 1).unwrap());
    let mean: f64 = (2..60).map(|terms| chance(terms) * f64::from(months(terms))).sum();
    let in_three = chance(2) + chance(3);
    let holds = |estimate: Estimate, value: f64| u32::from(estimate.low <= value && value <= estimate.high);
    let (mut means, mut shares, mut medians) = (0, 0, 0);
    for seed in 0..200 {
        let found = run(&problem, &plan, &patient(&problem, pass, 1.0), 400, seed);
        let reached = found.reached.months.unwrap();
        means += holds(reached.mean, mean);
        shares += holds(found.credentials[0].by_term[2], in_three);
        // 49 % need two terms, 29 % three: the median is the end of the third.
        medians += holds(reached.median, f64::from(months(3)));
    }
    assert!((182..=198).contains(&means) && (182..=198).contains(&shares), "{means} {shares}");
    assert!(medians >= 190, "{medians}");
}

/// A (fall only) before B, C beside them, an exam that A makes ready, an exit for C, stopping out.
fn branching() -> (Problem, Plan) {
    let courses = vec![course("A", [true, false, false], &[]), course("B", ALWAYS, &[0]), course("C", ALWAYS, &[])];
    let credentials = vec![credential("exit", vec![2]), credential("target", vec![0, 1, 2])];
    let mut problem = problem(courses, credentials, [6, 6, 3]);
    let domains = vec![Domain { weight: 100, strengths: vec![(0, 100)] }];
    problem.exams.push(Exam {
        name: "exam".to_owned(),
        fee: 50,
        threshold: 100,
        domains,
        valued: true,
        ..Exam::default()
    });
    problem.exams_needed = 1;
    let plan = walked(&problem, &[&[0, 2], &[1]], &[(0, 1)]);
    (problem, plan)
}

/// A state of the branching case: what is passed, sittings so far.
#[derive(Clone, Copy, PartialEq)]
struct State {
    held: [bool; 3],
    exam: bool,
    sat: u32,
}

/// Shares by exact enumeration of the states, term by term.
struct Exact {
    target: Vec<f64>,
    exam: Vec<f64>,
    nothing: f64,
    certified: f64,
    exit: f64,
}

fn exact(pass: [f64; 3], exam_pass: f64, stop: f64, terms: usize) -> Exact {
    let mut states = vec![(State { held: [false; 3], exam: false, sat: 0 }, 1.0)];
    let mut found = Exact { target: vec![], exam: vec![], nothing: 0.0, certified: 0.0, exit: 0.0 };
    let (mut stopped_exam, mut done_target) = (0.0, 0.0);
    for term in 0..terms {
        let mut next: Vec<(State, f64)> = Vec::new();
        for (state, chance) in &states {
            let complete = state.held == [true; 3];
            let mut take = Vec::new();
            if !complete {
                let fall = term % 3 == 0;
                take.extend((fall && !state.held[0]).then_some(0));
                take.extend((!state.held[2]).then_some(2));
                take.extend((term > 0 && state.held[0] && !state.held[1]).then_some(1));
                // At most 6 credits, 3 in summer: C, planned earlier, goes before B.
                take.truncate(if term % 3 == 2 { 1 } else { 2 });
            }
            let stops = if term > 0 && !take.is_empty() { stop } else { 0.0 };
            let leave = chance * stops;
            stopped_exam += if state.exam { leave } else { 0.0 };
            match (state.held[2], state.exam) {
                (true, _) => found.exit += leave,
                (_, true) => found.certified += leave,
                _ => found.nothing += leave,
            }
            let stay = chance * (1.0 - stops);
            let sits = state.held[0] && !state.exam && state.sat < 2;
            for luck in 0..1_u32 << (take.len() + usize::from(sits)) {
                let (mut after, mut share) = (*state, stay);
                for (bit, course) in take.iter().enumerate() {
                    let passes = luck >> bit & 1 == 1;
                    share *= if passes { pass[*course] } else { 1.0 - pass[*course] };
                    after.held[*course] |= passes;
                }
                if sits {
                    let passes = luck >> take.len() & 1 == 1;
                    share *= if passes { exam_pass } else { 1.0 - exam_pass };
                    after.exam |= passes;
                    after.sat += 1;
                }
                match next.iter_mut().find(|(one, _)| *one == after) {
                    Some((_, sum)) => *sum += share,
                    None => next.push((after, share)),
                }
            }
        }
        states = next;
        done_target = states.iter().filter(|(state, _)| state.held == [true; 3]).map(|(_, share)| share).sum();
        found.target.push(done_target);
        let exam: f64 = states.iter().filter(|(state, _)| state.exam).map(|(_, share)| share).sum();
        found.exam.push(exam + stopped_exam);
    }
    assert!(done_target > 0.5);
    found
}

#[test]
fn a_small_case_agrees_with_the_exact_chain_of_its_states() {
    let (problem, plan) = branching();
    let (exam_pass, stop, learners) = (0.6, 0.1, 40_000);
    let pass = [0.7, 0.8, 0.5];
    let assumptions = Assumptions {
        pass: pass.to_vec(),
        exam_pass: vec![exam_pass],
        retakes: 1,
        stop_out: stop,
        ..patient(&problem, 1.0, 1.0)
    };
    let expected = exact(pass, exam_pass, stop, 60);
    let found = run(&problem, &plan, &assumptions, learners, 5);
    let same = |found: f64, expected: f64, what: &str| {
        let deviation = (expected * (1.0 - expected) / f64::from(learners)).sqrt();
        assert!((found - expected).abs() <= 4.0 * deviation + 1e-12, "{what}: {found} is not {expected}");
    };
    for term in 0..12 {
        same(found.credentials[1].by_term[term].value, expected.target[term], "target");
        same(found.exams[0].by_term[term].value, expected.exam[term], "exam");
    }
    same(ending(&found, Ending::Nothing), expected.nothing, "nothing");
    same(ending(&found, Ending::Certification), expected.certified, "certification");
    same(ending(&found, Ending::Credential(0)), expected.exit, "exit");
    let all: f64 = found.endings.iter().map(|(_, share)| share.value).sum();
    assert!((all - 1.0).abs() < 1e-9);
}

#[test]
fn higher_pass_rates_and_fewer_stop_outs_do_no_harm() {
    let (problem, plan) = branching();
    let mut last = f64::INFINITY;
    for pass in [0.5, 0.6, 0.7, 0.8, 0.9, 1.0] {
        let found = run(&problem, &plan, &patient(&problem, pass, 0.7), 3000, 9);
        let mean = found.reached.months.unwrap().mean.value;
        assert!(mean < last, "{pass}: {mean} is not below {last}");
        last = mean;
    }
    let mut last = 0.0;
    for stop_out in [0.4, 0.2, 0.1, 0.0] {
        let assumptions = Assumptions { stop_out, ..patient(&problem, 0.8, 0.7) };
        let reached = ending(&run(&problem, &plan, &assumptions, 3000, 9), Ending::Target);
        assert!(reached > last, "{stop_out}: {reached} is not above {last}");
        last = reached;
        let back = Assumptions { returns: 0.8, away: 2, ..assumptions };
        let with_return = ending(&run(&problem, &plan, &back, 3000, 9), Ending::Target);
        assert!(with_return >= reached);
    }
}

#[test]
fn the_seed_decides_everything() {
    let (problem, plan) = branching();
    let assumptions = Assumptions { stop_out: 0.05, returns: 0.5, ..patient(&problem, 0.8, 0.7) };
    let first = run(&problem, &plan, &assumptions, 500, 3);
    assert_eq!(first, run(&problem, &plan, &assumptions, 500, 3));
    assert_ne!(first, run(&problem, &plan, &assumptions, 500, 4));
}

#[test]
fn what_a_lower_rate_costs_is_what_a_second_simulation_shows() {
    let (problem, plan) = branching();
    let assumptions = patient(&problem, 0.8, 0.7);
    let before = run(&problem, &plan, &assumptions, 2000, 3);
    for costly in &before.costly {
        let mut lower = assumptions.clone();
        lower.pass[costly.course] = costly.lowered;
        let after = run(&problem, &plan, &lower, 2000, 3);
        let mean = |found: &Simulation| found.reached.months.as_ref().unwrap().mean.value;
        let more = costly.months.unwrap().value;
        assert!((mean(&after) - mean(&before) - more).abs() < 1e-9, "{costly:?}");
    }
    // Who fails A waits for a year.
    assert_eq!(before.costly[0].course, 0);
    assert!(before.costly[0].months.unwrap().low > before.costly[1].months.unwrap().high);
}

#[test]
fn what_cannot_be_assumed_is_refused() {
    let (problem, plan) = chain();
    let good = patient(&problem, 0.8, 0.7);
    let refused = |assumptions: &Assumptions, learners: u32| {
        simulate(&problem, &plan, assumptions, Crowd { learners, seed: 1 }, &mut |_| true).unwrap_err().to_string()
    };
    assert!(refused(&Assumptions { pass: vec![1.2, 0.5], ..good.clone() }, 10).contains("between 0 and 1"));
    assert!(refused(&Assumptions { away: 0, ..good.clone() }, 10).contains("at least one term"));
    assert!(refused(&good, 1).contains("at least 2 learners"));
    let mut broken = plan.clone();
    broken.terms.swap(0, 1);
    let told = simulate(&problem, &broken, &good, Crowd { learners: 10, seed: 1 }, &mut |_| true);
    assert!(told.unwrap_err().to_string().contains("lacks a prerequisite"));
    let stopped = simulate(&problem, &plan, &good, Crowd { learners: 10, seed: 1 }, &mut |_| false);
    assert_eq!(stopped.unwrap_err().to_string(), "the simulation was broken off");
}
