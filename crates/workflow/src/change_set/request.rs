//! What is asked: how much coverage, counted how, with which efforts, and which courses may be touched.

use credway_align::Coverage;
use credway_plan::{First, Wishes};
use serde::{Deserialize, Serialize};

use crate::WorkflowError;

/// What counts as covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counting {
    /// What a course teaches.
    #[default]
    Taught,
    /// Only what a course teaches and assesses.
    Assessed,
}

/// Hours of faculty work that a change takes. The defaults are assumptions, and shown as such: a college sets its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Efforts {
    /// Opening a course for revision at all, once: committee, syllabus, catalogue.
    pub open: u32,
    /// Adding an outcome with what teaches it.
    pub add: u32,
    /// Deepening what is taught in part until it meets the objective in full.
    pub deepen: u32,
    /// Adding an assessment.
    pub assess: u32,
}

impl Default for Efforts {
    fn default() -> Self {
        Self { open: 8, add: 12, deepen: 6, assess: 4 }
    }
}

/// Most courses that may be looked at for each gap.
pub const MOST_NEAR: usize = 10;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReachRequest {
    /// Coverage of the exam to reach, 0 to 100 %.
    pub total: Option<f64>,
    /// Coverage that every domain should reach, 0 to 100 %.
    pub each_domain: Option<f64>,
    /// What counts.
    pub counting: Counting,
    /// Whether little effort comes before few changes.
    pub cheapest: bool,
    /// At most so many changes to one course.
    pub most_per_course: Option<u32>,
    /// Codes of courses that may not be touched.
    pub leave: Vec<String>,
    /// For each gap the so many courses that come nearest may take an addition; 1 to [`MOST_NEAR`].
    pub near: usize,
    /// What changes take.
    pub efforts: Efforts,
    /// Seconds for one step of the solver, above 0.
    pub seconds: f64,
}

impl Default for ReachRequest {
    fn default() -> Self {
        Self {
            total: None,
            each_domain: None,
            counting: Counting::Taught,
            cheapest: false,
            most_per_course: None,
            leave: Vec::new(),
            near: 3,
            efforts: Efforts::default(),
            seconds: 30.0,
        }
    }
}

impl ReachRequest {
    /// Whether it can be asked.
    pub(super) fn check(&self) -> Result<(), WorkflowError> {
        let refused = |message: String, hint: &str| Err(WorkflowError::Refused { message, hint: hint.to_owned() });
        if self.total.is_none() && self.each_domain.is_none() {
            return refused("nothing is asked for".to_owned(), "say what the exam or every domain should reach");
        }
        for asked in [self.total, self.each_domain].into_iter().flatten() {
            if !(0.0..=100.0).contains(&asked) {
                return refused(format!("{asked} is no percentage"), "write a number from 0 to 100");
            }
        }
        if !(1..=MOST_NEAR).contains(&self.near) {
            let hint = format!("write a number from 1 to {MOST_NEAR}");
            return refused(format!("{} courses cannot be looked at for each gap", self.near), &hint);
        }
        if self.most_per_course == Some(0) {
            return refused("no course could be changed".to_owned(), "allow at least one change to a course");
        }
        let efforts = [self.efforts.open, self.efforts.add, self.efforts.deepen, self.efforts.assess];
        if efforts.iter().any(|hours| *hours > 10_000) {
            return refused("an effort is above 10,000 hours".to_owned(), "write the hours one change takes");
        }
        if !(self.seconds > 0.0 && self.seconds <= 3_600.0) {
            return refused(format!("{} seconds cannot be waited", self.seconds), "write a number from 1 to 3600");
        }
        Ok(())
    }

    /// As the planner takes it.
    pub(super) fn wishes(&self, coverage: &Coverage) -> Wishes {
        Wishes {
            total: self.total,
            domains: coverage.domains.iter().map(|domain| self.each_domain.filter(|_| domain.statements > 0)).collect(),
            most_per_course: self.most_per_course,
            first: if self.cheapest { First::Cheapest } else { First::Fewest },
            seconds: self.seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_asked_is_refused_with_a_hint() {
        let asked = ReachRequest { total: Some(80.0), ..ReachRequest::default() };
        assert!(asked.check().is_ok());
        let wrong = [
            ReachRequest::default(),
            ReachRequest { total: Some(101.0), ..ReachRequest::default() },
            ReachRequest { total: Some(f64::NAN), ..ReachRequest::default() },
            ReachRequest { near: 0, ..asked.clone() },
            ReachRequest { most_per_course: Some(0), ..asked.clone() },
            ReachRequest { seconds: 0.0, ..asked.clone() },
            ReachRequest { efforts: Efforts { open: 10_001, ..Efforts::default() }, ..asked },
        ];
        for request in wrong {
            assert!(matches!(request.check(), Err(WorkflowError::Refused { .. })), "{request:?}");
        }
    }
}
