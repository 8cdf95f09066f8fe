//! What is held by the end of each term: the columns of the model, and the rows of requisites and loads.
//!
//! A column says *held by the end of a term* instead of *taken in a term*: sums over earlier terms become single columns,
//! and a prerequisite ties the whole past of two courses instead of one term of each, which is the tighter row.

use crate::pathway::classes::Classes;
use crate::pathway::plan::Plan;
use crate::pathway::problem::{Clause, Problem};
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};
use crate::pathway::windows::{Windows, met_from_start};

/// Columns of what is held.
pub(super) struct Holdings {
    pub(super) classes: Classes,
    pub(super) terms: usize,
    done: Vec<bool>,
    /// By course: credits awarded for prior learning.
    pub(super) prior: Vec<Option<Sum>>,
    /// By first course of a class, by term and one term earlier.
    held: Vec<Vec<Sum>>,
}

impl Holdings {
    /// Makes the columns, with the rows that keep what is held.
    pub(super) fn draft(problem: &Problem, windows: &Windows, draft: &mut Draft) -> Self {
        let classes = Classes::of(problem, windows);
        let mut prior = vec![None; problem.courses.len()];
        let mut held = vec![Vec::new(); problem.courses.len()];
        for (first, members) in &classes.members {
            if problem.prior_learning[*first] {
                prior[*first] = Some(draft.binary());
            }
            held[*first] = class_columns(problem, windows, *first, members.len(), prior[*first].as_ref(), draft);
        }
        Self { classes, terms: windows.terms, done: problem.done.clone(), prior, held }
    }

    /// What is held by the end of each term of a plan that is made already.
    pub(super) fn of_plan(problem: &Problem, plan: &Plan) -> Self {
        let courses = problem.courses.len();
        let mut classes = Classes { of: vec![None; courses], members: Vec::new() };
        let mut held = vec![Vec::new(); courses];
        let mut prior = vec![None; courses];
        for course in 0..courses {
            let awarded = plan.prior_learning.contains(&course);
            let taken = plan.terms.iter().position(|term| term.courses.contains(&course));
            if problem.done[course] || (!awarded && taken.is_none()) {
                continue;
            }
            classes.of[course] = Some(course);
            classes.members.push((course, vec![course]));
            prior[course] = awarded.then(|| Sum::number(1));
            let by = |slot: usize| awarded || taken.is_some_and(|taken| taken < slot);
            held[course] = (0..=plan.terms.len()).map(|slot| Sum::number(u32::from(by(slot)))).collect();
        }
        Self { classes, terms: plan.terms.len(), done: problem.done.clone(), prior, held }
    }

    /// Whether (or of a class: how many) a course is held by the end of a term; term −1 is before the first.
    pub(super) fn held(&self, course: usize, term: i32) -> Sum {
        if self.done[course] {
            return Sum::number(1);
        }
        let Some(first) = self.classes.of[course] else { return Sum::default() };
        let slot = usize::try_from(term + 1).ok();
        slot.map_or_else(Sum::default, |slot| self.held[first][slot.min(self.terms)].clone())
    }

    /// Whether (or how many of) a class is taken in a term.
    pub(super) fn taken(&self, first: usize, term: usize) -> Sum {
        self.held[first][term + 1].clone().plus(-1.0, &self.held[first][term])
    }

    /// Whether (or how many of) a class is taken at all, without what is awarded for prior learning.
    pub(super) fn taken_ever(&self, first: usize) -> Sum {
        let all = self.held[first][self.terms].clone();
        all.plus(-1.0, &self.held[first][0])
    }

    /// Credits held by the end of a term (−1: before the first), of the courses that pass; what is finished from the start
    /// is not among them.
    pub(super) fn credits(&self, problem: &Problem, term: i32, passes: impl Fn(usize) -> bool) -> Sum {
        let mut sum = Sum::default();
        let slot = usize::try_from(term + 1).unwrap_or(0).min(self.terms);
        for (first, _) in self.classes.members.iter().filter(|(first, _)| passes(*first)) {
            sum.add(f64::from(problem.courses[*first].credits), &self.held[*first][slot]);
        }
        sum
    }

    /// Credits taken in a term.
    pub(super) fn load(&self, problem: &Problem, term: usize) -> Sum {
        let mut load = Sum::default();
        for (first, _) in &self.classes.members {
            load.add(f64::from(problem.courses[*first].credits), &self.taken(*first, term));
        }
        load
    }

    /// The last term.
    pub(super) fn last(&self) -> i32 {
        i32::try_from(self.terms).unwrap_or(i32::MAX) - 1
    }
}

fn class_columns(
    problem: &Problem,
    windows: &Windows,
    first: usize,
    size: usize,
    prior: Option<&Sum>,
    draft: &mut Draft,
) -> Vec<Sum> {
    let terms: Vec<usize> = windows.terms_of(problem, first).collect();
    let mut columns = vec![prior.cloned().unwrap_or_default()];
    for term in 0..windows.terms {
        let before = columns[term].clone();
        if !terms.contains(&term) {
            columns.push(before);
            continue;
        }
        // What is forced is held by its last term.
        let last = windows.forced[first] && terms.last() == Some(&term);
        let now = match (last, size) {
            (true, _) => Sum::number(1),
            (false, 1) => draft.binary(),
            #[expect(clippy::cast_precision_loss, reason = "a number of courses")]
            (false, size) => draft.whole(size as f64),
        };
        draft.at_least(Rule::Structure, &now.clone().plus(-1.0, &before), 0.0);
        columns.push(now);
    }
    if windows.forced[first] {
        draft.at_least(Rule::Structure, &columns[windows.terms], 1.0);
    }
    columns
}

/// Rows of requisites: what is taken by the end of a term had each clause met a term earlier; of exclusions: of each list at
/// most one is held.
pub(super) fn requisite_rows(problem: &Problem, windows: &Windows, holdings: &Holdings, draft: &mut Draft) {
    for (first, members) in &holdings.classes.members {
        let course = &problem.courses[*first];
        #[expect(clippy::cast_precision_loss, reason = "a number of courses")]
        let size = members.len() as f64;
        for term in windows.terms_of(problem, *first) {
            let Ok(now) = i32::try_from(term) else { continue };
            let mut taken = holdings.held(*first, now);
            if let Some(prior) = &holdings.prior[*first] {
                taken.add(-1.0, prior);
            }
            for clause in course.requisites.iter().filter(|clause| !met_from_start(problem, clause)) {
                clause_rows(holdings, clause, (*first, size), (now, &taken), draft);
            }
            if course.standing > 0 {
                let credits = holdings.credits(problem, now - 1, |_| true);
                let credits = credits.plus(1.0, &Sum::number(problem.credits_done(|_| true)));
                let room = credits.plus(-f64::from(course.standing), &taken);
                draft.at_least(Rule::Standing(*first), &room, 0.0);
            }
        }
    }
    for (index, list) in problem.exclusions.iter().enumerate() {
        let mut list = list.clone();
        list.sort_unstable();
        list.dedup();
        let mut held = Sum::default();
        list.iter().for_each(|course| held.add(1.0, &holdings.held(*course, holdings.last())));
        // Where several are finished already, no further one.
        let done = list.iter().filter(|course| problem.done[**course]).count();
        #[expect(clippy::cast_precision_loss, reason = "a number of courses")]
        let most = done.max(1) as f64;
        draft.at_most(Rule::Exclusion(index), &held, most);
    }
}

/// Rows of a clause of a course (or a class of so many) that is taken by the end of a term.
fn clause_rows(
    holdings: &Holdings,
    clause: &Clause,
    (course, size): (usize, f64),
    (now, taken): (i32, &Sum),
    draft: &mut Draft,
) {
    let rule = if clause.is_prerequisite() { Rule::Prerequisites(course) } else { Rule::Corequisites(course) };
    let mut room = Sum::default();
    clause.before.iter().for_each(|way| room.add(size, &holdings.held(*way, now - 1)));
    clause.beside.iter().for_each(|way| room.add(size, &holdings.held(*way, now)));
    let mut by_now = Sum::default().plus(-1.0, taken).plus(1.0, &room);
    clause.with.iter().for_each(|way| by_now.add(size, &holdings.held(*way, now)));
    draft.at_least(rule, &by_now, 0.0);
    if clause.with.is_empty() {
        return;
    }
    // The very same term: what was taken with it earlier is no use now.
    let mut same = room.plus(-1.0, &holdings.held(course, now)).plus(1.0, &holdings.held(course, now - 1));
    for way in &clause.with {
        same = same.plus(size, &holdings.held(*way, now)).plus(-size, &holdings.held(*way, now - 1));
        if let Some(prior) = &holdings.prior[*way] {
            same.add(size, prior);
        }
    }
    draft.at_least(rule, &same, 0.0);
}

/// Rows of courses the person wants to have by the end.
pub(super) fn wanted_rows(problem: &Problem, holdings: &Holdings, draft: &mut Draft) {
    for course in &problem.wanted {
        draft.at_least(Rule::Wanted(*course), &holdings.held(*course, holdings.last()), 1.0);
    }
}

/// Rows of loads: most credits of a term, and least credits until the target is awarded.
pub(super) fn load_rows(problem: &Problem, holdings: &Holdings, awarded: Option<&[Sum]>, draft: &mut Draft) {
    for term in 0..holdings.terms {
        let most = problem.most_load_of(term);
        let mut load = holdings.load(problem, term);
        // Where nothing may be taken, courses without credits may not be taken either.
        if most == 0 {
            let free = holdings.classes.members.iter().filter(|(first, _)| problem.courses[*first].credits == 0);
            free.for_each(|(first, _)| load.add(1.0, &holdings.taken(*first, term)));
        }
        draft.at_most(Rule::MostLoad(term), &load, f64::from(most));
        let least = f64::from(problem.least_load_of(term));
        if let (Some(awarded), true) = (awarded, least > 0.0) {
            draft.at_least(Rule::LeastLoad(term), &load.plus(least, &awarded[term]), least);
        }
    }
    let mut prior = Sum::default();
    for (course, awarded) in holdings.prior.iter().enumerate() {
        if let Some(awarded) = awarded {
            prior.add(f64::from(problem.courses[course].credits), awarded);
        }
    }
    draft.at_most(Rule::PriorLearningLimit, &prior, f64::from(problem.prior_learning_limit));
}
