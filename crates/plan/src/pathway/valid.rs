//! Whether a problem makes sense at all, before anything is planned: indexes that lead somewhere, no circles.

use std::collections::BTreeSet;

use crate::pathway::credential::Credential;
use crate::pathway::plan::PlanningError;
use crate::pathway::problem::Problem;

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
    if let Some(exam) = problem.credentials.iter().flat_map(|found| &found.exams).find(|e| **e >= problem.exams.len()) {
        return Some(format!("there is no exam {exam}"));
    }
    let others = problem.credentials.iter().flat_map(|found| &found.credentials);
    if let Some(other) = others.into_iter().find(|other| **other >= problem.credentials.len()) {
        return Some(format!("there is no credential {other}"));
    }
    if let Some(circle) = in_a_circle(problem) {
        return Some(format!("{} needs itself to be awarded first", problem.credentials[circle].name));
    }
    let crossing = problem.credentials.iter().find(|credential| !limits_nest(credential));
    crossing.map(|credential| format!("two limits of {} overlap without one lying within the other", credential.name))
}

fn every_course(problem: &Problem) -> Vec<usize> {
    let mut all: Vec<usize> = problem.wanted.clone();
    all.extend(problem.exclusions.iter().flatten());
    all.extend(problem.courses.iter().flat_map(|course| &course.requisites).flat_map(|clause| clause.ways()));
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
        let mut next = problem.credentials[*start].credentials.clone();
        while let Some(credential) = next.pop() {
            if seen.insert(credential) {
                next.extend(&problem.credentials[credential].credentials);
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
