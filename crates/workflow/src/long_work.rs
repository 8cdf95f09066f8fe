//! Computations for a page, beside the other requests and no more than a few at once.
//!
//! Finding what is covered and solving for the smallest change set may keep all cores for many seconds; comparing versions and explaining a
//! pair take a fraction of one. They run away from the threads that answer requests, the long and the short ones each in places of their
//! own, so that nobody who confirms a row waits behind somebody's search. Who comes when the places are taken waits for one, but not
//! for ever. A computation whose reader has gone keeps its place until it ends. Neither may be called inside the other's work or its own:
//! places held for places never come free.

use std::time::Duration;

use tokio::sync::Semaphore;

use crate::WorkflowError;

/// How many long ones run at once in a process.
const LONG_AT_ONCE: usize = 2;
/// How many short ones.
const SHORT_AT_ONCE: usize = 4;
/// How long somebody waits for a place.
const PATIENCE: Duration = Duration::from_secs(20);

static LONG: Semaphore = Semaphore::const_new(LONG_AT_ONCE);
static SHORT: Semaphore = Semaphore::const_new(SHORT_AT_ONCE);

/// Runs work that may take many seconds when there is a place for it.
///
/// # Errors
/// Those of `work`; [`WorkflowError::Refused`] when no place comes free; [`WorkflowError::Cancelled`] when the program ends meanwhile.
pub(crate) async fn long_work<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WorkflowError> + Send + 'static,
) -> Result<T, WorkflowError> {
    in_place(&LONG, PATIENCE, work).await
}

/// Runs work that takes a fraction of a second.
///
/// # Errors
/// As [`long_work`].
pub(crate) async fn short_work<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WorkflowError> + Send + 'static,
) -> Result<T, WorkflowError> {
    in_place(&SHORT, PATIENCE, work).await
}

async fn in_place<T: Send + 'static>(
    places: &'static Semaphore,
    patience: Duration,
    work: impl FnOnce() -> Result<T, WorkflowError> + Send + 'static,
) -> Result<T, WorkflowError> {
    let place = tokio::time::timeout(patience, places.acquire()).await.map_err(|_| WorkflowError::Refused {
        message: "too much is being worked out at once".to_owned(),
        hint: "try again in a moment".to_owned(),
    })?;
    let place = place.map_err(|_| WorkflowError::Cancelled)?;
    let running = tokio::task::spawn_blocking(move || {
        let _until_done = place;
        work()
    });
    running
        .await
        .map_err(|error| if error.is_panic() { WorkflowError::defect(error) } else { WorkflowError::Cancelled })?
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn no_more_run_at_once_than_there_are_places() {
        static PLACES: Semaphore = Semaphore::const_new(2);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let run = |number: usize| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(in_place(&PLACES, Duration::from_secs(600), move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(5));
                now.fetch_sub(1, Ordering::SeqCst);
                Ok::<usize, WorkflowError>(number)
            }))
        };
        let all: Vec<_> = (0..12).map(run).collect();
        for (number, one) in all.into_iter().enumerate() {
            assert_eq!(one.await.unwrap().unwrap(), number);
        }
        assert!((1..=2).contains(&most.load(Ordering::SeqCst)));
    }

    #[tokio::test]
    async fn nobody_waits_for_ever_and_a_defect_gives_its_place_back() {
        static PLACES: Semaphore = Semaphore::const_new(1);
        let held = PLACES.acquire().await.unwrap();
        let refused = in_place(&PLACES, Duration::ZERO, || Ok(())).await.unwrap_err();
        assert!(matches!(refused, WorkflowError::Refused { .. }), "{refused}");
        drop(held);
        for _ in 0..2 {
            let failed = in_place::<()>(&PLACES, PATIENCE, || panic!("on purpose")).await.unwrap_err();
            assert!(matches!(failed, WorkflowError::Defect(_)), "{failed}");
        }
        assert_eq!(in_place(&PLACES, PATIENCE, || Ok(7)).await.unwrap(), 7);
    }
}
