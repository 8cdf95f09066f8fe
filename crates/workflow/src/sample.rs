//! The sample college: its files are in the binary, and loading them is importing them.

use credway_align::Progress;
use credway_import::{Kind, SourceFile};
use credway_model::{Person, Text};
use rust_embed::RustEmbed;
use serde::Serialize;

use crate::import_file::ImportRequest;
use crate::{AlignSummary, CoverageReport, DEFAULT_LIMITS, Workbench, WorkflowError};

#[derive(RustEmbed)]
#[folder = "../../samples/lantern-bay"]
#[include = "*.csv"]
struct SampleFiles;

/// The files in the order they build on one another.
const FILES: [(Kind, &str); 9] = [
    (Kind::Organization, "organizations.csv"),
    (Kind::Credential, "credentials.csv"),
    (Kind::Courses, "courses.csv"),
    (Kind::Outcomes, "outcomes.csv"),
    (Kind::Program, "programs.csv"),
    (Kind::Blueprint, "blueprint-security-plus.csv"),
    (Kind::Blueprint, "blueprint-ptce.csv"),
    (Kind::Blueprint, "blueprint-data-storytelling.csv"),
    (Kind::Decisions, "decisions.csv"),
];

/// The sample's own namespace, so that every copy of it has the same identifiers.
const NAMESPACE: &str = "ce-5a0c1e57-8d6c-4b0e-9c3a-6c616e746572";
/// The sample college.
const INSTITUTION: &str = "Lantern Bay Community College";

/// What loading the sample gave.
#[derive(Clone, Debug, Serialize)]
pub struct SampleSummary {
    /// The institution.
    pub institution: String,
    /// Numbers of records imported, by kind.
    pub counts: std::collections::BTreeMap<String, usize>,
    /// Findings of the imports.
    pub findings: Vec<credway_model::Finding>,
    /// What aligning gave, by crosswalk.
    pub alignments: Vec<AlignSummary>,
    /// Coverage by crosswalk.
    pub coverage: Vec<CoverageReport>,
}

impl Workbench {
    /// Loads the sample college and aligns every crosswalk it has decisions on. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the database belongs to another institution.
    pub async fn load_sample(&self, person: &Person, progress: &dyn Progress) -> Result<SampleSummary, WorkflowError> {
        let namespace = crate::workbench::identifier("namespace", NAMESPACE)?;
        let institution = self.begin_institution(INSTITUTION, Some(namespace), person).await?;
        let mut summary = SampleSummary {
            institution: institution.name,
            counts: std::collections::BTreeMap::new(),
            findings: Vec::new(),
            alignments: Vec::new(),
            coverage: Vec::new(),
        };
        for (kind, name) in FILES {
            let answer = self.import(&sample_request(kind, name)?, person, &credway_import::NoProgress).await?;
            if !answer.written {
                return Err(WorkflowError::Findings(answer.findings));
            }
            for (kind, count) in answer.records {
                *summary.counts.entry(kind).or_default() += count;
            }
            summary.findings.extend(answer.findings);
        }
        let work = self.store.read().await?;
        let crosswalks = work.crosswalks().await?;
        drop(work);
        for crosswalk in crosswalks {
            let (program, blueprint) = (crosswalk.program.to_string(), crosswalk.blueprint.to_string());
            summary.alignments.push(self.align(&program, &blueprint, DEFAULT_LIMITS, person, progress).await?);
            summary.coverage.push(self.coverage(&crosswalk.ctid).await?);
        }
        Ok(summary)
    }
}

fn sample_request(kind: Kind, name: &str) -> Result<ImportRequest, WorkflowError> {
    let file = SampleFiles::get(name).ok_or_else(|| WorkflowError::NotFound {
        what: "sample file",
        given: name.to_owned(),
        hint: "the binary was built without its samples".to_owned(),
    })?;
    Ok(ImportRequest {
        kind,
        file: SourceFile { name: name.to_owned(), bytes: file.data.into_owned() },
        mapping: None,
        organization: None,
        into: None,
        accept: Vec::new(),
        reason: Text::new("Sample college").ok(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use credway_model::Ctid;

    #[test]
    fn the_namespace_is_valid_and_every_file_is_there() {
        assert!(NAMESPACE.parse::<Ctid>().is_ok());
        for (kind, name) in FILES {
            assert!(sample_request(kind, name).is_ok(), "{name}");
        }
    }
}
