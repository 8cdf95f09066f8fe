//! What becomes of work that a server has finished with: done, failed, stopped, or put back for another attempt.

use std::time::Duration;

use credway_store::{Job, JobEnd, Work};
use jiff::SignedDuration;

use super::execute::Executed;
use super::running::Running;
use super::{JobFailure, Task, Worker};
use crate::WorkflowError;

/// How often a piece of work is begun before it is given up.
pub(super) const ATTEMPTS: u32 = 3;
/// How often it is tried to say how work ended, a second apart; after that it is taken up by silence.
const TRIES: u32 = 60;

/// Where work goes.
enum Way {
    /// It is over.
    Over(JobEnd),
    /// It is begun again after a pause; whether this attempt counts.
    Again(SignedDuration, bool),
}

/// Says how work ended. `ending` is missing where the work panicked.
pub(super) async fn settle(
    worker: &Worker,
    job: &Job,
    running: &Running,
    ending: Option<Result<Executed, WorkflowError>>,
) {
    let way = match ending {
        Some(Ok(executed)) if executed.told => return,
        ending => way(worker, job, running, ending),
    };
    for _ in 0..TRIES {
        let said = match &way {
            Ok(Way::Over(end)) => over(worker, job, end).await,
            Ok(Way::Again(pause, counted)) => put_back(worker, &job.id, *pause, *counted).await,
            // The words could not be written as JSON: it is taken up by silence.
            Err(_) => return,
        };
        match said {
            Ok(()) => return,
            Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
        }
    }
}

fn way(
    worker: &Worker,
    job: &Job,
    running: &Running,
    ending: Option<Result<Executed, WorkflowError>>,
) -> Result<Way, WorkflowError> {
    let error = match ending {
        None => return Ok(Way::Over(failed(&JobFailure::defect())?)),
        Some(Ok(executed)) => return Ok(Way::Over(JobEnd::Done(serde_json::to_string(&executed.outcome)?))),
        Some(Err(error)) => error,
    };
    Ok(match error {
        WorkflowError::Cancelled if running.is_leaving() && !running.is_stopping() => {
            Way::Again(SignedDuration::ZERO, false)
        }
        WorkflowError::Cancelled => Way::Over(JobEnd::Cancelled(serde_json::to_string(&(worker.0.tell)(error))?)),
        WorkflowError::Store(ref busy) if busy.is_busy() && job.attempts < ATTEMPTS => {
            Way::Again(pause(worker, job.attempts), true)
        }
        error => Way::Over(failed(&(worker.0.tell)(error))?),
    })
}

pub(super) fn failed(failure: &JobFailure) -> Result<JobEnd, WorkflowError> {
    Ok(JobEnd::Failed(serde_json::to_string(failure)?))
}

/// How long work waits that was begun so often.
pub(super) fn pause(worker: &Worker, attempts: u32) -> SignedDuration {
    let pauses = worker.0.pace.pauses;
    if attempts <= 1 { pauses[0] } else { pauses[1] }
}

async fn over(worker: &Worker, job: &Job, end: &JobEnd) -> Result<(), WorkflowError> {
    let work = worker.0.workbench.store.write_aside().await?;
    if work.end_job(&job.id, &worker.0.name, end, worker.0.workbench.now()).await? {
        give_file_back(&work, job).await?;
    }
    Ok(work.commit().await?)
}

/// Puts work back, to be begun after a pause.
pub(super) async fn put_back(
    worker: &Worker,
    id: &str,
    pause: SignedDuration,
    counted: bool,
) -> Result<(), WorkflowError> {
    let work = worker.0.workbench.store.write_aside().await?;
    work.put_back_job(id, &worker.0.name, worker.0.workbench.now() + pause, counted).await?;
    Ok(work.commit().await?)
}

/// The file of an import that came to nothing may be tried again. (One that was imported says so itself.)
pub(super) async fn give_file_back(work: &Work, job: &Job) -> Result<(), WorkflowError> {
    if let Ok(task) = Task::read(&job.kind, &job.payload)
        && let Some(token) = task.imports()
    {
        work.release_upload(token, &job.id).await?;
    }
    Ok(())
}
