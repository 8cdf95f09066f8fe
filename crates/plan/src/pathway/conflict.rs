//! Why not: rules that cannot hold together, as few of them as make sense.
//!
//! First a linear program in which every rule may be broken at a price — of the plainest rules, then of more: where its
//! least price is above nothing, the rows that hold it there are a proof that the rules they come from contradict each
//! other (duality), however many others there are. Where whole numbers are to blame, all rules stay suspects. Then a deletion filter, in ever smaller chunks:
//! what is left without a chunk is tried, and where it is still contradictory the chunk goes. Every rule that stays was
//! tried alone at the end: without it the others can hold.

use crate::pathway::existence::{QUICK, Silent};
use crate::pathway::model::any_plan;
use crate::pathway::plan::{Conflict, PlanningError, Watch};
use crate::pathway::problem::Problem;
use crate::pathway::rule::Rule;
use crate::pathway::sum::Draft;
use crate::pathway::valid::valid;
use crate::patient::solve_patiently;
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
    let core = Trial::new(problem, seconds, watch).core(&[], Care::Minimal)?;
    Ok(core.map(|rules| Conflict { rules }))
}

/// Whether rules can hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Together,
    Never,
    Unknown,
}

/// How much care goes into a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// It is minimal, however long that takes.
    Minimal,
    /// It is small where that is easy: rules that linear programming names, or those not soon found to be needless.
    Quick,
}

/// Tries which rules can hold together.
pub(super) struct Trial<'a> {
    draft: Draft,
    patience: Patience,
    watch: &'a dyn Watch,
}

impl<'a> Trial<'a> {
    pub(super) fn new(problem: &Problem, seconds: f64, watch: &'a dyn Watch) -> Self {
        Self { draft: any_plan(problem), patience: Patience::of(seconds), watch }
    }

    /// Of the rules without those that are dropped, a set that cannot hold together; absent when all can, or when
    /// that was not found out.
    pub(super) fn core(&self, dropped: &[Rule], care: Care) -> Result<Option<Vec<Rule>>, PlanningError> {
        let (mut core, proved) = self.suspects(dropped)?;
        if proved && care == Care::Quick {
            return Ok(Some(core));
        }
        if self.hold(&core, self.patience)? != Held::Never {
            return Ok(None);
        }
        let patience = match care {
            Care::Minimal => self.patience,
            Care::Quick => Patience::of(self.patience.seconds.min(QUICK)),
        };
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
                match self.hold(&rest, patience)? {
                    Held::Never => core = rest,
                    Held::Together => from = to,
                    Held::Unknown if care == Care::Quick => from = to,
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

    /// Rules among which there is a contradiction, the plainest where linear programming proves one; else all, unproved.
    fn suspects(&self, dropped: &[Rule]) -> Result<(Vec<Rule>, bool), PlanningError> {
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
            return Ok((suspects, true));
        }
        let mut rules = self.draft.rules();
        rules.retain(|rule| !dropped.contains(rule));
        Ok((rules, false))
    }

    /// Whether these rules can hold together, with the structure.
    fn hold(&self, rules: &[Rule], patience: Patience) -> Result<Held, PlanningError> {
        let passes = |rule: Rule| !rule.can_be_dropped() || rules.contains(&rule);
        if self.draft.contradicts(passes) {
            return Ok(Held::Never);
        }
        let model = self.draft.model(passes);
        let solved = solve_patiently(&model, &[], patience, None, &mut Silent(self.watch))?;
        Ok(match solved.ended {
            Ended::Optimal | Ended::Stopped => Held::Together,
            Ended::Infeasible => Held::Never,
            Ended::Unknown => Held::Unknown,
        })
    }
}
