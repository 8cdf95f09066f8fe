//! The reduced search against a plain model, on many small problems made by a generator.

use std::cell::Cell;

use crate::pathway::generated::{Numbers, problem};
use crate::pathway::oracle::optima;
use crate::pathway::{Answer, Problem, Stage, StageName, Values, Watch, check, conflict, plan};

/// So many problems are planned in an order of their own.
const EVERY_ORDER: u64 = 80;

/// Nobody waits.
pub(crate) struct Nobody;

impl Watch for Nobody {
    fn cpu_seconds(&mut self) -> f64 {
        0.0
    }

    fn cancelled(&self) -> bool {
        false
    }

    fn ended(&mut self, _: &Stage) {}
}

/// The values of the best plan, all stages of which are proved.
pub(super) fn values(problem: &Problem) -> Values {
    match plan(problem, 60.0, &mut Nobody).unwrap() {
        Answer::Planned { values, stages, .. } => {
            assert!(stages.iter().all(Stage::proved), "{stages:?}");
            values
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_reduced_search_finds_the_optima_of_the_plain_model() {
    let (mut planned, mut impossible) = (0, 0);
    for seed in 0..80 {
        let problem = problem(seed);
        let expected = optima(&problem);
        match plan(&problem, 60.0, &mut Nobody).unwrap_or_else(|error| panic!("seed {seed}: {error}")) {
            Answer::Planned { stages, .. } => {
                assert!(stages.iter().all(Stage::proved), "seed {seed}: {stages:?}");
                let found: Vec<i64> = stages.iter().map(|stage| stage.value).collect();
                assert_eq!(expected, Some(found), "seed {seed}");
                planned += 1;
            }
            Answer::Infeasible => {
                assert_eq!(expected, None, "seed {seed}");
                assert!(conflict(&problem, 60.0, &mut Nobody).unwrap().is_some(), "seed {seed}");
                impossible += 1;
            }
            Answer::Undecided => panic!("seed {seed} is undecided"),
        }
    }
    assert!(planned >= 20 && impossible >= 8, "{planned} planned, {impossible} impossible");
}

/// Any order of any of the stages.
pub(super) fn order(numbers: &mut Numbers) -> Vec<StageName> {
    let mut left = StageName::ALL.to_vec();
    let many = 1 + numbers.below(left.len() as u64);
    (0..many).map(|_| left.remove(usize::try_from(numbers.below(left.len() as u64)).unwrap())).collect()
}

#[test]
fn any_order_finds_the_optima_of_the_plain_model() {
    let mut planned = 0;
    for seed in 1000..1000 + EVERY_ORDER {
        let problem = Problem { order: order(&mut Numbers(seed)), ..problem(seed) };
        let expected = optima(&problem);
        match plan(&problem, 60.0, &mut Nobody).unwrap_or_else(|error| panic!("seed {seed}: {error}")) {
            Answer::Planned { stages, .. } => {
                assert!(stages.iter().all(Stage::proved), "seed {seed}: {stages:?}");
                let found: Vec<(StageName, i64)> = stages.iter().map(|stage| (stage.name, stage.value)).collect();
                let expected = problem.order.iter().copied().zip(expected.unwrap_or_default());
                assert_eq!(expected.collect::<Vec<_>>(), found, "seed {seed}");
                planned += 1;
            }
            Answer::Infeasible => assert_eq!(expected, None, "seed {seed}"),
            Answer::Undecided => panic!("seed {seed} is undecided"),
        }
    }
    assert!(planned * 3 >= EVERY_ORDER, "{planned} planned");
}

/// Somebody who has enough after being asked so often.
struct Impatient {
    asked: Cell<u32>,
    enough: u32,
    news: u32,
}

impl Watch for Impatient {
    fn cpu_seconds(&mut self) -> f64 {
        0.0
    }

    fn cancelled(&self) -> bool {
        self.asked.set(self.asked.get() + 1);
        self.asked.get() > self.enough
    }

    fn improved(&mut self, _: &Values) {
        self.news += 1;
    }

    fn ended(&mut self, _: &Stage) {}
}

#[test]
fn what_is_broken_off_keeps_its_plan_and_its_bounds_are_true() {
    let (mut open, mut proved) = (0, 0);
    for (seed, enough) in (0..30).flat_map(|seed| (2..11).map(move |enough| (seed, enough))) {
        let order = if seed % 2 == 0 { StageName::USUAL.to_vec() } else { order(&mut Numbers(seed)) };
        let problem = Problem { order, ..problem(seed) };
        let mut watch = Impatient { asked: Cell::new(0), enough, news: 0 };
        let Answer::Planned { plan: found, values, stages } = plan(&problem, 60.0, &mut watch).unwrap() else {
            continue;
        };
        assert_eq!(check(&problem, &found), Ok(values), "seed {seed}");
        assert!(watch.news > 0, "seed {seed}");
        let optima = optima(&problem).unwrap_or_default();
        for (stage, optimum) in stages.iter().zip(optima) {
            let sign = if stage.name == StageName::Coverage { -1 } else { 1 };
            let between = sign * stage.bound <= sign * optimum && sign * optimum <= sign * stage.value;
            assert!(between, "seed {seed}: {stage:?}, but {optimum}");
            if !stage.proved() {
                open += 1;
                // What comes after was made least under another condition.
                break;
            }
            proved += 1;
        }
    }
    assert!(open > 20 && proved > 50, "{open} open, {proved} proved");
}
