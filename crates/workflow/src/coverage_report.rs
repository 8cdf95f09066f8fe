//! The coverage of a blueprint by a program, in names people know, with everything needed to compute it again.

use std::collections::BTreeMap;

use credway_align::{Agreement, COVERAGE_FORMULA, StatementCoverage, agreements};
use credway_model::{Action, Ctid, Text};
use credway_store::Work;
use serde::Serialize;

use crate::crosswalk_data::{CrosswalkData, course_statements};
use crate::import_decisions::verdict_words;
use crate::institution::find_blueprint;
use crate::permission::About;
use crate::what_stands::current;
use crate::{CourseName, CrosswalkHead, ObjectiveName, Workbench, WorkflowError};

/// Coverage of one domain.
#[derive(Clone, Debug, Serialize)]
pub struct DomainLine {
    /// Identifier.
    pub id: Ctid,
    /// The publisher's number.
    pub code: Option<String>,
    /// Title.
    pub title: String,
    /// Weight used, per cent of the exam.
    pub weight: Option<f64>,
    /// Weight as the publisher writes it ("20–25 %").
    pub weight_published: Option<String>,
    /// Coverage, per cent of the domain.
    pub coverage: f64,
    /// Coverage by assessed statements only, per cent of the domain.
    pub coverage_assessed: f64,
    /// Statements at the end of the outline.
    pub statements: usize,
    /// Fully covered ones.
    pub covered: usize,
    /// Partly covered ones.
    pub partly: usize,
}

/// One statement at the end of the outline.
#[derive(Clone, Debug, Serialize)]
pub struct StatementLine {
    /// The statement.
    pub objective: ObjectiveName,
    /// Share of the exam in per cent.
    pub share: Option<f64>,
    /// Score: 0, ½ or 1.
    pub score: f64,
    /// Score by assessed statements only.
    pub score_assessed: f64,
    /// Courses with an accepted alignment.
    pub courses: Vec<CourseName>,
}

/// A statement that is not fully covered.
#[derive(Clone, Debug, Serialize)]
pub struct GapLine {
    /// The statement.
    pub objective: ObjectiveName,
    /// Exam weight lost here, in per cent of the whole.
    pub lost: Option<f64>,
    /// Score: 0 or ½.
    pub score: f64,
    /// Suggestions nobody has a word on yet: review may close the gap.
    pub open_suggestions: usize,
}

/// A course statement with no accepted alignment.
#[derive(Clone, Debug, Serialize)]
pub struct OrphanLine {
    /// The course.
    pub course: CourseName,
    /// The outcome's code.
    pub outcome_code: Option<String>,
    /// The statement.
    pub statement: String,
}

/// How two reviewers agree.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewerAgreement {
    /// One reviewer.
    pub first: String,
    /// The other.
    pub second: String,
    /// Pairs both have a word on.
    pub pairs: usize,
    /// Share of equal words, 0 to 1.
    pub observed: f64,
    /// Cohen's κ; absent where it is not defined.
    pub kappa: Option<f64>,
    /// The low end of its 95 % confidence interval; absent where it cannot be told.
    pub kappa_low: Option<f64>,
    /// The high end.
    pub kappa_high: Option<f64>,
    /// Where they differ: course statement, blueprint statement, first's word, second's word.
    pub disagreements: Vec<DisagreementLine>,
}

/// One pair on which two reviewers differ.
#[derive(Clone, Debug, Serialize)]
pub struct DisagreementLine {
    /// The course.
    pub course: CourseName,
    /// The course statement.
    pub statement: String,
    /// The blueprint statement.
    pub objective: ObjectiveName,
    /// What the first says.
    pub first: String,
    /// What the second says.
    pub second: String,
}

/// Coverage with everything needed to compute it again.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageReport {
    /// The crosswalk.
    pub crosswalk: CrosswalkHead,
    /// Total in per cent of the exam; absent when some weights are missing.
    pub total: Option<f64>,
    /// Total by assessed statements only.
    pub total_assessed: Option<f64>,
    /// Unit of every coverage, weight and share here.
    pub unit: &'static str,
    /// How the domains are weighted, as a sentence.
    pub weighting: String,
    /// By domain.
    pub domains: Vec<DomainLine>,
    /// What is not fully covered, most lost weight first.
    pub gaps: Vec<GapLine>,
    /// Statements that three or more courses cover.
    pub redundant: Vec<StatementLine>,
    /// Course statements with no accepted alignment.
    pub orphans: Vec<OrphanLine>,
    /// Statements taught, but with no assessment.
    pub taught_not_assessed: Vec<StatementLine>,
    /// Every statement at the end of the outline.
    pub statements: Vec<StatementLine>,
    /// Agreement of reviewers.
    pub agreement: Vec<ReviewerAgreement>,
    /// The formula.
    pub formula: &'static str,
    /// First day this version is examined.
    pub effective: Option<String>,
    /// Last day this version is examined.
    pub retires: Option<String>,
    /// When this was computed, ISO 8601.
    pub computed_at: String,
}

/// As many courses as make a statement "covered several times".
const REDUNDANT_FROM: usize = 3;

impl Workbench {
    /// The coverage of a crosswalk by identifier.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn coverage(&self, crosswalk: &Ctid) -> Result<CoverageReport, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadCrosswalk, About::Crosswalk(crosswalk)).await?;
        self.coverage_in(&work, crosswalk).await
    }

    /// The coverage of a blueprint by a program, both by name or identifier.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Ambiguous`]. A pair never aligned and never decided on is not
    /// found.
    pub async fn coverage_of(&self, program: &str, blueprint: &str) -> Result<CoverageReport, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, program, Action::ReadCrosswalk).await?;
        let blueprint = find_blueprint(&work, blueprint).await?;
        self.allow(&work, Action::ReadCrosswalk, About::Program(&program.ctid)).await?;
        self.coverage_in(&work, &credway_model::Crosswalk::identify(&program.ctid, &blueprint.ctid)).await
    }

    async fn coverage_in(&self, work: &Work, crosswalk: &Ctid) -> Result<CoverageReport, WorkflowError> {
        let data = self.crosswalk_data(work, crosswalk).await?;
        let suggested = work.proposed_pairs(crosswalk, true).await?;
        let head = self.crosswalk_head(&data, suggested.keys().copied());
        let coverage = data.coverage();
        let mut open: BTreeMap<Ctid, usize> = BTreeMap::new();
        for (statement, target) in suggested.into_keys().filter(|pair| !data.reworded.contains(pair)) {
            if data.standing(statement, target) == credway_model::Standing::Open {
                *open.entry(target).or_default() += 1;
            }
        }
        for (_, target) in &data.reworded {
            *open.entry(*target).or_default() += 1;
        }
        let names = Names::of(&data);
        let domains = data.blueprint.domains.iter().zip(&coverage.domains);
        Ok(CoverageReport {
            crosswalk: head,
            total: coverage.total.map(tidy),
            total_assessed: coverage.total_assessed.map(tidy),
            unit: "per cent",
            weighting: coverage.weighting.sentence().to_owned(),
            domains: domains
                .map(|(domain, line)| DomainLine {
                    id: domain.ctid,
                    code: domain.code.as_ref().map(Text::to_string),
                    title: domain.title.to_string(),
                    weight: line.weight.map(tidy),
                    weight_published: domain.weight.map(|weight| weight.to_string()),
                    coverage: tidy(line.coverage),
                    coverage_assessed: tidy(line.assessed),
                    statements: line.statements,
                    covered: line.covered,
                    partly: line.partly,
                })
                .collect(),
            gaps: coverage
                .gaps()
                .into_iter()
                .filter_map(|gap| {
                    Some(GapLine {
                        objective: names.objectives.get(&gap.target)?.clone(),
                        lost: gap.lost().map(tidy),
                        score: gap.score,
                        open_suggestions: open.get(&gap.target).copied().unwrap_or(0),
                    })
                })
                .collect(),
            redundant: names.lines(coverage.redundant(REDUNDANT_FROM)),
            orphans: coverage.orphans.iter().filter_map(|orphan| names.orphan(orphan)).collect(),
            taught_not_assessed: names.lines(coverage.taught_not_assessed()),
            statements: names.lines(coverage.statements.iter().collect()),
            agreement: names.agreement(&data),
            formula: COVERAGE_FORMULA,
            effective: data.blueprint.effective.map(|date| date.to_string()),
            retires: data.blueprint.retires.map(|date| date.to_string()),
            computed_at: self.now().to_string(),
        })
    }
}

/// Rounds away the dust of binary arithmetic: six decimal places.
pub(crate) fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Names of what a crosswalk speaks about.
struct Names {
    objectives: BTreeMap<Ctid, ObjectiveName>,
    courses: BTreeMap<Ctid, CourseName>,
    statements: BTreeMap<Ctid, OrphanLine>,
}

impl Names {
    fn of(data: &CrosswalkData) -> Self {
        let items = data.blueprint.items();
        Self {
            objectives: items.iter().map(|item| (item.ctid, ObjectiveName::of(item, &data.blueprint))).collect(),
            courses: data.courses.iter().map(|course| (course.ctid, CourseName::of(course))).collect(),
            statements: course_statements(&data.courses)
                .into_iter()
                .map(|statement| {
                    let line = OrphanLine {
                        course: CourseName::of(statement.course),
                        outcome_code: statement.outcome.and_then(|outcome| outcome.code.as_ref()).map(Text::to_string),
                        statement: statement.text().to_owned(),
                    };
                    (statement.id, line)
                })
                .collect(),
        }
    }

    fn lines(&self, statements: Vec<&StatementCoverage>) -> Vec<StatementLine> {
        statements
            .into_iter()
            .filter_map(|statement| {
                Some(StatementLine {
                    objective: self.objectives.get(&statement.target)?.clone(),
                    share: statement.share.map(tidy),
                    score: statement.score,
                    score_assessed: statement.assessed_score,
                    courses: statement.courses.iter().filter_map(|course| self.courses.get(course).cloned()).collect(),
                })
            })
            .collect()
    }

    fn orphan(&self, statement: &Ctid) -> Option<OrphanLine> {
        self.statements.get(statement).cloned()
    }

    fn agreement(&self, data: &CrosswalkData) -> Vec<ReviewerAgreement> {
        reviewer_agreement(data)
            .into_iter()
            .map(|agreement| ReviewerAgreement {
                first: agreement.reviewers.0.name().to_owned(),
                second: agreement.reviewers.1.name().to_owned(),
                pairs: agreement.pairs,
                observed: tidy(agreement.observed),
                kappa: agreement.kappa.map(tidy),
                kappa_low: agreement.interval.map(|interval| tidy(interval.0)),
                kappa_high: agreement.interval.map(|interval| tidy(interval.1)),
                disagreements: agreement
                    .disagreements
                    .iter()
                    .filter_map(|one| {
                        let statement = self.statements.get(&one.statement)?;
                        Some(DisagreementLine {
                            course: statement.course.clone(),
                            statement: statement.statement.clone(),
                            objective: self.objectives.get(&one.target)?.clone(),
                            first: verdict_words(one.first),
                            second: verdict_words(one.second),
                        })
                    })
                    .collect(),
            })
            .collect()
    }
}

/// How the reviewers of a crosswalk agree, two by two, on today's words.
pub(crate) fn reviewer_agreement(data: &CrosswalkData) -> Vec<Agreement> {
    agreements(&current(&data.decisions, &data.words()))
}
