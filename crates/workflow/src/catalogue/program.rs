//! Programs and collections as pages show them.

use std::collections::BTreeMap;

use credway_model::{Action, Ctid, ProgramKind, Text};
use credway_store::CourseFilter;
use serde::Serialize;

use super::course::course_head;
use super::{CatalogueCourses, RequirementsView, organization_names, requirements_view, year_words};
use crate::crosswalk_data::program_courses;
use crate::permission::About;
use crate::{CourseHead, CrosswalkHead, Named, Workbench, WorkflowError};

/// A program or collection in one line.
#[derive(Clone, Debug, Serialize)]
pub struct ProgramHead {
    /// Identifier.
    pub id: Ctid,
    /// Title.
    pub title: String,
    /// `program` or `collection`.
    pub kind: String,
    /// Award.
    pub award: Option<String>,
    /// Name of the organization.
    pub organization: Option<String>,
    /// Catalogue year.
    pub catalogue_year: Option<String>,
    /// Number of courses.
    pub courses: usize,
}

/// A program with its courses and crosswalks.
#[derive(Clone, Debug, Serialize)]
pub struct ProgramPage {
    /// Head.
    pub head: ProgramHead,
    /// CIP code.
    pub cip: Option<String>,
    /// SOC codes of target occupations.
    pub soc: Vec<String>,
    /// Credits the award takes.
    pub total_credits: Option<String>,
    /// Sum of the credits of its courses; absent when a course has none.
    pub sum_of_credits: Option<f64>,
    /// Courses in order.
    pub courses: Vec<CourseHead>,
    /// What it requires; absent where nobody has said it yet.
    pub requirements: Option<RequirementsView>,
    /// Its crosswalks.
    pub crosswalks: Vec<CrosswalkHead>,
    /// Blueprints it is not aligned to yet.
    pub not_aligned: Vec<Named>,
}

impl Workbench {
    /// Programs and collections.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`] when who acts may read them nowhere.
    pub async fn programs(&self) -> Result<Vec<ProgramHead>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadCatalogue).await?;
        let reach = self.reach(&work, Action::ReadCatalogue).await?;
        let names = organization_names(&work).await?;
        let programs = work.programs().await?;
        let seen = programs.iter().filter(|program| reach.holds(program.organization, Some(program.ctid)));
        Ok(seen.map(|program| program_head(program, &names)).collect())
    }

    /// One program or collection.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn program(&self, id: &str) -> Result<ProgramPage, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, id, Action::ReadCatalogue).await?;
        self.allow(&work, Action::ReadCatalogue, About::Program(&program.ctid)).await?;
        let names = organization_names(&work).await?;
        let courses = program_courses(&work, &program).await?;
        let groups: BTreeMap<Ctid, Option<String>> =
            program.courses.iter().map(|entry| (entry.course, entry.group.as_ref().map(Text::to_string))).collect();
        let crosswalks = self.heads(&work, |crosswalk| crosswalk.program == program.ctid).await?;
        let credits: Vec<Option<f64>> =
            courses.iter().map(|course| course.credits.map(|credits| credits.value())).collect();
        let blueprints = work.blueprints().await?;
        let requirements = match &program.requirements {
            Some(award) => {
                let all = work.courses(&CourseFilter::default()).await?;
                Some(requirements_view(award, &CatalogueCourses::of(&program, &all)))
            }
            None => None,
        };
        Ok(ProgramPage {
            head: program_head(&program, &names),
            cip: program.cip.as_ref().map(Text::to_string),
            soc: program.soc.iter().map(Text::to_string).collect(),
            total_credits: program.total_credits.map(|credits| credits.to_string()),
            sum_of_credits: credits.iter().copied().collect::<Option<Vec<f64>>>().map(|credits| credits.iter().sum()),
            courses: courses
                .iter()
                .map(|course| CourseHead { group: groups.get(&course.ctid).cloned().flatten(), ..course_head(course) })
                .collect(),
            not_aligned: blueprints
                .iter()
                .filter(|head| crosswalks.iter().all(|crosswalk| crosswalk.blueprint.id != head.ctid))
                .map(|head| Named { id: head.ctid, name: head.name() })
                .collect(),
            requirements,
            crosswalks,
        })
    }
}

fn program_head(program: &credway_model::Program, names: &BTreeMap<Ctid, String>) -> ProgramHead {
    ProgramHead {
        id: program.ctid,
        title: program.title.to_string(),
        kind: match program.kind {
            ProgramKind::Program => "program".to_owned(),
            ProgramKind::Collection => "collection".to_owned(),
        },
        award: program.award.as_ref().map(Text::to_string),
        organization: names.get(&program.organization).cloned(),
        catalogue_year: program.catalogue_year.as_ref().map(year_words),
        courses: program.courses.len(),
    }
}
