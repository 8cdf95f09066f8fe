//! One learner on the way: term by term through sittings, courses, awards, stopping out and coming back.

use crate::pathway::Problem;
use crate::simulation::assumptions::{Assumptions, SimulationError};
use crate::simulation::awarding::{Awarding, Way};
use crate::simulation::draws::Draws;
use crate::simulation::route::Route;
use crate::simulation::schedule::Choice;

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The target was reached.
    Reached,
    /// Stopped out for good.
    Stopped,
    /// No sitting is left of an exam that the target needs.
    Failed,
    /// Still on the way when the terms were over.
    Studying,
}

/// What became of a learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Journey {
    pub(super) end: End,
    /// The term at whose end the target was reached.
    pub(super) reached: Option<usize>,
    /// The last term on the way, without sittings after the target.
    pub(super) last: usize,
    /// Credits attempted, repetitions too.
    pub(super) credits: u32,
    pub(super) cost: u64,
    /// By goal: the term at whose end it was awarded.
    pub(super) awarded: Vec<Option<usize>>,
    /// By sitting of the route: the term in which the exam was passed.
    pub(super) passed: Vec<Option<usize>>,
    /// By course of the route: attempts.
    pub(super) attempts: Vec<u32>,
    /// By course of the route: whether it is passed.
    pub(super) held: Vec<bool>,
}

/// The luck of a learner with what is assumed.
pub(super) struct Walk<'a, 'b> {
    pub(super) route: &'a Route<'a>,
    pub(super) assumptions: &'a Assumptions,
    pub(super) awarding: &'b mut Awarding<'a>,
    pub(super) draws: &'b mut Draws,
    /// A course of the route whose pass rate is another one.
    pub(super) changed: Option<(usize, f64)>,
}

/// How many things a learner's draws decide: courses, exams, stopping out, coming back.
pub(super) fn slots(route: &Route) -> usize {
    route.stops.len() + route.sittings.len() + 2
}

impl Walk<'_, '_> {
    /// Walks until the target is reached and no sitting is left, the learner stops out, or the terms are over.
    pub(super) fn run(&mut self) -> Result<Journey, SimulationError> {
        let (stops, sittings) = (self.route.stops.len(), self.route.sittings.len());
        let mut journey = Journey {
            end: End::Studying,
            reached: None,
            last: 0,
            credits: 0,
            cost: self.route.start_cost,
            awarded: vec![None; self.awarding.goals.len()],
            passed: vec![None; sittings],
            attempts: vec![0; stops],
            held: vec![false; stops],
        };
        let mut sat = vec![0; sittings];
        let mut back = 0;
        for term in 0..self.assumptions.most_terms {
            if term < back {
                continue;
            }
            if journey.reached.is_some() {
                if !self.sit(term, &mut journey, &mut sat) {
                    break;
                }
                continue;
            }
            let open: Vec<bool> = (0..stops).map(|stop| self.is_open(stop, &journey)).collect();
            let courses = Choice::of(self.route, (&journey.held, &open), term);
            if courses.is_empty() && self.is_stuck(term, &journey, &sat)? {
                journey.end = End::Failed;
                break;
            }
            if term > 0 && !courses.is_empty() && self.stops_out(term) {
                if self.draw(stops + sittings + 1, term) >= self.assumptions.returns {
                    journey.end = End::Stopped;
                    break;
                }
                back = term + self.assumptions.away;
                continue;
            }
            self.sit(term, &mut journey, &mut sat);
            self.take(&courses, &mut journey);
            journey.last = term;
            self.award(term, &sat, &mut journey)?;
            let problem = self.route.problem;
            let charged = if problem.fees_when_enrolled { !courses.is_empty() } else { journey.reached.is_none() };
            if charged {
                journey.cost += u64::from(problem.term_fee);
            }
        }
        Ok(journey)
    }

    fn draw(&mut self, slot: usize, time: usize) -> f64 {
        self.draws.at(slot, time)
    }

    fn stops_out(&mut self, term: usize) -> bool {
        let slot = self.route.stops.len() + self.route.sittings.len();
        self.assumptions.stop_out > 0.0 && self.draw(slot, term) < self.assumptions.stop_out
    }

    /// Sits every exam that is ready, on what was passed before; says whether one can still be sat later.
    fn sit(&mut self, term: usize, journey: &mut Journey, sat: &mut [u32]) -> bool {
        let mut later = false;
        for (place, sitting) in self.route.sittings.iter().enumerate() {
            if journey.passed[place].is_some()
                || sat[place] > self.assumptions.retakes
                || !sitting.is_ready(&journey.held)
            {
                continue;
            }
            if term < sitting.planned {
                later = true;
                continue;
            }
            let retake = self.assumptions.retake_fee.map_or(sitting.fee, u64::from);
            journey.cost += if sat[place] == 0 { sitting.fee } else { retake };
            let time = sat[place] as usize;
            sat[place] += 1;
            if self.draw(self.route.stops.len() + place, time) < self.assumptions.exam_pass[sitting.exam] {
                journey.passed[place] = Some(term);
            } else {
                later |= sat[place] <= self.assumptions.retakes;
            }
        }
        later
    }

    fn take(&mut self, courses: &[usize], journey: &mut Journey) {
        for stop in courses {
            let found = &self.route.stops[*stop];
            journey.credits += found.credits;
            journey.cost += found.price;
            let time = journey.attempts[*stop] as usize;
            journey.attempts[*stop] += 1;
            let rate = match self.changed {
                Some((changed, rate)) if changed == *stop => rate,
                _ => self.assumptions.pass[found.course],
            };
            journey.held[*stop] = self.draw(*stop, time) < rate;
        }
    }

    /// Whether a credential is awarded.
    fn is_awarded(&self, credential: usize, journey: &Journey) -> bool {
        let place = self.awarding.goals.iter().position(|goal| goal.credential == credential);
        place.is_some_and(|place| journey.awarded[place].is_some())
    }

    /// Whether the credentials that a course comes after are awarded.
    fn is_open(&self, stop: usize, journey: &Journey) -> bool {
        self.route.stops[stop].after.iter().all(|credential| self.is_awarded(*credential, journey))
    }

    /// Whether nothing can be passed any more, and the target is not reached with what is.
    fn is_stuck(&mut self, term: usize, journey: &Journey, sat: &[u32]) -> Result<bool, SimulationError> {
        if journey.passed.iter().all(Option::is_some) {
            return Ok(false);
        }
        let open = |place: usize| {
            let sitting = &self.route.sittings[place];
            journey.passed[place].is_none() && sat[place] <= self.assumptions.retakes && sitting.is_ready(&journey.held)
        };
        if (0..sat.len()).any(open) || !self.is_all_blocked(journey) {
            return Ok(false);
        }
        let comes = term.max(self.route.target_term);
        let is_target = |goal: &usize| self.awarding.goals[*goal].credential == self.route.problem.target;
        let Some(target) = (0..journey.awarded.len()).find(is_target) else { return Ok(true) };
        Ok(!(self.is_time(target, comes, sat, journey) && self.awarding.is_met(target, &journey.held)?))
    }

    /// Whether every course that is not passed waits for something that never comes: a credential, credits, another course
    /// that waits.
    fn is_all_blocked(&self, journey: &Journey) -> bool {
        let held = &journey.held;
        let credits = self.route.credits(held);
        let mut blocked: Vec<bool> = (0..held.len())
            .map(|stop| !held[stop] && (!self.is_open(stop, journey) || credits < self.route.stops[stop].standing))
            .collect();
        loop {
            let free: Vec<usize> = (0..held.len()).filter(|stop| !held[*stop] && !blocked[*stop]).collect();
            let waits = |stop: &usize| {
                self.route.stops[*stop].requisites.iter().any(|asked| {
                    let beside = |way: &usize| held[*way] || !blocked[*way];
                    !asked.before.iter().any(|way| held[*way]) && !asked.beside.iter().any(beside)
                })
            };
            let waiting: Vec<usize> = free.iter().copied().filter(waits).collect();
            if waiting.is_empty() {
                return free.is_empty();
            }
            waiting.into_iter().for_each(|stop| blocked[stop] = true);
        }
    }

    /// Awards what is met at the end of a term, what others build on first.
    fn award(&mut self, term: usize, sat: &[u32], journey: &mut Journey) -> Result<(), SimulationError> {
        loop {
            let before = journey.awarded.clone();
            for goal in 0..journey.awarded.len() {
                if journey.awarded[goal].is_some() || !self.is_time(goal, term, sat, journey) {
                    continue;
                }
                if self.awarding.is_met(goal, &journey.held)? {
                    journey.awarded[goal] = Some(term);
                    if self.awarding.goals[goal].credential == self.route.problem.target {
                        (journey.end, journey.reached) = (End::Reached, Some(term));
                    }
                }
            }
            if before == journey.awarded {
                return Ok(());
            }
        }
    }

    /// Whether all besides courses is there for a goal. The target ends the walk: it is not awarded before the plan has it,
    /// nor while a course is missing that the person wants or without which an exam of the plan cannot be sat.
    fn is_time(&self, goal: usize, term: usize, sat: &[u32], journey: &Journey) -> bool {
        let Problem { target, exams, .. } = self.route.problem;
        let goal = &self.awarding.goals[goal];
        let has = |way: &Way| match way {
            Way::Sitting(sitting) => journey.passed[*sitting].is_some(),
            Way::Credential(credential) => self.is_awarded(*credential, journey),
            Way::Course(stop) => journey.held[*stop],
        };
        let held = goal.sittings.iter().all(|sitting| journey.passed[*sitting].is_some())
            && goal.builds_on.iter().all(|credential| self.is_awarded(*credential, journey))
            && goal.needs.iter().all(|ways| ways.iter().any(has));
        if goal.credential != *target {
            return held;
        }
        let sittings = || self.route.sittings.iter().zip(sat);
        held && term >= self.route.target_term
            && self.route.wanted.iter().all(|stop| journey.held[*stop])
            && sittings()
                .all(|(sitting, sat)| sitting.is_ready(&journey.held) && (*sat > 0 || !exams[sitting.exam].needed))
    }
}
