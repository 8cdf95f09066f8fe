//! What a crosswalk report holds.

use credway_model::{Decision, OutcomeLevel, Probability, Standing, WeightRange};
use jiff::civil::Date;

use crate::PublishError;

/// Coverage of one domain of the blueprint.
#[derive(Clone, Debug, PartialEq)]
pub struct DomainCoverage {
    /// The publisher's number.
    pub code: Option<String>,
    /// Title.
    pub title: String,
    /// Weight as the publisher gives it; absent where the source gives none.
    pub weight_published: Option<WeightRange>,
    /// Weight used in the total, per cent of the exam; absent where there is none.
    pub weight: Option<f64>,
    /// Coverage, 0 to 100 % of the domain.
    pub coverage: f64,
    /// Coverage by assessed statements only, 0 to 100 % of the domain.
    pub assessed_coverage: f64,
}

/// A statement of the blueprint: an objective, or a domain without objectives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportObjective {
    /// Its domain, as an index into [`CrosswalkReport::domains`].
    pub domain: usize,
    /// The publisher's number.
    pub code: Option<String>,
    /// The statement.
    pub text: String,
    /// 0 for a top-level objective or a domain, 1 below that, and so on.
    pub nesting: usize,
}

/// A course of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportCourse {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
}

/// A course statement and a blueprint statement that a machine proposed or a person has a word on.
#[derive(Clone, Debug, PartialEq)]
pub struct CrosswalkRow {
    /// The blueprint statement, as an index into [`CrosswalkReport::objectives`].
    pub objective: usize,
    /// The course, as an index into [`CrosswalkReport::courses`].
    pub course: usize,
    /// The college's number for the outcome; absent for a course taken by its description.
    pub outcome_code: Option<String>,
    /// The course statement.
    pub statement: String,
    /// What stands.
    pub standing: Standing,
    /// How far the course takes the statement: the level its source gives, or a reviewer's for this pair.
    pub level: Option<OutcomeLevel>,
    /// How it is assessed.
    pub assessed_by: Option<String>,
    /// The machine's calibrated probability that a qualified reviewer accepts; absent where it proposed nothing.
    pub probability: Option<Probability>,
    /// Whether the machine was confident enough to suggest it.
    pub suggested: bool,
    /// Name and version of the engine that proposed the pair; absent where it proposed nothing.
    pub proposed_by: Option<String>,
    /// Words of the course statement and of the blueprint statement that the machine took as speaking for each other.
    pub evidence: Vec<(String, String)>,
    /// What the reviewers said, in the order they said it.
    pub decisions: Vec<Decision>,
}

/// A blueprint statement that is not fully covered.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The statement, as an index into [`CrosswalkReport::objectives`].
    pub objective: usize,
    /// Exam weight lost here, in per cent of the whole; absent where there is no total.
    pub lost: Option<f64>,
    /// Score of the statement: 0 or ½.
    pub score: f64,
}

/// A crosswalk with its coverage, as it stood at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct CrosswalkReport {
    /// The institution, if named.
    pub institution: Option<String>,
    /// The program, with its award.
    pub program: String,
    /// The blueprint, with its version.
    pub blueprint: String,
    /// First day this version is examined.
    pub effective: Option<Date>,
    /// Last day this version is examined.
    pub retires: Option<Date>,
    /// Day the report is made.
    pub generated: Date,
    /// Name and version of the alignment engine that proposed.
    pub engine: String,
    /// Coverage of the exam, 0 to 100 %; absent when some weights are missing.
    pub total: Option<f64>,
    /// The same by assessed statements only.
    pub total_assessed: Option<f64>,
    /// How the domains are weighted, as a sentence.
    pub weighting: String,
    /// How coverage is computed.
    pub formula: String,
    /// Domains in order of the blueprint.
    pub domains: Vec<DomainCoverage>,
    /// Statements in order of the blueprint.
    pub objectives: Vec<ReportObjective>,
    /// Courses in order of the program.
    pub courses: Vec<ReportCourse>,
    /// Pairs, in the order they shall stand.
    pub rows: Vec<CrosswalkRow>,
    /// What is not fully covered, most lost weight first.
    pub gaps: Vec<Gap>,
}

impl CrosswalkReport {
    /// The pair's blueprint statement, its domain, and its course.
    pub(crate) fn resolve(
        &self,
        row: &CrosswalkRow,
    ) -> Result<(&ReportObjective, &DomainCoverage, &ReportCourse), PublishError> {
        let (objective, domain) = self.objective(row.objective)?;
        Ok((objective, domain, at("course", &self.courses, row.course)?))
    }

    /// A blueprint statement and its domain.
    pub(crate) fn objective(&self, number: usize) -> Result<(&ReportObjective, &DomainCoverage), PublishError> {
        let objective = at("objective", &self.objectives, number)?;
        Ok((objective, at("domain", &self.domains, objective.domain)?))
    }
}

fn at<'a, T>(what: &'static str, list: &'a [T], number: usize) -> Result<&'a T, PublishError> {
    list.get(number).ok_or(PublishError::Dangling { what, number, length: list.len() })
}
