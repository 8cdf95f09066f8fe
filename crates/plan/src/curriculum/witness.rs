//! Requisites that cannot be met, with a witness: a circle, named course by course.

use std::collections::VecDeque;

use super::components::round;
use super::graph::{CurriculumGraph, Requisite, RequisiteKind};

/// What a requisite demands of two courses, seen from one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// In an earlier term.
    Before,
    /// In the same term or an earlier one.
    NotAfter,
    /// In the same term.
    Together,
}

/// One step of a circle: `from` is to be taken in this order to `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Index of the course.
    pub from: usize,
    /// Index of the next course.
    pub to: usize,
    /// In what order.
    pub order: Order,
}

/// A circle: each step begins where the one before ended, and the last ends where the first began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// The steps; at least one.
    pub steps: Vec<Step>,
}

impl Circle {
    /// Whether no order of terms can meet it: a course would have to be taken before itself.
    #[must_use]
    pub fn is_contradiction(&self) -> bool {
        self.steps.iter().any(|step| step.order == Order::Before)
    }
}

impl CurriculumGraph {
    /// A circle for every group of courses whose requisites lead back to themselves: a shortest one through the group's
    /// first course. Chains have no beginning there, so that a curriculum with a circle has no measures. A circle of
    /// corequisites alone can be met, by taking its courses in one term.
    #[must_use]
    pub fn circles(&self) -> Vec<Circle> {
        let arrows = self.demands(false);
        let groups = round(&self.next);
        groups.iter().filter_map(|group| shortest(&arrows, group[0], group[0])).collect()
    }

    /// A circle for every group of courses that no order of terms can meet: along it a course would come before itself.
    /// Strict corequisites bind both ways. These may be there without [`CurriculumGraph::circles`], and the other way
    /// round.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Circle> {
        let demands = self.demands(true);
        let next: Vec<Vec<usize>> = demands.iter().map(|steps| steps.iter().map(|step| step.to).collect()).collect();
        let mut circles = Vec::new();
        for group in round(&next) {
            let before = group
                .iter()
                .flat_map(|course| &demands[*course])
                .find(|step| step.order == Order::Before && group.binary_search(&step.to).is_ok());
            let Some(&first) = before else { continue };
            // A course that is to be taken before itself is a circle already.
            let rest = if first.to == first.from {
                Some(Vec::new())
            } else {
                shortest(&demands, first.to, first.from).map(|rest| rest.steps)
            };
            circles.extend(rest.map(|rest| Circle { steps: [vec![first], rest].concat() }));
        }
        circles
    }

    /// By course: the steps that begin there, the strictest first; strict corequisites `both_ways` where wanted.
    fn demands(&self, both_ways: bool) -> Vec<Vec<Step>> {
        let mut steps = vec![Vec::new(); self.courses()];
        for &Requisite { required, course, kind } in &self.requisites {
            let order = match kind {
                RequisiteKind::Prerequisite => Order::Before,
                RequisiteKind::Corequisite => Order::NotAfter,
                RequisiteKind::StrictCorequisite => Order::Together,
            };
            steps[required].push(Step { from: required, to: course, order });
            if both_ways && order == Order::Together {
                steps[course].push(Step { from: course, to: required, order });
            }
        }
        for steps in &mut steps {
            steps.sort_unstable_by_key(|step| (step.order, step.to));
        }
        steps
    }
}

/// A shortest way of at least one step from `from` to `to`.
fn shortest(arrows: &[Vec<Step>], from: usize, to: usize) -> Option<Circle> {
    let mut came: Vec<Option<Step>> = vec![None; arrows.len()];
    let mut queue = VecDeque::from([from]);
    while let Some(course) = queue.pop_front() {
        for &step in &arrows[course] {
            if step.to == to {
                let mut steps = vec![step];
                let mut at = course;
                while at != from {
                    let step = came[at]?;
                    steps.push(step);
                    at = step.from;
                }
                steps.reverse();
                return Some(Circle { steps });
            }
            if step.to != from && came[step.to].is_none() {
                came[step.to] = Some(step);
                queue.push_back(step.to);
            }
        }
    }
    None
}
