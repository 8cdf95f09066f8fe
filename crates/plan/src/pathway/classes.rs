//! Courses that are interchangeable: presolve against symmetry.
//!
//! Two courses are interchangeable when no rule and no objective tells them apart: same credits, rate, institution, level
//! side, seasons; no requisites, nobody's requisite; in the same leaves; without coverage and prior learning. A class of
//! them is counted instead of chosen one by one.

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
    home: bool,
    upper: bool,
    offered: [bool; 3],
    leaves: &'a [(usize, usize)],
}

impl Classes {
    /// Every course that can still be held in a class, alone or with those it is interchangeable with.
    pub(super) fn of(problem: &Problem, windows: &Windows) -> Self {
        let alone = told_apart(problem);
        let leaves = leaves_of(problem);
        let mark = |index: usize| {
            let course: &Course = &problem.courses[index];
            let Course { credits, rate, home, offered, .. } = *course;
            Mark { credits, rate, home, upper: course.is_upper(), offered, leaves: &leaves[index] }
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
        alone[index] |= !course.prerequisites.is_empty() || !course.corequisites.is_empty();
        for way in course.prerequisites.iter().flatten().chain(&course.corequisites) {
            alone[*way] = true;
        }
    }
    for (course, _) in problem.exams.iter().flat_map(|exam| &exam.domains).flat_map(|domain| &domain.strengths) {
        alone[*course] = true;
    }
    // Where a course counts in one of several leaves, it must be known which course it is.
    for credential in &problem.credentials {
        let mut times = vec![0_usize; problem.courses.len()];
        for (leaf, _) in credential.every_leaf().filter(|(leaf, _)| !leaf.overlay) {
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
        for (place, (leaf, _)) in credential.every_leaf().enumerate() {
            leaf.courses.iter().for_each(|course| leaves[*course].push((index, place)));
        }
    }
    leaves
}
