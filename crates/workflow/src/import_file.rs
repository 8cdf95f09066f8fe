//! Import a file: read it, show what it would change, and write all of it or nothing.

use std::collections::BTreeMap;

use credway_import::{Context, Kind, Mapping, Progress, Reading, SourceFile, read};
use credway_model::{Blueprint, Change, ChangeKind, Course, Ctid, Finding, Person, Place, Severity, Text, has_errors};
use credway_store::{CourseFilter, Stamp, Work, Written};
use serde::Serialize;

use crate::align_program::plain;
use crate::field_difference::{FieldDifference, differences};
use crate::{Workbench, WorkflowError};

/// What to import and how.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// What the file holds.
    pub kind: Kind,
    /// The file.
    pub file: SourceFile,
    /// Which column is which field; guessed when absent.
    pub mapping: Option<Mapping>,
    /// Name of the organization that owns what the file does not say the owner of; the institution when absent.
    pub organization: Option<String>,
    /// Title of a collection the imported courses are put into.
    pub into: Option<String>,
    /// Codes of error findings that the person takes responsibility for; the import then goes on.
    pub accept: Vec<String>,
    /// Why, for the history.
    pub reason: Option<Text>,
}

/// What happens (or would happen) to one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeLine {
    /// Kind of record.
    pub kind: String,
    /// Identifier.
    pub id: Ctid,
    /// Name for people.
    pub name: String,
    /// `created`, `revised` or `unchanged`.
    pub written: String,
    /// What differs, for revised records.
    pub differences: Vec<FieldDifference>,
}

/// What an import or its preview gives.
#[derive(Clone, Debug, Serialize)]
pub struct ImportAnswer {
    /// Number of records read, by kind.
    pub records: BTreeMap<String, usize>,
    /// What a person should know.
    pub findings: Vec<Finding>,
    /// Identifiers of the records, in the order of the file.
    pub ids: Vec<Ctid>,
    /// What happens to each record.
    pub changes: Vec<ChangeLine>,
    /// Whether it was written: not for a preview, and not when an error stands.
    pub written: bool,
    /// Which column was taken for which field.
    pub mapping: Option<Mapping>,
    /// For one blueprint: its outline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blueprint: Option<serde_json::Value>,
}

impl ImportAnswer {
    /// How many records are created, revised and unchanged.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |word: &str| self.changes.iter().filter(|line| line.written == word).count();
        (count("created"), count("revised"), count("unchanged"))
    }
}

impl Workbench {
    /// Reads the file and says what importing it would change; writes nothing.
    ///
    /// # Errors
    /// [`WorkflowError::Store`], [`WorkflowError::Cancelled`]. What is wrong with the file is in the findings.
    pub async fn preview_import(
        &self,
        request: &ImportRequest,
        person: &Person,
        progress: &dyn Progress,
    ) -> Result<ImportAnswer, WorkflowError> {
        let (answer, _work) = self.run_import(request, person, progress).await?;
        Ok(answer)
    }

    /// Reads the file and writes all of it, or nothing when a finding of severity error stands.
    ///
    /// # Errors
    /// As [`Workbench::preview_import`].
    pub async fn import(
        &self,
        request: &ImportRequest,
        person: &Person,
        progress: &dyn Progress,
    ) -> Result<ImportAnswer, WorkflowError> {
        let (mut answer, work) = self.run_import(request, person, progress).await?;
        if let Some(work) = work {
            work.commit().await?;
            answer.written = true;
        }
        Ok(answer)
    }

    /// Does the whole import inside one transaction and hands the transaction back, so that a preview is exactly what
    /// writing would do. No transaction comes back when an error stands.
    async fn run_import(
        &self,
        request: &ImportRequest,
        person: &Person,
        progress: &dyn Progress,
    ) -> Result<(ImportAnswer, Option<Work>), WorkflowError> {
        let work = self.store.write().await?;
        let context = self.import_context(&work, request.organization.as_deref()).await?;
        let mut reading = read(request.kind, request.file.clone(), &context, request.mapping.as_ref(), progress);
        if progress.cancelled() {
            return Err(WorkflowError::Cancelled);
        }
        let mut answer = ImportAnswer {
            records: BTreeMap::new(),
            findings: Vec::new(),
            ids: Vec::new(),
            changes: Vec::new(),
            written: false,
            mapping: reading.mapping.clone(),
            blueprint: match reading.records.blueprints.as_slice() {
                [blueprint] => Some(credway_publish::blueprint_json(blueprint)),
                _ => None,
            },
        };
        let stamp = self.stamp(person, request.reason.clone());
        let mut findings = std::mem::take(&mut reading.findings);
        settle(&mut findings, &request.accept);
        if !has_errors(&findings) {
            let mut writing = Writing {
                work: &work,
                stamp: &stamp,
                context: &context,
                answer: &mut answer,
                file: &request.file.name,
            };
            findings.extend(writing.all(&reading, request).await?);
            settle(&mut findings, &request.accept);
        } else {
            count_records(&reading, &mut answer);
        }
        answer.findings = findings;
        if has_errors(&answer.findings) {
            answer.changes.clear();
            answer.ids.clear();
            return Ok((answer, None));
        }
        work.put_source(&reading.source).await?;
        work.put_findings(&reading.source.id, &answer.findings).await?;
        let (created, revised, _) = answer.counts();
        if created + revised > 0 {
            let accepted = if request.accept.is_empty() {
                String::new()
            } else {
                format!("; accepted findings: {}", request.accept.join(", "))
            };
            let summary = format!("{}: {created} created, {revised} revised{accepted}", request.file.name);
            work.append_change(&Change {
                at: stamp.at,
                person: person.clone(),
                kind: ChangeKind::Imported,
                subject_kind: "source".to_owned(),
                subject: Ctid::derive(&context.namespace, "source", reading.source.id.as_str()),
                summary: plain(&summary),
                reason: request.reason.clone(),
            })
            .await?;
        }
        Ok((answer, Some(work)))
    }

    async fn import_context(&self, work: &Work, organization: Option<&str>) -> Result<Context, WorkflowError> {
        let namespace = self.namespace(work, None).await?;
        let organization = match organization {
            Some(name) => Ctid::derive(&namespace, "organization", name),
            None => match work.setting("institution").await? {
                Some(institution) => crate::workbench::identifier("organization", &institution)?,
                None => namespace,
            },
        };
        Ok(Context { namespace, organization })
    }
}

/// Errors the person accepts become warnings that say so.
fn settle(findings: &mut [Finding], accept: &[String]) {
    for finding in findings {
        if finding.severity == Severity::Error && accept.contains(&finding.code) {
            finding.severity = Severity::Warning;
            finding.message.push_str(" Accepted by the person who imports.");
        }
    }
}

fn count_records(reading: &Reading, answer: &mut ImportAnswer) {
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
        ("decision", records.decisions.len()),
    ];
    answer.records =
        counts.into_iter().filter(|(_, count)| *count > 0).map(|(kind, count)| (kind.to_owned(), count)).collect();
}

/// One import being written.
pub(crate) struct Writing<'a> {
    pub(crate) work: &'a Work,
    pub(crate) stamp: &'a Stamp,
    pub(crate) context: &'a Context,
    pub(crate) answer: &'a mut ImportAnswer,
    pub(crate) file: &'a str,
}

impl Writing<'_> {
    /// Writes every record; gives the findings that only the database shows (references that do not resolve).
    async fn all(&mut self, reading: &Reading, request: &ImportRequest) -> Result<Vec<Finding>, WorkflowError> {
        count_records(reading, self.answer);
        let records = &reading.records;
        let mut findings = Vec::new();
        let before = self.work.organizations().await?;
        let written = self.work.put_organizations(&records.organizations, self.stamp).await?;
        self.lines("organization", &records.organizations, &written, &before, |one| (one.ctid, one.name.to_string()))?;
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
        self.courses(&records.courses).await?;
        findings.extend(self.outcomes(&records.outcomes).await?);
        findings.extend(self.programs(&records.programs).await?);
        if let Some(title) = &request.into {
            findings.extend(self.collection(title, &records.courses).await?);
        }
        findings.extend(self.decisions(&records.decisions).await?);
        Ok(findings)
    }

    /// Writes blueprints. A file that names domains only leaves the objectives that are there, and says so.
    async fn blueprints(&mut self, blueprints: &[Blueprint]) -> Result<Vec<Finding>, WorkflowError> {
        let mut findings = Vec::new();
        for blueprint in blueprints {
            let before = self.work.blueprint(&blueprint.ctid).await?;
            let mut blueprint = blueprint.clone();
            if let Some(before) = &before
                && blueprint.domains.iter().all(|domain| domain.objectives.is_empty())
            {
                let kept = keep_objectives(before, &mut blueprint);
                if kept > 0 {
                    let message = format!(
                        "The file names domains only; {kept} objectives of “{}” that were imported before stay.",
                        blueprint.name()
                    );
                    let hint = "Nothing to do, unless they should go: then import the whole outline.";
                    let code = "blueprint.objectives-kept";
                    findings.push(Finding::new(code, Severity::Note, Place::Whole, message, hint).in_file(self.file));
                }
            }
            let written = self.work.put_blueprint(&blueprint, self.stamp).await?;
            let differences = before.map(|before| differences(&before, &blueprint)).transpose()?.unwrap_or_default();
            self.line("blueprint", blueprint.ctid, blueprint.name(), written, differences);
        }
        Ok(findings)
    }

    /// Writes courses. A file that says nothing of outcomes leaves those that are there.
    async fn courses(&mut self, courses: &[Course]) -> Result<(), WorkflowError> {
        if courses.is_empty() {
            return Ok(());
        }
        let before = self.existing_courses(courses).await?;
        let mut courses = courses.to_vec();
        if courses.iter().all(|course| course.outcomes.is_empty()) {
            let mut outcomes: BTreeMap<Ctid, _> =
                before.iter().map(|course| (course.ctid, course.outcomes.clone())).collect();
            for course in &mut courses {
                course.outcomes = outcomes.remove(&course.ctid).unwrap_or_default();
            }
        }
        let written = self.work.put_courses(&courses, self.stamp).await?;
        self.lines("course", &courses, &written, &before, |one| (one.ctid, format!("{} {}", one.code, one.title)))
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

/// Gives each domain the objectives that the same domain had before; how many in all, finer ones included.
fn keep_objectives(before: &Blueprint, blueprint: &mut Blueprint) -> usize {
    for domain in &mut blueprint.domains {
        if let Some(known) = before.domains.iter().find(|known| known.ctid == domain.ctid) {
            domain.objectives.clone_from(&known.objectives);
        }
    }
    blueprint.items().iter().filter(|item| !item.path.is_empty()).count()
}
