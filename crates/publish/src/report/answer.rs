//! The coverage answer as a report needs it: names and figures, computed by the caller.

use jiff::civil::Date;

/// How much of a blueprint a program covers, with everything needed to compute it again. Shares, coverages and weights
/// in per cent.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageAnswer {
    /// The institution, if named.
    pub institution: Option<String>,
    /// The program.
    pub program: String,
    /// The blueprint, with its version.
    pub blueprint: String,
    /// First day this version is examined.
    pub effective: Option<Date>,
    /// Last day this version is examined.
    pub retires: Option<Date>,
    /// Whether that day has passed.
    pub retired: bool,
    /// Day of the report.
    pub made: Date,
    /// Moment of the answer, for people.
    pub computed: String,
    /// Coverage of the exam; absent when some weights are missing.
    pub total: Option<f64>,
    /// The same by assessed statements only.
    pub total_assessed: Option<f64>,
    /// How the domains are weighted, as a sentence.
    pub weighting: String,
    /// How coverage is computed.
    pub formula: String,
    /// Suggestions nobody has a word on.
    pub open: usize,
    /// Pairs on which reviewers differ.
    pub disputed: usize,
    /// By domain.
    pub domains: Vec<CoverageDomain>,
    /// What is not fully covered, most lost weight first.
    pub gaps: Vec<CoverageGap>,
    /// Statements taught, but with no assessment.
    pub untested: Vec<CoverageStatement>,
    /// Statements that three or more courses cover.
    pub redundant: Vec<CoverageStatement>,
    /// Course statements with no accepted alignment.
    pub orphans: Vec<CoverageOrphan>,
    /// Agreement of reviewers.
    pub agreement: Vec<CoverageAgreement>,
    /// Every statement at the end of the outline.
    pub statements: Vec<CoverageStatement>,
}

/// Coverage of one domain.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageDomain {
    /// Number and title.
    pub name: String,
    /// Weight as the publisher writes it.
    pub weight_published: Option<String>,
    /// Weight used.
    pub weight: Option<f64>,
    /// Coverage of the domain.
    pub coverage: f64,
    /// The same by assessed statements only.
    pub assessed: f64,
    /// Statements at the end of the outline.
    pub statements: usize,
    /// Fully covered ones.
    pub covered: usize,
    /// Partly covered ones.
    pub partly: usize,
}

/// A statement that is not fully covered.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageGap {
    /// Number and words.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// Exam weight lost here.
    pub lost: Option<f64>,
    /// Score: 0 or ½.
    pub score: f64,
    /// Suggestions nobody has a word on.
    pub open: usize,
}

/// A statement with its share and score.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageStatement {
    /// Number and words.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// Share of the exam.
    pub share: Option<f64>,
    /// Score: 0, ½ or 1.
    pub score: f64,
    /// Score by assessed statements only.
    pub score_assessed: f64,
    /// Codes of the courses with an accepted alignment.
    pub courses: Vec<String>,
}

/// A course statement with no accepted alignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageOrphan {
    /// Code of the course.
    pub course: String,
    /// The outcome's code.
    pub outcome: Option<String>,
    /// The statement.
    pub statement: String,
}

/// How two reviewers agree.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageAgreement {
    /// One reviewer.
    pub first: String,
    /// The other.
    pub second: String,
    /// Pairs both have a word on.
    pub pairs: usize,
    /// Share of equal words, per cent.
    pub observed: f64,
    /// Cohen's κ with what it means.
    pub kappa: String,
    /// Where they differ.
    pub disagreements: Vec<CoverageDisagreement>,
}

/// One pair on which two reviewers differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageDisagreement {
    /// Course and its statement.
    pub statement: String,
    /// Number and words of the objective.
    pub objective: String,
    /// What the first says.
    pub first: String,
    /// What the second says.
    pub second: String,
}
