//! What a learner has taken, and what was decided for them, for one audit.
//!
//! These are learner data: they have no form in which they could be stored or sent on, and are dropped when the audit is told.

use crate::{CourseCode, Credits, GradePoints, Person, Place, Text};

/// Where credit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditSource {
    /// Taken at the institution.
    Here,
    /// Brought from another institution.
    Transferred,
    /// Awarded for prior learning: an examination, a certification, a portfolio.
    PriorLearning,
}

impl CreditSource {
    /// The word shown and written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Transferred => "transfer",
            Self::PriorLearning => "prior learning",
        }
    }

    /// Reads the word, in any case.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "here" | "own" | "resident" => Some(Self::Here),
            "transfer" | "transferred" => Some(Self::Transferred),
            "prior learning" | "prior_learning" | "cpl" | "exam" => Some(Self::PriorLearning),
            _ => None,
        }
    }
}

/// A course that a learner has taken, or credit they hold for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenCourse {
    /// Its code.
    pub code: CourseCode,
    /// Credits; the catalogue's where absent.
    pub credits: Option<Credits>,
    /// The grade as it is written.
    pub grade: Option<Text>,
    /// Its points; absent for grades without any (pass, credit) and where there is no grade.
    pub points: Option<GradePoints>,
    /// Whether it was passed.
    pub passed: bool,
    /// Where the credit comes from.
    pub from: CreditSource,
    /// Whether it may count more than once with the same code.
    pub repeatable: bool,
    /// Marks of the catalogue that it has (“humanities”).
    pub marks: Vec<Text>,
    /// Where it stands in its file.
    pub place: Place,
}

/// A decision that a rule does not hold for a learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnerException {
    /// The program, where several are audited.
    pub program: Option<Text>,
    /// Name of the requirement.
    pub requirement: Text,
    /// The course that may count there; the requirement is waived when absent.
    pub course: Option<CourseCode>,
    /// Who decided it.
    pub who: Person,
    /// Why.
    pub why: Text,
    /// Where it stands in its file.
    pub place: Place,
}
