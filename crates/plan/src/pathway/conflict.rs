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
use crate::patient::{Waiting, solve_patiently};
use crate::solver::{Ended, Patience, Solved};

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
    let core = Trial::new(problem, seconds, watch).core(&[])?;
    Ok(core.map(|rules| Conflict { rules }))
}

/// Whether rules can hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Together,
    Never,
    Unknown,
}

/// Tries which rules can hold together.
pub(super) struct Trial<'a> {
    draft: Draft,
    patience: Patience,
    watch: &'a mut dyn Watch,
}

impl<'a> Trial<'a> {
    pub(super) fn new(problem: &Problem, seconds: f64, watch: &'a mut dyn Watch) -> Self {
        Self { draft: any_plan(problem), patience: Patience::of(seconds), watch }
    }

    /// Of the rules without those that are dropped, a minimal set that cannot hold together; absent when all can, or when
    /// that was not found out.
    pub(super) fn core(&mut self, dropped: &[Rule]) -> Result<Option<Vec<Rule>>, PlanningError> {
        let mut core = self.suspects(dropped)?;
        if self.hold(&core)? != Held::Never {
            core = self.draft.rules();
            core.retain(|rule| !dropped.contains(rule));
            if self.hold(&core)? != Held::Never {
                return Ok(None);
            }
        }
        // Few suspects are mostly all needed.
        let mut chunk = if core.len() <= FEW { 1 } else { core.len().div_ceil(4) };
        loop {
            let mut from = 0;
            while from < core.len() {
                if self.watch.cancelled() {
                    return Ok(None);
                }
                let to = (from + chunk).min(core.len());
                let rest: Vec<Rule> = core[..from].iter().chain(&core[to..]).copied().collect();
                match self.hold(&rest)? {
                    Held::Never => core = rest,
                    Held::Together => from = to,
                    // It is not known to be needed: the set could not be called minimal.
                    Held::Unknown => return Ok(None),
                }
            }
            if chunk == 1 {
                return Ok(Some(core));
            }
            chunk = chunk.div_ceil(2);
        }
    }

    /// Rules among which there is a contradiction, the plainest where linear programming finds one; else all.
    fn suspects(&self, dropped: &[Rule]) -> Result<Vec<Rule>, PlanningError> {
        for intricacy in 0..=Rule::MOST_INTRICATE {
            let passes = |rule: Rule| rule.intricacy() <= intricacy && !dropped.contains(&rule);
            let (model, prices, rules) = self.draft.elastic(passes);
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
        let mut rules = self.draft.rules();
        rules.retain(|rule| !dropped.contains(rule));
        Ok(rules)
    }

    /// Whether these rules can hold together, with the structure.
    fn hold(&mut self, rules: &[Rule]) -> Result<Held, PlanningError> {
        let passes = |rule: Rule| !rule.can_be_dropped() || rules.contains(&rule);
        if self.draft.contradicts(passes) {
            return Ok(Held::Never);
        }
        let model = self.draft.model(passes);
        let solved = solve_patiently(&model, &[], self.patience, None, &mut Silent(&*self.watch))?;
        Ok(match solved.ended {
            Ended::Optimal | Ended::Stopped => Held::Together,
            Ended::Infeasible => Held::Never,
            Ended::Unknown => Held::Unknown,
        })
    }
}

/// Whoever waits for an answer, not for plans on the way.
struct Silent<'a>(&'a dyn Watch);

impl Waiting for Silent<'_> {
    fn is_over(&self) -> bool {
        self.0.cancelled()
    }

    fn found(&mut self, _: &Solved) {}
}
