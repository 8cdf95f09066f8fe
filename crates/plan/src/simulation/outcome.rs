//! Runs all learners and sums up: distributions, who reaches what by when, how walks end.

use crate::pathway::{Plan, Problem, check};
use crate::simulation::assumptions::{Assumptions, Crowd, SimulationError};
use crate::simulation::awarding::Awarding;
use crate::simulation::costly::{CostlyCourse, Costs};
use crate::simulation::draws::Draws;
use crate::simulation::learner::{End, Journey, Walk, slots};
use crate::simulation::route::Route;
use crate::simulation::statistics::{Distribution, Estimate, share};

/// Months, credits and cost of some learners.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// So many learners.
    pub learners: u64,
    /// Months from the start of term 0 to the end of their last term; absent, like the others, for fewer than two learners.
    pub months: Option<Distribution>,
    /// Credits attempted, repetitions too.
    pub credits: Option<Distribution>,
    /// Tuition, fees of terms, exams and prior learning, in whole units of money.
    pub cost: Option<Distribution>,
}

/// Who reaches something, by when.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Index of the credential or exam.
    pub index: usize,
    /// By term: the share that holds it by its end.
    pub by_term: Vec<Estimate>,
}

/// How a walk ended, for a share of the learners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The target was reached.
    Target,
    /// Stopped out; the best exit was this credential, the one with the most credits.
    Credential(usize),
    /// Stopped out with a certification alone.
    Certification,
    /// Stopped out with nothing.
    Nothing,
    /// No sitting is left of an exam that the target needs.
    Failed,
    /// Still studying when the terms were over.
    Studying,
}

/// The endings that can come, each with the share of learners.
pub type Endings = Vec<(Ending, Estimate)>;

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// Months the plan takes when all goes well.
    pub planned_months: u32,
    /// Those who reach the target; months to the end of the term in which they do.
    pub reached: Measures,
    /// All learners.
    pub everyone: Measures,
    /// By credential that the plan awards.
    pub credentials: Vec<Step>,
    /// By exam that the plan has sat.
    pub exams: Vec<Step>,
    /// How walks ended; the shares sum to 1.
    pub endings: Endings,
    /// Courses of the plan, the costliest first.
    pub costly: Vec<CostlyCourse>,
}

/// Lets learners follow a plan. `heard` is told how many are through and says whether to go on.
///
/// # Errors
/// [`SimulationError::Plan`] where the plan breaks a rule, [`SimulationError::Assumption`] where a figure is out of range,
/// [`SimulationError::Cancelled`] when `heard` says so; the others are defects.
pub fn simulate(
    problem: &Problem,
    plan: &Plan,
    assumptions: &Assumptions,
    crowd: Crowd,
    heard: &mut dyn FnMut(u32) -> bool,
) -> Result<Simulation, SimulationError> {
    check(problem, plan).map_err(SimulationError::Plan)?;
    assumptions.check(problem.courses.len(), problem.exams.len())?;
    if crowd.learners < 2 {
        return Err(SimulationError::Assumption("there must be at least 2 learners".to_owned()));
    }
    let route = Route::of(problem, plan);
    let mut awarding = Awarding::of(&route);
    let mut tally = Tally::of(&route, &awarding, assumptions);
    let mut costs = Costs::of(route.stops.len());
    for learner in 0..crowd.learners {
        if learner % 64 == 0 && !heard(learner) {
            return Err(SimulationError::Cancelled);
        }
        let mut draws = Draws::of(crowd.seed, learner, slots(&route));
        let (awarding, draws) = (&mut awarding, &mut draws);
        let mut walk = Walk { route: &route, assumptions, awarding, draws, changed: None };
        let journey = walk.run()?;
        costs.add(&mut walk, &journey)?;
        tally.add(&journey);
    }
    heard(crowd.learners);
    let costly = costs.courses(&route, assumptions);
    Ok(tally.simulation(costly))
}

/// Months to the target, of who reached it.
pub(super) fn months_to_target(journey: &Journey, route: &Route, assumptions: &Assumptions) -> Option<u32> {
    journey.reached.map(|term| assumptions.calendar.through(route.problem.start, term))
}

/// Months, credits and cost, learner by learner.
#[derive(Default)]
struct Values {
    months: Vec<u64>,
    credits: Vec<u64>,
    cost: Vec<u64>,
}

impl Values {
    fn add(&mut self, months: u32, journey: &Journey) {
        self.months.push(u64::from(months));
        self.credits.push(u64::from(journey.credits));
        self.cost.push(journey.cost);
    }

    fn measures(self) -> Measures {
        Measures {
            learners: self.months.len() as u64,
            months: Distribution::of(self.months),
            credits: Distribution::of(self.credits),
            cost: Distribution::of(self.cost),
        }
    }
}

struct Tally<'a> {
    assumptions: &'a Assumptions,
    route: &'a Route<'a>,
    goals: Vec<usize>,
    sittings: Vec<usize>,
    reached: Values,
    everyone: Values,
    /// By goal (or exam) and term: how many got there in it.
    awarded: Vec<Vec<u64>>,
    passed: Vec<Vec<u64>>,
    endings: Vec<(Ending, u64)>,
}

impl<'a> Tally<'a> {
    fn of(route: &'a Route<'a>, awarding: &Awarding, assumptions: &'a Assumptions) -> Self {
        let problem = route.problem;
        let goals: Vec<usize> = awarding.goals.iter().map(|goal| goal.credential).collect();
        let sittings: Vec<usize> = route.sittings.iter().map(|sitting| sitting.exam).collect();
        let mut exits: Vec<usize> = goals.iter().copied().filter(|goal| *goal != problem.target).collect();
        exits.sort_by_key(|exit| (std::cmp::Reverse(problem.credentials[*exit].total), *exit));
        let mut endings = vec![(Ending::Target, 0)];
        endings.extend(exits.into_iter().map(|exit| (Ending::Credential(exit), 0)));
        endings.extend([(Ending::Certification, 0), (Ending::Nothing, 0), (Ending::Failed, 0), (Ending::Studying, 0)]);
        let empty = vec![0; assumptions.most_terms];
        Self {
            assumptions,
            route,
            awarded: vec![empty.clone(); goals.len()],
            passed: vec![empty; sittings.len()],
            goals,
            sittings,
            reached: Values::default(),
            everyone: Values::default(),
            endings,
        }
    }

    fn add(&mut self, journey: &Journey) {
        self.everyone.add(self.months(journey.last), journey);
        if let Some(months) = months_to_target(journey, self.route, self.assumptions) {
            self.reached.add(months, journey);
        }
        let steps = self.awarded.iter_mut().zip(&journey.awarded).chain(self.passed.iter_mut().zip(&journey.passed));
        for (counts, term) in steps {
            if let Some(term) = term {
                counts[*term] += 1;
            }
        }
        let ending = self.ending(journey);
        if let Some((_, count)) = self.endings.iter_mut().find(|(one, _)| *one == ending) {
            *count += 1;
        }
    }

    fn months(&self, term: usize) -> u32 {
        self.assumptions.calendar.through(self.route.problem.start, term)
    }

    fn ending(&self, journey: &Journey) -> Ending {
        match journey.end {
            End::Reached => return Ending::Target,
            End::Studying => return Ending::Studying,
            End::Failed => return Ending::Failed,
            End::Stopped => {}
        }
        let held = |credential: usize| {
            let goal = self.goals.iter().position(|goal| *goal == credential);
            goal.is_some_and(|goal| journey.awarded[goal].is_some())
        };
        let best = self.endings.iter().map(|(ending, _)| *ending).find(|ending| match ending {
            Ending::Credential(credential) => held(*credential),
            _ => false,
        });
        let certified = journey.passed.iter().any(Option::is_some);
        best.unwrap_or(if certified { Ending::Certification } else { Ending::Nothing })
    }

    fn simulation(self, costly: Vec<CostlyCourse>) -> Simulation {
        let learners = self.everyone.months.len() as u64;
        let steps = |indexes: &[usize], counts: &[Vec<u64>]| -> Vec<Step> {
            let step = |(index, counts): (&usize, &Vec<u64>)| {
                let so_far = counts.iter().scan(0, |sum, count| {
                    *sum += count;
                    Some(share(*sum, learners))
                });
                Step { index: *index, by_term: so_far.collect() }
            };
            indexes.iter().zip(counts).map(step).collect()
        };
        let last = |counts: &[Vec<u64>]| counts.iter().filter_map(|of| of.iter().rposition(|count| *count > 0)).max();
        // Terms after the last one in which anything happens say nothing.
        let terms = last(&self.awarded).max(last(&self.passed)).map_or(0, |term| term + 1);
        let cut = |mut steps: Vec<Step>| {
            steps.iter_mut().for_each(|step| step.by_term.truncate(terms));
            steps
        };
        Simulation {
            planned_months: self.months(self.route.target_term),
            credentials: cut(steps(&self.goals, &self.awarded)),
            exams: cut(steps(&self.sittings, &self.passed)),
            endings: self.endings.iter().map(|(ending, count)| (*ending, share(*count, learners))).collect(),
            reached: self.reached.measures(),
            everyone: self.everyone.measures(),
            costly,
        }
    }
}
