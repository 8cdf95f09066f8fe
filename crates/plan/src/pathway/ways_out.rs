//! Ways out where nothing fits: rules that would do if they were given up together, each set as small as can be.
//!
//! Implicit hitting sets (Reiter, “A theory of diagnosis from first principles”, Artificial Intelligence 32, 1987): every
//! way out must drop a rule of every conflict. The least set that hits all conflicts known is tried: a plan without its
//! rules is a way out — checked, and smallest, since anything smaller misses a conflict —, else there is another conflict.

use crate::pathway::conflict::{Care, Trial};
use crate::pathway::existence::{Existence, existence};
use crate::pathway::plan::{Plan, PlanningError, Values, Watch};
use crate::pathway::problem::Problem;
use crate::pathway::rule::Rule;
use crate::pathway::valid::valid;
use crate::solver::{Ended, Model, Patience};

/// Rules that would do if they were given up together; all the others hold then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// The rules to give up: without any one of them in it, the set would not do.
    pub drop: Vec<Rule>,
    /// A plan without them: that there is one, not the best.
    pub plan: Plan,
    /// Its values.
    pub values: Values,
}

/// Alternatives where nothing fits, at most so many, smallest first: sets of rules whose dropping lets a plan exist, none
/// within another. Where the horizon alone is in the way, giving it up comes first among those of one rule. Empty where a
/// plan exists. `seconds` bound each call of the solver; broken off, what was found by then.
///
/// # Errors
/// [`PlanningError::Broken`] for a problem that makes no sense; [`PlanningError::Solver`] where the solver fails.
pub fn ways_out(
    problem: &Problem,
    most: usize,
    seconds: f64,
    watch: &mut dyn Watch,
) -> Result<Vec<WayOut>, PlanningError> {
    valid(problem)?;
    let mut hunt = Hunt { problem, seconds, watch, cores: Vec::new(), ways: Vec::new() };
    if existence(problem, seconds, hunt.watch)? != Existence::Never {
        return Ok(Vec::new());
    }
    hunt.find(most, &|_| true)?;
    Ok(hunt.ways)
}

/// The fewest rules among those that pass that would do if they were given up; absent where none do.
pub(super) fn fewest(
    problem: &Problem,
    passes: &dyn Fn(Rule) -> bool,
    seconds: f64,
    watch: &dyn Watch,
) -> Result<Option<WayOut>, PlanningError> {
    let mut hunt = Hunt { problem, seconds, watch, cores: Vec::new(), ways: Vec::new() };
    hunt.find(1, passes)?;
    Ok(hunt.ways.pop())
}

struct Hunt<'a> {
    problem: &'a Problem,
    seconds: f64,
    watch: &'a dyn Watch,
    /// Rules that cannot hold together, of those that may be given up.
    cores: Vec<Vec<Rule>>,
    ways: Vec<WayOut>,
}

impl Hunt<'_> {
    /// Looks for ways out until there are so many, or no more.
    fn find(&mut self, most: usize, passes: &dyn Fn(Rule) -> bool) -> Result<(), PlanningError> {
        let horizon = [Rule::ByHorizon];
        if passes(Rule::ByHorizon) && most > 0 {
            self.try_without(&horizon)?;
        }
        let trial = Trial::new(self.problem, self.seconds, self.watch);
        while self.ways.len() < most && !self.watch.cancelled() {
            let Some(hit) = self.least_hit()? else { return Ok(()) };
            // Before any conflict is known, nothing is given up, and that does not do.
            let tried = if hit.is_empty() { Existence::Never } else { self.try_without(&hit)? };
            match tried {
                Existence::Plan(_) => {}
                Existence::Unknown => return Ok(()),
                Existence::Never => {
                    let core = trial.core(&hit, Care::Quick)?;
                    let Some(mut core) = core else { return Ok(()) };
                    // The horizon was tried by itself: a target that never comes is no way out.
                    core.retain(|rule| *rule != Rule::ByHorizon && passes(*rule));
                    if core.is_empty() {
                        return Ok(());
                    }
                    self.cores.push(core);
                }
            }
        }
        Ok(())
    }

    /// Plans without some rules; where that can be, it is a way out.
    fn try_without(&mut self, drop: &[Rule]) -> Result<Existence, PlanningError> {
        let found = existence(&self.problem.without(drop), self.seconds, self.watch)?;
        if let Existence::Plan(found) = &found {
            let (plan, values) = (found.plan.clone(), found.values);
            self.ways.push(WayOut { drop: drop.to_vec(), plan, values });
        }
        Ok(found)
    }

    /// The least set of rules that hits every conflict and contains no way out; plainer rules and earlier ones first.
    fn least_hit(&self) -> Result<Option<Vec<Rule>>, PlanningError> {
        let mut rules: Vec<Rule> = self.cores.iter().flatten().copied().collect();
        rules.sort_unstable_by_key(|rule| (rule.intricacy(), *rule));
        rules.dedup();
        let mut model = Model::default();
        let columns: Vec<_> = rules.iter().map(|_| model.binary()).collect();
        let of = |rule: &Rule| rules.iter().position(|other| other == rule).map(|place| columns[place]);
        for core in &self.cores {
            model.row(1.0, f64::INFINITY, core.iter().filter_map(of).map(|column| (column, 1.0)).collect());
        }
        for way in &self.ways {
            let columns: Vec<_> = way.drop.iter().filter_map(of).map(|column| (column, 1.0)).collect();
            if columns.len() == way.drop.len() {
                #[expect(clippy::cast_precision_loss, reason = "a number of rules")]
                model.row(f64::NEG_INFINITY, columns.len() as f64 - 1.0, columns);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a number of rules")]
        let price = |place: usize| 1.0 + place as f64 / (1000.0 * (rules.len() as f64 + 1.0));
        let prices: Vec<_> = columns.iter().enumerate().map(|(place, column)| (*column, price(place))).collect();
        let solved = model.solve(&prices, false, Patience::of(self.seconds))?;
        if solved.ended != Ended::Optimal {
            return Ok(None);
        }
        let hit = rules.iter().zip(&columns).filter(|(_, column)| solved.of(**column) > 0.5);
        Ok(Some(hit.map(|(rule, _)| *rule).collect()))
    }
}
