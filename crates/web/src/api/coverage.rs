//! Coverage for programs of others: how much of an exam's weight a program covers, with all that is needed to compute
//! it again.

use axum::Json;
use axum::extract::Path;
use credway_model::Action;

use super::Reply;
use super::asked::{identifier, needs};
use super::crosswalks::CrosswalkHead;
use super::names::{CourseName, Identifier, ObjectiveName};
use super::wire::{Plain, wire};
use crate::routing::{Routes, Rule};
use crate::visit::Visit;

const READ: Action = Action::ReadCrosswalk;

pub(super) fn routes() -> Routes {
    Routes::new().get("/api/v1/crosswalks/{id}/coverage", Rule::May(&[READ]), one)
}

wire! {
    /// Coverage of one domain.
    DomainCoverage from credway_workflow::DomainLine {
        /// Identifier.
        id: Identifier,
        /// The publisher's number.
        code: Option<String>,
        /// Title.
        title: String,
        /// Weight used, in per cent of the exam.
        weight: Option<f64>,
        /// Weight as the publisher writes it.
        weight_published: Option<String>,
        /// Coverage, in per cent of the domain.
        coverage: f64,
        /// Coverage by assessed statements only, in per cent of the domain.
        coverage_assessed: f64,
        /// Statements at the end of the outline.
        statements: usize,
        /// Fully covered ones.
        covered: usize,
        /// Partly covered ones.
        partly: usize,
    }

    /// One statement at the end of the outline.
    StatementCoverage from credway_workflow::StatementLine {
        /// The statement.
        objective: ObjectiveName,
        /// Share of the exam in per cent.
        share: Option<f64>,
        /// Score: 0, 0.5 or 1.
        score: f64,
        /// Score by assessed statements only.
        score_assessed: f64,
        /// Courses with an accepted alignment.
        courses: Vec<CourseName>,
    }

    /// A statement that is not fully covered.
    Gap from credway_workflow::GapLine {
        /// The statement.
        objective: ObjectiveName,
        /// Exam weight lost here, in per cent of the whole.
        lost: Option<f64>,
        /// Score: 0 or 0.5.
        score: f64,
        /// Suggestions nobody has a word on yet.
        open_suggestions: usize,
    }

    /// A course statement with no accepted alignment.
    Orphan from credway_workflow::OrphanLine {
        /// The course.
        course: CourseName,
        /// The outcome's code.
        outcome_code: Option<String>,
        /// The statement.
        statement: String,
    }

    /// One pair on which two reviewers differ.
    Disagreement from credway_workflow::DisagreementLine {
        /// The course.
        course: CourseName,
        /// The course statement.
        statement: String,
        /// The blueprint statement.
        objective: ObjectiveName,
        /// What the first says.
        first: String,
        /// What the second says.
        second: String,
    }

    /// How two reviewers agree.
    Agreement from credway_workflow::ReviewerAgreement {
        /// One reviewer.
        first: String,
        /// The other.
        second: String,
        /// Pairs both have a word on.
        pairs: usize,
        /// Share of equal words, 0 to 1.
        observed: f64,
        /// Cohen's κ; absent where it is not defined.
        kappa: Option<f64>,
        /// The low end of its 95 % confidence interval; absent where it cannot be told.
        kappa_low: Option<f64>,
        /// The high end.
        kappa_high: Option<f64>,
        /// Where they differ.
        disagreements: Vec<Disagreement>,
    }

    /// Coverage with everything needed to compute it again.
    Coverage from credway_workflow::CoverageReport {
        /// The crosswalk in one line.
        crosswalk: CrosswalkHead,
        /// Total in per cent of the exam; absent when some weights are missing.
        total: Option<f64>,
        /// Total by assessed statements only.
        total_assessed: Option<f64>,
        /// Unit of every coverage, weight and share here.
        unit: String,
        /// How the domains are weighted, as a sentence.
        weighting: String,
        /// By domain.
        domains: Vec<DomainCoverage>,
        /// What is not fully covered, most lost weight first.
        gaps: Vec<Gap>,
        /// Statements that three or more courses cover.
        redundant: Vec<StatementCoverage>,
        /// Course statements with no accepted alignment.
        orphans: Vec<Orphan>,
        /// Statements taught, but with no assessment.
        taught_not_assessed: Vec<StatementCoverage>,
        /// Every statement at the end of the outline.
        statements: Vec<StatementCoverage>,
        /// Agreement of reviewers.
        agreement: Vec<Agreement>,
        /// The formula.
        formula: String,
        /// First day this version is examined, ISO 8601.
        effective: Option<String>,
        /// Last day this version is examined, ISO 8601.
        retires: Option<String>,
        /// When this was computed, ISO 8601.
        computed_at: String,
    }
}

/// The coverage of a crosswalk.
#[utoipa::path(get, path = "/api/v1/crosswalks/{id}/coverage", operation_id = "getCoverage", tag = "Crosswalks",
    params(("id" = Identifier, Path, description = "The crosswalk.")),
    responses((status = 200, description = "The coverage.", body = Coverage)))]
pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Reply<Coverage> {
    needs(&visit, READ).await?;
    Ok(Json(Plain::of(visit.workbench().coverage(&identifier("crosswalk", &id)?).await?)))
}
