//! Import a file: read it, show what it would change, and write all of it or nothing.

use std::collections::BTreeMap;

use credway_import::{Context, Kind, Mapping, Progress, ReadCourse, SourceFile};
use credway_model::{Change, ChangeKind, Ctid, Finding, Place, Severity, Text, has_errors};
use credway_store::Work;
use serde::{Deserialize, Serialize};

use crate::edition_difference::{Earlier, EditionChange, EditionDifference};
use crate::field_difference::FieldDifference;
use crate::import_effects::Decided;
use crate::import_writing::{Writing, count_records};
use crate::institution::{INSTITUTION, NAMESPACE, UNNAMED};
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// For courses: what became of an earlier edition that is here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<EditionDifference>,
    /// For courses: what the file says of each, for showing and correcting.
    #[serde(skip)]
    pub as_read: Vec<ReadCourse>,
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
        progress: &dyn Progress,
    ) -> Result<ImportAnswer, WorkflowError> {
        let (answer, _work) = self.run_import(request, progress).await?;
        Ok(answer)
    }

    /// Reads the file and writes all of it, or nothing when a finding of severity error stands.
    ///
    /// # Errors
    /// As [`Workbench::preview_import`].
    pub async fn import(
        &self,
        request: &ImportRequest,
        progress: &dyn Progress,
    ) -> Result<ImportAnswer, WorkflowError> {
        let (mut answer, work) = self.run_import(request, progress).await?;
        if let Some(work) = work {
            work.commit().await?;
            answer.written = true;
        }
        Ok(answer)
    }

    /// Does the whole import inside one transaction and hands the transaction back, so that a preview is exactly what
    /// writing would do. No transaction comes back when an error stands.
    pub(crate) async fn run_import(
        &self,
        request: &ImportRequest,
        progress: &dyn Progress,
    ) -> Result<(ImportAnswer, Option<Work>), WorkflowError> {
        // The file is read before the transaction begins, so that nobody waits for the reading.
        let given = organization_given(request)?;
        self.allow_import(&self.store.read().await?).await?;
        let context = context_of(&self.store.read().await?, None, given.as_ref()).await?;
        let mut reading = self.read_pictures(request, &context, progress).await?;
        if progress.cancelled() {
            return Err(WorkflowError::Cancelled);
        }
        let work = self.store.write().await?;
        let desk = self.with_rights_now(&work).await?;
        desk.allow_import(&work).await?;
        let namespace = desk.namespace(&work, Some(context.namespace)).await?;
        if context_of(&work, Some(namespace), given.as_ref()).await? != context {
            return Err(WorkflowError::Refused {
                message: "another program changed the institution or its organizations while the file was read"
                    .to_owned(),
                hint: "import the file again".to_owned(),
            });
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
            edition: None,
            as_read: std::mem::take(&mut reading.as_read),
        };
        let stamp = self.stamp(request.reason.clone());
        let mut findings = std::mem::take(&mut reading.findings);
        let mut before = None;
        settle(&mut findings, &request.accept);
        if !has_errors(&findings) {
            let earlier = Earlier::find(&work, &reading.source.id, &reading.records).await?;
            let edition = earlier.map(|earlier| earlier.against(&request.file.name, &reading.records)).transpose()?;
            findings.extend(edition.as_ref().and_then(gone));
            answer.edition = edition;
            let mut writing = Writing {
                work: &work,
                desk: &desk,
                stamp: &stamp,
                context: &context,
                given: given.as_ref(),
                answer: &mut answer,
                file: &request.file.name,
            };
            if touches_decided(request.kind) {
                before = Some(Decided::read(&work).await?);
            }
            findings.extend(writing.all(&reading, request).await?);
            if let Some(before) = &before {
                findings.extend(before.compare(&Decided::read(&work).await?, &request.file.name));
            }
            settle(&mut findings, &request.accept);
        } else {
            count_records(&reading, &mut answer);
        }
        answer.findings = match &before {
            Some(before) => before.told(&desk, &work, &findings).await?,
            None => findings.clone(),
        };
        if has_errors(&answer.findings) {
            answer.changes.clear();
            answer.ids.clear();
            return Ok((answer, None));
        }
        work.put_source(&reading.source).await?;
        work.put_findings(&reading.source.id, &findings).await?;
        let (created, revised, _) = answer.counts();
        if created + revised > 0 {
            let accepted = if request.accept.is_empty() {
                String::new()
            } else {
                format!("; accepted findings: {}", request.accept.join(", "))
            };
            let summary = format!("{}: {created} created, {revised} revised{accepted}", request.file.name);
            let file = Ctid::derive(&context.namespace, "source", reading.source.id.as_str());
            let line = self.history_line(ChangeKind::Imported, ("source", file), &summary);
            work.append_change(&Change { at: stamp.at, reason: request.reason.clone(), ..line }).await?;
        }
        Ok((answer, Some(work)))
    }
}

/// Says that courses of the earlier edition are not in this one.
fn gone(edition: &EditionDifference) -> Option<Finding> {
    let count = edition.count(EditionChange::Gone);
    let first = edition.items.iter().find(|line| line.kind == EditionChange::Gone)?.before.as_ref()?;
    let message = format!(
        "{count} course(s) of {} are not in this file, the first: {} {}.",
        edition.earlier, first.code, first.title
    );
    let hint = "They stay here as they are. Look whether they are no longer taught, or were not read.";
    Some(Finding::new("edition.gone", Severity::Warning, Place::Whole, message, hint).in_file(&edition.later))
}

/// How things of the file are named: by the database's namespace, or one that it will have when it is written to.
async fn context_of(
    work: &Work,
    namespace: Option<Ctid>,
    organization: Option<&Text>,
) -> Result<Context, WorkflowError> {
    let namespace = match (namespace, work.setting(NAMESPACE).await?) {
        (Some(namespace), _) => namespace,
        (None, Some(kept)) => crate::workbench::identifier("namespace", &kept)?,
        (None, None) => Ctid::from_uuid(uuid::Uuid::new_v4()),
    };
    let known = work.organizations().await?;
    let named = known.iter().map(|one| (one.name.to_string(), one.ctid)).collect();
    let institution = work.setting(INSTITUTION).await?;
    let institution = institution.map(|kept| crate::workbench::identifier("organization", &kept)).transpose()?;
    let own = institution.unwrap_or_else(|| Ctid::derive(&namespace, "organization", UNNAMED));
    let mut context = Context::new(namespace, own).knowing(named);
    if let Some(name) = organization {
        context.organization = context.organization_named(name.as_str());
    }
    Ok(context)
}

/// The organization that was given as the owner, as a name.
fn organization_given(request: &ImportRequest) -> Result<Option<Text>, WorkflowError> {
    let read = |given: &String| {
        Text::name(given).map_err(|error| WorkflowError::Refused {
            message: format!("the organization that owns the file's records cannot be taken: {error}"),
            hint: "give its name, or leave the organization out".to_owned(),
        })
    };
    request.organization.as_ref().map(read).transpose()
}

/// Whether files of this kind can take or reword statements that people decided on.
const fn touches_decided(kind: Kind) -> bool {
    matches!(kind, Kind::Blueprint | Kind::Courses | Kind::Outcomes | Kind::Program)
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
