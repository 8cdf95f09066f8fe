//! Programs, courses, blueprints and credentials as pages show them.

mod blueprint;
mod course;
mod credential;
mod program;
mod requirements;
mod requisites;

use std::collections::BTreeMap;

use credway_model::{CatalogueYear, Ctid};
use credway_store::Work;

use crate::WorkflowError;

pub use blueprint::{BlueprintHead, BlueprintPage, DomainRow, ObjectiveRow};
pub(crate) use course::within;
pub use course::{CourseHead, CoursePage, CoursesQuery, CoveredLine, OutcomeRow};
pub use credential::CredentialPage;
pub use program::{ProgramHead, ProgramPage};
pub(crate) use requirements::{CatalogueCourses, pieces, requirements_view};
pub use requirements::{RequirementLine, RequirementPiece, RequirementsView};
pub use requisites::{RequisiteLine, RequisiteView};

async fn organization_names(work: &Work) -> Result<BTreeMap<Ctid, String>, WorkflowError> {
    let organizations = work.organizations().await?;
    Ok(organizations.into_iter().map(|organization| (organization.ctid, organization.name.to_string())).collect())
}

fn year_words(year: &CatalogueYear) -> String {
    year.0.to_string()
}
