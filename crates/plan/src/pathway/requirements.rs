//! Rows of a credential's requirements at the end of a term.
//!
//! A course that may count in one leaf only counts there as soon as it is held: only courses of several leaves need a
//! column that says where they count.

use crate::pathway::holdings::Holdings;
use crate::pathway::problem::{Leaf, Need, Problem};
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};

/// The credential whose rows are made, and when.
pub(super) struct Award<'a> {
    /// Index of the credential.
    pub(super) credential: usize,
    /// Everything that counts is held by the end of this term.
    pub(super) term: usize,
    /// Whether it is awarded.
    pub(super) awarded: &'a Sum,
    /// Whether the columns are those of a whole plan: residency and upper division count over all of it, so that its first
    /// terms alone say nothing about them.
    pub(super) of_whole_plan: bool,
}

/// What counts in a leaf.
pub(super) struct LeafCount {
    /// Whether the leaf is met, where it belongs to a choice.
    pub(super) chosen: Option<Sum>,
    /// By course (or the first of a class): whether it counts here.
    pub(super) courses: Vec<(usize, Sum)>,
}

/// Makes the rows: where the credential is awarded its requirements are met by the end of the term. Gives what counts in
/// each leaf.
pub(super) fn requirement_rows(
    problem: &Problem,
    holdings: &Holdings,
    award: &Award,
    draft: &mut Draft,
) -> Vec<LeafCount> {
    let mut leaves = Vec::new();
    let credential = &problem.credentials[award.credential];
    let mut choices: Vec<Sum> = vec![Sum::default(); credential.nested.len()];
    let mut counted: Vec<Vec<Sum>> = vec![Vec::new(); problem.courses.len()];
    let several = in_several_leaves(problem, award.credential);
    for (place, (leaf, nested)) in credential.every_leaf().enumerate() {
        let met = nested.map_or_else(|| award.awarded.clone(), |_| draft.binary());
        if let Some(nested) = nested {
            choices[nested].add(1.0, &met);
        }
        let counts = Counts { award, several: &several, met: &met, chosen: nested.is_some() };
        let rows = counts.of_leaf(problem, holdings, leaf, draft, &mut counted);
        leaf_rows(problem, leaf, Rule::Leaf(award.credential, place), &met, &rows, draft);
        leaves.push(LeafCount { chosen: nested.map(|_| met), courses: rows });
    }
    for (index, (nested, chosen)) in credential.nested.iter().zip(choices).enumerate() {
        let rule = Rule::Nested(award.credential, index);
        #[expect(clippy::cast_precision_loss, reason = "a number of leaves")]
        let any = nested.any as f64;
        draft.at_least(rule, &chosen.clone().plus(-any, award.awarded), 0.0);
        draft.at_most(Rule::Structure, &chosen, any);
    }
    shared_rows(problem, holdings, award, &counted, draft);
    total_rows(problem, holdings, award, draft);
    leaves
}

/// Whether and how courses count in leaves.
struct Counts<'a> {
    award: &'a Award<'a>,
    several: &'a [bool],
    met: &'a Sum,
    chosen: bool,
}

impl Counts<'_> {
    /// What counts in a leaf: a course (or the first of a class) and how many of it.
    fn of_leaf(
        &self,
        problem: &Problem,
        holdings: &Holdings,
        leaf: &Leaf,
        draft: &mut Draft,
        counted: &mut [Vec<Sum>],
    ) -> Vec<(usize, Sum)> {
        let mut rows = Vec::new();
        let mut seen = Vec::new();
        for course in &leaf.courses {
            let held = held_at(holdings, *course, self.award.term);
            if !leaf.overlay && self.several[*course] {
                if !problem.done[*course] && holdings.classes.of[*course].is_none() {
                    continue;
                }
                let counts = draft.binary();
                draft.at_least(Rule::Structure, &held.plus(-1.0, &counts), 0.0);
                if self.chosen {
                    draft.at_least(Rule::Structure, &self.met.clone().plus(-1.0, &counts), 0.0);
                }
                counted[*course].push(counts.clone());
                rows.push((*course, counts));
            } else if problem.done[*course] {
                rows.push((*course, held));
            } else if let Some(first) = holdings.classes.of[*course].filter(|first| !seen.contains(first)) {
                seen.push(first);
                rows.push((*course, held));
            }
        }
        rows
    }
}

/// The rows of one leaf; where all its courses are needed, one a course.
fn leaf_rows(problem: &Problem, leaf: &Leaf, rule: Rule, met: &Sum, rows: &[(usize, Sum)], draft: &mut Draft) {
    let Need::Courses(count) = leaf.need else {
        let Need::Credits(credits) = leaf.need else { return };
        let mut sum = Sum::default().plus(-f64::from(credits), met);
        rows.iter().for_each(|(course, counts)| sum.add(f64::from(problem.courses[*course].credits), counts));
        return draft.at_least(rule, &sum, 0.0);
    };
    let singles = rows.len() == leaf.courses.len();
    if singles && usize::try_from(count).is_ok_and(|count| count == leaf.courses.len()) {
        for (_, counts) in rows {
            draft.at_least(rule, &counts.clone().plus(-1.0, met), 0.0);
        }
        return;
    }
    let mut sum = Sum::default().plus(-f64::from(count), met);
    rows.iter().for_each(|(_, counts)| sum.add(1.0, counts));
    draft.at_least(rule, &sum, 0.0);
}

/// A course may count twice as far as the limit of shared credits goes.
fn shared_rows(problem: &Problem, holdings: &Holdings, award: &Award, counted: &[Vec<Sum>], draft: &mut Draft) {
    let mut shared = Sum::default();
    for (course, counts) in counted.iter().enumerate().filter(|(_, counts)| counts.len() > 1) {
        let twice = draft.binary();
        let mut room = held_at(holdings, course, award.term).plus(1.0, &twice);
        counts.iter().for_each(|counts| room.add(-1.0, counts));
        draft.at_least(Rule::Structure, &room, 0.0);
        shared.add(f64::from(problem.courses[course].credits), &twice);
    }
    let limit = f64::from(problem.credentials[award.credential].shared);
    draft.at_most(Rule::Shared(award.credential), &shared, limit);
}

/// Credits in all, at home and of upper division. Residency and upper division count over the whole plan.
fn total_rows(problem: &Problem, holdings: &Holdings, award: &Award, draft: &mut Draft) {
    let credential = &problem.credentials[award.credential];
    let ask =
        |needed: u32, sum: Sum, done: u32| sum.plus(1.0, &Sum::number(done)).plus(-f64::from(needed), award.awarded);
    let last = holdings.terms - 1;
    let total = holdings.credits(problem, award.term, |_| true);
    let total = ask(credential.total, total, problem.credits_done(|_| true));
    draft.at_least(Rule::TotalCredits(award.credential), &total, 0.0);
    if credential.residency > 0 && award.of_whole_plan {
        let mut home = Sum::default();
        for (first, _) in holdings.classes.members.iter().filter(|(first, _)| problem.courses[*first].home) {
            home.add(f64::from(problem.courses[*first].credits), &holdings.taken_ever(*first));
        }
        draft.at_least(Rule::Residency(award.credential), &ask(credential.residency, home, 0), 0.0);
    }
    if credential.upper > 0 && award.of_whole_plan {
        let upper = holdings.credits(problem, last, |first| problem.courses[first].is_upper());
        let done = problem.credits_done(|course| course.is_upper());
        draft.at_least(Rule::UpperDivision(award.credential), &ask(credential.upper, upper, done), 0.0);
    }
}

fn held_at(holdings: &Holdings, course: usize, term: usize) -> Sum {
    holdings.held(course, i32::try_from(term).unwrap_or(i32::MAX - 1))
}

/// By course: whether it may count in several leaves of a credential that are no overlays.
fn in_several_leaves(problem: &Problem, credential: usize) -> Vec<bool> {
    let mut times = vec![0; problem.courses.len()];
    for (leaf, _) in problem.credentials[credential].every_leaf().filter(|(leaf, _)| !leaf.overlay) {
        leaf.courses.iter().for_each(|course| times[*course] += 1);
    }
    times.into_iter().map(|times| times > 1).collect()
}
