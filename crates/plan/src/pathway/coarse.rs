//! The coarse problem: terms put together into a few spells, so that only what is taken is chosen, not when.
//!
//! Within a spell requisites may be met by what is taken in the same spell, and loads are counted over all of it. Every plan
//! keeps the rules of the coarse problem (it is a relaxation): where there is no coarse plan there is no plan, and no plan is
//! better than the best coarse one. The coarse problem has a fraction of the columns, and timing seldom costs anything: the
//! courses of the best coarse plan mostly fit into the terms, which proves them best.

use crate::pathway::model::Ask;
use crate::pathway::problem::{Clause, Problem, Season};
use crate::pathway::windows::Windows;

/// The coarse problem with what is asked of it.
pub(super) fn coarsened(problem: &Problem, ask: Ask) -> (Problem, Ask) {
    let windows = Windows::to_target(problem, ask.last + 1);
    let spells = spells(ask);
    let spell_of = |term: usize| spells.iter().position(|(first, last)| (*first..=*last).contains(&term));
    let mut coarse = problem.clone();
    coarse.start = Season::Fall;
    coarse.horizon = spells.len() + usize::from(problem.horizon > ask.last + 1);
    coarse.least_load = 0;
    coarse.term_fee = 0;
    let load = |(first, last): &(usize, usize)| (*first..=*last).map(|term| problem.most_load_of(term)).sum();
    coarse.term_limits = spells.iter().map(|spell| Some(load(spell))).collect();
    for (index, course) in coarse.courses.iter_mut().enumerate() {
        let mut open: Vec<usize> = windows.terms_of(problem, index).filter_map(spell_of).collect();
        open.dedup();
        course.offered = [true; 3];
        course.closed = (0..coarse.horizon).filter(|spell| !open.contains(spell)).collect();
        course.standing = 0;
        for clause in &mut course.requisites {
            let Clause { before, beside, .. } = clause;
            beside.append(before);
        }
    }
    let forced = (0..problem.courses.len()).filter(|course| windows.forced[*course] && !problem.done[*course]);
    coarse.wanted.extend(forced.filter(|course| !problem.wanted.contains(course)).collect::<Vec<_>>());
    let value_by = ask.value_by.map(|term| spell_of(term.min(ask.last)).unwrap_or(spells.len() - 1));
    (coarse, Ask { last: spells.len() - 1, value_by })
}

/// Spells, by first and last term: what comes before the term of value, that term, what comes after it, the last term.
fn spells(ask: Ask) -> Vec<(usize, usize)> {
    let mut starts = vec![0, ask.last];
    if let Some(term) = ask.value_by.filter(|term| *term < ask.last) {
        starts.extend([term, term + 1]);
    }
    starts.sort_unstable();
    starts.dedup();
    let ends = starts[1..].iter().map(|start| start - 1).chain([ask.last]);
    starts.iter().copied().zip(ends).collect()
}
