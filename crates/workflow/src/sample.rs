//! The sample college: its files are in the binary, and loading them is importing them.

use credway_align::Progress;
use credway_import::{Kind, SourceFile};
use credway_model::{Ctid, Text};
use credway_store::ProposalFilter;
use rust_embed::RustEmbed;
use serde::Serialize;

use crate::import_file::ImportRequest;
use crate::{AlignSummary, CoverageReport, DEFAULT_LIMITS, Workbench, WorkflowError};

#[derive(RustEmbed)]
#[folder = "../../samples/lantern-bay"]
#[include = "*.csv"]
struct SampleFiles;

/// The files in the order they build on one another.
const FILES: [(Kind, &str); 11] = [
    (Kind::Organization, "organizations.csv"),
    (Kind::Credential, "credentials.csv"),
    (Kind::Courses, "courses.csv"),
    (Kind::Outcomes, "outcomes.csv"),
    (Kind::Program, "programs.csv"),
    (Kind::Requirements, "requirements.csv"),
    (Kind::Blueprint, "blueprint-security-plus.csv"),
    (Kind::Blueprint, "blueprint-ptce.csv"),
    (Kind::Blueprint, "blueprint-data-storytelling.csv"),
    (Kind::Pathway, "pathways.csv"),
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
    /// What aligning gave, by crosswalk; without those whose proposals were there already.
    pub alignments: Vec<AlignSummary>,
    /// Coverage by crosswalk.
    pub coverage: Vec<CoverageReport>,
}

impl Workbench {
    /// Loads the sample college and aligns every crosswalk it has decisions on. Doing it again changes nothing: where
    /// nothing was new and the proposals are this engine's, they are not made again.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the database holds records of another college.
    pub async fn load_sample(&self, progress: &dyn Progress) -> Result<SampleSummary, WorkflowError> {
        let namespace = crate::workbench::identifier("namespace", NAMESPACE)?;
        self.must_be_sample(namespace).await?;
        let institution = self.begin_institution(INSTITUTION, Some(namespace)).await?;
        let mut summary = SampleSummary {
            institution: institution.name,
            counts: std::collections::BTreeMap::new(),
            findings: Vec::new(),
            alignments: Vec::new(),
            coverage: Vec::new(),
        };
        let mut changed = false;
        for (kind, name) in FILES {
            let answer = self.import(&sample_request(kind, name)?, &credway_import::NoProgress).await?;
            if !answer.written {
                return Err(WorkflowError::Findings(answer.findings));
            }
            changed |= answer.changes.iter().any(|line| line.written != "unchanged");
            for (kind, count) in answer.records {
                *summary.counts.entry(kind).or_default() += count;
            }
            summary.findings.extend(answer.findings);
        }
        let work = self.store.read().await?;
        let crosswalks = work.crosswalks().await?;
        drop(work);
        for crosswalk in crosswalks {
            if changed || !self.is_aligned(&crosswalk.ctid).await? {
                let (program, blueprint) = (crosswalk.program.to_string(), crosswalk.blueprint.to_string());
                summary.alignments.push(self.align(&program, &blueprint, DEFAULT_LIMITS, progress).await?);
            }
            summary.coverage.push(self.coverage(&crosswalk.ctid).await?);
        }
        Ok(summary)
    }

    /// Refuses a database that has begun with identifiers of its own: the sample would be mixed into a college's records.
    async fn must_be_sample(&self, sample: Ctid) -> Result<(), WorkflowError> {
        let work = self.store.write().await?;
        if self.namespace(&work, Some(sample)).await? == sample {
            // Nothing is kept of the question: the work is dropped.
            return Ok(());
        }
        Err(WorkflowError::Refused {
            message: "this database holds a college's own records, and the sample college is not mixed into them"
                .to_owned(),
            hint: "give the sample a database of its own, for example `credway --db sqlite:sample.db demo`".to_owned(),
        })
    }

    /// Whether the crosswalk has proposals, all by this very engine.
    async fn is_aligned(&self, crosswalk: &Ctid) -> Result<bool, WorkflowError> {
        let proposals = self.store.read().await?.proposals(crosswalk, &ProposalFilter::default()).await?;
        let engine = self.engine_name();
        Ok(!proposals.is_empty() && proposals.iter().all(|proposal| proposal.engine == engine))
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
        file: SourceFile::new(name.to_owned(), file.data.into_owned()),
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

    #[test]
    fn the_namespace_is_valid_and_every_file_is_there() {
        assert!(NAMESPACE.parse::<Ctid>().is_ok());
        for (kind, name) in FILES {
            assert!(sample_request(kind, name).is_ok(), "{name}");
        }
    }
}
