//! Reports for people: coverage and crosswalk as PDF, DOCX, XLSX and HTML, and their preview, which is the same report.

use credway_align::kappa_words;
use credway_model::{Action, Ctid};
use credway_publish::{
    CoverageAgreement, CoverageAnswer, CoverageDisagreement, CoverageDomain, CoverageGap, CoverageOrphan,
    CoverageStatement, CrosswalkReport, Report, coverage_report, crosswalk_report, report_docx, report_html,
    report_page, report_pdf, report_xlsx, signoff_section,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::export::{file_name, sentences};
use crate::permission::About;
use crate::{
    CourseName, CoverageReport, DisagreementLine, DomainLine, Exported, GapLine, ObjectiveName, ReviewerAgreement,
    StatementLine, Workbench, WorkflowError,
};

/// Media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportForm {
    /// A tagged PDF to read and print.
    Pdf,
    /// A text document to read, change and print.
    Docx,
    /// A workbook with sheets.
    Xlsx,
    /// A page that stands alone.
    Html,
}

impl ReportForm {
    const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => XLSX,
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

/// A report as a part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPreview {
    /// Title.
    pub title: String,
    /// Whether its pages lie on their side.
    pub wide: bool,
    /// The report as HTML; every word of data in it is escaped.
    pub html: String,
}

impl Workbench {
    /// The coverage of a crosswalk as a report.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Publish`].
    pub async fn export_coverage(&self, crosswalk: &Ctid, form: ReportForm) -> Result<Exported, WorkflowError> {
        self.allow(&self.store.read().await?, Action::Export, About::Crosswalk(crosswalk)).await?;
        let answer = self.coverage_answer(crosswalk).await?;
        let name = format!("coverage of {} by {}", answer.blueprint, answer.program);
        let report = self.with_signoff(crosswalk, coverage_report(&answer)).await?;
        written(report, name, form).await
    }

    /// What the coverage report says, as a part of a page.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn coverage_preview(&self, crosswalk: &Ctid) -> Result<ReportPreview, WorkflowError> {
        let report = coverage_report(&self.coverage_answer(crosswalk).await?);
        Ok(preview(&self.with_signoff(crosswalk, report).await?))
    }

    /// What the crosswalk's report says, as a part of a page.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Publish`].
    pub async fn crosswalk_preview(&self, crosswalk: &Ctid) -> Result<ReportPreview, WorkflowError> {
        let report = crosswalk_report(&self.crosswalk_data_report(crosswalk).await?)?;
        Ok(preview(&self.with_signoff(crosswalk, report).await?))
    }

    /// The report with how the crosswalk's sign-off stands as its last section, where one was begun.
    pub(crate) async fn with_signoff(&self, crosswalk: &Ctid, mut report: Report) -> Result<Report, WorkflowError> {
        report.sections.extend(self.signoff_answer(crosswalk).await?.as_ref().map(signoff_section));
        Ok(report)
    }

    /// The crosswalk's report for people, with how its sign-off stands.
    pub(crate) async fn printed(
        &self,
        crosswalk: &Ctid,
        report: &CrosswalkReport,
        name: String,
        form: ReportForm,
    ) -> Result<Exported, WorkflowError> {
        written(self.with_signoff(crosswalk, crosswalk_report(report)?).await?, name, form).await
    }

    async fn coverage_answer(&self, crosswalk: &Ctid) -> Result<CoverageAnswer, WorkflowError> {
        let institution = self.institution().await?.map(|institution| institution.name);
        Ok(answer(&self.coverage(crosswalk).await?, institution, self.today()))
    }
}

/// The report's file. It is made beside the other requests, for a long report takes seconds.
pub(crate) async fn written(report: Report, name: String, form: ReportForm) -> Result<Exported, WorkflowError> {
    let making = tokio::task::spawn_blocking(move || {
        let (bytes, losses) = match form {
            ReportForm::Pdf => {
                let file = report_pdf(&report)?;
                (file.bytes, sentences(&file.losses))
            }
            ReportForm::Docx => (report_docx(&report)?, Vec::new()),
            ReportForm::Xlsx => (report_xlsx(&report)?, Vec::new()),
            ReportForm::Html => (report_page(&report).into_bytes(), Vec::new()),
        };
        let file_name = file_name(&name, form.ending());
        Ok(Exported { file_name, media_type: form.media_type(), bytes, losses })
    });
    // Making a report can only be cut short when the program ends.
    making.await.unwrap_or(Err(WorkflowError::Cancelled))
}

pub(crate) fn preview(report: &Report) -> ReportPreview {
    ReportPreview { title: report.title.clone(), wide: report.wide, html: report_html(report) }
}

fn answer(report: &CoverageReport, institution: Option<String>, made: Date) -> CoverageAnswer {
    let date = |iso: &Option<String>| iso.as_deref().and_then(|iso| iso.parse::<Date>().ok());
    let head = &report.crosswalk;
    CoverageAnswer {
        institution,
        program: head.program.name.clone(),
        blueprint: head.blueprint.name.clone(),
        effective: date(&report.effective),
        retires: date(&report.retires),
        retired: head.retired.is_some(),
        made,
        computed: moment(&report.computed_at),
        total: report.total,
        total_assessed: report.total_assessed,
        weighting: report.weighting.clone(),
        formula: report.formula.to_owned(),
        open: head.open,
        disputed: head.disputed,
        domains: report.domains.iter().map(domain).collect(),
        gaps: report.gaps.iter().map(gap).collect(),
        untested: report.taught_not_assessed.iter().map(statement).collect(),
        redundant: report.redundant.iter().map(statement).collect(),
        orphans: report
            .orphans
            .iter()
            .map(|orphan| CoverageOrphan {
                course: orphan.course.code.clone(),
                outcome: orphan.outcome_code.clone(),
                statement: orphan.statement.clone(),
            })
            .collect(),
        agreement: report.agreement.iter().map(agreement).collect(),
        statements: report.statements.iter().map(statement).collect(),
    }
}

/// A moment for people, in UTC; what is no such moment is shown as it is.
pub(crate) fn moment(iso: &str) -> String {
    iso.parse::<Timestamp>().map_or_else(
        |_| iso.to_owned(),
        |moment| Offset::UTC.to_datetime(moment).strftime("%b\u{a0}%-d, %Y, %H:%M\u{a0}UTC").to_string(),
    )
}

fn objective(name: &ObjectiveName) -> String {
    name.code.as_ref().map_or_else(|| name.text.clone(), |code| format!("{code} {}", name.text))
}

fn domain(line: &DomainLine) -> CoverageDomain {
    CoverageDomain {
        name: line.code.as_ref().map_or_else(|| line.title.clone(), |code| format!("{code} {}", line.title)),
        weight_published: line.weight_published.clone(),
        weight: line.weight,
        coverage: line.coverage,
        assessed: line.coverage_assessed,
        statements: line.statements,
        covered: line.covered,
        partly: line.partly,
    }
}

fn gap(line: &GapLine) -> CoverageGap {
    CoverageGap {
        name: objective(&line.objective),
        domain: line.objective.domain.clone(),
        lost: line.lost,
        score: line.score,
        open: line.open_suggestions,
    }
}

fn statement(line: &StatementLine) -> CoverageStatement {
    let code = |course: &CourseName| course.code.clone();
    CoverageStatement {
        name: objective(&line.objective),
        domain: line.objective.domain.clone(),
        share: line.share,
        score: line.score,
        score_assessed: line.score_assessed,
        courses: line.courses.iter().map(code).collect(),
    }
}

fn agreement(line: &ReviewerAgreement) -> CoverageAgreement {
    CoverageAgreement {
        first: line.first.clone(),
        second: line.second.clone(),
        pairs: line.pairs,
        observed: line.observed * 100.0,
        kappa: kappa_words(line.kappa, line.kappa_low.zip(line.kappa_high)),
        disagreements: line.disagreements.iter().map(disagreement).collect(),
    }
}

fn disagreement(line: &DisagreementLine) -> CoverageDisagreement {
    CoverageDisagreement {
        statement: format!("{}: {}", line.course.code, line.statement),
        objective: objective(&line.objective),
        first: line.first.clone(),
        second: line.second.clone(),
    }
}
