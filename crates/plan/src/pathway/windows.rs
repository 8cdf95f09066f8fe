//! When a course can be taken at all: presolve by the closure of its requisites.
//!
//! Earliest: the first term offered after the cheapest way through its requisites. Forced: what the target cannot be had
//! without. Latest: before what is forced and needs it.

use crate::pathway::problem::{Need, Problem, Season};

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
}

impl Windows {
    /// Windows that follow from offerings alone.
    pub(super) fn open(problem: &Problem, terms: usize) -> Self {
        let earliest = (0..problem.courses.len()).map(|course| first_offered(problem, course, 0, terms)).collect();
        let latest = (0..problem.courses.len()).map(|course| last_offered(problem, course, terms)).collect();
        Self { terms, earliest, latest, forced: vec![false; problem.courses.len()] }
    }

    /// Windows that follow from offerings and requisites, whatever is to be reached.
    pub(super) fn by_requisites(problem: &Problem, terms: usize) -> Self {
        let mut windows = Self::open(problem, terms);
        let mut held: Vec<Option<i32>> = (0..problem.courses.len())
            .map(|course| (problem.done[course] || problem.prior_learning[course]).then_some(BEFORE))
            .collect();
        windows.earliest = vec![None; problem.courses.len()];
        loop {
            let mut changed = false;
            for course in 0..problem.courses.len() {
                let first = first_after(problem, course, &held)
                    .and_then(|from| first_offered(problem, course, from, terms))
                    .filter(|_| !problem.done[course]);
                if first != windows.earliest[course] {
                    windows.earliest[course] = first;
                    changed = true;
                }
                if held[course] != Some(BEFORE) {
                    held[course] = first.and_then(|term| i32::try_from(term).ok());
                }
            }
            if !changed {
                return windows;
            }
        }
    }

    /// Windows that follow from having to reach the target at the end of the last term.
    pub(super) fn to_target(problem: &Problem, terms: usize) -> Self {
        let mut windows = Self::by_requisites(problem, terms);
        windows.force_leaves(problem);
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

    /// A leaf with no more courses than it needs forces them all.
    fn force_leaves(&mut self, problem: &Problem) {
        for leaf in &problem.goal().leaves {
            let open: Vec<usize> =
                leaf.courses.iter().copied().filter(|course| self.can_be_held(problem, *course)).collect();
            let all = match leaf.need {
                Need::Courses(count) => u32::try_from(open.len()).unwrap_or(u32::MAX) <= count,
                Need::Credits(credits) => {
                    open.iter().map(|course| problem.courses[*course].credits).sum::<u32>() <= credits
                }
            };
            if all {
                open.into_iter().for_each(|course| self.forced[course] = true);
            }
        }
    }

    /// Of a forced course: a clause with a single way in forces that way, in time.
    fn force_requisites(&mut self, problem: &Problem, course: usize) -> bool {
        let Some(last) = self.latest[course] else { return false };
        let mut changed = false;
        for clause in &problem.courses[course].prerequisites {
            if clause.iter().any(|way| problem.done[*way]) {
                continue;
            }
            let in_time = |way: &usize| {
                problem.prior_learning[*way]
                    || self.earliest[*way].is_some_and(|first| first < last && self.has_room(*way))
            };
            let ways: Vec<usize> = clause.iter().copied().filter(in_time).collect();
            if let [way] = ways[..] {
                changed |= self.force(way);
                changed |= !problem.prior_learning[way] && self.end(problem, way, last);
            }
        }
        for way in problem.courses[course].corequisites.iter().filter(|way| !problem.done[**way]) {
            changed |= self.force(*way);
            changed |= !problem.prior_learning[*way] && self.end(problem, *way, last + 1);
        }
        changed
    }

    fn force(&mut self, course: usize) -> bool {
        !std::mem::replace(&mut self.forced[course], true)
    }

    /// A course is of use only before a term.
    fn end(&mut self, problem: &Problem, course: usize, before: usize) -> bool {
        let last = last_offered(problem, course, before.min(self.terms));
        let earlier = last < self.latest[course];
        if earlier {
            self.latest[course] = last;
        }
        earlier
    }
}

/// The first term, by what is held when, in which the requisites of a course are met; absent where they cannot be.
fn first_after(problem: &Problem, course: usize, held: &[Option<i32>]) -> Option<usize> {
    let mut from = 0;
    for clause in &problem.courses[course].prerequisites {
        let met = clause.iter().filter_map(|way| held[*way]).min()?;
        from = from.max(met + 1);
    }
    for way in &problem.courses[course].corequisites {
        from = from.max(held[*way]?);
    }
    usize::try_from(from).ok()
}

fn offered(problem: &Problem, course: usize, term: usize) -> bool {
    problem.courses[course].offered[Season::of(term).index()]
}

fn first_offered(problem: &Problem, course: usize, from: usize, terms: usize) -> Option<usize> {
    (from..terms).find(|term| offered(problem, course, *term))
}

fn last_offered(problem: &Problem, course: usize, terms: usize) -> Option<usize> {
    (0..terms).rev().find(|term| offered(problem, course, *term))
}

impl Windows {
    /// The terms a course can be taken in.
    pub(super) fn terms_of<'a>(&'a self, problem: &'a Problem, course: usize) -> impl Iterator<Item = usize> + 'a {
        let span = match (self.earliest[course], self.latest[course]) {
            (Some(first), Some(last)) if first <= last => first..last + 1,
            _ => 0..0,
        };
        span.filter(move |term| offered(problem, course, *term))
    }
}
