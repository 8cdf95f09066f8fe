//! Long work that a page started: its progress, its end, and the wish to stop it. Kept in memory only: what it writes
//! is in the database, and a server that ends ends its work.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use credway_workflow::Progress;

use crate::error_page::Failure;

/// How many pieces of work are remembered; the oldest finished ones are forgotten first.
const REMEMBERED: usize = 64;

/// One piece of long work.
pub(crate) struct Job {
    /// What is done, for the page's heading: `Aligning Cybersecurity × Security+`.
    pub(crate) title: String,
    done: AtomicU64,
    total: AtomicU64,
    stop: AtomicBool,
    end: Mutex<Option<Result<String, Failure>>>,
}

impl Job {
    /// Steps done, and steps in all (0 while unknown).
    pub(crate) fn progress(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// How it ended: the address to go to, or why it failed; `None` while it is under way.
    pub(crate) fn end(&self) -> Option<Result<String, Failure>> {
        lock(&self.end).clone()
    }

    /// Asks it to stop; it does so at the next step at which it can.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Progress for Job {
    fn advance(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.is_stopping()
    }
}

/// All long work of this server.
#[derive(Default)]
pub(crate) struct Jobs {
    known: Mutex<(u64, BTreeMap<u64, Arc<Job>>)>,
}

impl Jobs {
    /// Starts `work` on a thread of its own and answers its number; `work` gives the address to go to.
    pub(crate) fn start<Work, Ending>(&self, title: String, work: Work) -> u64
    where
        Work: FnOnce(Arc<Job>) -> Ending + Send + 'static,
        Ending: Future<Output = Result<String, Failure>>,
    {
        let job = Arc::new(Job {
            title,
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            stop: AtomicBool::new(false),
            end: Mutex::new(None),
        });
        let number = self.remember(Arc::clone(&job));
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            let worked =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| runtime.block_on(work(Arc::clone(&job)))));
            let end = worked.unwrap_or_else(|_| Err(Failure::defect("The work ended because of a defect in Credway.")));
            *lock(&job.end) = Some(end);
        });
        number
    }

    /// The work of this number.
    pub(crate) fn find(&self, number: u64) -> Option<Arc<Job>> {
        lock(&self.known).1.get(&number).cloned()
    }

    /// Asks all work to stop: the server ends.
    pub(crate) fn stop_all(&self) {
        for job in lock(&self.known).1.values() {
            job.stop();
        }
    }

    fn remember(&self, job: Arc<Job>) -> u64 {
        let mut known = lock(&self.known);
        known.0 += 1;
        let number = known.0;
        known.1.insert(number, job);
        while known.1.len() > REMEMBERED {
            let Some(oldest) = known.1.iter().find(|(_, job)| job.end().is_some()).map(|(number, _)| *number) else {
                break;
            };
            known.1.remove(&oldest);
        }
        number
    }
}

/// The lock, also after a panic elsewhere: the values behind it are whole at every moment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
