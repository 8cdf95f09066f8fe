//! Doing a piece of work, with the rights its owner has now.

use credway_model::Action;
use credway_store::Job;

use super::import_work::{import_file, read_file};
use super::running::Running;
use super::{Outcome, Task, Worker};
use crate::permission::About;
use crate::{DEFAULT_LIMITS, WorkflowError};

/// Work that came to its end.
pub(super) struct Executed {
    pub(super) outcome: Outcome,
    /// Whether the database was told in the same breath in which the work was kept.
    pub(super) told: bool,
}

/// Does the work.
///
/// # Errors
/// What stands in its way; [`WorkflowError::Cancelled`] when it was stopped or is to be left.
pub(super) async fn execute(worker: &Worker, job: &Job, running: &Running) -> Result<Executed, WorkflowError> {
    let workbench = worker.0.workbench.in_hands_of_owner(job).await?;
    match Task::read(&job.kind, &job.payload)? {
        Task::Align { program, blueprint } => {
            let work = workbench.store.read().await?;
            workbench.allow(&work, Action::Align, About::Program(&program)).await?;
            drop(work);
            let (program, blueprint) = (program.to_string(), blueprint.to_string());
            let summary = workbench.align(&program, &blueprint, DEFAULT_LIMITS, running).await?;
            Ok(Executed { outcome: Outcome::Crosswalk(summary.crosswalk), told: false })
        }
        Task::ReadFile { token, version } => {
            read_file(worker, &workbench, running, (&token, version)).await?;
            Ok(Executed { outcome: Outcome::Preview(token), told: false })
        }
        Task::ImportFile { token, version } => {
            let told = import_file(worker, &workbench, job, running, (&token, version)).await?;
            Ok(Executed { outcome: Outcome::Imported(token), told })
        }
    }
}
