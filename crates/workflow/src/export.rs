//! Exports: blueprints, courses and crosswalks as files, each with what it could not carry.

use std::collections::BTreeMap;

use credway_model::{Action, Ctid, Decision, Finding, Standing, Text};
use credway_publish::{
    CrosswalkReport, CrosswalkRow, CsvFile, DomainCoverage, Gap, ReportCourse, ReportObjective, blueprint_csv,
    blueprint_json, courses_csv, crosswalk_csv, crosswalk_json, crosswalk_xlsx, outcomes_csv, requirements_csv,
};
use credway_store::ProposalFilter;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::crosswalk_data::{CrosswalkData, course_statements, program_courses};
use crate::institution::find_blueprint;
use crate::permission::About;
use crate::report::{ReportForm, XLSX};
use crate::{Workbench, WorkflowError};

/// Form of an exported file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// A workbook with sheets.
    Xlsx,
    /// A tagged PDF to read and print.
    Pdf,
    /// A text document to read, change and print.
    Docx,
    /// A page that stands alone.
    Html,
    /// One table, safe to open in a spreadsheet.
    Csv,
    /// Our own JSON.
    Json,
}

/// A file made for someone.
#[derive(Clone, Debug, Serialize)]
pub struct Exported {
    /// Suggested name.
    pub file_name: String,
    /// Media type.
    pub media_type: &'static str,
    /// The bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// What the format could not carry, as sentences.
    pub losses: Vec<String>,
}

impl Workbench {
    /// A blueprint as JSON: the shape in which `import blueprint --json` shows it.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn export_blueprint(&self, blueprint: &str) -> Result<Value, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::Export, About::Shared).await?;
        Ok(blueprint_json(&find_blueprint(&work, blueprint).await?))
    }

    /// A blueprint as CSV in the columns of our template.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Publish`].
    pub async fn export_blueprint_csv(&self, blueprint: &str) -> Result<Exported, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::Export, About::Shared).await?;
        let blueprint = find_blueprint(&work, blueprint).await?;
        Ok(table(&blueprint.name(), blueprint_csv(&blueprint)?))
    }

    /// The courses of a program as CSV in the columns of our template.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Publish`].
    pub async fn export_courses(&self, program: &str) -> Result<Exported, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, program, Action::Export).await?;
        self.allow(&work, Action::Export, About::Program(&program.ctid)).await?;
        let courses = program_courses(&work, &program).await?;
        Ok(table(&format!("{} courses", program.title), courses_csv(&courses, &work.organizations().await?)?))
    }

    /// The outcomes of a program's courses as CSV in the columns of our template.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Publish`].
    pub async fn export_outcomes(&self, program: &str) -> Result<Exported, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, program, Action::Export).await?;
        self.allow(&work, Action::Export, About::Program(&program.ctid)).await?;
        let courses = program_courses(&work, &program).await?;
        Ok(table(&format!("{} outcomes", program.title), outcomes_csv(&courses, &work.organizations().await?)?))
    }

    /// What a program requires as CSV in the columns of our template.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Publish`].
    pub async fn export_requirements(&self, program: &str) -> Result<Exported, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, program, Action::Export).await?;
        self.allow(&work, Action::Export, About::Program(&program.ctid)).await?;
        let organizations = work.organizations().await?;
        let owner = organizations.iter().find(|one| one.ctid == program.organization);
        let owner = owner.map_or("", |owner| owner.name.as_str());
        Ok(table(&format!("{} requirements", program.title), requirements_csv(&program, owner)?))
    }

    /// A crosswalk with its coverage, gaps and decisions: as data (XLSX, CSV, JSON), or as a report for people.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Publish`].
    pub async fn export_crosswalk(&self, crosswalk: &Ctid, format: ExportFormat) -> Result<Exported, WorkflowError> {
        self.allow(&self.store.read().await?, Action::Export, About::Crosswalk(crosswalk)).await?;
        let report = self.crosswalk_data_report(crosswalk).await?;
        let name = format!("{} x {}", report.program, report.blueprint);
        Ok(match format {
            ExportFormat::Pdf => self.printed(crosswalk, &report, name, ReportForm::Pdf).await?,
            ExportFormat::Docx => self.printed(crosswalk, &report, name, ReportForm::Docx).await?,
            ExportFormat::Html => self.printed(crosswalk, &report, name, ReportForm::Html).await?,
            ExportFormat::Csv => table(&name, crosswalk_csv(&report)?),
            ExportFormat::Json => Exported {
                file_name: file_name(&name, "json"),
                media_type: "application/json",
                bytes: serde_json::to_vec_pretty(&crosswalk_json(&report)?)?,
                losses: Vec::new(),
            },
            ExportFormat::Xlsx => Exported {
                file_name: file_name(&name, "xlsx"),
                media_type: XLSX,
                bytes: crosswalk_xlsx(&report)?,
                losses: Vec::new(),
            },
        })
    }

    /// What stands in a crosswalk, with what was proposed.
    pub(crate) async fn crosswalk_data_report(&self, crosswalk: &Ctid) -> Result<CrosswalkReport, WorkflowError> {
        let institution = self.institution().await?.map(|institution| institution.name);
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadCrosswalk, About::Crosswalk(crosswalk)).await?;
        let data = self.crosswalk_data(&work, crosswalk).await?;
        let proposals = work.proposals(crosswalk, &ProposalFilter::default()).await?;
        Ok(self.report(&data, &proposals, institution))
    }

    /// The crosswalk of a program and a blueprint by name.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Ambiguous`].
    pub async fn find_crosswalk(&self, program: &str, blueprint: &str) -> Result<Ctid, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, program, Action::ReadCrosswalk).await?;
        let blueprint = find_blueprint(&work, blueprint).await?;
        let crosswalk = credway_model::Crosswalk::identify(&program.ctid, &blueprint.ctid);
        self.allow(&work, Action::ReadCrosswalk, About::Program(&program.ctid)).await?;
        work.crosswalk(&crosswalk).await?.map(|found| found.ctid).ok_or_else(|| WorkflowError::NotFound {
            what: "crosswalk",
            given: format!("{} × {}", program.title, blueprint.name()),
            hint: "align them first with `credway align --program … --blueprint …`".to_owned(),
        })
    }

    fn report(
        &self,
        data: &CrosswalkData,
        proposals: &[credway_model::Proposal],
        institution: Option<String>,
    ) -> CrosswalkReport {
        let coverage = data.coverage();
        let items = data.blueprint.items();
        let objective_at: BTreeMap<Ctid, usize> = items.iter().enumerate().map(|(at, item)| (item.ctid, at)).collect();
        let award = data.program.award.as_ref().map_or_else(String::new, |award| format!(" {award}"));
        let domains = data.blueprint.domains.iter().zip(&coverage.domains);
        CrosswalkReport {
            institution,
            program: format!("{}{award}", data.program.title),
            blueprint: data.blueprint.name(),
            effective: data.blueprint.effective,
            retires: data.blueprint.retires,
            generated: self.today(),
            engine: proposals.first().map_or_else(|| self.engine.name(), |proposal| proposal.engine.clone()),
            total: coverage.total,
            total_assessed: coverage.total_assessed,
            weighting: coverage.weighting.sentence().to_owned(),
            formula: credway_align::COVERAGE_FORMULA.to_owned(),
            domains: domains
                .map(|(domain, line)| DomainCoverage {
                    code: domain.code.as_ref().map(Text::to_string),
                    title: domain.title.to_string(),
                    weight_published: domain.weight,
                    weight: line.weight,
                    coverage: line.coverage,
                    assessed_coverage: line.assessed,
                })
                .collect(),
            objectives: items
                .iter()
                .map(|item| ReportObjective {
                    domain: item.domain,
                    code: item.code.map(Text::to_string),
                    text: item.text.to_string(),
                    nesting: item.nesting,
                })
                .collect(),
            courses: data
                .courses
                .iter()
                .map(|course| ReportCourse { code: course.code.to_string(), title: course.title.to_string() })
                .collect(),
            gaps: coverage
                .gaps()
                .into_iter()
                .filter_map(|gap| {
                    let objective = *objective_at.get(&gap.target)?;
                    Some(Gap { objective, lost: gap.lost(), score: gap.score })
                })
                .collect(),
            rows: rows(data, proposals, &objective_at),
        }
    }
}

/// Every pair that was proposed or decided on, in the order of the blueprint, then of the program.
fn rows(
    data: &CrosswalkData,
    proposals: &[credway_model::Proposal],
    objective_at: &BTreeMap<Ctid, usize>,
) -> Vec<CrosswalkRow> {
    let course_at: BTreeMap<Ctid, usize> =
        data.courses.iter().enumerate().map(|(at, course)| (course.ctid, at)).collect();
    let proposed: BTreeMap<(Ctid, Ctid), &credway_model::Proposal> =
        proposals.iter().map(|proposal| ((proposal.statement, proposal.target), proposal)).collect();
    let targets: BTreeMap<Ctid, String> =
        data.blueprint.items().into_iter().map(|item| (item.ctid, item.text.to_string())).collect();
    let mut decisions: BTreeMap<(Ctid, Ctid), Vec<Decision>> = BTreeMap::new();
    for decision in &data.decisions {
        decisions.entry((decision.statement, decision.target)).or_default().push(decision.clone());
    }
    let mut rows: Vec<((usize, usize, usize), CrosswalkRow)> = Vec::new();
    for (order, statement) in course_statements(&data.courses).iter().enumerate() {
        let pairs = proposed.range((statement.id, Ctid::from_uuid(uuid::Uuid::nil()))..).map(|(pair, _)| *pair);
        let own = pairs.take_while(|pair| pair.0 == statement.id);
        let decided = decisions.keys().filter(|pair| pair.0 == statement.id).copied();
        let all: std::collections::BTreeSet<(Ctid, Ctid)> = own.chain(decided).collect();
        for pair in all {
            let (Some(objective), Some(course)) = (objective_at.get(&pair.1), course_at.get(&statement.course.ctid))
            else {
                continue;
            };
            let standing = data.standing(pair.0, pair.1);
            let reviewed = match standing {
                Standing::Accepted { level, .. } => level,
                _ => None,
            };
            let proposal = proposed.get(&pair);
            let row = CrosswalkRow {
                objective: *objective,
                course: *course,
                outcome_code: statement.outcome.and_then(|outcome| outcome.code.as_ref()).map(Text::to_string),
                statement: statement.text().to_owned(),
                standing,
                level: reviewed.or_else(|| statement.outcome.and_then(|outcome| outcome.level)),
                assessed_by: statement.outcome.and_then(|outcome| outcome.assessed_by.as_ref()).map(Text::to_string),
                probability: proposal.map(|proposal| proposal.probability),
                suggested: proposal.is_some_and(|proposal| proposal.suggested),
                proposed_by: proposal.map(|proposal| proposal.engine.clone()),
                evidence: proposal
                    .map_or_else(Vec::new, |proposal| evidence(proposal, statement.text(), targets.get(&pair.1))),
                decisions: decisions.get(&pair).cloned().unwrap_or_default(),
            };
            rows.push(((*objective, *course, order), row));
        }
    }
    rows.sort_by_key(|(key, _)| *key);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The words a proposal rests on, as they stand in both statements today.
fn evidence(proposal: &credway_model::Proposal, statement: &str, target: Option<&String>) -> Vec<(String, String)> {
    let pair = |one: &credway_model::EvidencePair| {
        Some((one.statement.of(statement)?.to_owned(), one.target.of(target?)?.to_owned()))
    };
    proposal.evidence.iter().filter_map(pair).collect()
}

fn table(name: &str, file: CsvFile) -> Exported {
    Exported {
        file_name: file_name(name, "csv"),
        media_type: "text/csv; charset=utf-8",
        bytes: file.bytes,
        losses: sentences(&file.losses),
    }
}

/// What a form could not carry, as sentences.
pub(crate) fn sentences(losses: &[Finding]) -> Vec<String> {
    losses.iter().map(|loss| format!("{}: {}", loss.place, loss.message)).collect()
}

/// A name that every file system takes: letters, digits, dots and hyphens.
pub(crate) fn file_name(name: &str, ending: &str) -> String {
    let mut plain = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() || letter == '.' {
            plain.push(letter.to_ascii_lowercase());
        } else if !plain.ends_with('-') && !plain.is_empty() {
            plain.push('-');
        }
    }
    let plain: String = plain.trim_end_matches(['-', '.']).chars().take(80).collect();
    format!("{}.{ending}", if plain.is_empty() { "export" } else { &plain })
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn file_names_are_plain() {
        assert_eq!(
            file_name("Cybersecurity AAS x CompTIA Security+ SY0-701", "csv"),
            "cybersecurity-aas-x-comptia-security-sy0-701.csv"
        );
        assert!(!file_name("../../etc/passwd", "csv").contains('/'));
        assert_eq!(file_name("  ", "json"), "export.json");
    }
}
