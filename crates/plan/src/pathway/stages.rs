//! The lexicographic search: the first two stages decide two terms, the other three are solved with both fixed.
//!
//! The soonest term of value and the soonest term of the target are tried in order, from bounds upward: a model that has
//! no solution proves that its terms are too soon, the first that has one gives the two optima and the least cost with
//! them. What is found at one stage starts the next, whose model has it as a row.

use crate::pathway::bounds::{soonest_target, value_thinkable};
use crate::pathway::check::check;
use crate::pathway::model::{Ask, Built, first_terms, whole_plan};
use crate::pathway::plan::{Answer, Plan, PlanningError, Stage, StageName, Values, Watch};
use crate::pathway::problem::Problem;
use crate::pathway::sum::Sum;
use crate::pathway::written::write;
use crate::solver::{Ended, Model, Patience, Solved};

/// How far a value of whole numbers may come out from one.
const WHOLE: f64 = 1e-4;

/// The best plan, lexicographically: something of value soonest, target soonest, least cost, least excess credits, most
/// coverage. `seconds` bound each call of the solver.
///
/// # Errors
/// [`PlanningError::Broken`] for a problem without terms; the others are defects.
pub fn plan(problem: &Problem, seconds: f64, watch: &mut dyn Watch) -> Result<Answer, PlanningError> {
    if problem.horizon == 0 {
        return Err(PlanningError::Broken("there are no terms to plan".to_owned()));
    }
    let mut search = Search::new(problem, seconds, watch);
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
    ask: Ask,
    built: Built,
    solved: Solved,
}

struct Search<'a> {
    problem: &'a Problem,
    patience: Patience,
    watch: &'a mut dyn Watch,
    clock: f64,
    /// By stage, seconds so far.
    spent: [f64; 5],
    /// The soonest terms that are not proved to be too soon.
    value_bound: usize,
    target_bound: usize,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem, seconds: f64, watch: &'a mut dyn Watch) -> Self {
        let clock = watch.cpu_seconds();
        let patience = Patience::of(seconds);
        Self { problem, patience, watch, clock, spent: [0.0; 5], value_bound: 0, target_bound: 0 }
    }

    /// Books the time since the last booking.
    fn book(&mut self, stage: StageName) {
        let now = self.watch.cpu_seconds();
        self.spent[stage as usize] += now - self.clock;
        self.clock = now;
    }

    /// The soonest term of value, and with it the soonest of the target.
    fn terms(&mut self) -> Result<Found, PlanningError> {
        let horizon = self.problem.horizon;
        let Some(mut soonest) = soonest_target(self.problem) else { return Ok(Found::Nothing) };
        let (mut known_feasible, mut unknown) = (false, false);
        for value_by in 0..=horizon {
            if value_by < horizon && !self.value_possible(value_by)? {
                self.value_bound += usize::from(self.value_bound == value_by);
                continue;
            }
            let asked = (value_by < horizon).then_some(value_by);
            match self.target(asked, soonest, &mut unknown)? {
                Some(found) => {
                    self.target_bound = if unknown { soonest.min(self.target_bound) } else { found.ask.last };
                    return Ok(Found::Plan(Box::new(found)));
                }
                None if unknown || self.watch.cancelled() => return Ok(Found::Unknown),
                None if asked.is_none() => return Ok(Found::Nothing),
                None => {}
            }
            self.value_bound += usize::from(self.value_bound == value_by);
            if !known_feasible {
                match self.target(None, soonest, &mut unknown)? {
                    Some(found) => (known_feasible, soonest) = (true, found.ask.last),
                    None if unknown => return Ok(Found::Unknown),
                    None => return Ok(Found::Nothing),
                }
            }
        }
        Ok(Found::Nothing)
    }

    /// Whether the first terms alone allow for something of value.
    fn value_possible(&mut self, term: usize) -> Result<bool, PlanningError> {
        let mut possible = value_thinkable(self.problem, term);
        if possible {
            let draft = first_terms(self.problem, term);
            possible = !draft.is_contradictory()
                && draft.model(|_| true).solve(&[], false, self.patience)?.ended != Ended::Infeasible;
        }
        self.book(StageName::First);
        Ok(possible)
    }

    /// The soonest term of the target with something of value held by a term, at the least cost.
    fn target(
        &mut self,
        value_by: Option<usize>,
        soonest: usize,
        unknown: &mut bool,
    ) -> Result<Option<Start>, PlanningError> {
        self.target_bound = self.problem.horizon;
        for last in soonest..self.problem.horizon {
            if self.watch.cancelled() {
                *unknown = true;
                return Ok(None);
            }
            let ask = Ask { last, value_by };
            let built = whole_plan(self.problem, ask);
            if built.draft.is_contradictory() {
                self.book(StageName::Terms);
                continue;
            }
            let solved = built.draft.model(|_| true).solve(&built.cost.terms(), false, self.patience)?;
            let found = matches!(solved.ended, Ended::Optimal | Ended::Stopped);
            self.book(if found { StageName::Cost } else { StageName::Terms });
            if found {
                return Ok(Some(Start { ask, built, solved }));
            }
            if solved.ended == Ended::Unknown {
                *unknown = true;
                self.target_bound = self.target_bound.min(last);
            }
        }
        Ok(None)
    }

    /// Least cost, least excess and most coverage, one after the other; then the plan, checked.
    fn improve(&mut self, start: Start) -> Result<Answer, PlanningError> {
        let Start { ask, built, mut solved } = start;
        let mut bounds = [whole(solved.bound + built.cost.constant()), 0, self.least_coverage()];
        let mut model = built.draft.model(|_| true);
        let sums = [&built.cost, &built.excess, &built.coverage];
        for index in 1..3 {
            let reached = sums[index - 1].value(&solved).round();
            hold(&mut model, sums[index - 1], reached);
            if self.watch.cancelled() {
                break;
            }
            let start = solved.columns().to_vec();
            let better = model.solve_from(&sums[index].terms(), false, self.patience, Some(&start))?;
            self.book(StageName::ALL[index + 2]);
            match better.ended {
                Ended::Optimal | Ended::Stopped => {
                    bounds[index] = whole(better.bound + sums[index].constant());
                    solved = better;
                }
                // What an earlier stage found still stands.
                Ended::Infeasible | Ended::Unknown => break,
            }
        }
        let plan = write(self.problem, &built, &solved)?;
        self.book(StageName::Coverage);
        self.report(ask, plan, bounds)
    }

    /// Least thinkable coverage, counted below nothing.
    fn least_coverage(&self) -> i64 {
        let exams = i64::try_from(self.problem.exams.len()).unwrap_or(i64::MAX / 10_000);
        -10_000 * exams
    }

    /// The stages, with the values the independent checker finds in the plan.
    fn report(&mut self, ask: Ask, plan: Plan, bounds: [i64; 3]) -> Result<Answer, PlanningError> {
        let values = check(self.problem, &plan).map_err(|faults| PlanningError::Unsound(faults.join("; ")))?;
        let Values { first, terms, cost, excess, coverage } = values;
        let found = [i64::from(first), i64::from(terms), i64::from(cost), excess, i64::from(coverage)];
        let as_bound = |term: usize| i64::try_from(term).unwrap_or(i64::MAX);
        let bound = [as_bound(self.value_bound), as_bound(self.target_bound), bounds[0], bounds[1], -bounds[2]];
        let mut stages = Vec::with_capacity(5);
        for (index, name) in StageName::ALL.into_iter().enumerate() {
            let better =
                if name == StageName::Coverage { found[index] > bound[index] } else { found[index] < bound[index] };
            if better {
                let (found, bound) = (found[index], bound[index]);
                return Err(PlanningError::Unsound(format!(
                    "{} is {found}, better than its bound {bound}",
                    name.name()
                )));
            }
            let stage = Stage { name, value: found[index], bound: bound[index], cpu_seconds: self.spent[index] };
            self.watch.ended(&stage);
            stages.push(stage);
        }
        if terms as usize != ask.last {
            return Err(PlanningError::Unsound(format!("the target is awarded in term {terms}, not {}", ask.last)));
        }
        Ok(Answer::Planned { plan, values, stages })
    }
}

/// Holds what a stage reached.
fn hold(model: &mut Model, sum: &Sum, reached: f64) {
    model.row(f64::NEG_INFINITY, reached - sum.constant(), sum.terms());
}

/// The least whole number that is not below a bound.
fn whole(bound: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "sums of money and credits, far below 2⁵³")]
    let whole = (bound - WHOLE).ceil() as i64;
    whole
}
