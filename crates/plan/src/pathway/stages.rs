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
use crate::solver::{Ended, Model, Patience, Solved};

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

/// Seconds in which it is looked whether the first terms alone allow for something of value: a glance, which proves where it can.
const GLANCE: f64 = 3.0;

/// So many terms of value, and of each so many ends, for which nothing is found out; later ones are not tried.
const MOST_UNDECIDED: usize = 2;

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

/// Whether something of value can be held by a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Possible,
    Never,
    Undecided,
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
        let mut left = MOST_UNDECIDED;
        for value_by in 0..=horizon {
            match if value_by < horizon { self.value_by(value_by)? } else { Held::Possible } {
                Held::Never => {
                    self.value_bound += usize::from(self.value_bound == value_by);
                    continue;
                }
                Held::Possible => {}
                // What comes may take long: a plan at all is found before.
                Held::Undecided => {
                    if !self.at_all(&mut any, &mut unknown)? {
                        return Ok(settled(None, unknown));
                    }
                }
            }
            if value_by == horizon && any.is_some() {
                return Ok(settled(any, unknown));
            }
            let asked = (value_by < horizon).then_some(value_by);
            let mut undecided = false;
            let found = self.target((asked, value_by), &mut undecided)?;
            unknown |= undecided;
            if found.is_some() || asked.is_none() {
                return Ok(settled(found, unknown));
            }
            left -= usize::from(undecided);
            // Where it is not found out when something of value comes, a plan is still worth something.
            if self.progress.cancelled() || !self.at_all(&mut any, &mut unknown)? || left == 0 {
                return Ok(settled(any, unknown));
            }
            self.value_bound += usize::from(self.value_bound == value_by && !undecided);
        }
        Ok(Found::Nothing)
    }

    /// Finds a plan whose value comes when it comes, where none is known yet; whether there is one.
    fn at_all(&mut self, any: &mut Option<Start>, unknown: &mut bool) -> Result<bool, PlanningError> {
        if any.is_none() {
            *any = self.target((None, self.progress.problem.horizon), unknown)?;
            if let Some(found) = any.as_ref().filter(|_| !*unknown) {
                self.soonest = found.ask.last;
            }
        }
        Ok(any.is_some())
    }

    /// Whether the first terms alone allow for something of value by the end of a term, as far as a glance tells.
    fn value_by(&mut self, term: usize) -> Result<Held, PlanningError> {
        let problem = self.progress.problem;
        let mut held = Held::Never;
        if value_thinkable(problem, term) {
            let draft = first_terms(problem, term);
            if !draft.is_contradictory() {
                let glance = Patience::of(self.progress.patience.seconds.min(GLANCE));
                held = match draft.model(|_| true).solve(&[], false, glance)?.ended {
                    Ended::Infeasible => Held::Never,
                    Ended::Optimal | Ended::Stopped => Held::Possible,
                    Ended::Unknown => Held::Undecided,
                };
            }
        }
        self.progress.book(StageName::First);
        Ok(held)
    }

    /// The soonest term of the target with something of value held by a term, at the least of the third stage.
    fn target(
        &mut self,
        (value_by, first): (Option<usize>, usize),
        unknown: &mut bool,
    ) -> Result<Option<Start>, PlanningError> {
        let problem = self.progress.problem;
        let third = problem.order.get(2).copied();
        let (mut bound, mut undecided) = (None, 0);
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
                undecided += 1;
                if value_by.is_some() && undecided == MOST_UNDECIDED {
                    return Ok(None);
                }
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
