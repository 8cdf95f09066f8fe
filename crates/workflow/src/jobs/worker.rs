//! The worker of a server: takes queued work, does a few pieces at a time, and leaves in order when the server ends.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use credway_store::Job;
use jiff::SignedDuration;
use tokio::sync::Notify;
use uuid::Uuid;

use super::execute::{Executed, execute};
use super::prepared::{Prepared, PreparedFiles};
use super::running::Running;
use super::{JobFailure, settle};
use crate::{Workbench, WorkflowError};

/// How long work that another server is wanted for is left to it.
const COURTESY: SignedDuration = SignedDuration::from_secs(10);

/// How often a worker does what.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How many pieces of work it does at a time.
    pub slots: usize,
    /// How often it looks for work that it was not woken for.
    pub poll: Duration,
    /// How often at most it says how far a piece of work is.
    pub progress: Duration,
    /// How often at least it says that it is still at a piece of work.
    pub beat: Duration,
    /// How long nothing was heard of work whose server is taken to be ended.
    pub silence: SignedDuration,
    /// How long work waits before its second and its third attempt.
    pub pauses: [SignedDuration; 2],
    /// How long work that is over is remembered.
    pub kept: SignedDuration,
    /// How long network addresses stand in the history; for ever where absent.
    pub addresses: Option<Duration>,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            slots: std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4)),
            poll: Duration::from_secs(5),
            progress: Duration::from_millis(500),
            beat: Duration::from_secs(5),
            silence: SignedDuration::from_secs(30),
            pauses: [SignedDuration::from_secs(2), SignedDuration::from_secs(30)],
            kept: SignedDuration::from_hours(7 * 24),
            addresses: None,
        }
    }
}

/// The worker of a server. Cheap to clone.
#[derive(Clone)]
pub struct Worker(pub(super) Arc<Shared>);

pub(super) struct Shared {
    pub(super) workbench: Workbench,
    /// By what other servers know what is this one's.
    pub(super) name: String,
    pub(super) tell: fn(WorkflowError) -> JobFailure,
    pub(super) pace: Pace,
    pub(super) prepared: PreparedFiles,
    running: Mutex<BTreeMap<String, Arc<Running>>>,
    /// That there is something to take.
    work: Notify,
    /// That something ended.
    news: Notify,
    begun: AtomicBool,
    leaving: AtomicBool,
}

impl Worker {
    /// A worker that says failures in the words of `tell`.
    #[must_use]
    pub fn new(workbench: Workbench, tell: fn(WorkflowError) -> JobFailure, pace: Pace) -> Self {
        Self(Arc::new(Shared {
            workbench,
            name: Uuid::new_v4().simple().to_string(),
            tell,
            pace,
            prepared: PreparedFiles::default(),
            running: Mutex::default(),
            work: Notify::new(),
            news: Notify::new(),
            begun: AtomicBool::new(false),
            leaving: AtomicBool::new(false),
        }))
    }

    /// Begins to take work; once, however often it is called.
    pub fn set_out(&self) {
        if !self.0.begun.swap(true, Ordering::AcqRel) {
            tokio::spawn(self.clone().take_turns());
        }
    }

    /// Says that something was queued.
    pub fn wake(&self) {
        self.set_out();
        self.0.work.notify_one();
    }

    /// Waits until this work is over, but not longer than `patience`.
    pub async fn wait(&self, id: &str, patience: Duration) {
        let over = async {
            loop {
                let news = self.0.news.notified();
                tokio::pin!(news);
                news.as_mut().enable();
                if self.is_over(id).await {
                    return;
                }
                drop(tokio::time::timeout(Duration::from_millis(500), news).await);
            }
        };
        drop(tokio::time::timeout(patience, over).await);
    }

    async fn is_over(&self, id: &str) -> bool {
        let Ok(work) = self.0.workbench.store.read().await else { return false };
        work.job(id).await.is_ok_and(|job| job.is_none_or(|job| job.state.is_over()))
    }

    /// Leaves in order: takes nothing more, stops what is under way at its next step and puts it back, so that it is
    /// begun again at the next start. What does not come to a step within `patience` is put back all the same, and
    /// cannot be kept by this server any more.
    pub async fn leave(&self, patience: Duration) {
        self.0.leaving.store(true, Ordering::Release);
        self.0.work.notify_one();
        self.at_work().iter().for_each(|(_, running)| running.leave());
        let settled = async {
            while !self.at_work().is_empty() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        if tokio::time::timeout(patience, settled).await.is_err() {
            for (id, _) in self.at_work() {
                // What cannot be put back now is taken up when nothing is heard of it.
                drop(settle::put_back(self, &id, SignedDuration::ZERO, false).await);
            }
        }
    }

    /// Asks to leave without waiting for it.
    pub fn begin_leaving(&self) {
        self.0.leaving.store(true, Ordering::Release);
        self.at_work().iter().for_each(|(_, running)| running.leave());
    }

    /// A file as this server has read it by this state of its request.
    #[must_use]
    pub fn prepared(&self, token: &str, version: u32) -> Option<Arc<Prepared>> {
        self.0.prepared.find(token, version)
    }

    /// How far work is that this server is at, and whether it was asked to stop.
    pub(super) fn progress(&self, id: &str) -> Option<((u64, u64), bool)> {
        self.with_running(|running| running.get(id).map(|one| (one.progress(), one.is_stopping())))
    }

    /// Stops work, if this server is at it.
    pub(super) fn stop(&self, id: &str) {
        self.with_running(|running| running.get(id).map(|one| one.stop()));
        // What was queued is over.
        self.0.news.notify_waiters();
    }

    pub(super) fn is_at(&self, id: &str) -> bool {
        self.with_running(|running| running.contains_key(id))
    }

    fn at_work(&self) -> Vec<(String, Arc<Running>)> {
        self.with_running(|running| running.iter().map(|(id, one)| (id.clone(), Arc::clone(one))).collect())
    }

    /// The lock also serves after a panic elsewhere: the list is whole at every moment.
    fn with_running<T>(&self, action: impl FnOnce(&mut BTreeMap<String, Arc<Running>>) -> T) -> T {
        action(&mut self.0.running.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_leaving(&self) -> bool {
        self.0.leaving.load(Ordering::Acquire)
    }

    async fn take_turns(self) {
        while !self.is_leaving() {
            // A database that is busy or away is asked again at the next turn.
            drop(self.tend().await);
            while !self.is_leaving() && self.at_work().len() < self.0.pace.slots {
                match self.take().await {
                    Ok(Some(job)) => self.start(job),
                    Ok(None) | Err(_) => break,
                }
            }
            drop(tokio::time::timeout(self.0.pace.poll, self.0.work.notified()).await);
        }
    }

    /// Takes the next piece of work there is.
    async fn take(&self) -> Result<Option<Job>, WorkflowError> {
        let (store, name) = (&self.0.workbench.store, &self.0.name);
        loop {
            let now = self.0.workbench.now();
            let next = store.read().await?.next_job(name, now, now - COURTESY).await?;
            let Some(id) = next else { return Ok(None) };
            let work = store.write_aside().await?;
            let taken = work.claim_job(&id, name, now).await?;
            work.commit().await?;
            if taken.is_some() {
                return Ok(taken);
            }
        }
    }

    fn start(&self, job: Job) {
        let running = Arc::new(Running::default());
        self.with_running(|all| all.insert(job.id.clone(), Arc::clone(&running)));
        if self.is_leaving() {
            running.leave();
        }
        let worker = self.clone();
        tokio::spawn(async move {
            let beats = tokio::spawn(worker.clone().keep_beating(job.id.clone(), Arc::clone(&running)));
            let ending = worker.work_on(&job, &running).await;
            beats.abort();
            settle::settle(&worker, &job, &running, ending).await;
            worker.with_running(|all| all.remove(&job.id));
            worker.0.news.notify_waiters();
            worker.0.work.notify_one();
        });
    }

    /// Does the work on a thread of its own; nothing comes back where it panicked.
    async fn work_on(&self, job: &Job, running: &Arc<Running>) -> Option<Result<Executed, WorkflowError>> {
        let (worker, job, running) = (self.clone(), job.clone(), Arc::clone(running));
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || runtime.block_on(execute(&worker, &job, &running))).await.ok()
    }

    /// Says that this server is at the work and how far it is, until it is over or another server has it.
    async fn keep_beating(self, id: String, running: Arc<Running>) {
        let (mut told, mut last) = ((0, 0), tokio::time::Instant::now());
        loop {
            tokio::time::sleep(self.0.pace.progress.min(self.0.pace.beat)).await;
            let progress = running.progress();
            if progress == told && last.elapsed() < self.0.pace.beat {
                continue;
            }
            match self.beat(&id, progress).await {
                Ok(Some(stop)) => {
                    (told, last) = (progress, tokio::time::Instant::now());
                    if stop {
                        running.stop();
                    }
                }
                Ok(None) => return running.leave(),
                // Somebody writes for long; it is said later.
                Err(_) => {}
            }
        }
    }

    async fn beat(&self, id: &str, progress: (u64, u64)) -> Result<Option<bool>, WorkflowError> {
        let work = self.0.workbench.store.write_aside().await?;
        let stop = work.beat(id, &self.0.name, progress, self.0.workbench.now()).await?;
        work.commit().await?;
        Ok(stop)
    }
}
