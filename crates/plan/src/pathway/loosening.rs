//! What would let a plan exist at the least change, kind by kind: more terms, more credits, summers, fewer wishes, courses
//! offered in one more season. Every answer is a plan that was found; where time sufficed, that less will not do was proved.

use std::collections::BTreeSet;

use crate::pathway::check::check;
use crate::pathway::existence::{Existence, Found, existence};
use crate::pathway::plan::{Plan, PlanningError, Term, Values, Watch};
use crate::pathway::problem::{Problem, Season};
use crate::pathway::rule::Rule;
use crate::pathway::valid::valid;
use crate::pathway::ways_out::fewest;
use crate::pathway::without::LATER;

/// How a problem is loosened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// So many terms more.
    MoreTerms(usize),
    /// So many credits more in every fall and spring in which the person studies.
    MoreCredits(u32),
    /// Summers with up to so many credits.
    Summers(u32),
    /// Courses the person does without.
    FewerWishes(Vec<usize>),
    /// Courses offered in a season in which they are not.
    MoreOfferings(Vec<(usize, Season)>),
}

/// The least change of a kind that lets a plan exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loosening {
    /// The change.
    pub change: Change,
    /// Whether it is proved that less of its kind would not do.
    pub least: bool,
    /// A plan with it: that there is one, not the best.
    pub plan: Plan,
    /// Its values.
    pub values: Values,
}

/// The least changes of every kind that let a plan exist, in the order of [`Change`]; kinds that do not help, or of which it
/// was not found out, are left out. `seconds` bound each call of the solver.
///
/// # Errors
/// [`PlanningError::Broken`] for a problem that makes no sense; [`PlanningError::Solver`] where the solver fails.
pub fn loosenings(problem: &Problem, seconds: f64, watch: &mut dyn Watch) -> Result<Vec<Loosening>, PlanningError> {
    valid(problem)?;
    let mut search = Search { problem, seconds, watch };
    if existence(problem, seconds, search.watch)? != Existence::Never {
        return Ok(Vec::new());
    }
    let found =
        [search.more_terms()?, search.more_credits()?, search.summers()?, search.wishes()?, search.offerings()?];
    Ok(found.into_iter().flatten().collect())
}

impl Problem {
    /// The same problem, loosened.
    #[must_use]
    pub fn loosened(&self, change: &Change) -> Self {
        let mut problem = self.clone();
        match change {
            Change::MoreTerms(terms) => problem.horizon += terms,
            Change::MoreCredits(credits) => problem.raise(&[Season::Fall, Season::Spring], |most| match most {
                0 => 0,
                most => most + credits,
            }),
            Change::Summers(credits) => problem.raise(&[Season::Summer], |most| most.max(*credits)),
            Change::FewerWishes(courses) => problem.wanted.retain(|course| !courses.contains(course)),
            Change::MoreOfferings(offerings) => {
                offerings.iter().for_each(|(course, season)| problem.courses[*course].offered[season.index()] = true);
            }
        }
        problem
    }

    /// Changes the most credits of all terms of some seasons.
    fn raise(&mut self, seasons: &[Season], most: impl Fn(u32) -> u32) {
        seasons.iter().for_each(|season| self.most_load[season.index()] = most(self.most_load[season.index()]));
        for term in 0..self.term_limits.len() {
            if seasons.contains(&self.season(term)) {
                self.term_limits[term] = self.term_limits[term].map(&most);
            }
        }
    }
}

struct Search<'a> {
    problem: &'a Problem,
    seconds: f64,
    watch: &'a dyn Watch,
}

impl Search<'_> {
    /// A change, where there is a plan with it.
    fn with(&mut self, change: Change) -> Result<Tried, PlanningError> {
        let found = existence(&self.problem.loosened(&change), self.seconds, self.watch)?;
        Ok(Tried::of(found, change))
    }

    /// The soonest plan of a longer horizon says how much longer it must be.
    fn more_terms(&mut self) -> Result<Option<Loosening>, PlanningError> {
        let change = Change::MoreTerms(LATER);
        let later = existence(&self.problem.loosened(&change), self.seconds, self.watch)?;
        let Tried::Does(mut found) = Tried::of(later, change) else { return Ok(None) };
        let needed = found.values.terms as usize + 1;
        let more = needed.saturating_sub(self.problem.horizon).max(1);
        let mut proved = found.least;
        let cut = Change::MoreTerms(more);
        found.plan.terms.truncate(self.problem.horizon + more);
        if let Ok(values) = check(&self.problem.loosened(&cut), &found.plan) {
            return Ok(Some(Loosening { change: cut, values, ..*found }));
        }
        // An exam may be sat after the target, within the horizon.
        for terms in more..=LATER {
            match self.with(Change::MoreTerms(terms))? {
                Tried::Does(mut found) => {
                    found.least = proved;
                    return Ok(Some(*found));
                }
                Tried::WillNotDo => {}
                Tried::Unknown => proved = false,
            }
        }
        Ok(None)
    }

    fn more_credits(&mut self) -> Result<Option<Loosening>, PlanningError> {
        let problem = self.problem;
        let beyond = |term: usize, load: u32| match (problem.season(term), problem.most_load_of(term)) {
            (Season::Summer, _) | (_, 0) => 0,
            (_, most) => load.saturating_sub(most),
        };
        self.least(problem.thinkable_load(), Change::MoreCredits, beyond)
    }

    fn summers(&mut self) -> Result<Option<Loosening>, PlanningError> {
        let problem = self.problem;
        let summer = |term: usize, load: u32| if problem.season(term) == Season::Summer { load } else { 0 };
        self.least(problem.thinkable_load(), Change::Summers, summer)
    }

    /// The least number with which a change does, up to a most: what does for a number does for any above it. `needed` says
    /// how much of it a term takes with a load.
    fn least(
        &mut self,
        most: u32,
        change: impl Fn(u32) -> Change,
        needed: impl Fn(usize, u32) -> u32,
    ) -> Result<Option<Loosening>, PlanningError> {
        let problem = self.problem;
        let needed = |plan: &Plan| {
            let load = |term: &Term| term.courses.iter().map(|course| problem.courses[*course].credits).sum();
            plan.terms.iter().enumerate().map(|(term, taken)| needed(term, load(taken))).max().unwrap_or(0).max(1)
        };
        let Tried::Does(mut found) = self.with(change(most))? else { return Ok(None) };
        let (mut too_little, mut enough) = (0, needed(&found.plan).min(most));
        let mut proved = true;
        while enough - too_little > 1 {
            let middle = too_little + (enough - too_little) / 2;
            match self.with(change(middle))? {
                Tried::Does(with) => (enough, found) = (needed(&with.plan).min(middle), with),
                Tried::WillNotDo => too_little = middle,
                Tried::Unknown => (proved, too_little) = (false, middle),
            }
        }
        (found.change, found.least) = (change(enough), proved);
        Ok(Some(*found))
    }

    fn wishes(&mut self) -> Result<Option<Loosening>, PlanningError> {
        if self.problem.wanted.is_empty() {
            return Ok(None);
        }
        let wish = |rule| matches!(rule, Rule::Wanted(_));
        let found = fewest(self.problem, &wish, self.seconds, self.watch)?;
        Ok(found.map(|way| {
            let courses = way.drop.iter().filter_map(|rule| match rule {
                Rule::Wanted(course) => Some(*course),
                _ => None,
            });
            Loosening {
                change: Change::FewerWishes(courses.collect()),
                least: true,
                plan: way.plan,
                values: way.values,
            }
        }))
    }

    /// Offerings without any one of which the others would not do: from all there could be, those that a plan makes use of,
    /// then without ever smaller chunks.
    fn offerings(&mut self) -> Result<Option<Loosening>, PlanningError> {
        let closed = |course: usize| {
            let offered = self.problem.courses[course].offered;
            Season::ALL.into_iter().filter(move |season| !offered[season.index()]).map(move |season| (course, season))
        };
        let all: Vec<(usize, Season)> = (0..self.problem.courses.len()).flat_map(closed).collect();
        if all.is_empty() {
            return Ok(None);
        }
        let Tried::Does(mut found) = self.with(Change::MoreOfferings(all.clone()))? else { return Ok(None) };
        let mut needed = self.used(&all, &found.plan);
        let mut chunk = needed.len().div_ceil(2).max(1);
        let mut proved = true;
        loop {
            let mut from = 0;
            // Without any there is no plan.
            while from < needed.len() && needed.len() > 1 {
                let to = (from + chunk).min(needed.len());
                let rest = [&needed[..from], &needed[to..]].concat();
                match self.with(Change::MoreOfferings(rest.clone()))? {
                    Tried::Does(with) => {
                        needed = self.used(&rest, &with.plan);
                        found = with;
                        from = 0;
                    }
                    Tried::WillNotDo => from = to,
                    Tried::Unknown => {
                        proved &= chunk > 1;
                        from = to;
                    }
                }
            }
            if chunk == 1 {
                (found.change, found.least) = (Change::MoreOfferings(needed), proved);
                return Ok(Some(*found));
            }
            chunk = chunk.div_ceil(2);
        }
    }

    /// Of some offerings those a plan makes use of.
    fn used(&self, offerings: &[(usize, Season)], plan: &Plan) -> Vec<(usize, Season)> {
        let taken = plan.terms.iter().enumerate().flat_map(|(term, taken)| {
            let season = self.problem.season(term);
            taken.courses.iter().map(move |course| (*course, season))
        });
        let taken: BTreeSet<(usize, Season)> = taken.collect();
        offerings.iter().copied().filter(|offering| taken.contains(offering)).collect()
    }
}

/// What came of trying a change.
enum Tried {
    Does(Box<Loosening>),
    WillNotDo,
    Unknown,
}

impl Tried {
    fn of(found: Existence, change: Change) -> Self {
        match found {
            Existence::Plan(found) => {
                let Found { plan, values, soonest } = *found;
                Self::Does(Box::new(Loosening { change, least: soonest, plan, values }))
            }
            Existence::Never => Self::WillNotDo,
            Existence::Unknown => Self::Unknown,
        }
    }
}
