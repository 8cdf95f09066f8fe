//! The plan as a learner walks it: its courses with what they require of each other, its exams, its terms.

use crate::pathway::{Plan, Problem, Season};

/// A course of the plan. Courses are counted within the plan.
pub(super) struct Stop {
    /// Its index in the problem.
    pub(super) course: usize,
    pub(super) credits: u32,
    /// What an attempt costs.
    pub(super) price: u64,
    /// The term the plan has it in.
    pub(super) planned: usize,
    /// By season.
    pub(super) offered: [bool; 3],
    /// Clauses that what is held from the start does not meet, by courses of the plan.
    pub(super) prerequisites: Vec<Vec<usize>>,
    /// Corequisites that are not held from the start.
    pub(super) corequisites: Vec<usize>,
    /// How many courses of the plan come after it one after another.
    pub(super) tail: usize,
}

/// An exam of the plan.
pub(super) struct Sitting {
    /// Its index in the problem.
    pub(super) exam: usize,
    pub(super) fee: u64,
    /// The term the plan has it in; nobody sits it before.
    pub(super) planned: usize,
    /// Coverage from which a learner is ready, in hundredths of per cent.
    threshold: u32,
    domains: Vec<Covered>,
}

struct Covered {
    weight: u32,
    from_start: u32,
    strengths: Vec<(usize, u32)>,
}

impl Sitting {
    /// Whether a learner who holds these courses of the plan is ready.
    pub(super) fn is_ready(&self, held: &[bool]) -> bool {
        let of_domain = |domain: &Covered| {
            let held = domain.strengths.iter().filter(|(stop, _)| held[*stop]);
            let sum = domain.from_start + held.map(|(_, strength)| strength).sum::<u32>();
            domain.weight * sum.min(100)
        };
        self.domains.iter().map(of_domain).sum::<u32>() >= self.threshold
    }
}

/// The plan, ready to be walked.
pub(super) struct Route<'a> {
    pub(super) problem: &'a Problem,
    pub(super) plan: &'a Plan,
    pub(super) stops: Vec<Stop>,
    pub(super) sittings: Vec<Sitting>,
    /// Courses in the order in which they are given a place: long tails first, then as planned.
    pub(super) order: Vec<usize>,
    /// Courses as planned, to be taken earlier than planned where room is free.
    pub(super) forward: Vec<usize>,
    /// By term of the plan: credits.
    loads: Vec<u32>,
    /// The term at whose end the plan reaches the target.
    pub(super) target_term: usize,
    /// Cost of what is awarded for prior learning.
    pub(super) start_cost: u64,
    /// Where a course of the problem stands in the plan.
    places: Vec<Option<usize>>,
}

impl<'a> Route<'a> {
    /// Makes the route of a plan that keeps the rules of its problem.
    pub(super) fn of(problem: &'a Problem, plan: &'a Plan) -> Self {
        let mut route = Self {
            problem,
            plan,
            stops: Vec::new(),
            sittings: Vec::new(),
            order: Vec::new(),
            forward: Vec::new(),
            loads: Vec::new(),
            target_term: 0,
            start_cost: 0,
            places: vec![None; problem.courses.len()],
        };
        route.walk();
        route.tails();
        let (mut order, mut forward): (Vec<usize>, Vec<usize>) =
            ((0..route.stops.len()).collect(), (0..route.stops.len()).collect());
        let rare = |stop: &Stop| stop.offered.iter().filter(|offered| **offered).count();
        order.sort_by_key(|stop| {
            let stop = &route.stops[*stop];
            (std::cmp::Reverse(stop.tail), rare(stop), stop.planned, stop.course)
        });
        forward.sort_by_key(|stop| {
            let stop = &route.stops[*stop];
            (stop.planned, std::cmp::Reverse(stop.tail), stop.course)
        });
        (route.order, route.forward) = (order, forward);
        route
    }

    /// Credits the plan has in a term.
    pub(super) fn load(&self, term: usize) -> u32 {
        self.loads.get(term).copied().unwrap_or(0)
    }

    /// Whether a course of the problem is held from the start.
    pub(super) fn from_start(&self, course: usize) -> bool {
        self.problem.done[course] || self.plan.prior_learning.contains(&course)
    }

    /// Where a course of the problem stands in the plan.
    pub(super) fn place(&self, course: usize) -> Option<usize> {
        self.places[course]
    }

    fn walk(&mut self) {
        let (problem, plan) = (self.problem, self.plan);
        let prior: u32 = plan.prior_learning.iter().map(|course| problem.courses[*course].credits).sum();
        self.start_cost = u64::from(prior) * u64::from(problem.prior_learning_fee);
        let all = plan.terms.iter().enumerate().flat_map(|(term, of)| of.courses.iter().map(move |course| (*course, term)));
        let all: Vec<(usize, usize)> = all.collect();
        for (place, (course, _)) in all.iter().enumerate() {
            self.places[*course] = Some(place);
        }
        for (course, planned) in all {
            let stop = self.stop(course, planned);
            self.stops.push(stop);
        }
        for (term, happens) in plan.terms.iter().enumerate() {
            self.loads.push(happens.courses.iter().map(|course| problem.courses[*course].credits).sum());
            for exam in &happens.exams {
                let sitting = self.sitting(*exam, term);
                self.sittings.push(sitting);
            }
            if happens.awards.iter().any(|award| award.credential == problem.target) {
                self.target_term = term;
            }
        }
    }

    fn stop(&self, course: usize, planned: usize) -> Stop {
        let found = &self.problem.courses[course];
        let clauses = found.prerequisites.iter().filter(|clause| !clause.iter().any(|way| self.from_start(*way)));
        let corequisites = found.corequisites.iter().filter(|way| !self.from_start(**way));
        Stop {
            course,
            credits: found.credits,
            price: u64::from(found.credits) * u64::from(found.rate),
            planned,
            offered: Season::ALL.map(|season| found.offered[season.index()]),
            prerequisites: clauses.map(|clause| clause.iter().filter_map(|way| self.places[*way]).collect()).collect(),
            corequisites: corequisites.filter_map(|way| self.places[*way]).collect(),
            tail: 0,
        }
    }

    fn sitting(&self, exam: usize, planned: usize) -> Sitting {
        let found = &self.problem.exams[exam];
        let covered = found.domains.iter().map(|domain| {
            let from_start = domain.strengths.iter().filter(|(course, _)| self.from_start(*course));
            let planned = domain.strengths.iter().filter(|(course, _)| !self.from_start(*course));
            Covered {
                weight: domain.weight,
                from_start: from_start.map(|(_, strength)| strength).sum(),
                strengths: planned.filter_map(|(course, strength)| Some((self.places[*course]?, *strength))).collect(),
            }
        });
        let (fee, threshold) = (u64::from(found.fee), found.threshold * 100);
        Sitting { exam, fee, planned, threshold, domains: covered.collect() }
    }

    /// The longest chain of courses behind each, as the plan orders them.
    fn tails(&mut self) {
        loop {
            let mut changed = false;
            for stop in 0..self.stops.len() {
                let Stop { planned, tail, prerequisites, corequisites, .. } = &self.stops[stop];
                let earlier = prerequisites.iter().flatten().filter(|way| self.stops[**way].planned < *planned);
                let longer = earlier.map(|way| (*way, tail + 1)).chain(corequisites.iter().map(|way| (*way, *tail)));
                for (way, tail) in longer.collect::<Vec<_>>() {
                    changed |= self.stops[way].tail < tail;
                    self.stops[way].tail = self.stops[way].tail.max(tail);
                }
            }
            if !changed {
                return;
            }
        }
    }
}
