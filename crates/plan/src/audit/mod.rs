//! Degree audit: which course counts where, so that as little as possible is missing, and what that is.
//!
//! Courses are placed by the solver, not one after the other: the first place a course fits is often not where it helps
//! most. Three wishes in order: least is missing from the requirements; then least from the totals (credits in all, at the institution, of
//! the upper division); then no more courses shared or placed than that takes. What is missing is measured in credits; a missing course
//! counts as three.
//!
//! It refuses to count a course that was not passed, and to change a rule silently: an exception has a name and a reason, and is
//! told beside what it changed. An average is told, never bettered by leaving out low grades.

mod answer;
mod leaves;
mod placing;

use credway_model::{AwardRequirements, CourseCode, CourseFacts, Credits, GradePoints, Person, Text};

pub use credway_model::CreditSource;

use crate::solver::SolverFailed;

pub use answer::{AuditLine, Average, AwardAudit, LineState, Placed, Total, TotalKind, Unplaced, WhyNot};

/// Credits that a missing course counts as.
pub const CREDITS_OF_A_COURSE: f64 = 3.0;

/// A course that somebody has taken, or credit they hold for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourseRecord {
    /// Its code.
    pub code: CourseCode,
    /// Credits.
    pub credits: Credits,
    /// Points of its grade; absent where it has none (pass, transfer, prior learning), which meets every least grade.
    pub grade: Option<GradePoints>,
    /// Whether it was passed.
    pub passed: bool,
    /// Where the credit comes from.
    pub from: CreditSource,
    /// Whether it may count more than once with the same code.
    pub repeatable: bool,
    /// Attributes the catalogue gives it.
    pub attributes: Vec<Text>,
    /// Outcomes it teaches, by code or identifier.
    pub outcomes: Vec<Text>,
}

impl CourseFacts for CourseRecord {
    fn code(&self) -> &CourseCode {
        &self.code
    }

    fn has_attribute(&self, attribute: &Text) -> bool {
        self.attributes.contains(attribute)
    }

    fn teaches(&self, outcome: &Text) -> bool {
        self.outcomes.contains(outcome)
    }
}

/// What an exception changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExceptionKind {
    /// The requirement counts as met.
    Waived,
    /// The course may count for the requirement although its set does not hold it, whatever its grade.
    Counts(CourseCode),
}

/// A decision that a rule does not hold for a learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditException {
    /// The requirement: which part of which part, from the root, each from 0.
    pub path: Vec<usize>,
    /// What it changes.
    pub kind: ExceptionKind,
    /// Who decided it.
    pub who: Person,
    /// Why.
    pub why: Text,
}

/// An award with the exceptions that hold for the learner.
#[derive(Clone, Debug)]
pub struct AuditedAward<'a> {
    /// What it requires.
    pub requirements: &'a AwardRequirements,
    /// The exceptions.
    pub exceptions: &'a [AuditException],
}

/// Between two awards at most so many credits may count for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedBetween {
    /// The awards, by number.
    pub awards: (usize, usize),
    /// How many credits.
    pub at_most: Credits,
}

/// Why an audit could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    /// An exception names a requirement that is not there, or a shared limit an award.
    #[error("{0}")]
    Nowhere(String),
    /// The solver failed, or was stopped before it had proved its answer.
    #[error("the audit could not be proved")]
    Unproved,
}

impl From<SolverFailed> for AuditError {
    fn from(_: SolverFailed) -> Self {
        Self::Unproved
    }
}

/// Audits one award.
///
/// # Errors
/// [`AuditError`].
pub fn audit(award: &AuditedAward<'_>, records: &[CourseRecord]) -> Result<AwardAudit, AuditError> {
    let mut all = audit_together(std::slice::from_ref(award), &[], records)?;
    all.pop().ok_or(AuditError::Unproved)
}

/// Audits several awards at once, with limits of what may count for two of them.
///
/// # Errors
/// [`AuditError`].
pub fn audit_together(
    awards: &[AuditedAward<'_>],
    shared: &[SharedBetween],
    records: &[CourseRecord],
) -> Result<Vec<AwardAudit>, AuditError> {
    let furthest = |one: &SharedBetween| one.awards.0.max(one.awards.1);
    if let Some(wrong) = shared.iter().map(furthest).find(|award| *award >= awards.len()) {
        return Err(AuditError::Nowhere(format!("a limit of shared credits names award {wrong}")));
    }
    if let Some(same) = shared.iter().find(|one| one.awards.0 == one.awards.1) {
        return Err(AuditError::Nowhere(format!("a limit of shared credits names award {} twice", same.awards.0)));
    }
    let trees = awards.iter().map(leaves::Tree::new).collect::<Result<Vec<_>, _>>()?;
    let placings = placing::place(awards, &trees, shared, records)?;
    let audits = awards.iter().zip(&trees).zip(&placings);
    Ok(audits.map(|((award, tree), placing)| answer::answer(award.requirements, tree, placing, records)).collect())
}
