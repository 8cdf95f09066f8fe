//! The reduced search against a plain model, on many small problems made by a generator.

use crate::pathway::generated::problem;
use crate::pathway::oracle::optima;
use crate::pathway::{Answer, Stage, Watch, conflict, plan};

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

#[test]
fn the_reduced_search_finds_the_optima_of_the_plain_model() {
    let (mut planned, mut impossible) = (0, 0);
    for seed in 0..120 {
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
    assert!(planned >= 30 && impossible >= 10, "{planned} planned, {impossible} impossible");
}
