//! When a learner is awarded a credential: as soon as what is passed meets its requirements, however it may count.
//!
//! Three questions, cheapest first: can it be at all (each leaf by itself, credits in all); does it stand as the plan
//! counts it; and where only the second fails, whether it can be counted otherwise, which the requirement's own model
//! decides exactly. Its answers are kept.

use std::collections::BTreeMap;

use crate::pathway::{Credential, Held, Leaf, Need, Node, Problem, is_awardable};
use crate::simulation::assumptions::SimulationError;
use crate::simulation::route::Route;

/// A part of an outline, by what is held from the start and by courses of the plan.
enum Part {
    Leaf { need: Need, courses_from_start: u32, credits_from_start: u32, stops: Vec<usize> },
    Some { any: usize, of: Vec<Part> },
}

/// A credential the plan awards.
pub(super) struct Goal {
    /// Its index in the problem.
    pub(super) credential: usize,
    root: Part,
    /// Courses of the plan that the plan counts.
    counted: Vec<usize>,
    resident_from_start: u32,
    upper_from_start: u32,
    /// Sittings of the route that must be passed.
    pub(super) sittings: Vec<usize>,
    /// Credentials it builds on and that are not held from the start.
    pub(super) builds_on: Vec<usize>,
    /// Of each list any one, where none is held from the start.
    pub(super) needs: Vec<Vec<Way>>,
}

/// Something of the plan that a credential can build on.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// A sitting of the route that is passed.
    Sitting(usize),
    /// A credential of the problem that is awarded.
    Credential(usize),
    /// A course of the route that is passed.
    Course(usize),
}

/// The credentials of a route, with what was found out about them.
pub(super) struct Awarding<'a> {
    route: &'a Route<'a>,
    pub(super) goals: Vec<Goal>,
    known: BTreeMap<(usize, Vec<bool>), bool>,
}

impl<'a> Awarding<'a> {
    pub(super) fn of(route: &'a Route<'a>) -> Self {
        let mut goals = Vec::new();
        for award in route.plan.terms.iter().flat_map(|term| &term.awards) {
            let counted = award.counted.iter().flat_map(|counted| &counted.courses);
            let credential = &route.problem.credentials[award.credential];
            let sitting = |exam: &usize| route.sittings.iter().position(|sitting| sitting.exam == *exam);
            let others = credential.credentials.iter().filter(|other| !route.problem.holds_credential(**other));
            goals.push(Goal {
                credential: award.credential,
                root: part(route, &credential.root),
                counted: counted.filter_map(|course| route.place(*course)).collect(),
                resident_from_start: resident_from_start(route.problem, credential),
                upper_from_start: upper_from_start(route),
                sittings: credential.exams.iter().filter_map(sitting).collect(),
                builds_on: others.copied().collect(),
                needs: needs(route, credential),
            });
        }
        goals.sort_by_key(|goal| goal.credential);
        Self { route, goals, known: BTreeMap::new() }
    }

    /// Whether these courses of the plan meet the outline and the credits of a goal.
    pub(super) fn is_met(&mut self, goal: usize, held: &[bool]) -> Result<bool, SimulationError> {
        let asked = &self.goals[goal];
        if !self.is_thinkable(asked, held) {
            return Ok(false);
        }
        let Credential { limits, prior_limit, .. } = &self.route.problem.credentials[asked.credential];
        let plain = limits.is_empty() && prior_limit.is_none();
        if plain && asked.counted.iter().all(|stop| held[*stop]) {
            return Ok(true);
        }
        let key = (goal, held.to_vec());
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let route = self.route;
        let taken = route.stops.iter().zip(held).filter(|(_, held)| **held).map(|(stop, _)| stop.course).collect();
        let met = is_awardable(route.problem, &route.plan.prior_learning, taken, asked.credential)?;
        self.known.insert(key, met);
        Ok(met)
    }

    /// Whether credits in all suffice, and each leaf by itself.
    fn is_thinkable(&self, goal: &Goal, held: &[bool]) -> bool {
        let Problem { courses, credentials, .. } = self.route.problem;
        let credential = &credentials[goal.credential];
        let (mut resident, mut upper) = (goal.resident_from_start, goal.upper_from_start);
        for (stop, _) in self.route.stops.iter().zip(held).filter(|(_, held)| **held) {
            let resides = courses[stop.course].institution == credential.institution;
            resident += if resides { stop.credits } else { 0 };
            upper += if courses[stop.course].upper { stop.credits } else { 0 };
        }
        let total = self.route.credits(held);
        total >= credential.total
            && resident >= credential.residency
            && upper >= credential.upper
            && self.is_part_met(&goal.root, held)
    }

    fn is_part_met(&self, part: &Part, held: &[bool]) -> bool {
        match part {
            Part::Some { any, of } => of.iter().filter(|part| self.is_part_met(part, held)).count() >= *any,
            Part::Leaf { need, courses_from_start, credits_from_start, stops } => {
                let held = stops.iter().filter(|stop| held[**stop]);
                match need {
                    Need::Courses(count) => held.fold(*courses_from_start, |sum, _| sum + 1) >= *count,
                    Need::Credits(credits) => {
                        let credit = |sum, stop: &usize| sum + self.route.stops[*stop].credits;
                        held.fold(*credits_from_start, credit) >= *credits
                    }
                }
            }
        }
    }
}

/// What else a credential builds on, by what the plan has of it.
fn needs(route: &Route, credential: &Credential) -> Vec<Vec<Way>> {
    let from_start = |held: &Held| match held {
        Held::Exam(exam) => route.problem.holds_exam(*exam),
        Held::Credential(other) => route.problem.holds_credential(*other),
        Held::Course(course) => route.holds_from_start(*course),
    };
    let way = |held: &Held| match held {
        Held::Exam(exam) => route.sittings.iter().position(|sitting| sitting.exam == *exam).map(Way::Sitting),
        Held::Credential(other) => Some(Way::Credential(*other)),
        Held::Course(course) => route.place(*course).map(Way::Course),
    };
    let open = credential.needs.iter().filter(|ways| !ways.is_empty() && !ways.iter().any(from_start));
    open.map(|ways| ways.iter().filter_map(way).collect()).collect()
}

fn part(route: &Route, node: &Node) -> Part {
    let parts = |of: &[Node]| of.iter().map(|node| part(route, node)).collect::<Vec<_>>();
    match node {
        Node::Leaf(leaf) => leaf_part(route, leaf),
        Node::Choice { any, of, .. } => Part::Some { any: *any, of: parts(of) },
        Node::Every { of, .. } => Part::Some { any: of.len(), of: parts(of) },
    }
}

fn leaf_part(route: &Route, leaf: &Leaf) -> Part {
    let start = || leaf.courses.iter().filter(|course| route.holds_from_start(**course));
    Part::Leaf {
        need: leaf.need,
        courses_from_start: start().fold(0, |sum, _| sum + 1),
        credits_from_start: start().map(|course| route.problem.courses[*course].credits).sum(),
        stops: leaf.courses.iter().filter_map(|course| route.place(*course)).collect(),
    }
}

fn resident_from_start(problem: &Problem, credential: &Credential) -> u32 {
    let resided = |course: &usize| problem.resided(*course);
    let there = |course: &usize| problem.courses[*course].institution == credential.institution;
    let start = (0..problem.courses.len()).filter(resided).filter(there);
    start.map(|course| problem.courses[course].credits).sum()
}

fn upper_from_start(route: &Route) -> u32 {
    let start = (0..route.problem.courses.len()).filter(|course| route.holds_from_start(*course));
    start
        .filter(|course| route.problem.courses[*course].upper)
        .map(|course| route.problem.courses[course].credits)
        .sum()
}
