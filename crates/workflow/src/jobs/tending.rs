//! What a worker looks after between two pieces of work: work whose server was ended, and what has passed.

use std::time::{Duration, Instant};

use credway_store::{Job, JobEnd, JobState};

use super::settle::{ATTEMPTS, failed, give_file_back, pause};
use super::{JobFailure, Worker};
use crate::WorkflowError;

/// Waiting longer than this for the turn to write means that somebody wrote for long, and that whoever is at the work may
/// be waiting behind them to say so: its silence means nothing then.
const MOMENT: Duration = Duration::from_secs(1);

impl Worker {
    /// Takes up work whose server was ended, and forgets what has passed.
    ///
    /// # Errors
    /// [`WorkflowError::Store`] when the database is busy or away.
    pub(super) async fn tend(&self) -> Result<(), WorkflowError> {
        let now = self.0.workbench.now();
        let silent = self.0.workbench.store.read().await?.silent_jobs(now - self.0.pace.silence).await?;
        for job in silent.iter().filter(|job| !self.is_at(&job.id)) {
            self.take_up(job).await?;
        }
        self.sweep().await?;
        match self.0.pace.addresses {
            Some(age) => self.0.workbench.forget_addresses(age).await,
            None => Ok(()),
        }
    }

    async fn take_up(&self, seen: &Job) -> Result<(), WorkflowError> {
        let asked = Instant::now();
        let work = self.0.workbench.store.write_aside().await?;
        let still = work.job(&seen.id).await?;
        let heard = still.is_none_or(|job| job.heartbeat != seen.heartbeat || job.state != JobState::Running);
        let Some(worker) = seen.worker.as_deref().filter(|_| !heard && asked.elapsed() < MOMENT) else {
            return Ok(());
        };
        let now = self.0.workbench.now();
        let end = if seen.stop {
            Some(JobEnd::Cancelled(serde_json::to_string(&(self.0.tell)(WorkflowError::Cancelled))?))
        } else if seen.attempts >= ATTEMPTS {
            Some(failed(&JobFailure::died(seen.attempts))?)
        } else {
            None
        };
        match end {
            Some(end) => {
                work.end_job(&seen.id, worker, &end, now).await?;
                give_file_back(&work, seen).await?;
            }
            None => {
                work.put_back_job(&seen.id, worker, now + pause(self, seen.attempts), true).await?;
            }
        }
        Ok(work.commit().await?)
    }

    /// Forgets files nobody came back for, work that ended long ago, and sessions and links that have passed; looks first,
    /// so that an idle server writes nothing.
    async fn sweep(&self) -> Result<(), WorkflowError> {
        let (store, now) = (&self.0.workbench.store, self.0.workbench.now());
        let before = now - self.0.pace.kept;
        if !store.read().await?.has_passed(now, before).await? {
            return Ok(());
        }
        let work = store.write_aside().await?;
        work.sweep_uploads(now).await?;
        work.sweep_jobs(before).await?;
        work.sweep(now).await?;
        Ok(work.commit().await?)
    }
}
