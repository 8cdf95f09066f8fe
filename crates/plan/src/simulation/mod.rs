//! What becomes of a plan when not everything goes well: learners who fail courses and exams, stop out and come back.
//!
//! Each learner follows the same plan. A failed course is repeated the next time it is offered, what requires it waits, and
//! the room that becomes free is filled from the plan by a list schedule. Out come distributions with intervals. Every
//! learner draws from a stream of their own, so that the same seed gives the same bytes on every machine, and a changed
//! pass rate meets the same luck. It refuses a plan that breaks a rule of its problem; it predicts nobody: its figures are
//! as good as the probabilities put in.

mod assumptions;
mod awarding;
#[cfg(test)]
mod conditions_tests;
mod costly;
mod draws;
mod learner;
mod outcome;
mod route;
mod schedule;
mod statistics;
#[cfg(test)]
mod tests;

pub use assumptions::{Assumptions, Calendar, Crowd, SimulationError};
pub use costly::CostlyCourse;
pub use outcome::{Ending, Endings, Measures, Simulation, Step, simulate};
pub use statistics::{Bar, Distribution, Estimate};
