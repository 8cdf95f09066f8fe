//! The lexicographic search: the first two stages decide two terms, the other three are solved with both fixed.
//!
//! The soonest term of value and the soonest term of the target are tried in order, from bounds upward: a model that has
//! no solution proves that its terms are too soon, the first that has one gives the two optima and the least cost with
//! them. What is found at one stage starts the next, whose model has it as a row.

use crate::pathway::bounds::{soonest_target, value_thinkable};
use crate::pathway::check::check;
use crate::pathway::model::{Ask, Built, first_terms, whole_plan};
use crate::pathway::plan::{Answer, PlanningError, Stage, StageName, Values, Watch};
use crate::pathway::problem::Problem;
use crate::pathway::sum::Sum;
use crate::pathway::valid::valid;
use crate::pathway::written::write;
use crate::solver::{Ended, Model, Patience, Solved};

/// How far a value of whole numbers may come out from one.
const WHOLE: f64 = 1e-4;

/// The best plan, lexicographically: something of value soonest, target soonest, least cost, least excess credits, most
/// coverage. `seconds` bound each call of the solver.
///
/// # Errors
/// [`PlanningError::Broken`] for a problem that makes no sense; the others are defects.
pub fn plan(problem: &Problem, seconds: f64, watch: &mut dyn Watch) -> Result<Answer, PlanningError> {
    valid(problem)?;
    if problem.order != StageName::USUAL {
        return Err(PlanningError::Broken("another order of stages is not planned yet".to_owned()));
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
    /// Terms that end without anything of value held.
    first: usize,
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
    spent: [f64; StageName::ALL.len()],
    /// The soonest terms that are not proved to be too soon.
    value_bound: usize,
    target_bound: usize,
    stages: Vec<Stage>,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem, seconds: f64, watch: &'a mut dyn Watch) -> Self {
        let clock = watch.cpu_seconds();
        let patience = Patience::of(seconds);
        Self {
            problem,
            patience,
            watch,
            clock,
            spent: [0.0; StageName::ALL.len()],
            value_bound: 0,
            target_bound: 0,
            stages: Vec::new(),
        }
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
        if self.problem.holds_value() {
            return self.terms_with_value(soonest);
        }
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

    /// The soonest term of the target, where something of value is held from the start.
    fn terms_with_value(&mut self, soonest: usize) -> Result<Found, PlanningError> {
        let mut unknown = false;
        let Some(mut found) = self.target(None, soonest, &mut unknown)? else {
            return Ok(if unknown { Found::Unknown } else { Found::Nothing });
        };
        found.first = 0;
        self.target_bound = if unknown { self.target_bound.min(found.ask.last) } else { found.ask.last };
        Ok(Found::Plan(Box::new(found)))
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
                let first = value_by.unwrap_or(self.problem.horizon);
                return Ok(Some(Start { first, ask, built, solved }));
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
        let Start { first, ask, built, mut solved } = start;
        self.reached(StageName::First, number(first), number(self.value_bound));
        self.reached(StageName::Terms, number(ask.last), number(self.target_bound));
        let sums = [&built.cost, &built.excess, &built.coverage];
        let unsearched = [0, 0, -10_000 * number(self.problem.exams.len())];
        let mut model = built.draft.model(|_| true);
        for (index, sum) in sums.into_iter().enumerate() {
            let mut bound = unsearched[index];
            if index == 0 {
                bound = whole(solved.bound + sum.constant());
            } else if !self.watch.cancelled() {
                let start = solved.columns().to_vec();
                let better = model.solve_from(&sum.terms(), false, self.patience, &start)?;
                // Where nothing is found, what an earlier stage found still stands.
                if matches!(better.ended, Ended::Optimal | Ended::Stopped) {
                    bound = whole(better.bound + sum.constant());
                    solved = better;
                }
            }
            let name = StageName::ALL[index + 2];
            self.book(name);
            let reached = sum.value(&solved).round();
            hold(&mut model, sum, reached);
            // Coverage is made most: its sum counts below nothing.
            let sign = if name == StageName::Coverage { -1 } else { 1 };
            self.reached(name, sign * whole(reached), sign * bound);
        }
        let plan = write(self.problem, &built, &solved)?;
        let values = check(self.problem, &plan).map_err(|faults| PlanningError::Unsound(faults.join("; ")))?;
        self.settle(values)?;
        Ok(Answer::Planned { plan, values, stages: std::mem::take(&mut self.stages) })
    }

    /// A stage ended.
    fn reached(&mut self, name: StageName, value: i64, bound: i64) {
        let stage = Stage { name, value, bound, cpu_seconds: self.spent[name as usize] };
        self.watch.ended(&stage);
        self.stages.push(stage);
    }

    /// Compares what the stages reached with what the independent checker finds in the plan. A stage that was broken off
    /// may be better in the plan than it knew; no stage may be worse, or better than its bound.
    fn settle(&mut self, values: Values) -> Result<(), PlanningError> {
        for stage in &mut self.stages {
            let found = values.of(stage.name);
            let sign = if stage.name == StageName::Coverage { -1 } else { 1 };
            if sign * found > sign * stage.value || sign * found < sign * stage.bound {
                let (name, Stage { value, bound, .. }) = (stage.name.name(), stage);
                return Err(PlanningError::Unsound(format!("{name} is {found}, not {value} (bound {bound})")));
            }
            stage.value = found;
        }
        Ok(())
    }
}

/// A number of terms or exams, as a value of a stage.
fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 10_000)
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
