//! Queueing long work, looking at it and stopping it. Whoever asks about work that is not theirs is told that there is
//! none.

use std::collections::BTreeMap;

use credway_model::Action;
use credway_store::{Job, JobState, JobsOf, Work};
use jiff::Timestamp;
use uuid::Uuid;

use super::settle::give_file_back;
use super::{JobFailure, Outcome, Task, Worker};
use crate::institution::find_blueprint;
use crate::permission::About;
use crate::{ActorStanding, Workbench, WorkflowError};

/// The most pieces of work that one account may have waiting and under way together.
const OPEN_PER_ACCOUNT: u64 = 20;
/// The most pieces of work that are listed.
const LISTED: u64 = 100;

/// A piece of long work, as pages show it.
#[derive(Clone, Debug)]
pub struct WorkItem {
    /// Identifier.
    pub id: String,
    /// What kind of work.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// In whose name it is done.
    pub person: String,
    /// Whether it is who asks's own.
    pub own: bool,
    /// Where it stands.
    pub state: JobState,
    /// Whether it was asked to stop.
    pub stopping: bool,
    /// Steps done.
    pub done: u64,
    /// Steps in all; 0 while unknown.
    pub total: u64,
    /// How often it was begun.
    pub attempts: u32,
    /// When it was queued.
    pub created: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// What came of it, or why it failed; nothing while it is not over.
    pub end: Option<Result<Outcome, JobFailure>>,
}

impl WorkItem {
    /// Whether it reads a file, rather than to change something.
    #[must_use]
    pub fn reads(&self) -> bool {
        self.kind == "read_file"
    }
}

impl Workbench {
    /// Queues the alignment of a program to a blueprint, and gives the identifier of the work.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Ambiguous`], and what the policy refuses.
    pub async fn queue_align(&self, program: &str, blueprint: &str, worker: &Worker) -> Result<String, WorkflowError> {
        let work = self.store.read().await?;
        let program = self.named_program(&work, program, Action::ReadCatalogue).await?;
        self.allow(&work, Action::Align, About::Program(&program.ctid)).await?;
        let blueprint = find_blueprint(&work, blueprint).await?;
        drop(work);
        let title = format!("Aligning {} to {}", program.title, blueprint.name());
        let work = self.store.write().await?;
        let task = Task::Align { program: program.ctid, blueprint: blueprint.ctid };
        let id = self.queue(&work, &task, title, None).await?;
        work.commit().await?;
        worker.wake();
        Ok(id)
    }

    /// Queues a piece of work in the name of who acts; `wanted` is the server that should take it before others.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when too much of theirs waits or is under way.
    pub(super) async fn queue(
        &self,
        work: &Work,
        task: &Task,
        title: String,
        wanted: Option<&Worker>,
    ) -> Result<String, WorkflowError> {
        if let Some(account) = self.actor().account()
            && work.open_jobs(account).await? >= OPEN_PER_ACCOUNT
        {
            return Err(WorkflowError::Refused {
                message: format!("{OPEN_PER_ACCOUNT} pieces of your work wait or are under way already"),
                hint: "wait until some are done, or stop some on the page of your work (/work)".to_owned(),
            });
        }
        let (kind, payload) = task.written()?;
        let now = self.now();
        let job = Job {
            id: Uuid::new_v4().hyphenated().to_string(),
            kind,
            payload,
            title,
            owner: self.actor().account(),
            person: self.person().clone(),
            origin: self.actor().origin().cloned(),
            acts: self.acts_left(),
            state: JobState::Queued,
            stop: false,
            done: 0,
            total: 0,
            attempts: 0,
            worker: wanted.map(|worker| worker.0.name.clone()),
            heartbeat: None,
            not_before: now,
            result: None,
            failure: None,
            created: now,
            started: None,
            ended: None,
        };
        work.put_job(&job).await?;
        Ok(job.id)
    }

    /// A piece of work of who asks, or anybody's for who looks after the server.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when there is none, or it is somebody else's; [`WorkflowError::Store`].
    pub async fn work_item(&self, id: &str, worker: &Worker) -> Result<WorkItem, WorkflowError> {
        let work = self.store.read().await?;
        self.item(self.job_of(&work, id).await?, worker)
    }

    /// The latest work of who asks, newest first; everybody's for who looks after the server.
    ///
    /// # Errors
    /// What the policy refuses; [`WorkflowError::Store`].
    pub async fn work_items(&self, worker: &Worker) -> Result<Vec<WorkItem>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::OwnAccount, About::Own).await?;
        let of = match self.actor().standing() {
            _ if self.may(&work, Action::ManageServer, About::Shared).await? => JobsOf::Everybody,
            ActorStanding::Owner => JobsOf::Everybody,
            ActorStanding::Member { account, .. } => JobsOf::Account(*account),
            ActorStanding::Visitor => return Ok(Vec::new()),
        };
        work.jobs(of, LISTED).await?.into_iter().map(|job| self.item(job, worker)).collect()
    }

    /// Asks a piece of work to stop: what waits is over at once, what is under way stops at its next step.
    ///
    /// # Errors
    /// As [`Workbench::work_item`].
    pub async fn stop_work(&self, id: &str, worker: &Worker) -> Result<(), WorkflowError> {
        let words = serde_json::to_string(&(worker.0.tell)(WorkflowError::Cancelled))?;
        let work = self.store.write_aside().await?;
        let job = self.job_of(&work, id).await?;
        work.stop_job(&job.id, &words, self.now()).await?;
        if work.job(&job.id).await?.is_some_and(|job| job.state == JobState::Cancelled) {
            give_file_back(&work, &job).await?;
        }
        work.commit().await?;
        worker.stop(id);
        Ok(())
    }

    /// How many pieces of long work are in each state: for who watches the server.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn work_counts(&self) -> Result<BTreeMap<JobState, u64>, WorkflowError> {
        Ok(self.store.read().await?.job_counts().await?)
    }

    async fn job_of(&self, work: &Work, id: &str) -> Result<Job, WorkflowError> {
        let found = work.job(id).await?;
        let all = self.may(work, Action::ManageServer, About::Shared).await?;
        // A program acts for its owner, and yet not all that is theirs is the program's to see.
        let own = self.may(work, Action::OwnAccount, About::Own).await?;
        found.filter(|job| all || (own && self.owns(job.owner))).ok_or_else(|| WorkflowError::NotFound {
            what: "work",
            given: id.to_owned(),
            hint: "work that is over is forgotten after some days; look whether its result is there".to_owned(),
        })
    }

    fn item(&self, job: Job, worker: &Worker) -> Result<WorkItem, WorkflowError> {
        let end = match (&job.result, &job.failure) {
            (Some(result), _) => Some(Ok(serde_json::from_str(result)?)),
            (None, Some(failure)) => Some(Err(serde_json::from_str(failure)?)),
            (None, None) => None,
        };
        let live = worker.progress(&job.id).filter(|_| job.state == JobState::Running);
        let ((done, total), stopping) = live.unwrap_or(((job.done, job.total), job.stop));
        Ok(WorkItem {
            own: self.owns(job.owner),
            id: job.id,
            kind: job.kind,
            title: job.title,
            person: job.person.name().to_owned(),
            state: job.state,
            stopping: stopping || job.stop,
            done,
            total,
            attempts: job.attempts,
            created: job.created,
            ended: job.ended,
            end,
        })
    }
}
