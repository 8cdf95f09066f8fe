//! The plan as a learner walks it: its courses with what they require of each other, its exams, its terms.

use crate::pathway::{Clause, Exam, Plan, Problem};

/// A course of the plan. Courses are counted within the plan.
pub(super) struct Stop {
    /// Its index in the problem.
    pub(super) course: usize,
    pub(super) credits: u32,
    /// What an attempt costs.
    pub(super) price: u64,
    /// The term the plan has it in.
    pub(super) planned: usize,
    /// Clauses that what is held from the start does not meet.
    pub(super) requisites: Vec<Asked>,
    /// Credits that must be held before the term.
    pub(super) standing: u32,
    /// Credentials that must be awarded in an earlier term, those held from the start left out.
    pub(super) after: Vec<usize>,
    /// How many courses of the plan come after it one after another.
    pub(super) tail: usize,
}

/// A clause by courses of the plan.
pub(super) struct Asked {
    /// Passed in an earlier term.
    pub(super) before: Vec<usize>,
    /// Passed earlier or taken in the same term. Strict corequisites too: who repeats a course does not repeat what was
    /// passed beside it.
    pub(super) beside: Vec<usize>,
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
    /// Courses of the plan that must be passed before.
    not_before: Vec<usize>,
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
        self.not_before.iter().all(|stop| held[*stop])
            && self.domains.iter().map(of_domain).sum::<u32>() >= self.threshold
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
    /// Courses of the plan that the person wants.
    pub(super) wanted: Vec<usize>,
    /// Credits held from the start.
    from_start: u32,
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
            wanted: Vec::new(),
            from_start: 0,
            start_cost: 0,
            places: vec![None; problem.courses.len()],
        };
        route.walk();
        route.tails();
        let (mut order, mut forward): (Vec<usize>, Vec<usize>) =
            ((0..route.stops.len()).collect(), (0..route.stops.len()).collect());
        let rare = |stop: &Stop| problem.courses[stop.course].offered.iter().filter(|offered| **offered).count();
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

    /// Credits held with these courses of the plan.
    pub(super) fn credits(&self, held: &[bool]) -> u32 {
        let passed = self.stops.iter().zip(held).filter(|(_, held)| **held);
        self.from_start + passed.map(|(stop, _)| stop.credits).sum::<u32>()
    }

    /// Whether a course of the problem is held from the start.
    pub(super) fn holds_from_start(&self, course: usize) -> bool {
        self.problem.done[course] || self.plan.prior_learning.contains(&course)
    }

    /// Where a course of the problem stands in the plan.
    pub(super) fn place(&self, course: usize) -> Option<usize> {
        self.places[course]
    }

    fn walk(&mut self) {
        let (problem, plan) = (self.problem, self.plan);
        let prior: u32 = plan.prior_learning.iter().map(|course| problem.courses[*course].credits).sum();
        let start = (0..problem.courses.len()).filter(|course| self.holds_from_start(*course));
        self.from_start = start.map(|course| problem.courses[course].credits).sum();
        self.start_cost = u64::from(prior) * u64::from(problem.prior_learning_fee);
        let all =
            plan.terms.iter().enumerate().flat_map(|(term, of)| of.courses.iter().map(move |course| (*course, term)));
        let all: Vec<(usize, usize)> = all.collect();
        for (place, (course, _)) in all.iter().enumerate() {
            self.places[*course] = Some(place);
        }
        self.wanted = problem.wanted.iter().filter_map(|course| self.places[*course]).collect();
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
        let open = found.requisites.iter().filter(|clause| !clause.ways().any(|way| self.holds_from_start(way)));
        Stop {
            course,
            credits: found.credits,
            price: u64::from(found.credits) * u64::from(found.rate),
            planned,
            requisites: open.map(|clause| self.asked(clause)).collect(),
            standing: found.standing,
            after: found.after.iter().copied().filter(|one| !self.problem.holds_credential(*one)).collect(),
            tail: 0,
        }
    }

    fn asked(&self, clause: &Clause) -> Asked {
        let places = |ways: &[usize]| ways.iter().filter_map(|way| self.places[*way]).collect::<Vec<_>>();
        Asked { before: places(&clause.before), beside: [places(&clause.beside), places(&clause.with)].concat() }
    }

    fn sitting(&self, exam: usize, planned: usize) -> Sitting {
        let found: &Exam = &self.problem.exams[exam];
        let not_before = found.not_before.iter().filter_map(|course| self.places[*course]).collect();
        let covered = found.domains.iter().map(|domain| {
            let from_start = domain.strengths.iter().filter(|(course, _)| self.holds_from_start(*course));
            let planned = domain.strengths.iter().filter(|(course, _)| !self.holds_from_start(*course));
            Covered {
                weight: domain.weight,
                from_start: from_start.map(|(_, strength)| strength).sum(),
                strengths: planned.filter_map(|(course, strength)| Some((self.places[*course]?, *strength))).collect(),
            }
        });
        let (fee, threshold) = (u64::from(found.fee), found.threshold * 100);
        Sitting { exam, fee, planned, threshold, domains: covered.collect(), not_before }
    }

    /// The longest chain of courses behind each, as the plan orders them.
    fn tails(&mut self) {
        loop {
            let mut changed = false;
            for stop in 0..self.stops.len() {
                let Stop { planned, tail, requisites, .. } = &self.stops[stop];
                let before = requisites.iter().flat_map(|asked| &asked.before);
                let earlier = before.filter(|way| self.stops[**way].planned < *planned).map(|way| (*way, tail + 1));
                let beside = requisites.iter().flat_map(|asked| &asked.beside).map(|way| (*way, *tail));
                let longer = earlier.chain(beside);
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
