//! What a search has come to so far: its stages, their time, and news for whoever waits.

use crate::pathway::model::Built;
use crate::pathway::plan::{PlanningError, Stage, StageName, Values, Watch};
use crate::pathway::problem::Problem;
use crate::pathway::sum::Sum;
use crate::patient::{Waiting, solve_patiently};
use crate::solver::{Model, Patience, Solved};

/// How far a value of whole numbers may come out from one.
const WHOLE: f64 = 1e-4;

/// A plan within a model: which model, and the solution.
#[derive(Clone, Copy)]
pub(super) struct Within<'a> {
    pub(super) built: &'a Built,
    /// Terms that end without anything of value held, as far as the model knows.
    pub(super) first: usize,
    /// The term at whose end the target is awarded.
    pub(super) last: usize,
}

/// A search under way.
pub(super) struct Progress<'a> {
    pub(super) problem: &'a Problem,
    pub(super) patience: Patience,
    watch: &'a mut dyn Watch,
    clock: f64,
    /// By stage, seconds so far.
    spent: [f64; StageName::ALL.len()],
    pub(super) stages: Vec<Stage>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(problem: &'a Problem, seconds: f64, watch: &'a mut dyn Watch) -> Self {
        let clock = watch.cpu_seconds();
        let (patience, spent) = (Patience::of(seconds), [0.0; StageName::ALL.len()]);
        Self { problem, patience, watch, clock, spent, stages: Vec::new() }
    }

    /// Books the time since the last booking.
    pub(super) fn book(&mut self, stage: StageName) {
        let now = self.watch.cpu_seconds();
        self.spent[stage as usize] += now - self.clock;
        self.clock = now;
    }

    /// Whether whoever waits has enough.
    pub(super) fn cancelled(&self) -> bool {
        self.watch.cancelled()
    }

    /// A stage ended.
    pub(super) fn reached(&mut self, name: StageName, value: i64, bound: i64) {
        let stage = Stage { name, value, bound, cpu_seconds: self.spent[name as usize] };
        self.watch.ended(&stage);
        self.stages.push(stage);
    }

    /// A plan is known.
    pub(super) fn improved(&mut self, within: Within, solved: &Solved) {
        self.watch.improved(&values(within, solved));
    }

    /// Solves a model for the least of a stage's sum (or for any solution), from a solution where one is known.
    pub(super) fn solve(
        &mut self,
        model: &Model,
        stage: Option<StageName>,
        within: Within,
        start: Option<&[f64]>,
    ) -> Result<Solved, PlanningError> {
        let objective = stage.and_then(|stage| within.built.sum(stage)).map(|sum| sum.terms()).unwrap_or_default();
        let mut waiting = Listening { watch: &mut *self.watch, within };
        Ok(solve_patiently(model, &objective, self.patience, start, &mut waiting)?)
    }

    /// Compares what the stages reached with what the independent checker finds in the plan. A stage that was broken off
    /// may be better in the plan than it knew; no stage may be worse, or better than its bound.
    pub(super) fn settle(&mut self, values: Values) -> Result<(), PlanningError> {
        for stage in &mut self.stages {
            let found = values.of(stage.name);
            let sign = sign(stage.name);
            if sign * found > sign * stage.value || sign * found < sign * stage.bound {
                let (name, Stage { value, bound, .. }) = (stage.name.name(), stage);
                return Err(PlanningError::Unsound(format!("{name} is {found}, not {value} (bound {bound})")));
            }
            stage.value = found;
        }
        Ok(())
    }
}

/// Whoever waits, with the model that is solved for them.
struct Listening<'a, 'w> {
    watch: &'a mut (dyn Watch + 'w),
    within: Within<'a>,
}

impl Waiting for Listening<'_, '_> {
    fn is_over(&self) -> bool {
        self.watch.cancelled()
    }

    fn listens(&self) -> bool {
        self.watch.listens()
    }

    fn found(&mut self, solved: &Solved) {
        self.watch.improved(&values(self.within, solved));
    }
}

/// The values of a solution, as far as its model knows them.
fn values(within: Within, solved: &Solved) -> Values {
    let Within { built, first, last } = within;
    let of = |stage| built.sum(stage).map_or(0, |sum| whole(sum.value(solved)));
    let count = |value: i64| u32::try_from(value.max(0)).unwrap_or(u32::MAX);
    Values {
        first: u32::try_from(first).unwrap_or(u32::MAX),
        terms: u32::try_from(last).unwrap_or(u32::MAX),
        cost: count(of(StageName::Cost)),
        excess: of(StageName::Excess),
        coverage: count(-of(StageName::Coverage)),
        balance: count(whole(built.fullest(solved))),
        exits: count(of(StageName::Exits)),
    }
}

/// Coverage is made most: its sum counts below nothing.
pub(super) const fn sign(name: StageName) -> i64 {
    if matches!(name, StageName::Coverage) { -1 } else { 1 }
}

/// A number of terms or exams, as a value of a stage.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 10_000)
}

/// What a stage is not better than, by the bound of a solved model on the columns of its sum.
pub(super) fn bound_of(problem: &Problem, name: StageName, sum: &Sum, solved: &Solved) -> i64 {
    whole(solved.bound + sum.constant()).max(unsearched(problem, name))
}

/// The least whole number that is not below a bound.
pub(super) fn whole(bound: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "sums of money and credits, far below 2⁵³")]
    let whole = (bound - WHOLE).ceil() as i64;
    whole
}

/// What a stage is not better than, before any search.
pub(super) fn unsearched(problem: &Problem, name: StageName) -> i64 {
    match name {
        StageName::Coverage => {
            let weights = problem.exams.iter().flat_map(|exam| &exam.domains).map(|domain| i64::from(domain.weight));
            -100 * weights.sum::<i64>()
        }
        StageName::Excess => -i64::from(problem.goal().total),
        StageName::First | StageName::Terms | StageName::Cost | StageName::Balance | StageName::Exits => 0,
    }
}
