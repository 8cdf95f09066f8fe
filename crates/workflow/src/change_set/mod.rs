//! The smallest set of course changes that reaches a coverage: what is asked, looked for in the background, and answered
//! with the proof that less will not do.
//!
//! Nothing is written: the set is advice. A change counts only once the course is changed and a person accepts the
//! alignment, as always.

mod answer;
mod candidates;
mod request;
mod words;

pub use answer::{
    ChangeKindWord, ChangeSetAnswer, ChangeSetOutcome, ChangedCourse, CourseChange, ProofStep, ReachedDomain,
};
pub use request::{Counting, Efforts, MOST_NEAR, ReachRequest};

use credway_model::{Action, Crosswalk, Ctid};
use credway_plan::least_changes;
use credway_store::{ProposalFilter, Work};

use crate::crosswalk_data::CrosswalkData;
use crate::institution::find_blueprint;
use crate::long_work::long_work;
use crate::permission::About;
use crate::{Workbench, WorkflowError};
use answer::Telling;
use candidates::Candidates;

impl Workbench {
    /// The least set of course changes of a crosswalk that reaches what is asked.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Refused`] when what is asked is no percentage, a course to leave alone
    /// is not there, a total is asked for where there is none, or the crosswalk was never aligned.
    pub async fn change_set(&self, crosswalk: &Ctid, request: &ReachRequest) -> Result<ChangeSetAnswer, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadCrosswalk, About::Crosswalk(crosswalk)).await?;
        self.change_set_in(work, crosswalk, request).await
    }

    /// The same for a program and a blueprint, both by name or identifier.
    ///
    /// # Errors
    /// As [`Workbench::change_set`], and [`WorkflowError::Ambiguous`].
    pub async fn change_set_of(
        &self,
        program: &str,
        blueprint: &str,
        request: &ReachRequest,
    ) -> Result<ChangeSetAnswer, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, program, Action::ReadCrosswalk).await?;
        let blueprint = find_blueprint(&work, blueprint).await?;
        self.allow(&work, Action::ReadCrosswalk, About::Program(&program.ctid)).await?;
        let crosswalk = Crosswalk::identify(&program.ctid, &blueprint.ctid);
        self.change_set_in(work, &crosswalk, request).await
    }

    async fn change_set_in(
        &self,
        work: Work,
        crosswalk: &Ctid,
        request: &ReachRequest,
    ) -> Result<ChangeSetAnswer, WorkflowError> {
        request.check()?;
        let data = self.crosswalk_data(&work, crosswalk).await?;
        let proposals = work.proposals(crosswalk, &ProposalFilter::default()).await?;
        drop(work);
        if proposals.is_empty() {
            return Err(WorkflowError::Refused {
                message: format!("“{}” has no candidates from which changes could be proposed", data.name()),
                hint: "align the program to the blueprint first".to_owned(),
            });
        }
        let request = request.clone();
        long_work(move || find(&data, &proposals, &request)).await
    }
}

/// Builds the problem, solves it and tells the answer.
fn find(
    data: &CrosswalkData,
    proposals: &[credway_model::Proposal],
    request: &ReachRequest,
) -> Result<ChangeSetAnswer, WorkflowError> {
    let coverage = data.coverage();
    if request.total.is_some() && coverage.total.is_none() {
        return Err(WorkflowError::Refused {
            message: "some domains have no weight, so that there is no total to reach".to_owned(),
            hint: "ask for what every domain should reach instead".to_owned(),
        });
    }
    let candidates = Candidates::new(data, &coverage, proposals, request)?;
    let wishes = request.wishes(&coverage);
    let answer = least_changes(&candidates.problem, &wishes).map_err(WorkflowError::defect)?;
    Ok(Telling { data, coverage: &coverage, candidates: &candidates, request }.tell(&answer))
}
