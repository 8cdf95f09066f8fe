//! Which certifications, frameworks and microcredentials a set of courses already nearly covers, by likely coverage.
//!
//! Nothing is written and nothing becomes a fact: the engine's probabilities are shown as such, and what reviewers have
//! decided about the program counts before them. A course without outcomes is read by its description, as when a program is
//! aligned; one without a description by its title, which says little.

mod answer;
mod compare;
mod courses;
mod outline;

pub use answer::{FindAnswer, FoundCourse, FoundLine, FoundState, FoundStatement};
pub use courses::FindCourses;

use std::collections::BTreeMap;

use credway_align::{Progress, StandingPair};
use credway_import::SourceFile;
use credway_model::{Action, Crosswalk, Ctid};
use credway_store::Work;

use crate::long_work::long_work;
use crate::permission::About;
use crate::{Workbench, WorkflowError};
use compare::compare;
use courses::CourseSet;
use outline::Outline;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct FindRequest {
    /// The courses.
    pub courses: FindCourses,
    /// Blueprints and frameworks by identifier, name or title; all of them when empty.
    pub against: Vec<String>,
    /// Files of blueprints or frameworks to compare with; nothing of them is kept.
    pub files: Vec<SourceFile>,
    /// Outlines with more statements are left out and named; none when absent.
    pub largest: Option<usize>,
}

impl Workbench {
    /// Which blueprints and frameworks the courses are likely to cover, the most likely covered first.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Ambiguous`]; [`WorkflowError::Refused`] when there are no courses;
    /// [`WorkflowError::Findings`] when a file cannot be read;
    /// [`WorkflowError::Cancelled`] when the person stops it.
    pub async fn find_covered(
        &self,
        request: &FindRequest,
        progress: &dyn Progress,
    ) -> Result<FindAnswer, WorkflowError> {
        let work = self.store.read().await?;
        let set = self.course_set(&work, &request.courses).await?;
        if set.courses.is_empty() {
            return Err(WorkflowError::Refused {
                message: format!("“{}” holds no courses", set.title),
                hint: "look at the codes with `credway list courses`; a pattern may end in *".to_owned(),
            });
        }
        // Who may read courses only is told of no outline.
        let (outlines, left_out) = if self.may(&work, Action::ReadShared, About::Shared).await? {
            outline::chosen(&work, request).await?
        } else {
            (Vec::new(), Vec::new())
        };
        let mut decided = Vec::new();
        for outline in &outlines {
            decided.push(self.decided(&work, &set, outline).await?);
        }
        drop(work);
        let mut found = Vec::new();
        for (outline, decided) in outlines.iter().zip(&decided) {
            let compared = compare(self.engine.as_ref(), &set.courses, outline, decided, progress)?;
            found.push(answer::line(&set, outline, decided, &compared, self.engine.confidence().value()));
        }
        Ok(answer::answer(&set, found, left_out, self.engine.as_ref()))
    }

    /// The same away from whoever waits, for a page.
    ///
    /// # Errors
    /// As [`Workbench::find_covered`].
    pub async fn find_in_background(&self, request: FindRequest) -> Result<FindAnswer, WorkflowError> {
        let workbench = self.clone();
        let runtime = tokio::runtime::Handle::current();
        long_work(move || runtime.block_on(workbench.find_covered(&request, &()))).await
    }

    /// What reviewers have decided about a program and a blueprint, as far as who asks may read it.
    async fn decided(&self, work: &Work, set: &CourseSet, outline: &Outline) -> Result<Decided, WorkflowError> {
        let Some(program) = set.program else { return Ok(Decided::default()) };
        let crosswalk = Crosswalk::identify(&program, &outline.blueprint.ctid);
        let may = self.may(work, Action::ReadCrosswalk, About::Program(&program)).await?;
        if !may || outline.is_framework || work.crosswalk(&crosswalk).await?.is_none() {
            return Ok(Decided::default());
        }
        let brief = self.crosswalk_brief(work, &crosswalk).await?;
        let pairs = brief.standings.iter().map(|((statement, target), standing)| StandingPair {
            statement: *statement,
            target: *target,
            standing: *standing,
        });
        Ok(Decided { crosswalk: Some(crosswalk), pairs: pairs.collect() })
    }
}

/// What reviewers have decided.
#[derive(Default)]
pub(super) struct Decided {
    pub(super) crosswalk: Option<Ctid>,
    pub(super) pairs: Vec<StandingPair>,
}

impl Decided {
    /// What stands by pair.
    pub(super) fn by_pair(&self) -> BTreeMap<(Ctid, Ctid), credway_model::Standing> {
        self.pairs.iter().map(|pair| ((pair.statement, pair.target), pair.standing)).collect()
    }
}
