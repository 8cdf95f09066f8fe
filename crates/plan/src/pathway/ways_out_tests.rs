//! Ways out and loosenings against trying everything, by the plain model.

use crate::pathway::generated::{plain_problem, problem};
use crate::pathway::model::any_plan;
use crate::pathway::oracle::optima;
use crate::pathway::tests::Nobody;
use crate::pathway::{
    Change, Course, Credential, Leaf, Need, Node, Problem, Rule, StageName, check, conflict, loosenings, ways_out,
};

/// Whether the plain model knows a plan.
fn is_possible(problem: &Problem) -> bool {
    optima(&Problem { order: vec![StageName::Terms], ..problem.clone() }).is_some()
}

/// Problems of the generator that no plan solves.
fn impossible(many: usize, of: fn(u64) -> Problem) -> impl Iterator<Item = (u64, Problem)> {
    (2000..).map(move |seed| (seed, of(seed))).filter(|(_, problem)| !is_possible(problem)).take(many)
}

/// Problems that had a plan before they were tightened a little: in terms, loads, wishes or offerings.
fn tightened(many: usize) -> impl Iterator<Item = (u64, Problem)> {
    let tight = |seed: u64| {
        let mut problem = problem(seed);
        let course = usize::try_from(seed % 14).unwrap();
        match seed % 5 {
            0 => problem.horizon -= 1,
            1 => problem.most_load = problem.most_load.map(|most| most.saturating_sub(2)),
            2 => (problem.most_load[2], problem.term_limits) = (0, Vec::new()),
            3 => problem.wanted = vec![course],
            _ => problem.courses.iter_mut().skip(course).step_by(2).for_each(|course| course.offered[1] = false),
        }
        (seed, problem)
    };
    let had = (3000..).filter(|seed| is_possible(&problem(*seed)));
    had.map(tight).filter(|(_, problem)| !is_possible(problem)).take(many)
}

#[test]
fn ways_out_of_one_rule_are_those_that_trying_every_rule_finds() {
    let (mut ones, mut more) = (0, 0);
    for (seed, problem) in impossible(8, plain_problem).chain(impossible(3, problem)) {
        let found = ways_out(&problem, 40, 60.0, &mut Nobody).unwrap();
        for way in &found {
            assert_eq!(check(&problem.without(&way.drop), &way.plan), Ok(way.values), "seed {seed}");
        }
        let single: Vec<Rule> =
            any_plan(&problem).rules().into_iter().filter(|rule| is_possible(&problem.without(&[*rule]))).collect();
        let mut found_single: Vec<Rule> =
            found.iter().filter(|way| way.drop.len() == 1).map(|way| way.drop[0]).collect();
        found_single.sort_unstable();
        assert_eq!(found_single, single, "seed {seed}");
        ones += single.len();
        // A larger one is needed as a whole.
        for way in found.iter().filter(|way| way.drop.len() > 1).take(3) {
            for left in 0..way.drop.len() {
                let mut fewer = way.drop.clone();
                fewer.remove(left);
                assert!(!is_possible(&problem.without(&fewer)), "seed {seed}: {:?}", way.drop);
            }
            more += 1;
        }
        assert!(found.is_sorted_by_key(|way| way.drop.len()), "seed {seed}");
    }
    assert!(ones > 5 && more > 2, "{ones} {more}");
}

#[test]
fn loosenings_are_the_least_that_do() {
    let mut kinds = [0; 5];
    for (seed, problem) in tightened(16) {
        let found = loosenings(&problem, 60.0, &mut Nobody).unwrap();
        let does = |change: &Change| is_possible(&problem.loosened(change));
        for loosening in &found {
            let change = &loosening.change;
            assert_eq!(check(&problem.loosened(change), &loosening.plan), Ok(loosening.values), "seed {seed}");
            let (kind, less): (usize, Vec<Change>) = match change {
                Change::MoreTerms(terms) => (0, vec![Change::MoreTerms(terms - 1)]),
                Change::MoreCredits(credits) => (1, vec![Change::MoreCredits(credits - 1)]),
                Change::Summers(credits) => (2, vec![Change::Summers(credits - 1)]),
                Change::FewerWishes(courses) => {
                    assert_eq!(courses, &problem.wanted, "seed {seed}: the generator wishes for one course");
                    (3, Vec::new())
                }
                Change::MoreOfferings(offerings) => {
                    let without = |left: usize| [&offerings[..left], &offerings[left + 1..]].concat();
                    (4, (0..offerings.len()).map(|left| Change::MoreOfferings(without(left))).collect())
                }
            };
            less.iter().for_each(|less| assert!(!does(less), "seed {seed}: {less:?} does"));
            kinds[kind] += 1;
        }
        for most in [Change::MoreTerms(12), Change::MoreCredits(30), Change::Summers(30)] {
            let kind = std::mem::discriminant(&most);
            let known = found.iter().any(|found| std::mem::discriminant(&found.change) == kind);
            assert!(known || !does(&most), "seed {seed}: {most:?} does");
        }
    }
    assert!(kinds.iter().all(|kind| *kind > 0), "{kinds:?}");
}

#[test]
fn where_a_plan_exists_there_is_nothing_to_give_up() {
    let possible = (3000..).map(problem).find(is_possible).unwrap();
    assert_eq!(ways_out(&possible, 5, 60.0, &mut Nobody), Ok(Vec::new()));
    assert_eq!(loosenings(&possible, 60.0, &mut Nobody), Ok(Vec::new()));
}

#[test]
fn conflicts_are_minimal_by_the_plain_model() {
    let (mut awards, mut needs) = (0, 0);
    for (seed, problem) in impossible(40, problem) {
        let core = conflict(&problem, 60.0, &mut Nobody).unwrap().unwrap().rules;
        // A target that never comes is always possible.
        let is_tried = |rule: &Rule| *rule != Rule::ByHorizon;
        let others = any_plan(&problem).rules().into_iter().filter(|rule| is_tried(rule) && !core.contains(rule));
        let others: Vec<Rule> = others.collect();
        assert!(!is_possible(&problem.without(&others)), "seed {seed}: {core:?}");
        for rule in core.iter().copied().filter(is_tried) {
            let more = [&others[..], &[rule]].concat();
            assert!(is_possible(&problem.without(&more)), "seed {seed}: {core:?} without {rule:?}");
        }
        awards += u32::from(core.iter().any(|rule| matches!(rule, Rule::AfterAward(_))));
        needs += u32::from(core.iter().any(|rule| matches!(rule, Rule::Needs(..))));
    }
    assert!(awards > 2 && needs > 0, "{awards} with awards, {needs} with needs");
}

/// A target of so many credits of any courses, which are of 3 credits each and offered always.
fn any_credits(total: u32, courses: usize) -> Problem {
    let course =
        |index: usize| Course { code: format!("C{index}"), credits: 3, offered: [true; 3], ..Course::default() };
    let leaf =
        Leaf { name: "any".to_owned(), courses: (0..courses).collect(), need: Need::Credits(total), overlay: false };
    Problem {
        courses: (0..courses).map(course).collect(),
        credentials: vec![Credential { total, root: Node::Leaf(leaf), ..Credential::default() }],
        horizon: 3,
        most_load: [3; 3],
        done: vec![false; courses],
        prior_learning: vec![false; courses],
        ..Problem::default()
    }
}

#[test]
fn a_limit_on_prior_learning_asks_for_nothing_where_the_total_is_given_up() {
    let mut problem = any_credits(12, 5);
    problem.credentials[0].prior_limit = Some(0);
    // The limit counts for the total alone: three terms and what is awarded meet the outline.
    (problem.prior_learning[4], problem.prior_learning_limit) = (true, 3);
    let core = conflict(&problem, 60.0, &mut Nobody).unwrap().unwrap().rules;
    assert!(core.contains(&Rule::TotalCredits(0)) && core.contains(&Rule::PriorCountLimit(0)), "{core:?}");
    let ways = ways_out(&problem, 10, 60.0, &mut Nobody).unwrap();
    assert!(ways.iter().any(|way| way.drop == [Rule::TotalCredits(0)]), "{ways:?}");
    assert!(ways.iter().any(|way| way.drop == [Rule::PriorCountLimit(0)]), "{ways:?}");
}

#[test]
fn who_gives_up_being_away_for_a_term_has_no_least_load_there() {
    let mut problem = any_credits(6, 2);
    (problem.least_load, problem.term_limits) = (3, vec![None, Some(0), None]);
    assert_eq!(problem.least_load_of(1), 0);
    let without = problem.without(&[Rule::MostLoad(1)]);
    assert!(without.most_load_of(1) > 0 && without.least_load_of(1) == 0);
}
