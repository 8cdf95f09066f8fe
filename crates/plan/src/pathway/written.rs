//! Writes a solution out as a plan: courses by term, exams as soon as they are ready, credentials as soon as their
//! requirements are met — also those that nobody asked for.

use crate::pathway::credential::Held;
use crate::pathway::holdings::Holdings;
use crate::pathway::model::Built;
use crate::pathway::plan::{Awarded, Counted, Plan, PlanningError, Term};
use crate::pathway::problem::{Exam, Problem};
use crate::pathway::requirements::{Award, LeafCount, requirement_rows};
use crate::pathway::sum::{Draft, Sum};
use crate::solver::{Patience, Solved};

/// Seconds for finding out where courses count: a matter of milliseconds.
const PATIENCE: f64 = 10.0;

/// The plan of a solution.
pub(super) fn write(problem: &Problem, built: &Built, solved: &Solved) -> Result<Plan, PlanningError> {
    let mut plan = Plan { prior_learning: Vec::new(), terms: vec![Term::default(); problem.horizon] };
    let is_one = |sum: &Sum| sum.value(solved) > 0.5;
    for (first, members) in &built.holdings.classes.members {
        if built.holdings.prior[*first].as_ref().is_some_and(is_one) {
            plan.prior_learning.push(*first);
        }
        let mut members = members.iter().copied();
        for term in 0..built.holdings.terms {
            let mut rest = built.holdings.taken(*first, term).value(solved);
            while rest > 0.5 {
                plan.terms[term].courses.extend(members.next());
                rest -= 1.0;
            }
        }
    }
    plan.terms.iter_mut().for_each(|term| term.courses.sort_unstable());
    for exam in (0..problem.exams.len()).filter(|exam| is_one(&built.sat[*exam])) {
        let term = sitting(problem, &plan, &problem.exams[exam])
            .ok_or_else(|| PlanningError::Unsound(format!("nobody is ready for {}", problem.exams[exam].name)))?;
        plan.terms[term].exams.push(exam);
    }
    award(problem, &mut plan, built.holdings.terms)?;
    Ok(plan)
}

/// The first term in which a learner of the plan is ready for an exam.
fn sitting(problem: &Problem, plan: &Plan, exam: &Exam) -> Option<usize> {
    let holdings = Holdings::of_plan(problem, plan);
    (problem.first_sitting()..problem.horizon).find(|term| {
        let before = i32::try_from(*term).unwrap_or(i32::MAX) - 1;
        let covered = exam.domains.iter().map(|domain| {
            let held =
                |(course, strength): &(usize, u32)| f64::from(*strength) * holdings.held(*course, before).constant();
            f64::from(domain.weight) * domain.strengths.iter().map(held).sum::<f64>().min(100.0)
        });
        covered.sum::<f64>() >= 100.0 * f64::from(exam.threshold)
            && exam.not_before.iter().all(|course| holdings.held(*course, before).constant() > 0.5)
    })
}

/// Awards every credential at the end of the first term where its requirements are met, those it builds on first.
pub(super) fn award(problem: &Problem, plan: &mut Plan, terms: usize) -> Result<(), PlanningError> {
    let holdings = Holdings::of_plan(problem, plan);
    // By credential: the term at whose end it is awarded; before the first where it is held already.
    let mut awarded: Vec<Option<usize>> =
        (0..problem.credentials.len()).map(|index| problem.holds_credential(index).then_some(0)).collect();
    let mut open: Vec<usize> = (0..problem.credentials.len()).filter(|index| awarded[*index].is_none()).collect();
    while let Some(place) = open.iter().position(|index| {
        let clauses = problem.credentials[*index].clauses(*index);
        let known = |way: &Held| !matches!(way, Held::Credential(other) if open.contains(other));
        clauses.iter().all(|(_, ways)| ways.iter().all(known))
    }) {
        let credential = open.remove(place);
        // The target ends the plan.
        let from = if credential == problem.target { terms - 1 } else { 0 };
        let Some(from) = builds_from(problem, plan, &awarded, credential).map(|term| term.max(from)) else { continue };
        for term in from..terms {
            if let Some(counted) = counted(problem, &holdings, credential, term)? {
                awarded[credential] = Some(term);
                plan.terms[term].awards.push(Awarded { credential, counted });
                break;
            }
        }
    }
    plan.terms.iter_mut().for_each(|term| term.awards.sort_by_key(|award| award.credential));
    Ok(())
}

/// The first term at whose end all is held that a credential builds on; absent where that never is.
fn builds_from(problem: &Problem, plan: &Plan, awarded: &[Option<usize>], credential: usize) -> Option<usize> {
    let first = |held: &dyn Fn(&Term) -> bool| plan.terms.iter().position(held);
    let from = |way: &Held| match *way {
        Held::Exam(exam) if problem.holds_exam(exam) => Some(0),
        Held::Exam(exam) => first(&|term| term.exams.contains(&exam)),
        Held::Credential(other) => awarded[other],
        Held::Course(course) if problem.done[course] || plan.prior_learning.contains(&course) => Some(0),
        Held::Course(course) => first(&|term| term.courses.contains(&course)),
    };
    let clauses = problem.credentials[credential].clauses(credential);
    clauses.iter().try_fold(0, |latest, (_, ways)| Some(latest.max(ways.iter().filter_map(from).min()?)))
}

/// Which courses count where, when a credential can be awarded at the end of a term.
pub(super) fn counted(
    problem: &Problem,
    holdings: &Holdings,
    credential: usize,
    term: usize,
) -> Result<Option<Vec<Counted>>, PlanningError> {
    let mut draft = Draft::default();
    let awarded = Sum::number(1);
    let award = Award { credential, term, awarded: &awarded };
    let leaves = requirement_rows(problem, holdings, &award, &mut draft);
    if draft.is_contradictory() {
        return Ok(None);
    }
    let solved = draft.model(|_| true).solve(&[], false, Patience::of(PATIENCE))?;
    if solved.ended != crate::solver::Ended::Optimal {
        return Ok(None);
    }
    let is_one = |sum: &Sum| sum.value(&solved) > 0.5;
    let chosen = |(_, leaf): &(usize, LeafCount)| leaf.chosen.as_ref().is_none_or(is_one);
    let counted = leaves.into_iter().enumerate().filter(chosen).map(|(index, leaf)| {
        let courses = leaf.courses.into_iter().filter(|(_, counts)| is_one(counts)).map(|(course, _)| course);
        Counted { leaf: index, courses: courses.collect() }
    });
    Ok(Some(counted.collect()))
}
