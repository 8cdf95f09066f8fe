//! The lexicographic search in any order: a model for each term in which the target may be awarded, all of them kept while
//! they may still hold the best.
//!
//! A stage that fixes a term tries terms upward. A stage that makes a sum least solves the models one after the other, each
//! with a row that asks for no worse than the best so far: most then have no solution, which proves that they are worse.

use crate::pathway::bounds::value_thinkable;
use crate::pathway::check::check;
use crate::pathway::model::{Ask, Built, whole_plan};
use crate::pathway::plan::{Answer, PlanningError, StageName};
use crate::pathway::problem::Problem;
use crate::pathway::progress::{Progress, Within, bound_of, number, sign, unsearched, whole};
use crate::pathway::stages::hold;
use crate::pathway::written::write;
use crate::solver::{Ended, Model, Solved};

/// Plans in an order that does not begin with the two terms.
pub(super) fn plan_in_order(progress: Progress, soonest: usize) -> Result<Answer, PlanningError> {
    let problem = progress.problem;
    let mut ends = (soonest..problem.horizon).filter_map(|last| End::of(problem, last, None, &[]));
    let mut search = InOrder { progress, held: Vec::new(), first: problem.horizon, ends: Vec::new(), best: None };
    if problem.order.first() != Some(&StageName::Terms) {
        search.ends = ends.by_ref().collect();
    }
    for name in &problem.order {
        match name {
            StageName::Terms => {
                // Where this is the first stage, later ends are only looked at where earlier ones are too soon.
                let mut open = std::mem::take(&mut search.ends);
                open.sort_by_key(|end| end.last);
                search.fix_target(open.into_iter().chain(ends.by_ref()))?;
            }
            StageName::First => search.fix_value()?,
            StageName::Cost | StageName::Excess | StageName::Coverage | StageName::Balance | StageName::Exits => {
                search.make_least(*name)?
            }
        }
        if search.best.is_none() {
            // What is left was not proved to hold no plan.
            return Ok(if search.ends.is_empty() { Answer::Infeasible } else { Answer::Undecided });
        }
    }
    search.written()
}

/// A term at whose end the target may be awarded, with its model.
struct End {
    last: usize,
    built: Built,
    /// With the rows of the stages that ended.
    model: Model,
}

impl End {
    /// Nothing where the rows contradict each other.
    fn of(problem: &Problem, last: usize, value_by: Option<usize>, held: &[(StageName, f64)]) -> Option<Self> {
        let built = whole_plan(problem, Ask { last, value_by });
        if built.draft.is_contradictory() {
            return None;
        }
        let mut model = built.draft.model(|_| true);
        for (name, reached) in held {
            if let Some(sum) = built.sum(*name) {
                hold(&mut model, sum, *reached);
            }
        }
        Some(Self { last, built, model })
    }
}

struct InOrder<'a> {
    progress: Progress<'a>,
    /// What the sums of earlier stages reached.
    held: Vec<(StageName, f64)>,
    /// Terms that end without anything of value held, as far as it is fixed.
    first: usize,
    /// The ends that are not proved to be worse.
    ends: Vec<End>,
    /// The best plan so far: the term of its end and the solution of that end's model.
    best: Option<(usize, Solved)>,
}

impl InOrder<'_> {
    fn solve(
        &mut self,
        end: &End,
        model: &Model,
        name: Option<StageName>,
        first: usize,
    ) -> Result<Solved, PlanningError> {
        if self.progress.cancelled() {
            return Ok(Solved::unknown());
        }
        let within = Within { built: &end.built, first, last: end.last };
        let start = self.best.as_ref().filter(|(last, solved)| *last == end.last && solved.fits(model));
        let start = start.map(|(_, solved)| solved.columns().to_vec());
        let solved = self.progress.solve(model, name, within, start.as_deref())?;
        if solved.is_found() {
            self.progress.improved(within, &solved);
        }
        Ok(solved)
    }

    /// The soonest end at which there is a plan that is as good in the stages before.
    fn fix_target(&mut self, ends: impl Iterator<Item = End>) -> Result<(), PlanningError> {
        let mut open = Vec::new();
        let next = self.progress.problem.order.iter().skip_while(|name| **name != StageName::Terms).nth(1).copied();
        for end in ends {
            let known = self.best.as_ref().is_some_and(|(last, _)| *last == end.last);
            let solved = match known {
                true => None,
                false => Some(self.solve(&end, &end.model, next, self.first)?),
            };
            match solved {
                Some(solved) if solved.ended == Ended::Infeasible => {}
                Some(solved) if !solved.is_found() => open.push(end),
                found => {
                    if let Some(solved) = found {
                        self.best = Some((end.last, solved));
                    }
                    let (value, bound) = (end.last, open.first().map_or(end.last, |end| end.last));
                    self.ends = vec![end];
                    self.progress.book(StageName::Terms);
                    self.progress.reached(StageName::Terms, number(value), number(bound));
                    return Ok(());
                }
            }
        }
        self.ends = open;
        Ok(())
    }

    /// The soonest term of value with a plan that is as good in the stages before.
    fn fix_value(&mut self) -> Result<(), PlanningError> {
        let problem = self.progress.problem;
        let mut bound = None;
        let thinkable = |term: &usize| value_thinkable(problem, *term);
        let terms = if problem.holds_value() { 0..0 } else { 0..problem.horizon };
        for value_by in terms.filter(thinkable) {
            let (mut open, mut found) = (Vec::new(), None);
            let lasts: Vec<usize> = self.ends.iter().map(|end| end.last).collect();
            for last in lasts {
                let Some(end) = End::of(problem, last, Some(value_by), &self.held) else { continue };
                if found.is_none() {
                    let solved = self.solve(&end, &end.model, None, value_by)?;
                    if solved.ended == Ended::Infeasible {
                        continue;
                    }
                    if solved.is_found() {
                        found = Some((end.last, solved));
                    }
                }
                open.push(end);
            }
            if !open.is_empty() && bound.is_none() {
                bound = Some(value_by);
            }
            if found.is_some() {
                (self.first, self.ends, self.best) = (value_by, open, found);
                self.value_fixed(value_by, bound);
                return Ok(());
            }
            if self.progress.cancelled() {
                // Later terms were not looked at.
                bound = bound.or(Some(value_by + 1));
                break;
            }
        }
        let value = if problem.holds_value() { 0 } else { problem.horizon };
        self.first = value;
        if self.best.is_none() {
            self.any()?;
        }
        if self.best.is_some() {
            self.value_fixed(value, bound);
        }
        Ok(())
    }

    fn value_fixed(&mut self, value: usize, bound: Option<usize>) {
        self.progress.book(StageName::First);
        self.progress.reached(StageName::First, number(value), number(bound.unwrap_or(value)));
    }

    /// Any plan at all.
    fn any(&mut self) -> Result<(), PlanningError> {
        let mut open = Vec::new();
        for end in std::mem::take(&mut self.ends) {
            if self.best.is_none() {
                let solved = self.solve(&end, &end.model, None, self.first)?;
                if solved.ended == Ended::Infeasible {
                    continue;
                }
                self.best = solved.is_found().then_some((end.last, solved));
            }
            open.push(end);
        }
        self.ends = open;
        Ok(())
    }

    /// The least of a sum, over all ends.
    fn make_least(&mut self, name: StageName) -> Result<(), PlanningError> {
        let problem = self.progress.problem;
        let mut reached = None;
        let mut bounds = Vec::new();
        let mut ends = std::mem::take(&mut self.ends);
        // The end of the best plan first: what it reaches is asked of the others.
        ends.sort_by_key(|end| (self.best.as_ref().is_some_and(|(last, _)| *last != end.last), end.last));
        let mut open = Vec::new();
        for end in ends {
            let Some(sum) = end.built.sum(name) else { continue };
            if let (None, Some((_, solved))) = (reached, &self.best) {
                reached = Some(sum.value(solved).round());
            }
            let mut model = end.model.clone();
            if let Some(reached) = reached {
                hold(&mut model, sum, reached);
            }
            let solved = self.solve(&end, &model, Some(name), self.first)?;
            let best = self.best.as_ref().is_some_and(|(last, _)| *last == end.last);
            match solved.ended {
                // The plan that is known shows otherwise.
                Ended::Infeasible if best => bounds.push(reached.map_or(i64::MAX, whole)),
                Ended::Infeasible => continue,
                _ => bounds.push(bound_of(problem, name, sum, &solved)),
            }
            let value = sum.value(&solved).round();
            if solved.is_found() && reached.is_none_or(|reached| value < reached) {
                reached = Some(value);
                self.best = Some((end.last, solved));
            }
            open.push(end);
        }
        self.ends = open;
        let Some(reached) = reached else { return Ok(()) };
        // Ends whose best is known to be worse.
        let value = whole(reached);
        let mut bound = bounds.iter();
        self.ends.retain(|_| bound.next().is_some_and(|bound| *bound <= value));
        for end in &mut self.ends {
            if let Some(sum) = end.built.sum(name) {
                hold(&mut end.model, sum, reached);
            }
        }
        self.held.push((name, reached));
        let bound = bounds.into_iter().min().unwrap_or(value).max(unsearched(problem, name)).min(value);
        self.progress.book(name);
        self.progress.reached(name, sign(name) * value, sign(name) * bound);
        Ok(())
    }

    /// The plan, checked.
    fn written(mut self) -> Result<Answer, PlanningError> {
        let problem = self.progress.problem;
        let best = self.best.take();
        let found = best.and_then(|(last, solved)| Some((self.ends.iter().find(|end| end.last == last)?, solved)));
        let Some((end, solved)) = found else {
            return Err(PlanningError::Unsound("the best plan was lost".to_owned()));
        };
        let plan = write(problem, &end.built, &solved)?;
        let values = check(problem, &plan).map_err(|faults| PlanningError::Unsound(faults.join("; ")))?;
        self.progress.settle(values)?;
        Ok(Answer::Planned { plan, values, stages: std::mem::take(&mut self.progress.stages) })
    }
}
