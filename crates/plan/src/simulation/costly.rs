//! Which courses cost most: what ten points less of a course's pass rate do to everybody's months.
//!
//! The same learners with the same luck (common random numbers) walk once more with the lower rate. Only learners whose
//! luck lies between the two rates can fare differently; only they are walked again.

use crate::simulation::assumptions::{Assumptions, SimulationError};
use crate::simulation::learner::{Journey, Walk};
use crate::simulation::outcome::months_to_target;
use crate::simulation::route::Route;
use crate::simulation::statistics::{Estimate, from_sums};

/// By how much a pass rate is lowered.
const POINTS: f64 = 0.1;

/// What ten points less of a course's pass rate do.
#[derive(Clone, Debug, PartialEq)]
pub struct CostlyCourse {
    /// The course.
    pub course: usize,
    /// Its pass rate, 0 to 1.
    pub pass: f64,
    /// The lower one: ten points less, but not below 0.
    pub lowered: f64,
    /// Mean of the months more, over learners who reach the target with either rate; absent for fewer than two.
    pub months: Option<Estimate>,
    /// Share of all learners who reach the target with the given rate only, less those with the lower one only.
    pub fewer: Option<Estimate>,
}

/// Sums for one course.
#[derive(Clone, Copy, Default)]
struct Sums {
    with_both: u64,
    months: i128,
    squares: i128,
    lost: i128,
    changed: i128,
}

/// Sums for all courses of a route.
pub(super) struct Costs {
    sums: Vec<Sums>,
    learners: u64,
}

impl Costs {
    pub(super) fn of(courses: usize) -> Self {
        Self { sums: vec![Sums::default(); courses], learners: 0 }
    }

    /// Walks a learner once more for each course whose lower rate would have let them down.
    pub(super) fn add(&mut self, walk: &mut Walk, before: &Journey) -> Result<(), SimulationError> {
        self.learners += 1;
        let base = months_to_target(before, walk.route, walk.assumptions);
        for stop in 0..self.sums.len() {
            let sums = &mut self.sums[stop];
            let rate = walk.assumptions.pass[walk.route.stops[stop].course];
            let lowered = lower(rate);
            let last = (before.attempts[stop] as usize).checked_sub(1);
            let fails = last.filter(|_| before.held[stop]).is_some_and(|last| walk.draws.at(stop, last) >= lowered);
            let mut now = base;
            if fails {
                walk.changed = Some((stop, lowered));
                now = months_to_target(&walk.run()?, walk.route, walk.assumptions);
                walk.changed = None;
            }
            match (base, now) {
                (Some(base), Some(now)) => {
                    let more = i128::from(now) - i128::from(base);
                    sums.with_both += 1;
                    sums.months += more;
                    sums.squares += more * more;
                }
                (None, None) => {}
                (base, _) => {
                    sums.lost += if base.is_some() { 1 } else { -1 };
                    sums.changed += 1;
                }
            }
        }
        Ok(())
    }

    /// The courses, the costliest first.
    pub(super) fn courses(&self, route: &Route, assumptions: &Assumptions) -> Vec<CostlyCourse> {
        let stops = route.stops.iter().zip(&self.sums);
        let mut courses: Vec<CostlyCourse> = stops
            .map(|(stop, sums)| {
                let pass = assumptions.pass[stop.course];
                CostlyCourse {
                    course: stop.course,
                    pass,
                    lowered: lower(pass),
                    months: from_sums(sums.with_both, sums.months, sums.squares),
                    fewer: from_sums(self.learners, sums.lost, sums.changed),
                }
            })
            .collect();
        let of = |estimate: &Option<Estimate>| estimate.map_or(f64::NEG_INFINITY, |estimate| estimate.value);
        courses.sort_by(|one, other| {
            let costlier = of(&other.months).total_cmp(&of(&one.months));
            costlier.then(of(&other.fewer).total_cmp(&of(&one.fewer))).then(one.course.cmp(&other.course))
        });
        courses
    }
}

fn lower(rate: f64) -> f64 {
    (rate - POINTS).max(0.0)
}
