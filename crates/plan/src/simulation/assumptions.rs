//! What a simulation assumes: how likely courses and exams are passed, how many stop out, how terms become months.

use crate::pathway::{PlanningError, Problem, Season};

/// When the terms of a year begin and end, in months from the start of its fall.
///
/// A year of fall, spring and summer has 12 months. The figures are assumptions after the usual calendar of semesters
/// (two of 15 to 16 weeks and a summer of up to 12): fall runs from late August to mid-December, spring from mid-January
/// to mid-May, summer from late May to mid-August.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// By season: months from the start of the year's fall to the start of the term, from 0.
    pub begins: [u32; 3],
    /// By season: months from the start of the year's fall to the end of the term, up to 12.
    pub ends: [u32; 3],
}

impl Default for Calendar {
    fn default() -> Self {
        Self { begins: [0, 5, 9], ends: [4, 9, 12] }
    }
}

impl Calendar {
    /// Months from the start of term 0, whose season is given, to the end of a term.
    #[must_use]
    pub fn through(&self, start: Season, term: usize) -> u32 {
        let at = start.index() + term;
        let years = u32::try_from(at / 3).unwrap_or(u32::MAX / 24);
        years * 12 + self.ends[at % 3] - self.begins[start.index()]
    }

    /// Whether terms follow each other within a year.
    fn is_sound(&self) -> bool {
        let order = (0..3).flat_map(|season| [self.begins[season], self.ends[season]]);
        let apart = (0..3).all(|season| self.begins[season] < self.ends[season]);
        order.is_sorted() && apart && self.ends[2] <= 12
    }
}

/// What is assumed. Every probability is from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumptions {
    /// By course: the probability that an attempt is passed.
    pub pass: Vec<f64>,
    /// By exam: the probability that a sitting is passed.
    pub exam_pass: Vec<f64>,
    /// Sittings after the first, at most.
    pub retakes: u32,
    /// What a sitting after the first costs, in whole units of money; the exam's own fee when absent.
    pub retake_fee: Option<u32>,
    /// The probability of stopping out before each term, after the first, in which there are courses to take.
    pub stop_out: f64,
    /// The probability that somebody who stops out comes back.
    pub returns: f64,
    /// So many terms later, at least 1.
    pub away: usize,
    /// So many terms at most; who is not there by then is told as still studying.
    pub most_terms: usize,
    /// How terms become months.
    pub calendar: Calendar,
}

impl Assumptions {
    /// The same probability for all courses, one for all exams; nobody stops out; twice the horizon at most.
    #[must_use]
    pub fn of(problem: &Problem, pass: f64, exam_pass: f64) -> Self {
        Self {
            pass: vec![pass; problem.courses.len()],
            exam_pass: vec![exam_pass; problem.exams.len()],
            retakes: 2,
            retake_fee: None,
            stop_out: 0.0,
            returns: 0.0,
            away: 3,
            most_terms: 2 * problem.horizon,
            calendar: Calendar::default(),
        }
    }

    /// Whether every figure is in its range.
    pub(super) fn check(&self, courses: usize, exams: usize) -> Result<(), SimulationError> {
        let broken = |what: &str| Err(SimulationError::Assumption(what.to_owned()));
        if self.pass.len() != courses || self.exam_pass.len() != exams {
            return broken("there must be one pass rate for each course and each exam");
        }
        let rates = self.pass.iter().chain(&self.exam_pass).chain([&self.stop_out, &self.returns]);
        if !rates.into_iter().all(|rate| (0.0..=1.0).contains(rate)) {
            return broken("a probability must lie between 0 and 1");
        }
        if self.away == 0 {
            return broken("who comes back stays away for at least one term");
        }
        if !(1..=MOST_TERMS).contains(&self.most_terms) {
            return broken("the terms must be between 1 and 300");
        }
        if !self.calendar.is_sound() {
            return broken("the terms of a year must end one after another within 12 months");
        }
        Ok(())
    }
}

/// Longest walk: a hundred years.
const MOST_TERMS: usize = 300;

/// How many learners are simulated, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crowd {
    /// Learners, at least 2.
    pub learners: u32,
    /// The seed: the same one gives the same learners.
    pub seed: u64,
}

/// Why there is no simulation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SimulationError {
    /// The plan breaks rules of the problem.
    #[error("the plan breaks the rules of its problem: {}", .0.join("; "))]
    Plan(Vec<String>),
    /// An assumption is out of range.
    #[error("the simulation cannot assume this: {0}")]
    Assumption(String),
    /// Broken off by who waits.
    #[error("the simulation was broken off")]
    Cancelled,
    /// What counts where could not be found out: a defect of this crate.
    #[error(transparent)]
    Planning(#[from] PlanningError),
}
