//! Why not: rules that cannot hold together, as few of them as make sense.
//!
//! First a linear program in which every rule may be broken at a price — of the plainest rules, then of more: where its
//! least price is above nothing, the rows that hold it there are a proof that the rules they come from contradict each
//! other (duality), however many others there are. Where whole numbers are to blame, all rules stay suspects. Then a deletion filter, in ever smaller chunks:
//! what is left without a chunk is tried, and where it is still contradictory the chunk goes. Every rule that stays was
//! tried alone at the end: without it the others can hold.

use crate::pathway::model::any_plan;
use crate::pathway::plan::{Conflict, PlanningError, Watch};
use crate::pathway::problem::Problem;
use crate::pathway::rule::Rule;
use crate::pathway::sum::Draft;
use crate::pathway::valid::valid;
use crate::solver::{Ended, Patience};

/// Below this, a price of broken rules is the dust of binary arithmetic.
const DUST: f64 = 1e-6;

/// Up to so many suspects are tried one by one.
const FEW: usize = 20;

/// Rules that cannot hold together, minimal: without any one of them the others can; absent when all can, or when time was
/// over before that was known. `seconds` bound each call of the solver.
///
/// # Errors
/// [`PlanningError::Broken`] for a problem that makes no sense; [`PlanningError::Solver`] where the solver fails.
pub fn conflict(problem: &Problem, seconds: f64, watch: &mut dyn Watch) -> Result<Option<Conflict>, PlanningError> {
    valid(problem)?;
    let trial = Trial { draft: any_plan(problem), patience: Patience::of(seconds) };
    let mut core = trial.suspects()?;
    if trial.hold(&core)? != Held::Never {
        return Ok(None);
    }
    // Few suspects are mostly all needed.
    let mut chunk = if core.len() <= FEW { 1 } else { core.len().div_ceil(4) };
    loop {
        let mut from = 0;
        while from < core.len() {
            if watch.cancelled() {
                return Ok(None);
            }
            let to = (from + chunk).min(core.len());
            let rest: Vec<Rule> = core[..from].iter().chain(&core[to..]).copied().collect();
            match trial.hold(&rest)? {
                Held::Never => core = rest,
                Held::Together => from = to,
                // It is not known to be needed: the set could not be called minimal.
                Held::Unknown => return Ok(None),
            }
        }
        if chunk == 1 {
            return Ok(Some(Conflict { rules: core }));
        }
        chunk = chunk.div_ceil(2);
    }
}

/// Whether rules can hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Together,
    Never,
    Unknown,
}

struct Trial {
    draft: Draft,
    patience: Patience,
}

impl Trial {
    /// Rules among which there is a contradiction, the plainest where linear programming finds one; else all.
    fn suspects(&self) -> Result<Vec<Rule>, PlanningError> {
        for intricacy in 0..=Rule::MOST_INTRICATE {
            let (model, prices, rules) = self.draft.elastic(|rule| rule.intricacy() <= intricacy);
            let solved = model.solve(&prices, false, self.patience)?;
            if solved.ended != Ended::Optimal || solved.value <= DUST {
                continue;
            }
            let binding = rules.iter().enumerate().filter(|(row, rule)| rule.can_be_dropped() && solved.binds(*row));
            let mut suspects: Vec<Rule> = binding.map(|(_, rule)| *rule).collect();
            suspects.sort_unstable();
            suspects.dedup();
            return Ok(suspects);
        }
        Ok(self.draft.rules())
    }

    /// Whether these rules can hold together, with the structure.
    fn hold(&self, rules: &[Rule]) -> Result<Held, PlanningError> {
        let passes = |rule: Rule| !rule.can_be_dropped() || rules.contains(&rule);
        if self.draft.contradicts(passes) {
            return Ok(Held::Never);
        }
        let solved = self.draft.model(passes).solve(&[], false, self.patience)?;
        Ok(match solved.ended {
            Ended::Optimal | Ended::Stopped => Held::Together,
            Ended::Infeasible => Held::Never,
            Ended::Unknown => Held::Unknown,
        })
    }
}
