//! Whether a problem makes sense at all, before anything is planned: indexes that lead somewhere, no circles, numbers that
//! can be counted with.

use std::collections::BTreeSet;

use crate::pathway::credential::{Credential, Held};
use crate::pathway::plan::PlanningError;
use crate::pathway::problem::{Exam, Problem};

/// Most terms: three a year for a hundred years.
const MOST_TERMS: usize = 300;

/// Most of credits, weights and thresholds: what is summed of them stays far below what a number can hold.
const MOST: u64 = 1_000_000;

/// Checks a problem.
///
/// # Errors
/// [`PlanningError::Broken`] with what is wrong first.
pub(super) fn valid(problem: &Problem) -> Result<(), PlanningError> {
    first_fault(problem).map_or(Ok(()), |fault| Err(PlanningError::Broken(fault)))
}

fn first_fault(problem: &Problem) -> Option<String> {
    let courses = problem.courses.len();
    if problem.horizon == 0 {
        return Some("there are no terms to plan".to_owned());
    }
    if problem.target >= problem.credentials.len() {
        return Some("there is no credential to reach".to_owned());
    }
    if problem.holds_credential(problem.target) {
        return Some(format!("{} is held already", problem.goal().name));
    }
    if problem.done.len() != courses || problem.prior_learning.len() != courses {
        return Some("what is done and what could be awarded must be said of each course".to_owned());
    }
    if problem.order.is_empty() {
        return Some("nothing is to be made least".to_owned());
    }
    if let Some(course) = every_course(problem).into_iter().find(|course| *course >= courses) {
        return Some(format!("there is no course {course}"));
    }
    if let Some(fault) = too_large(problem) {
        return Some(fault);
    }
    let exam = |held: &Held| if let Held::Exam(exam) = held { Some(*exam) } else { None };
    if let Some(exam) = every_need(problem).iter().filter_map(exam).find(|exam| *exam >= problem.exams.len()) {
        return Some(format!("there is no exam {exam}"));
    }
    let credential = |held: &Held| if let Held::Credential(other) = held { Some(*other) } else { None };
    let needs = every_need(problem);
    let mut others =
        needs.iter().filter_map(credential).chain(problem.courses.iter().flat_map(|course| &course.after).copied());
    if let Some(other) = others.find(|other| *other >= problem.credentials.len()) {
        return Some(format!("there is no credential {other}"));
    }
    if let Some(circle) = in_a_circle(problem) {
        return Some(format!("{} needs itself to be awarded first", problem.credentials[circle].name));
    }
    let crossing = problem.credentials.iter().find(|credential| !limits_nest(credential));
    crossing.map(|credential| format!("two limits of {} overlap without one lying within the other", credential.name))
}

/// What is too large to be counted with.
fn too_large(problem: &Problem) -> Option<String> {
    if problem.horizon > MOST_TERMS {
        return Some(format!("{} terms are more than {MOST_TERMS}", problem.horizon));
    }
    let credits: u64 = problem.courses.iter().map(|course| u64::from(course.credits)).sum();
    let mut loads = problem.most_load.iter().chain(problem.term_limits.iter().flatten()).copied().map(u64::from);
    if credits > MOST || loads.any(|most| most > MOST) || u64::from(problem.least_load) > MOST {
        return Some(format!("credits come to more than {MOST}"));
    }
    let numbers = |credential: &Credential| [credential.total, credential.residency, credential.upper];
    if let Some(credential) =
        problem.credentials.iter().find(|one| numbers(one).iter().any(|one| u64::from(*one) > MOST))
    {
        return Some(format!("{} asks for more than {MOST} credits", credential.name));
    }
    let weights = |exam: &Exam| exam.domains.iter().map(|domain| u64::from(domain.weight)).sum::<u64>();
    let strong =
        |exam: &Exam| exam.domains.iter().flat_map(|domain| &domain.strengths).any(|(_, strength)| *strength > 100);
    let odd = |exam: &&Exam| weights(exam) > MOST || u64::from(exam.threshold) > MOST || strong(exam);
    if let Some(exam) = problem.exams.iter().find(odd) {
        return Some(format!("weights of {} are more than {MOST}, or a course covers more than 100 %", exam.name));
    }
    let rate = problem.courses.iter().map(|course| course.rate.max(problem.prior_learning_fee)).max();
    let fees: u64 = problem.exams.iter().map(|exam| u64::from(exam.fee)).sum();
    let terms = u64::try_from(problem.horizon).unwrap_or(u64::MAX) * u64::from(problem.term_fee);
    let cost = u128::from(credits) * u128::from(rate.unwrap_or(0)) + u128::from(fees) + u128::from(terms);
    (cost > u128::from(u32::MAX)).then(|| "all courses and terms together cost more than can be counted".to_owned())
}

/// All that credentials ask to be held besides their outlines.
fn every_need(problem: &Problem) -> Vec<Held> {
    let clauses = problem.credentials.iter().flat_map(|credential| credential.clauses(0));
    clauses.flat_map(|(_, ways)| ways).collect()
}

fn every_course(problem: &Problem) -> Vec<usize> {
    let mut all: Vec<usize> = problem.wanted.clone();
    all.extend(problem.exclusions.iter().flatten());
    all.extend(problem.courses.iter().flat_map(|course| &course.requisites).flat_map(|clause| clause.ways()));
    let course = |held: &Held| if let Held::Course(course) = held { Some(*course) } else { None };
    all.extend(every_need(problem).iter().filter_map(course));
    for exam in &problem.exams {
        all.extend(&exam.not_before);
        all.extend(exam.domains.iter().flat_map(|domain| &domain.strengths).map(|(course, _)| *course));
    }
    for credential in &problem.credentials {
        all.extend(credential.every_leaf().flat_map(|leaf| &leaf.courses));
        all.extend(credential.limits.iter().flat_map(|(courses, _)| courses));
    }
    all
}

/// A credential that is needed for itself.
fn in_a_circle(problem: &Problem) -> Option<usize> {
    (0..problem.credentials.len()).find(|start| {
        let mut seen = BTreeSet::new();
        let builds_on = |credential: usize| {
            let clauses = problem.credentials[credential].clauses(credential);
            clauses.into_iter().flat_map(|(_, ways)| ways).filter_map(|way| match way {
                Held::Credential(other) => Some(other),
                _ => None,
            })
        };
        let mut next: Vec<usize> = builds_on(*start).collect();
        while let Some(credential) = next.pop() {
            if seen.insert(credential) {
                next.extend(builds_on(credential));
            }
        }
        seen.contains(start)
    })
}

fn limits_nest(credential: &Credential) -> bool {
    let sets: Vec<BTreeSet<usize>> =
        credential.limits.iter().map(|(courses, _)| courses.iter().copied().collect()).collect();
    let nest = |one: &BTreeSet<usize>, other: &BTreeSet<usize>| {
        one.is_disjoint(other) || one.is_subset(other) || other.is_subset(one)
    };
    sets.iter().enumerate().all(|(index, one)| sets[..index].iter().all(|other| nest(one, other)))
}
