//! The records of a file, written into the transaction of an import.

use std::collections::{BTreeMap, BTreeSet};

use credway_import::{Context, Reading, Records};
use credway_model::{Action, Blueprint, Course, Ctid, Finding, Place, Severity, Text};
use credway_store::{CourseFilter, Stamp, Work, Written};
use serde::Serialize;

use crate::field_difference::{FieldDifference, differences};
use crate::import_file::{ChangeLine, ImportAnswer, ImportRequest};
use crate::permission::About;
use crate::{Workbench, WorkflowError};

/// Counts the records of a file by kind.
pub(crate) fn count_records(reading: &Reading, answer: &mut ImportAnswer) {
    let records = &reading.records;
    let counts = [
        ("organization", records.organizations.len()),
        ("credential", records.credentials.len()),
        ("framework", records.frameworks.len()),
        ("competency", records.frameworks.iter().map(|framework| framework.competencies.len()).sum()),
        ("blueprint", records.blueprints.len()),
        ("domain", records.blueprints.iter().map(|blueprint| blueprint.domains.len()).sum()),
        (
            "objective",
            records
                .blueprints
                .iter()
                .flat_map(|blueprint| blueprint.items())
                .filter(|item| !item.path.is_empty())
                .count(),
        ),
        ("course", records.courses.len()),
        ("outcome", records.courses.iter().map(|course| course.outcomes.len()).sum::<usize>() + records.outcomes.len()),
        ("program", records.programs.len()),
        ("requirement", records.requirements.iter().map(|one| one.entries.len()).sum()),
        ("pathway", records.pathways.len()),
        ("component", records.pathways.iter().map(|pathway| pathway.components.len()).sum()),
        ("decision", records.decisions.len()),
    ];
    answer.records =
        counts.into_iter().filter(|(_, count)| *count > 0).map(|(kind, count)| (kind.to_owned(), count)).collect();
}

/// One import being written.
pub(crate) struct Writing<'a> {
    pub(crate) work: &'a Work,
    /// Asks whether who imports may.
    pub(crate) desk: &'a Workbench,
    pub(crate) stamp: &'a Stamp,
    pub(crate) context: &'a Context,
    /// The organization given as the owner of what the file names no owner of.
    pub(crate) given: Option<&'a Text>,
    pub(crate) answer: &'a mut ImportAnswer,
    pub(crate) file: &'a str,
}

impl Writing<'_> {
    /// Writes every record; gives the findings that only the database shows (references that do not resolve).
    pub(crate) async fn all(
        &mut self,
        reading: &Reading,
        request: &ImportRequest,
    ) -> Result<Vec<Finding>, WorkflowError> {
        count_records(reading, self.answer);
        let records = &reading.records;
        self.ask(records).await?;
        let mut findings = Vec::new();
        let before = self.work.organizations().await?;
        let written = self.work.put_organizations(&records.organizations, self.stamp).await?;
        self.lines("organization", &records.organizations, &written, &before, |one| (one.ctid, one.name.to_string()))?;
        findings.extend(self.owners(&records.named_organizations, request).await?);
        let before = self.work.credentials().await?;
        let written = self.work.put_credentials(&records.credentials, self.stamp).await?;
        self.lines("credential", &records.credentials, &written, &before, |one| (one.ctid, one.title.to_string()))?;
        for credential in &records.credentials {
            findings.extend(credential.type_check().into_iter().map(|finding| finding.in_file(self.file)));
        }
        for framework in &records.frameworks {
            let written = self.work.put_framework(framework, self.stamp).await?;
            self.line("framework", framework.ctid, framework.title.to_string(), written, Vec::new());
        }
        findings.extend(self.blueprints(&records.blueprints).await?);
        findings.extend(self.courses(&records.courses).await?);
        findings.extend(self.outcomes(&records.outcomes).await?);
        findings.extend(self.programs(&records.programs).await?);
        findings.extend(self.requirements(&records.requirements).await?);
        findings.extend(self.pathways(&records.pathways).await?);
        if let Some(title) = &request.into {
            findings.extend(self.collection(title, &records.courses).await?);
        }
        findings.extend(self.decisions(&records.decisions).await?);
        Ok(findings)
    }

    /// Whether who imports may write all of it.
    async fn ask(&self, records: &Records) -> Result<(), WorkflowError> {
        let shared = !records.organizations.is_empty()
            || !records.credentials.is_empty()
            || !records.frameworks.is_empty()
            || !records.blueprints.is_empty();
        if shared {
            self.desk.allow(self.work, Action::ImportShared, About::Shared).await?;
        }
        let owners = records.courses.iter().map(|course| course.organization);
        let outcomes = records.outcomes.iter().map(|one| self.organization(one.organization.as_ref()));
        let programs = records.programs.iter().map(|one| self.organization(one.organization.as_ref()));
        let required = records.requirements.iter().map(|one| self.organization(one.organization.as_ref()));
        let pathways = records.pathways.iter().map(|one| self.organization(one.organization.as_ref()));
        let owners: BTreeSet<Ctid> = owners.chain(outcomes).chain(programs).chain(required).chain(pathways).collect();
        for owner in &owners {
            self.desk.allow(self.work, Action::ImportCatalogue, About::Institution(owner)).await?;
        }
        Ok(())
    }

    /// Writes blueprints. A file that names domains only leaves the objectives that are there, and says so.
    async fn blueprints(&mut self, blueprints: &[Blueprint]) -> Result<Vec<Finding>, WorkflowError> {
        let mut findings = Vec::new();
        for blueprint in blueprints {
            let before = self.work.blueprint(&blueprint.ctid).await?;
            let mut blueprint = blueprint.clone();
            if let Some(before) = &before {
                if blueprint.domains.iter().all(|domain| domain.objectives.is_empty()) {
                    findings.extend(self.kept(keep_objectives(before, &mut blueprint), &blueprint.name()));
                }
                let after = blueprint.items();
                let after: BTreeSet<Ctid> = after.iter().map(|item| item.ctid).collect();
                let gone: Vec<&str> = before
                    .items()
                    .iter()
                    .filter(|item| !item.path.is_empty() && !after.contains(&item.ctid))
                    .map(|item| item.text.as_str())
                    .collect();
                findings.extend(self.gone(&gone, &blueprint.name()));
            }
            let written = self.work.put_blueprint(&blueprint, self.stamp).await?;
            let differences = before.map(|before| differences(&before, &blueprint)).transpose()?.unwrap_or_default();
            self.line("blueprint", blueprint.ctid, blueprint.name(), written, differences);
        }
        Ok(findings)
    }

    /// Writes courses. A course of which the file names no outcomes keeps those it has.
    async fn courses(&mut self, courses: &[Course]) -> Result<Vec<Finding>, WorkflowError> {
        if courses.is_empty() {
            return Ok(Vec::new());
        }
        let before = self.existing_courses(courses).await?;
        let earlier: BTreeMap<Ctid, &Course> = before.iter().map(|course| (course.ctid, course)).collect();
        let mut courses = courses.to_vec();
        let mut findings = Vec::new();
        for course in &mut courses {
            let Some(before) = earlier.get(&course.ctid) else { continue };
            if course.outcomes.is_empty() {
                course.outcomes.clone_from(&before.outcomes);
            } else {
                findings.extend(self.outcomes_gone(before, course));
            }
        }
        let written = self.work.put_courses(&courses, self.stamp).await?;
        self.lines("course", &courses, &written, &before, |one| (one.ctid, format!("{} {}", one.code, one.title)))?;
        Ok(findings)
    }

    /// Says which outcomes of a course are gone.
    pub(crate) fn outcomes_gone(&self, before: &Course, after: &Course) -> Option<Finding> {
        let kept: BTreeSet<Ctid> = after.outcomes.iter().map(|outcome| outcome.ctid).collect();
        let gone = before.outcomes.iter().filter(|outcome| !kept.contains(&outcome.ctid));
        let gone: Vec<&str> = gone.map(|outcome| outcome.statement.as_str()).collect();
        self.gone(&gone, &before.code.to_string())
    }

    /// Says that statements which were there before are not in the file any more.
    fn gone(&self, gone: &[&str], whole: &str) -> Option<Finding> {
        let first: String = gone.first()?.chars().take(60).collect();
        let message = match gone.len() {
            1 => format!("“{first}” of {whole} is not in the file any more and goes."),
            many => format!("{many} statements of {whole} are not in the file any more and go, the first: “{first}”."),
        };
        let hint = "If they should stay, import a file that names them all. Earlier revisions are kept.";
        Some(Finding::new("record.gone", Severity::Warning, Place::Whole, message, hint).in_file(self.file))
    }

    /// Says that objectives stay although the file names none.
    fn kept(&self, kept: usize, name: &str) -> Option<Finding> {
        let message =
            format!("The file names domains only; {kept} objectives of “{name}” that were imported before stay.");
        let hint = "Nothing to do, unless they should go: then import the whole outline.";
        let finding = Finding::new("blueprint.objectives-kept", Severity::Note, Place::Whole, message, hint);
        (kept > 0).then(|| finding.in_file(self.file))
    }

    /// The courses in the database that have one of these identifiers.
    pub(crate) async fn existing_courses(&self, courses: &[Course]) -> Result<Vec<Course>, WorkflowError> {
        if self.work.course_count().await? == 0 {
            return Ok(Vec::new());
        }
        let wanted: std::collections::BTreeSet<Ctid> = courses.iter().map(|course| course.ctid).collect();
        let mut existing = self.work.courses(&CourseFilter::default()).await?;
        existing.retain(|course| wanted.contains(&course.ctid));
        Ok(existing)
    }

    /// One line a record, with what differs where it was revised.
    fn lines<T: Serialize>(
        &mut self,
        kind: &str,
        records: &[T],
        written: &[Written],
        before: &[T],
        name: impl Fn(&T) -> (Ctid, String),
    ) -> Result<(), WorkflowError> {
        let before: BTreeMap<Ctid, &T> = before.iter().map(|record| (name(record).0, record)).collect();
        for (record, written) in records.iter().zip(written) {
            let (ctid, words) = name(record);
            let changes = match (written, before.get(&ctid)) {
                (Written::Revised, Some(before)) => differences(*before, record)?,
                _ => Vec::new(),
            };
            self.line(kind, ctid, words, *written, changes);
        }
        Ok(())
    }

    pub(crate) fn line(
        &mut self,
        kind: &str,
        id: Ctid,
        name: String,
        written: Written,
        differences: Vec<FieldDifference>,
    ) {
        let word = match written {
            Written::Created => "created",
            Written::Revised => "revised",
            Written::Unchanged => "unchanged",
        };
        self.answer.ids.push(id);
        self.answer.changes.push(ChangeLine { kind: kind.to_owned(), id, name, written: word.to_owned(), differences });
    }
}

/// Gives each domain the objectives that the same domain (by its identifier, else its title, else its number) had
/// before; how many in all, finer ones included.
fn keep_objectives(before: &Blueprint, blueprint: &mut Blueprint) -> usize {
    for domain in &mut blueprint.domains {
        let title = domain.title.as_str().to_lowercase();
        let same = before
            .domains
            .iter()
            .find(|known| known.ctid == domain.ctid)
            .or_else(|| before.domains.iter().find(|known| known.title.as_str().to_lowercase() == title))
            .or_else(|| before.domains.iter().find(|known| domain.code.is_some() && known.code == domain.code));
        if let Some(known) = same {
            domain.objectives.clone_from(&known.objectives);
        }
    }
    blueprint.items().iter().filter(|item| !item.path.is_empty()).count()
}
