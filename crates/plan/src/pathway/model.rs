//! The model of a plan that reaches its target at the end of a given term and holds something of value by another.
//!
//! With both terms fixed, everything that says *whether already* falls away: no award columns, no rows against courses
//! after the award, no columns for terms that are never used. The search over the two terms is the driver's.

use crate::pathway::award_terms::{AwardTerms, after_loads, after_rows};
use crate::pathway::awards::{By, needed_exam_rows, prerequisite_rows, value_rows};
use crate::pathway::cost::cost;
use crate::pathway::exams::{final_coverage, sitting_columns};
use crate::pathway::holdings::{Holdings, load_rows, requisite_rows, wanted_rows};
use crate::pathway::plan::StageName;
use crate::pathway::problem::Problem;
use crate::pathway::requirements::{Award, requirement_rows};
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};
use crate::pathway::windows::Windows;
use crate::solver::Solved;

/// A model with what is read off its solution and what is made least in it.
pub(super) struct Built {
    pub(super) draft: Draft,
    pub(super) holdings: Holdings,
    /// By exam: whether it is sat.
    pub(super) sat: Vec<Sum>,
    pub(super) cost: Sum,
    pub(super) excess: Sum,
    /// Coverage of all exams, in hundredths of per cent, less than nothing: it is made most.
    pub(super) coverage: Sum,
    /// Credits of the fullest term; a column only where it is asked for.
    pub(super) balance: Sum,
    /// Terms until the valued credentials on the way are awarded, summed; columns only where it is asked for.
    pub(super) exits: Sum,
    /// Credits by term.
    loads: Vec<Sum>,
}

impl Built {
    /// What is made least at a stage; nothing for the two that fix terms.
    pub(super) fn sum(&self, stage: StageName) -> Option<&Sum> {
        match stage {
            StageName::First | StageName::Terms => None,
            StageName::Cost => Some(&self.cost),
            StageName::Excess => Some(&self.excess),
            StageName::Coverage => Some(&self.coverage),
            StageName::Balance => Some(&self.balance),
            StageName::Exits => Some(&self.exits),
        }
    }

    /// Credits of the fullest term of a solution.
    pub(super) fn fullest(&self, solved: &Solved) -> f64 {
        self.loads.iter().map(|load| load.value(solved)).fold(0.0, f64::max)
    }
}

/// What is asked of a model.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    /// The target is awarded at the end of this term, which is the last.
    pub(super) last: usize,
    /// Something of value is held by the end of this term; absent where it need not be.
    pub(super) value_by: Option<usize>,
}

/// The model of a whole plan.
pub(super) fn whole_plan(problem: &Problem, ask: Ask) -> Built {
    let windows = Windows::to_target(problem, ask.last + 1);
    let mut draft = Draft::default();
    let holdings = Holdings::draft(problem, &windows, &mut draft);
    requisite_rows(problem, &windows, &holdings, &mut draft);
    let awarded: Vec<Sum> = (0..=ask.last).map(|term| Sum::number(u32::from(term == ask.last))).collect();
    load_rows(problem, &holdings, Some(&awarded), &mut draft);
    let target = Award { credential: problem.target, term: ask.last, awarded: &awarded[ask.last] };
    requirement_rows(problem, &holdings, &target, &mut draft);
    let sat = sitting_columns(problem, &holdings, ready_by(problem, ask.last), &mut draft);
    let awards = AwardTerms::draft(problem, (&windows, &holdings), (Some(&sat), Some(&awarded)), &mut draft);
    after_rows(problem, &windows, &holdings, &awards, &mut draft);
    after_loads(problem, &holdings, &awards, &mut draft);
    let by = By { sat: Some(&sat), ends: None, awards: &awards };
    prerequisite_rows(problem, &holdings, &target, by, &mut draft);
    needed_exam_rows(problem, &holdings, &target, by, &mut draft);
    wanted_rows(problem, &holdings, &mut draft);
    match ask.value_by {
        // The target is of value itself.
        Some(term) if term >= ask.last && problem.goal().valued => {}
        Some(term) => value_rows(problem, &holdings, term, by, &mut draft),
        None => {}
    }
    let mut coverage = Sum::default();
    for exam in 0..problem.exams.len() {
        coverage.add(-1.0, &final_coverage(problem, &holdings, exam, &mut draft));
    }
    let cost = cost(problem, &holdings, &sat, &mut draft);
    let done = problem.credits_done(|_| true);
    let excess = holdings.credits(problem, holdings.last(), |_| true).plus(1.0, &Sum::number(done));
    let excess = excess.plus(-1.0, &Sum::number(problem.goal().total));
    let loads: Vec<Sum> = (0..holdings.terms).map(|term| holdings.load(problem, term)).collect();
    let balance = fullest(problem, &loads, &mut draft);
    Built { draft, holdings, sat, cost, excess, coverage, balance, exits: awards.exits(problem), loads }
}

/// The rows of the first terms alone: a relaxation that shows whether anything of value can be held by then.
pub(super) fn first_terms(problem: &Problem, term: usize) -> Draft {
    let windows = Windows::by_requisites(problem, term + 1);
    let mut draft = Draft::default();
    let holdings = Holdings::draft(problem, &windows, &mut draft);
    requisite_rows(problem, &windows, &holdings, &mut draft);
    load_rows(problem, &holdings, None, &mut draft);
    let awards = AwardTerms::draft(problem, (&windows, &holdings), (None, None), &mut draft);
    after_rows(problem, &windows, &holdings, &awards, &mut draft);
    value_rows(problem, &holdings, term, By { sat: None, ends: None, awards: &awards }, &mut draft);
    draft
}

/// The rows of a plan that reaches its target at some time, each under its rule: for finding out why there is none.
pub(super) fn any_plan(problem: &Problem) -> Draft {
    let last = problem.horizon - 1;
    let windows = Windows::open(problem, problem.horizon);
    let mut draft = Draft::default();
    let holdings = Holdings::draft(problem, &windows, &mut draft);
    requisite_rows(problem, &windows, &holdings, &mut draft);
    let awarded: Vec<Sum> = (0..=last).map(|_| draft.binary()).collect();
    for (earlier, later) in awarded.iter().zip(&awarded[1..]) {
        draft.at_least(Rule::Structure, &later.clone().plus(-1.0, earlier), 0.0);
    }
    draft.at_least(Rule::ByHorizon, &awarded[last], 1.0);
    for (first, members) in &holdings.classes.members {
        #[expect(clippy::cast_precision_loss, reason = "a number of courses")]
        let size = members.len() as f64;
        for term in windows.terms_of(problem, *first).filter(|term| *term > 0) {
            let after = holdings.taken(*first, term).plus(size, &awarded[term - 1]);
            draft.at_most(Rule::Structure, &after, size);
        }
    }
    load_rows(problem, &holdings, Some(&awarded), &mut draft);
    let target = Award { credential: problem.target, term: last, awarded: &awarded[last] };
    requirement_rows(problem, &holdings, &target, &mut draft);
    let sat = sitting_columns(problem, &holdings, holdings.last() - 1, &mut draft);
    let awards = AwardTerms::draft(problem, (&windows, &holdings), (Some(&sat), Some(&awarded)), &mut draft);
    after_rows(problem, &windows, &holdings, &awards, &mut draft);
    let by = By { sat: Some(&sat), ends: Some(&awarded), awards: &awards };
    prerequisite_rows(problem, &holdings, &target, by, &mut draft);
    needed_exam_rows(problem, &holdings, &target, by, &mut draft);
    wanted_rows(problem, &holdings, &mut draft);
    draft
}

/// The last term whose courses count for an exam: the term before the last in which one can be sat.
fn ready_by(problem: &Problem, last: usize) -> i32 {
    let sat = (last + 1).min(problem.horizon - 1);
    i32::try_from(sat).unwrap_or(i32::MAX) - 1
}

/// Credits of the fullest term, where they are asked for.
fn fullest(problem: &Problem, loads: &[Sum], draft: &mut Draft) -> Sum {
    if !problem.order.contains(&StageName::Balance) {
        return Sum::default();
    }
    let most = (0..loads.len()).map(|term| problem.most_load_of(term)).max().unwrap_or(0);
    let fullest = draft.whole(f64::from(most));
    loads.iter().for_each(|load| draft.at_least(Rule::Structure, &fullest.clone().plus(-1.0, load), 0.0));
    fullest
}
