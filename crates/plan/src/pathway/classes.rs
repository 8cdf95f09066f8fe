//! Courses that are interchangeable: presolve against symmetry.
//!
//! Two courses are interchangeable when no rule and no objective tells them apart: same credits, rate, institution, level
//! side, terms, awards they come after; no requisites, nobody's requisite; in the same leaves and limits; without coverage and prior learning;
//! neither wanted nor excluded by another. A class of them is counted instead of chosen one by one.

use crate::pathway::credential::Held;
use crate::pathway::problem::{Course, Problem};
use crate::pathway::windows::Windows;

/// Classes of interchangeable courses.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    /// By course: the first course of its class; absent where the course can never be taken or is finished already.
    pub(super) of: Vec<Option<usize>>,
    /// The first courses of the classes, in order, each with all its courses.
    pub(super) members: Vec<(usize, Vec<usize>)>,
}

/// What tells courses apart.
#[derive(PartialEq)]
struct Mark<'a> {
    credits: u32,
    rate: u32,
    institution: usize,
    upper: bool,
    offered: [bool; 3],
    closed: &'a [usize],
    after: &'a [usize],
    leaves: &'a [(usize, usize)],
    limits: &'a [(usize, usize)],
}

impl Classes {
    /// Every course that can still be held in a class, alone or with those it is interchangeable with.
    pub(super) fn of(problem: &Problem, windows: &Windows) -> Self {
        let alone = told_apart(problem);
        let (leaves, limits) = (leaves_of(problem), limits_of(problem));
        let mark = |index: usize| {
            let Course { credits, rate, institution, upper, offered, ref closed, ref after, .. } =
                problem.courses[index];
            let (leaves, limits) = (&leaves[index][..], &limits[index][..]);
            Mark { credits, rate, institution, upper, offered, closed, after, leaves, limits }
        };
        let mut classes = Self { of: vec![None; problem.courses.len()], members: Vec::new() };
        for course in 0..problem.courses.len() {
            if problem.done[course] || !windows.can_be_held(problem, course) {
                continue;
            }
            let joins = |(first, _): &&mut (usize, Vec<usize>)| {
                let apart = |course: usize| alone[course] || windows.forced[course];
                !apart(course) && !apart(*first) && mark(*first) == mark(course)
            };
            if let Some((first, members)) = classes.members.iter_mut().find(joins) {
                members.push(course);
                classes.of[course] = Some(*first);
            } else {
                classes.members.push((course, vec![course]));
                classes.of[course] = Some(course);
            }
        }
        classes
    }
}

/// By course: whether something besides leaves tells it apart.
fn told_apart(problem: &Problem) -> Vec<bool> {
    let mut alone = problem.prior_learning.clone();
    for (index, course) in problem.courses.iter().enumerate() {
        alone[index] |= !course.requisites.is_empty() || course.standing > 0;
        course.requisites.iter().flat_map(|clause| clause.ways()).for_each(|way| alone[way] = true);
    }
    let covered = problem.exams.iter().flat_map(|exam| &exam.domains).flat_map(|domain| &domain.strengths);
    covered.for_each(|(course, _)| alone[*course] = true);
    let named = problem.exams.iter().flat_map(|exam| &exam.not_before).chain(&problem.wanted);
    named.chain(problem.exclusions.iter().flatten()).for_each(|course| alone[*course] = true);
    let needs = problem.credentials.iter().flat_map(|credential| &credential.needs).flatten();
    needs.for_each(|held| {
        if let Held::Course(course) = held {
            alone[*course] = true;
        }
    });
    // Where a course counts in one of several leaves, it must be known which course it is.
    for credential in &problem.credentials {
        let mut times = vec![0_usize; problem.courses.len()];
        for leaf in credential.every_leaf().filter(|leaf| !leaf.overlay) {
            leaf.courses.iter().for_each(|course| times[*course] += 1);
        }
        times.iter().enumerate().filter(|(_, times)| **times > 1).for_each(|(course, _)| alone[course] = true);
    }
    alone
}

/// By course: the leaves it may count in, by credential and leaf.
fn leaves_of(problem: &Problem) -> Vec<Vec<(usize, usize)>> {
    let mut leaves = vec![Vec::new(); problem.courses.len()];
    for (index, credential) in problem.credentials.iter().enumerate() {
        for (place, leaf) in credential.every_leaf().enumerate() {
            leaf.courses.iter().for_each(|course| leaves[*course].push((index, place)));
        }
    }
    leaves
}

/// By course: the limits on what counts that list it, by credential and limit.
fn limits_of(problem: &Problem) -> Vec<Vec<(usize, usize)>> {
    let mut limits = vec![Vec::new(); problem.courses.len()];
    for (index, credential) in problem.credentials.iter().enumerate() {
        for (place, (courses, _)) in credential.limits.iter().enumerate() {
            courses.iter().for_each(|course| limits[*course].push((index, place)));
        }
    }
    limits
}
