//! Programs, courses, blueprints and credentials as pages show them.

mod blueprint;
mod course;
mod credential;
mod program;

use std::collections::BTreeMap;

use credway_model::{CatalogueYear, Ctid};
use credway_store::{ProposalFilter, Work};

use crate::crosswalk_data::CrosswalkData;
use crate::{CrosswalkHead, Workbench, WorkflowError};

pub use blueprint::{BlueprintHead, BlueprintPage, DomainRow, ObjectiveRow};
pub use course::{CourseHead, CoursePage, CoursesQuery, CoveredLine, OutcomeRow};
pub use credential::CredentialPage;
pub use program::{ProgramHead, ProgramPage};

impl Workbench {
    pub(crate) async fn heads(
        &self,
        work: &Work,
        wanted: impl Fn(&credway_model::Crosswalk) -> bool,
    ) -> Result<Vec<CrosswalkHead>, WorkflowError> {
        let mut heads = Vec::new();
        for crosswalk in work.crosswalks().await?.iter().filter(|crosswalk| wanted(crosswalk)) {
            let data = CrosswalkData::read(work, &crosswalk.ctid).await?;
            let proposals = work.proposals(&crosswalk.ctid, &ProposalFilter::default()).await?;
            heads.push(self.crosswalk_head(&data, &proposals));
        }
        Ok(heads)
    }
}

async fn organization_names(work: &Work) -> Result<BTreeMap<Ctid, String>, WorkflowError> {
    let organizations = work.organizations().await?;
    Ok(organizations.into_iter().map(|organization| (organization.ctid, organization.name.to_string())).collect())
}

fn year_words(year: &CatalogueYear) -> String {
    year.0.to_string()
}
