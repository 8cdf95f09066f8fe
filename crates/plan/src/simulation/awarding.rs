//! When a learner is awarded a credential: as soon as what is passed meets its requirements, however it may count.
//!
//! Three questions, cheapest first: can it be at all (each leaf by itself, credits in all); does it stand as the plan
//! counts it; and where only the second fails, whether it can be counted otherwise, which the requirement's own model
//! decides exactly. Its answers are kept.

use std::collections::BTreeMap;

use crate::pathway::{Credential, Leaf, Need, Problem, is_awardable};
use crate::simulation::assumptions::SimulationError;
use crate::simulation::route::Route;

/// A leaf, by what is held from the start and by courses of the plan.
struct Part {
    need: Need,
    nested: Option<usize>,
    courses_from_start: u32,
    credits_from_start: u32,
    stops: Vec<usize>,
}

/// A credential the plan awards.
pub(super) struct Goal {
    /// Its index in the problem.
    pub(super) credential: usize,
    parts: Vec<Part>,
    /// Courses of the plan that the plan counts.
    counted: Vec<usize>,
    credits_from_start: u32,
    upper_from_start: u32,
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
            goals.push(Goal {
                credential: award.credential,
                parts: parts(route, &route.problem.credentials[award.credential]),
                counted: counted.filter_map(|course| route.place(*course)).collect(),
                credits_from_start: from_start(route, |_| true),
                upper_from_start: from_start(route, |course| route.problem.courses[course].is_upper()),
            });
        }
        goals.sort_by_key(|goal| goal.credential);
        Self { route, goals, known: BTreeMap::new() }
    }

    /// Whether a learner who holds these courses of the plan is awarded a goal.
    pub(super) fn is_met(&mut self, goal: usize, held: &[bool]) -> Result<bool, SimulationError> {
        let asked = &self.goals[goal];
        if !self.is_thinkable(asked, held) {
            return Ok(false);
        }
        if asked.counted.iter().all(|stop| held[*stop]) {
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
        let (mut total, mut home, mut upper) = (goal.credits_from_start, 0, goal.upper_from_start);
        for (stop, _) in self.route.stops.iter().zip(held).filter(|(_, held)| **held) {
            total += stop.credits;
            home += if courses[stop.course].home { stop.credits } else { 0 };
            upper += if courses[stop.course].is_upper() { stop.credits } else { 0 };
        }
        if total < credential.total || home < credential.residency || upper < credential.upper {
            return false;
        }
        let mut chosen = vec![0; credential.nested.len()];
        for part in &goal.parts {
            let met = self.is_part_met(part, held);
            match part.nested {
                None if !met => return false,
                Some(nested) => chosen[nested] += usize::from(met),
                None => {}
            }
        }
        chosen.iter().zip(&credential.nested).all(|(chosen, nested)| *chosen >= nested.any)
    }

    fn is_part_met(&self, part: &Part, held: &[bool]) -> bool {
        let held = part.stops.iter().filter(|stop| held[**stop]);
        match part.need {
            Need::Courses(count) => held.fold(part.courses_from_start, |sum, _| sum + 1) >= count,
            Need::Credits(credits) => {
                held.fold(part.credits_from_start, |sum, stop| sum + self.route.stops[*stop].credits) >= credits
            }
        }
    }
}

fn parts(route: &Route, credential: &Credential) -> Vec<Part> {
    let part = |(leaf, nested): (&Leaf, Option<usize>)| {
        let start = || leaf.courses.iter().filter(|course| route.from_start(**course));
        Part {
            need: leaf.need,
            nested,
            courses_from_start: start().fold(0, |sum, _| sum + 1),
            credits_from_start: start().map(|course| route.problem.courses[*course].credits).sum(),
            stops: leaf.courses.iter().filter_map(|course| route.place(*course)).collect(),
        }
    };
    credential.every_leaf().map(part).collect()
}

fn from_start(route: &Route, passes: impl Fn(usize) -> bool) -> u32 {
    let start = (0..route.problem.courses.len()).filter(|course| route.from_start(*course) && passes(*course));
    start.map(|course| route.problem.courses[course].credits).sum()
}
