//! Solving while somebody waits, on a thread of its own, so that whoever waits can break off at once; in slices where they hear of
//! better solutions on the way.
//!
//! The solver starts its search anew in every slice, from the best solution so far; slices grow eightfold, so that the time
//! of searches begun again is a small part of the last one's. Where nobody listens there is one slice, as long as patience
//! lasts. A slice that is broken off ends by itself, at its limit, and what it found is lost.

use core::time::Duration;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};

use crate::solver::{Column, Ended, Model, Patience, Solved, SolverFailed};

/// Seconds of the first slice: so many that few searches have to be begun again.
const FIRST: f64 = 12.0;

/// How much longer each slice is than the one before.
const GROWTH: f64 = 8.0;

/// How often whoever waits is asked whether to go on: a length, no clock is read.
const ASKED_EVERY: Duration = Duration::from_millis(50);

/// Whoever waits for a solution.
pub(crate) trait Waiting {
    /// Whether to stop.
    fn is_over(&self) -> bool;
    /// Whether solutions on the way are of interest.
    fn listens(&self) -> bool;
    /// A solution is known, though not yet the best.
    fn found(&mut self, solved: &Solved);
}

/// Solves for the least of an objective as [`Model::solve_from`] does, until it is proved, patience is over or whoever waits
/// has enough. What came of it by then is given, with the best bound.
///
/// # Errors
/// [`SolverFailed`] where the solver refuses the model.
pub(crate) fn solve_patiently(
    model: &Model,
    objective: &[(Column, f64)],
    patience: Patience,
    start: Option<&[f64]>,
    waiting: &mut dyn Waiting,
) -> Result<Solved, SolverFailed> {
    let model = Arc::new(model.clone());
    let objective: Arc<[(Column, f64)]> = objective.into();
    let mut start = start.map(<[f64]>::to_vec);
    let mut best: Option<Solved> = None;
    let mut left = patience.seconds;
    let mut slice = if waiting.listens() { FIRST } else { left };
    loop {
        let seconds = slice.min(left);
        let patience = Patience { seconds, ..patience };
        let (model, objective, from) = (Arc::clone(&model), Arc::clone(&objective), start.clone());
        let Some(solved) = in_slice(move || model.solve_for(&objective, patience, from.as_deref()), waiting) else {
            return Ok(best.unwrap_or_else(Solved::unknown));
        };
        let found_none = best.is_some() && matches!(&solved, Ok(solved) if solved.ended == Ended::Infeasible);
        let solved = better(best, solved?);
        left -= seconds;
        let enough = solved.ended == Ended::Stopped && patience.any;
        if enough
            || matches!(solved.ended, Ended::Optimal | Ended::Infeasible)
            || found_none
            || left <= 0.0
            || patience.nodes.is_some()
        {
            return Ok(solved);
        }
        if solved.ended == Ended::Stopped {
            waiting.found(&solved);
            start = Some(solved.columns().to_vec());
        }
        best = Some(solved);
        slice *= GROWTH;
    }
}

/// Runs a slice; nothing where whoever waits broke it off.
fn in_slice(
    slice: impl FnOnce() -> Result<Solved, SolverFailed> + Send + 'static,
    waiting: &dyn Waiting,
) -> Option<Result<Solved, SolverFailed>> {
    if waiting.is_over() {
        return None;
    }
    let (sender, receiver) = channel();
    // Nobody may be there any more when it is done.
    std::thread::spawn(move || drop(sender.send(slice())));
    loop {
        match receiver.recv_timeout(ASKED_EVERY) {
            Ok(solved) => return Some(solved),
            Err(RecvTimeoutError::Timeout) if waiting.is_over() => return None,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Some(Err(SolverFailed)),
        }
    }
}

/// What two slices came to: the later one with the better of both bounds and of both solutions.
fn better(before: Option<Solved>, mut now: Solved) -> Solved {
    let Some(before) = before else { return now };
    // What was found is a solution, whatever is said of there being none.
    if now.ended == Ended::Infeasible && before.is_found() {
        return before;
    }
    if matches!(now.ended, Ended::Optimal | Ended::Infeasible) {
        return now;
    }
    let bound = now.bound.max(before.bound);
    let lost = now.ended == Ended::Unknown || (before.ended == Ended::Stopped && before.value < now.value);
    if before.ended == Ended::Stopped && lost {
        now = before;
    }
    now.bound = bound;
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody who has enough from the start, or never.
    struct Somebody {
        over: bool,
    }

    impl Waiting for Somebody {
        fn is_over(&self) -> bool {
            self.over
        }

        fn listens(&self) -> bool {
            true
        }

        fn found(&mut self, _: &Solved) {}
    }

    #[test]
    fn what_is_broken_off_is_unknown_and_what_is_not_is_proved() {
        let mut model = Model::default();
        let thing = model.binary();
        for (over, ended) in [(true, Ended::Unknown), (false, Ended::Optimal)] {
            let waiting = &mut Somebody { over };
            let solved = solve_patiently(&model, &[(thing, -1.0)], Patience::of(10.0), None, waiting).unwrap();
            assert_eq!(solved.ended, ended);
        }
    }

    #[test]
    fn the_better_of_two_slices_stands_with_the_better_bound() {
        let mut model = Model::default();
        let thing = model.binary();
        let solved = model.solve(&[(thing, -1.0)], false, Patience::of(10.0)).unwrap();
        let slice = |ended, value, bound| {
            let mut slice = solved.clone();
            (slice.ended, slice.value, slice.bound) = (ended, value, bound);
            slice
        };
        let both = better(Some(slice(Ended::Stopped, 5.0, 1.0)), slice(Ended::Stopped, 7.0, 2.0));
        assert_eq!((both.ended, both.value, both.bound), (Ended::Stopped, 5.0, 2.0));
        let both = better(Some(slice(Ended::Stopped, 5.0, 3.0)), slice(Ended::Unknown, 0.0, 2.0));
        assert_eq!((both.ended, both.value, both.bound), (Ended::Stopped, 5.0, 3.0));
        let both = better(Some(slice(Ended::Unknown, 0.0, 3.0)), slice(Ended::Infeasible, 0.0, 0.0));
        assert_eq!(both.ended, Ended::Infeasible);
        let both = better(Some(slice(Ended::Stopped, 5.0, 3.0)), slice(Ended::Infeasible, 0.0, 0.0));
        assert_eq!((both.ended, both.value, both.bound), (Ended::Stopped, 5.0, 3.0));
    }
}
