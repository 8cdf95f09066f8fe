//! Long computations for a page, beside the other requests and no more than a few at once.
//!
//! Finding what is covered, comparing versions, solving for the smallest change set and explaining a pair all take from a
//! tenth of a second to many seconds of one core. They run away from the threads that answer requests; who comes when the
//! places are taken waits for one, so that a few impatient reloads do not stop the college's other pages.

use tokio::sync::Semaphore;

use crate::WorkflowError;

/// How many run at once in a process.
const AT_ONCE: usize = 2;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// Runs `work` when there is a place for it.
///
/// # Errors
/// Those of `work`; [`WorkflowError::Cancelled`] when the program ends meanwhile.
pub(crate) async fn long_work<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WorkflowError> + Send + 'static,
) -> Result<T, WorkflowError> {
    let place = PLACES.acquire().await.map_err(|_| WorkflowError::Cancelled)?;
    let running = tokio::task::spawn_blocking(move || {
        let _until_done = place;
        work()
    });
    // The work itself may have failed by a defect: say so, as a panic on the request's own thread would have.
    running
        .await
        .map_err(|error| if error.is_panic() { WorkflowError::defect(error) } else { WorkflowError::Cancelled })?
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{AT_ONCE, long_work};
    use crate::WorkflowError;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn no_more_run_at_once_than_there_are_places() {
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let run = |number: usize| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(long_work(move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(std::time::Duration::from_millis(5));
                now.fetch_sub(1, Ordering::SeqCst);
                Ok::<usize, WorkflowError>(number)
            }))
        };
        let all: Vec<_> = (0..12).map(run).collect();
        for (number, one) in all.into_iter().enumerate() {
            assert_eq!(one.await.unwrap().unwrap(), number);
        }
        assert!((1..=AT_ONCE).contains(&most.load(Ordering::SeqCst)));
    }

    #[tokio::test]
    async fn a_defect_is_told_and_gives_its_place_back() {
        for _ in 0..=AT_ONCE {
            let failed = long_work::<()>(|| panic!("on purpose")).await.unwrap_err();
            assert!(!matches!(failed, WorkflowError::Cancelled));
        }
        assert_eq!(long_work(|| Ok(7)).await.unwrap(), 7);
    }
}
