//! Rows of a credential's requirements at the end of a term.
//!
//! A course that may count in one leaf only counts there as soon as it is held: only courses of several leaves need a
//! column that says where they count. A leaf that no choice leaves open is met by the award itself.

use crate::pathway::credential::{Leaf, Need, Node};
use crate::pathway::holdings::Holdings;
use crate::pathway::problem::Problem;
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};
use crate::pathway::totals::total_rows;

/// The credential whose rows are made, and when.
#[derive(Clone, Copy)]
pub(super) struct Award<'a> {
    /// Index of the credential.
    pub(super) credential: usize,
    /// Everything that counts is held by the end of this term.
    pub(super) term: usize,
    /// Whether it is awarded.
    pub(super) awarded: &'a Sum,
}

/// What counts in a leaf.
pub(super) struct LeafCount {
    /// Whether the leaf is met, where it lies below a choice.
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
    let mut outline = Outline {
        problem,
        holdings,
        award,
        several: in_several_leaves(problem, award.credential),
        counted: vec![Vec::new(); problem.courses.len()],
        leaves: Vec::new(),
        choices: Vec::new(),
    };
    outline.node(&problem.credentials[award.credential].root, (award.awarded, false), draft);
    let Outline { counted, leaves, choices, .. } = outline;
    for (place, Choice { any, chosen, met }) in choices.into_iter().enumerate() {
        let rule = Rule::Choice(award.credential, place);
        draft.at_least(rule, &chosen.clone().plus(-any, &met), 0.0);
        draft.at_most(Rule::Structure, &chosen, any);
    }
    shared_rows(problem, holdings, award, &counted, draft);
    total_rows(problem, holdings, award, draft);
    leaves
}

/// How many parts of a choice are met.
struct Choice {
    any: f64,
    chosen: Sum,
    met: Sum,
}

/// The outline of a credential on the way through it.
struct Outline<'a> {
    problem: &'a Problem,
    holdings: &'a Holdings,
    award: &'a Award<'a>,
    several: Vec<bool>,
    /// By course: where it counts.
    counted: Vec<Vec<Sum>>,
    leaves: Vec<LeafCount>,
    choices: Vec<Choice>,
}

impl Outline<'_> {
    /// A part with whether it is met; the flag says whether it lies below a choice.
    fn node(&mut self, node: &Node, (met, below): (&Sum, bool), draft: &mut Draft) {
        match node {
            Node::Leaf(leaf) => self.leaf(leaf, (met, below), draft),
            Node::Every { of, .. } => of.iter().for_each(|part| self.node(part, (met, below), draft)),
            Node::Choice { any, of, .. } => {
                #[expect(clippy::cast_precision_loss, reason = "a number of parts")]
                let any = *any as f64;
                let place = self.choices.len();
                self.choices.push(Choice { any, chosen: Sum::default(), met: met.clone() });
                for part in of {
                    let column = draft.binary();
                    if below {
                        draft.at_least(Rule::Structure, &met.clone().plus(-1.0, &column), 0.0);
                    }
                    self.choices[place].chosen.add(1.0, &column);
                    self.node(part, (&column, true), draft);
                }
            }
        }
    }

    fn leaf(&mut self, leaf: &Leaf, (met, below): (&Sum, bool), draft: &mut Draft) {
        let rows = self.counts(leaf, (met, below), draft);
        let rule = Rule::Leaf(self.award.credential, self.leaves.len());
        leaf_rows(self.problem, leaf, rule, met, &rows, draft);
        self.leaves.push(LeafCount { chosen: below.then(|| met.clone()), courses: rows });
    }

    /// What counts in a leaf: a course (or the first of a class) and how many of it.
    fn counts(&mut self, leaf: &Leaf, (met, below): (&Sum, bool), draft: &mut Draft) -> Vec<(usize, Sum)> {
        let mut rows = Vec::new();
        let mut seen = Vec::new();
        for course in &leaf.courses {
            let held = held_at(self.holdings, *course, self.award.term);
            let class = self.holdings.classes.of[*course];
            if !leaf.overlay && self.several[*course] {
                if !self.problem.done[*course] && class.is_none() {
                    continue;
                }
                let counts = draft.binary();
                draft.at_least(Rule::Structure, &held.plus(-1.0, &counts), 0.0);
                if below {
                    draft.at_least(Rule::Structure, &met.clone().plus(-1.0, &counts), 0.0);
                }
                self.counted[*course].push(counts.clone());
                rows.push((*course, counts));
            } else if self.problem.done[*course] {
                rows.push((*course, held));
            } else if let Some(first) = class.filter(|first| !seen.contains(first)) {
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

/// Whether a course is held by the end of a term.
pub(super) fn held_at(holdings: &Holdings, course: usize, term: usize) -> Sum {
    holdings.held(course, i32::try_from(term).unwrap_or(i32::MAX - 1))
}

/// By course: whether it may count in several leaves of a credential that are no overlays.
fn in_several_leaves(problem: &Problem, credential: usize) -> Vec<bool> {
    let mut times = vec![0; problem.courses.len()];
    for leaf in problem.credentials[credential].every_leaf().filter(|leaf| !leaf.overlay) {
        leaf.courses.iter().for_each(|course| times[*course] += 1);
    }
    times.into_iter().map(|times| times > 1).collect()
}
