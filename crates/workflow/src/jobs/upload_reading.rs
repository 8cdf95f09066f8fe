//! Queueing the reading and the import of a file that was sent; each once, however often it is asked for.

use credway_store::{JobState, Upload, UploadState, Work};

use super::rights::importing;
use super::{KeptRequest, Task, Worker};
use crate::{Workbench, WorkflowError};

impl Workbench {
    /// Has a file read by the state its request is in, and gives the identifier of the work; that of work under way,
    /// where there is some. Nothing for a file that is not theirs, has gone, or is being imported.
    ///
    /// # Errors
    /// What the policy refuses; [`WorkflowError::Store`].
    pub async fn queue_reading(&self, token: &str, worker: &Worker) -> Result<Option<String>, WorkflowError> {
        let work = self.store.write().await?;
        let Some(mut upload) = self.own_upload(&work, token).await? else { return Ok(None) };
        if matches!(upload.state, UploadState::Writing | UploadState::Written) {
            return Ok(upload.job);
        }
        let task = Task::ReadFile { token: token.to_owned(), version: upload.version };
        if let Some(before) = under_way(&work, &upload).await? {
            if before.1 == task {
                return Ok(Some(before.0));
            }
            // What it would read is not wanted any more.
            let words = serde_json::to_string(&(worker.0.tell)(WorkflowError::Cancelled))?;
            work.stop_job(&before.0, &words, self.now()).await?;
            worker.stop(&before.0);
        }
        self.put_task(work, &mut upload, &task, ("Reading", worker)).await.map(Some)
    }

    /// Has a file imported that was read, and gives the identifier of the work; that of the import, where it is under way
    /// or done. Nothing where the file is to be read first.
    ///
    /// # Errors
    /// What the policy refuses; [`WorkflowError::Store`].
    pub async fn queue_import(&self, token: &str, worker: &Worker) -> Result<Option<String>, WorkflowError> {
        let work = self.store.write().await?;
        let Some(mut upload) = self.own_upload(&work, token).await? else { return Ok(None) };
        match upload.state {
            UploadState::Waiting => return Ok(None),
            UploadState::Writing | UploadState::Written => return Ok(upload.job),
            UploadState::Read => {}
        }
        (upload.state, upload.stopped, upload.answer) = (UploadState::Writing, false, None);
        let task = Task::ImportFile { token: token.to_owned(), version: upload.version };
        self.put_task(work, &mut upload, &task, ("Importing", worker)).await.map(Some)
    }

    async fn put_task(
        &self,
        work: Work,
        upload: &mut Upload,
        task: &Task,
        (doing, worker): (&str, &Worker),
    ) -> Result<String, WorkflowError> {
        let request: KeptRequest = serde_json::from_str(&upload.request)?;
        self.allow_somewhere(&work, importing(request.kind)).await?;
        let id = self.queue(&work, task, format!("{doing} {}", upload.name), Some(worker)).await?;
        upload.job = Some(id.clone());
        work.change_upload(upload).await?;
        work.commit().await?;
        worker.wake();
        Ok(id)
    }
}

/// The work on a file that is not over.
async fn under_way(work: &Work, upload: &Upload) -> Result<Option<(String, Task)>, WorkflowError> {
    let Some(id) = &upload.job else { return Ok(None) };
    let Some(job) = work.job(id).await? else { return Ok(None) };
    let waits = matches!(job.state, JobState::Queued | JobState::Running) && !job.stop;
    Ok(if waits { Some((job.id, Task::read(&job.kind, &job.payload)?)) } else { None })
}
