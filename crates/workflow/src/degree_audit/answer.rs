//! What an audit tells, in words and figures: requirement by requirement, then the totals, then what counts nowhere.

use credway_model::{Ctid, Finding};
use serde::Serialize;

use crate::catalogue::RequirementPiece;

/// A course taken, as the audit takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedCourse {
    /// The course of the catalogue.
    pub id: Option<Ctid>,
    /// Code.
    pub code: String,
    /// Title in the catalogue.
    pub title: Option<String>,
    /// Credits.
    pub credits: String,
    /// Where the credits are from: `file`, `catalogue` or `assumed`.
    pub credits_from: &'static str,
    /// The grade as it is written.
    pub grade: Option<String>,
    /// Whether it was passed.
    pub passed: bool,
    /// `here`, `transfer` or `prior learning`.
    pub source: &'static str,
}

impl AuditedCourse {
    /// Whether its credits are an assumption.
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        self.credits_from == "assumed"
    }
}

/// How a requirement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementState {
    /// It is met.
    Met,
    /// Something is missing.
    Missing,
    /// It counts as met by an exception.
    Waived,
    /// It is not needed, for other parts were chosen.
    NotChosen,
}

impl RequirementState {
    /// The word of its class on pages.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missing => "missing",
            Self::Waived => "waived",
            Self::NotChosen => "other",
        }
    }

    /// The word shown.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missing => "missing",
            Self::Waived => "waived",
            Self::NotChosen => "not needed",
        }
    }
}

/// A course that counts for a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedCourse {
    /// Its number among the courses, from 0.
    pub course: usize,
    /// Code.
    pub code: String,
    /// Whether it counts for another requirement of the award, too.
    pub shared: bool,
    /// Who decided that it counts here, and why, where the requirement itself does not hold it.
    pub exception: Option<String>,
}

/// A requirement with what counts there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedRequirement {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// Its name.
    pub name: Option<String>,
    /// What it asks for, without its courses.
    pub asks: String,
    /// The courses that may count: why a course counts here.
    pub from: Vec<RequirementPiece>,
    /// The least grade of each, in points.
    pub grade: Option<String>,
    /// How it stands.
    pub state: RequirementState,
    /// What is missing, in words.
    pub missing: Option<String>,
    /// Who waived it, and why.
    pub waived: Option<String>,
    /// The courses that count.
    pub counted: Vec<CountedCourse>,
}

/// A total with what there is of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedTotal {
    /// Which.
    pub name: &'static str,
    /// Credits asked for.
    pub wanted: String,
    /// Credits that count.
    pub have: String,
    /// Credits that are missing; absent where none are.
    pub missing: Option<String>,
    /// Whether some of them are assumed.
    pub assumed: bool,
}

/// The grade point average over the graded courses taken here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedAverage {
    /// Asked for.
    pub wanted: String,
    /// What it is; absent where nothing is graded.
    pub have: Option<String>,
    /// Whether it is enough.
    pub met: bool,
}

/// A course that counts for no requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UncountedCourse {
    /// Its number among the courses, from 0.
    pub course: usize,
    /// Code.
    pub code: String,
    /// Whether it counts towards the totals all the same.
    pub in_totals: bool,
    /// Why, as a sentence.
    pub why: String,
}

/// One program's audit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProgramAudit {
    /// The program.
    pub program: Ctid,
    /// Title and award.
    pub name: String,
    /// Year of its catalogue.
    pub catalogue_year: Option<String>,
    /// Whether everything is met.
    pub met: bool,
    /// The requirements, each before its parts.
    pub requirements: Vec<AuditedRequirement>,
    /// The totals that are asked for.
    pub totals: Vec<AuditedTotal>,
    /// The average, where one is asked for.
    pub average: Option<AuditedAverage>,
    /// What counts for no requirement.
    pub uncounted: Vec<UncountedCourse>,
}

/// An exception that was taken into account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditedException {
    /// Title and award of the program.
    pub program: String,
    /// Name of the requirement.
    pub requirement: String,
    /// The course that may count; absent where the requirement is waived.
    pub course: Option<String>,
    /// Who decided it.
    pub who: String,
    /// Why.
    pub why: String,
    /// Whether the answer rests on it.
    pub used: bool,
}

/// What counts for two programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SharedCredits {
    /// The programs.
    pub programs: [String; 2],
    /// Credits that may.
    pub at_most: String,
    /// Credits that do.
    pub have: String,
}

/// What an audit tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditAnswer {
    /// Whether every program is met, and nothing of the files was left out.
    pub complete: bool,
    /// The programs.
    pub programs: Vec<ProgramAudit>,
    /// The courses taken.
    pub courses: Vec<AuditedCourse>,
    /// The exceptions.
    pub exceptions: Vec<AuditedException>,
    /// What counts for two programs, where that is limited.
    pub shared: Vec<SharedCredits>,
    /// What a person should know.
    pub findings: Vec<Finding>,
}
