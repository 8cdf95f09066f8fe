//! When a course can be taken at all: presolve by the closure of its requisites.
//!
//! Earliest: the first term offered after the cheapest way through its requisites. Forced: what the target cannot be had
//! without. Latest: before what is forced and needs it.

use crate::pathway::credential::{Held, Leaf, Need};
use crate::pathway::earliest_award::earliest_award;
use crate::pathway::problem::{Clause, Problem};

/// The term before the first one, in which what is held already counts as finished.
pub(super) const BEFORE: i32 = -1;

/// When courses can be taken, up to a last term.
#[derive(Clone, Debug)]
pub(super) struct Windows {
    /// So many terms.
    pub(super) terms: usize,
    /// By course: the first term it can be taken in; absent where there is none.
    pub(super) earliest: Vec<Option<usize>>,
    /// By course: the last term it is of use in; absent where it is not offered.
    pub(super) latest: Vec<Option<usize>>,
    /// By course: whether the target cannot be had without it.
    pub(super) forced: Vec<bool>,
    /// By credential: the first term at whose end it can be awarded; absent where there is none.
    pub(super) awards: Vec<Option<usize>>,
}

impl Windows {
    /// Windows that follow from offerings alone.
    pub(super) fn open(problem: &Problem, terms: usize) -> Self {
        let offered = |course: usize| move |term: &usize| problem.offers(course, *term);
        let earliest = (0..problem.courses.len()).map(|course| (0..terms).find(offered(course))).collect();
        let latest = (0..problem.courses.len()).map(|course| (0..terms).rev().find(offered(course))).collect();
        let awards = vec![Some(0); problem.credentials.len()];
        Self { terms, earliest, latest, forced: vec![false; problem.courses.len()], awards }
    }

    /// Windows that follow from offerings, loads and requisites, whatever is to be reached.
    ///
    /// From the most hopeful guess, terms only move up: courses that need each other in the same term keep it.
    pub(super) fn by_requisites(problem: &Problem, terms: usize) -> Self {
        let mut windows = Self::open(problem, terms);
        let from_start = |course: usize| problem.done[course] || problem.prior_learning[course];
        let hopeful = |course: usize| match from_start(course) {
            true => Some(BEFORE),
            false => first_takeable(problem, course, 0, terms).and_then(|term| i32::try_from(term).ok()),
        };
        let mut held: Vec<Option<i32>> = (0..problem.courses.len()).map(hopeful).collect();
        windows.earliest = vec![None; problem.courses.len()];
        loop {
            let mut changed = false;
            for course in 0..problem.courses.len() {
                let first = first_after(problem, course, &held, &windows.awards)
                    .and_then(|from| first_takeable(problem, course, from, terms))
                    .filter(|_| !problem.done[course]);
                changed |= first != windows.earliest[course];
                windows.earliest[course] = first;
                if !from_start(course) {
                    let now = first.and_then(|term| i32::try_from(term).ok());
                    changed |= now != held[course];
                    held[course] = now;
                }
            }
            for credential in 0..problem.credentials.len() {
                let first = earliest_award(problem, credential, (&held, &windows.awards), terms);
                changed |= first != windows.awards[credential];
                windows.awards[credential] = first;
            }
            if !changed {
                return windows;
            }
        }
    }

    /// Windows that follow from having to reach the target at the end of the last term.
    pub(super) fn to_target(problem: &Problem, terms: usize) -> Self {
        let mut windows = Self::by_requisites(problem, terms);
        windows.force_award(problem, problem.target, terms);
        problem.wanted.iter().for_each(|course| windows.forced[*course] = true);
        for exam in problem.exams_to_sit() {
            for course in problem.exams[exam].not_before.iter().filter(|course| !problem.done[**course]) {
                windows.force_before(problem, *course, terms - 1);
            }
        }
        loop {
            let forced: Vec<usize> = (0..problem.courses.len()).filter(|course| windows.forced[*course]).collect();
            let mut changed = false;
            for course in forced {
                if problem.done[course] || problem.prior_learning[course] {
                    continue;
                }
                changed |= windows.force_requisites(problem, course);
            }
            if !changed {
                return windows;
            }
        }
    }

    /// Whether a course can be held at some time.
    pub(super) fn can_be_held(&self, problem: &Problem, course: usize) -> bool {
        problem.done[course] || problem.prior_learning[course] || self.has_room(course)
    }

    /// Whether a term is left in which a course can be taken.
    pub(super) fn has_room(&self, course: usize) -> bool {
        matches!((self.earliest[course], self.latest[course]), (Some(first), Some(last)) if first <= last)
    }

    /// The terms a course can be taken in.
    pub(super) fn terms_of<'a>(&'a self, problem: &'a Problem, course: usize) -> impl Iterator<Item = usize> + 'a {
        let span = match (self.earliest[course], self.latest[course]) {
            (Some(first), Some(last)) if first <= last => first..last + 1,
            _ => 0..0,
        };
        span.filter(move |term| problem.offers(course, *term))
    }

    /// A credential that is awarded before a term forces what it cannot be awarded without, in time.
    fn force_award(&mut self, problem: &Problem, credential: usize, before: usize) -> bool {
        let mut changed = false;
        for credential in problem.builds_on(credential) {
            for leaf in problem.credentials[credential].root.certain_leaves() {
                changed |= self.force_leaf(problem, leaf, before);
            }
            for held in problem.credentials[credential].certain() {
                if let Held::Course(course) = held {
                    changed |= self.force_before(problem, course, before);
                }
            }
        }
        changed
    }

    /// A leaf with no more courses than it needs forces them all.
    fn force_leaf(&mut self, problem: &Problem, leaf: &Leaf, before: usize) -> bool {
        let in_time =
            |course: usize| self.earliest[course].is_some_and(|first| first < before) && self.has_room(course);
        let can_be_held = |course: usize| problem.done[course] || problem.prior_learning[course] || in_time(course);
        let open: Vec<usize> = leaf.courses.iter().copied().filter(|course| can_be_held(*course)).collect();
        let all = match leaf.need {
            Need::Courses(0) | Need::Credits(0) => false,
            Need::Courses(count) => u32::try_from(open.len()).unwrap_or(u32::MAX) <= count,
            Need::Credits(credits) => {
                // A course without credits is of no use here.
                open.iter().all(|course| problem.courses[*course].credits > 0)
                    && open.iter().map(|course| problem.courses[*course].credits).sum::<u32>() <= credits
            }
        };
        let mut changed = false;
        for course in open.into_iter().filter(|_| all) {
            changed |= self.force_before(problem, course, before);
        }
        changed
    }

    /// Forces a course, to be held before a term.
    fn force_before(&mut self, problem: &Problem, course: usize, before: usize) -> bool {
        let open = !problem.done[course] && !problem.prior_learning[course];
        let earlier = open && self.end(problem, course, before);
        self.force(course) || earlier
    }

    /// Of a forced course: a clause with a single way in forces that way, in time.
    fn force_requisites(&mut self, problem: &Problem, course: usize) -> bool {
        let Some(last) = self.latest[course] else { return false };
        let mut changed = false;
        for clause in &problem.courses[course].requisites {
            if met_from_start(problem, clause) {
                continue;
            }
            let by = |way: &usize, before: usize| {
                problem.prior_learning[*way]
                    || self.earliest[*way].is_some_and(|first| first < before && self.has_room(*way))
            };
            let earlier = clause.before.iter().map(|way| (*way, last));
            let same = clause.beside.iter().chain(&clause.with).map(|way| (*way, last + 1));
            let ways: Vec<(usize, usize)> = earlier.chain(same).filter(|(way, before)| by(way, *before)).collect();
            if let [(way, before)] = ways[..] {
                changed |= self.force_before(problem, way, before);
            }
        }
        for credential in
            problem.courses[course].after.iter().filter(|credential| !problem.holds_credential(**credential))
        {
            changed |= self.force_award(problem, *credential, last);
        }
        changed
    }

    fn force(&mut self, course: usize) -> bool {
        !std::mem::replace(&mut self.forced[course], true)
    }

    /// A course is of use only before a term.
    fn end(&mut self, problem: &Problem, course: usize, before: usize) -> bool {
        let last = (0..before.min(self.terms)).rev().find(|term| problem.offers(course, *term));
        let earlier = last < self.latest[course];
        if earlier {
            self.latest[course] = last;
        }
        earlier
    }
}

/// Whether a clause is met by what is finished already.
pub(super) fn met_from_start(problem: &Problem, clause: &Clause) -> bool {
    clause.ways().any(|way| problem.done[way])
}

/// The first term, by what is held when, in which the requisites of a course are met; absent where they cannot be.
fn first_after(problem: &Problem, course: usize, held: &[Option<i32>], awards: &[Option<usize>]) -> Option<usize> {
    let mut from = first_with_standing(problem, course)?;
    for clause in &problem.courses[course].requisites {
        let earlier = clause.before.iter().filter_map(|way| held[*way]).map(|term| term + 1);
        let same = clause.beside.iter().chain(&clause.with).filter_map(|way| held[*way]);
        let met = earlier.chain(same).min()?;
        from = from.max(usize::try_from(met).unwrap_or(0));
    }
    for credential in problem.courses[course].after.iter().filter(|credential| !problem.holds_credential(**credential))
    {
        // With the target the plan ends.
        let awarded = awards[*credential].filter(|_| *credential != problem.target)?;
        from = from.max(awarded + 1);
    }
    Some(from)
}

/// The first term before which the credits a course asks for could be held, were every term full.
fn first_with_standing(problem: &Problem, course: usize) -> Option<usize> {
    let standing = u64::from(problem.courses[course].standing);
    let mut credits = most_credits_at_start(problem);
    (0..problem.horizon).find(|term| {
        let enough = credits >= standing;
        credits += u64::from(problem.most_load_of(*term));
        enough
    })
}

/// Most credits that can be held before the first term.
pub(super) fn most_credits_at_start(problem: &Problem) -> u64 {
    let awardable = (0..problem.courses.len()).filter(|course| problem.prior_learning[*course]);
    let awardable: u64 = awardable.map(|course| u64::from(problem.courses[course].credits)).sum();
    u64::from(problem.credits_done(|_| true)) + awardable.min(u64::from(problem.prior_learning_limit))
}

/// The first term from another in which a course is offered and finds room.
fn first_takeable(problem: &Problem, course: usize, from: usize, terms: usize) -> Option<usize> {
    let fits = |term: usize| {
        let most = problem.most_load_of(term);
        most > 0 && problem.courses[course].credits <= most
    };
    (from..terms).find(|term| problem.offers(course, *term) && fits(*term))
}
