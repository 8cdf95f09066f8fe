//! The lexicographic search in the usual order: the first two stages decide two terms, the others are solved with both fixed.
//!
//! The soonest term of value and the soonest term of the target are tried in order, from bounds upward: a model that has
//! no solution proves that its terms are too soon, the first that has one gives the two optima and the least of the next
//! stage with them. What is found at one stage starts the next, whose model has it as a row. Other orders are
//! [`super::ordered`]'s.

use crate::pathway::bounds::{soonest_target, value_thinkable};
use crate::pathway::check::check;
use crate::pathway::model::{Ask, Built, first_terms, whole_plan};
use crate::pathway::ordered::plan_in_order;
use crate::pathway::plan::{Answer, PlanningError, StageName, Watch};
use crate::pathway::problem::Problem;
use crate::pathway::progress::{Progress, Within, bound_of, number, sign, unsearched, whole};
use crate::pathway::sum::Sum;
use crate::pathway::valid::valid;
use crate::pathway::written::write;
use crate::solver::{Ended, Model, Solved};

/// The best plan, lexicographically, in the order of the problem. `seconds` bound each call of the solver.
///
/// Broken off, it gives the best plan so far, with bounds that say how far it is proved.
///
/// # Errors
/// [`PlanningError::Broken`] for a problem that makes no sense; the others are defects.
pub fn plan(problem: &Problem, seconds: f64, watch: &mut dyn Watch) -> Result<Answer, PlanningError> {
    valid(problem)?;
    let progress = Progress::new(problem, seconds, watch);
    let Some(soonest) = soonest_target(problem) else { return Ok(Answer::Infeasible) };
    if !problem.order.starts_with(&[StageName::First, StageName::Terms]) {
        return plan_in_order(progress, soonest);
    }
    let mut search = Search { progress, soonest, value_bound: 0, target_bound: 0 };
    match search.terms()? {
        Found::Plan(found) => search.improve(*found),
        Found::Nothing => Ok(Answer::Infeasible),
        Found::Unknown => Ok(Answer::Undecided),
    }
}

/// What the search over the two terms came to.
enum Found {
    Plan(Box<Start>),
    Nothing,
    Unknown,
}

/// A plan to improve.
struct Start {
    /// Terms that end without anything of value held.
    first: usize,
    ask: Ask,
    built: Built,
    solved: Solved,
}

struct Search<'a> {
    progress: Progress<'a>,
    /// The soonest terms that are not proved to be too soon.
    soonest: usize,
    value_bound: usize,
    target_bound: usize,
}

impl Search<'_> {
    /// The soonest term of value, and with it the soonest of the target.
    fn terms(&mut self) -> Result<Found, PlanningError> {
        let horizon = self.progress.problem.horizon;
        let mut unknown = false;
        if self.progress.problem.holds_value() {
            let found = self.target((None, 0), &mut unknown)?;
            return Ok(settled(found, unknown));
        }
        // A plan whose value comes when it comes.
        let mut any: Option<Start> = None;
        for value_by in 0..=horizon {
            if value_by < horizon && !self.value_possible(value_by)? {
                self.value_bound += usize::from(self.value_bound == value_by);
                continue;
            }
            if value_by == horizon && any.is_some() {
                return Ok(settled(any, unknown));
            }
            let asked = (value_by < horizon).then_some(value_by);
            if let Some(found) = self.target((asked, value_by), &mut unknown)? {
                return Ok(settled(Some(found), unknown));
            }
            if unknown || self.progress.cancelled() || asked.is_none() {
                unknown |= asked.is_some();
                // Where it is not found out when something of value comes, a plan is still worth something.
                if any.is_none() && asked.is_some() && !self.progress.cancelled() {
                    any = self.target((None, horizon), &mut unknown)?;
                }
                return Ok(settled(any, unknown));
            }
            self.value_bound += usize::from(self.value_bound == value_by);
            if any.is_none() {
                any = self.target((None, horizon), &mut unknown)?;
                let Some(found) = &any else { return Ok(settled(None, unknown)) };
                if !unknown {
                    self.soonest = found.ask.last;
                }
            }
        }
        Ok(Found::Nothing)
    }

    /// Whether the first terms alone allow for something of value.
    fn value_possible(&mut self, term: usize) -> Result<bool, PlanningError> {
        let mut possible = value_thinkable(self.progress.problem, term);
        if possible {
            let draft = first_terms(self.progress.problem, term);
            possible = !draft.is_contradictory()
                && draft.model(|_| true).solve(&[], false, self.progress.patience)?.ended != Ended::Infeasible;
        }
        self.progress.book(StageName::First);
        Ok(possible)
    }

    /// The soonest term of the target with something of value held by a term, at the least of the third stage.
    fn target(
        &mut self,
        (value_by, first): (Option<usize>, usize),
        unknown: &mut bool,
    ) -> Result<Option<Start>, PlanningError> {
        let problem = self.progress.problem;
        let third = problem.order.get(2).copied();
        let mut bound = None;
        for last in self.soonest..problem.horizon {
            if self.progress.cancelled() {
                *unknown = true;
                return Ok(None);
            }
            let ask = Ask { last, value_by };
            let built = whole_plan(problem, ask);
            if built.draft.is_contradictory() {
                self.progress.book(StageName::Terms);
                continue;
            }
            let within = Within { built: &built, first, last };
            let solved = self.progress.solve(&built.draft.model(|_| true), third, within, None)?;
            self.progress.book(third.filter(|_| solved.is_found()).unwrap_or(StageName::Terms));
            if solved.is_found() {
                // Terms before the first that is undecided are proved to be too soon.
                self.target_bound = bound.unwrap_or(last);
                self.progress.improved(within, &solved);
                return Ok(Some(Start { first, ask, built, solved }));
            }
            if solved.ended == Ended::Unknown {
                *unknown = true;
                bound = bound.or(Some(last));
            }
        }
        Ok(None)
    }

    /// The other stages, one after the other; then the plan, checked.
    fn improve(mut self, start: Start) -> Result<Answer, PlanningError> {
        let Start { first, ask, built, mut solved } = start;
        let problem = self.progress.problem;
        let value_bound = if problem.holds_value() { 0 } else { self.value_bound };
        self.progress.reached(StageName::First, number(first), number(value_bound));
        self.progress.reached(StageName::Terms, number(ask.last), number(self.target_bound));
        let within = Within { built: &built, first, last: ask.last };
        let mut model = built.draft.model(|_| true);
        for (index, name) in problem.order[2..].iter().enumerate() {
            let Some(sum) = built.sum(*name) else { continue };
            let mut bound = unsearched(problem, *name);
            if index == 0 {
                bound = bound_of(problem, *name, sum, &solved);
            } else if !self.progress.cancelled() {
                let start = solved.columns().to_vec();
                let better = self.progress.solve(&model, Some(*name), within, Some(&start))?;
                // Where nothing is found, what an earlier stage found still stands.
                if better.ended != Ended::Infeasible {
                    bound = bound_of(problem, *name, sum, &better);
                }
                if better.is_found() {
                    solved = better;
                }
            }
            self.progress.book(*name);
            let reached = sum.value(&solved).round();
            hold(&mut model, sum, reached);
            self.progress.improved(within, &solved);
            self.progress.reached(*name, sign(*name) * whole(reached), sign(*name) * bound);
        }
        let plan = write(problem, &built, &solved)?;
        let values = check(problem, &plan).map_err(|faults| PlanningError::Unsound(faults.join("; ")))?;
        self.progress.settle(values)?;
        Ok(Answer::Planned { plan, values, stages: std::mem::take(&mut self.progress.stages) })
    }
}

/// What the search came to.
fn settled(found: Option<Start>, unknown: bool) -> Found {
    match found {
        Some(found) => Found::Plan(Box::new(found)),
        None if unknown => Found::Unknown,
        None => Found::Nothing,
    }
}

/// Holds what a stage reached.
pub(super) fn hold(model: &mut Model, sum: &Sum, reached: f64) {
    model.row(f64::NEG_INFINITY, reached - sum.constant(), sum.terms());
}
