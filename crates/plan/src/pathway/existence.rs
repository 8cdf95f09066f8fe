//! Whether there is a plan at all, whatever it is worth.
//!
//! Terms are tried upward with little patience, then those left open with all of it: a plan that ends a term later is often
//! found at once where the proof that no sooner one exists takes long.

use crate::pathway::bounds::soonest_target;
use crate::pathway::check::check;
use crate::pathway::model::{Ask, whole_plan};
use crate::pathway::plan::{Plan, PlanningError, Values, Watch};
use crate::pathway::problem::Problem;
use crate::pathway::written::write;
use crate::patient::{Waiting, solve_patiently};
use crate::solver::{Ended, Patience, Solved};

/// Seconds that a term gets at first.
pub(super) const QUICK: f64 = 2.0;

/// What is known of there being a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Existence {
    /// There is one.
    Plan(Box<Found>),
    /// There is none, and that is proved.
    Never,
    /// Time was over, or it was broken off.
    Unknown,
}

/// A plan, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) plan: Plan,
    pub(super) values: Values,
    /// Whether no plan reaches the target sooner.
    pub(super) soonest: bool,
}

/// Looks for a plan; `seconds` bound each call of the solver.
pub(super) fn existence(problem: &Problem, seconds: f64, watch: &dyn Watch) -> Result<Existence, PlanningError> {
    let Some(soonest) = soonest_target(problem) else { return Ok(Existence::Never) };
    let mut open: Vec<usize> = (soonest..problem.horizon).collect();
    for seconds in [seconds.min(QUICK), seconds] {
        let mut left = Vec::new();
        for last in open {
            let built = whole_plan(problem, Ask { last, value_by: None });
            if built.draft.is_contradictory() {
                continue;
            }
            let model = built.draft.model(|_| true);
            let patience = Patience { any: true, ..Patience::of(seconds) };
            // Without something to make less, the solver finds its first solution later.
            let objective = built.cost.terms();
            let solved = solve_patiently(&model, &objective, patience, None, &mut Silent(watch))?;
            if solved.is_found() {
                let plan = write(problem, &built, &solved)?;
                let values = check(problem, &plan).map_err(|faults| PlanningError::Unsound(faults.join("; ")))?;
                return Ok(Existence::Plan(Box::new(Found { plan, values, soonest: left.is_empty() })));
            }
            if solved.ended != Ended::Infeasible {
                left.push(last);
            }
        }
        if left.is_empty() {
            return Ok(Existence::Never);
        }
        open = left;
    }
    Ok(Existence::Unknown)
}

/// Whoever waits for an answer, not for plans on the way.
pub(super) struct Silent<'a>(pub(super) &'a dyn Watch);

impl Waiting for Silent<'_> {
    fn is_over(&self) -> bool {
        self.0.cancelled()
    }

    fn listens(&self) -> bool {
        false
    }

    fn found(&mut self, _: &Solved) {}
}
