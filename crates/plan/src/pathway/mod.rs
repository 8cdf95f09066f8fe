//! Exact plans of a pathway: courses, terms, credentials and exams together, with the proof that no plan is better.
//!
//! A [`Problem`] goes in; out comes a [`Plan`] that is best by [`StageName`] after [`StageName`], each with a bound, or
//! the proof that there is none. Formulation: mixed-integer linear, reduced before it meets the solver (windows from
//! requisites, interchangeable courses counted, terms fixed by an outer search). Every plan passes an independent checker
//! before it leaves.

mod award_terms;
#[cfg(test)]
mod award_tests;
mod awardable;
mod awards;
mod bounds;
mod check;
mod classes;
mod conflict;
mod cost;
mod credential;
mod earliest_award;
mod exams;
mod existence;
#[cfg(test)]
mod fees_tests;
#[cfg(test)]
pub(crate) mod generated;
mod holdings;
mod loosening;
mod loosening_sentence;
mod model;
#[cfg(test)]
mod oracle;
mod ordered;
mod plan;
mod problem;
mod progress;
mod read;
mod requirements;
mod rule;
mod sentence;
mod stages;
mod sum;
#[cfg(test)]
pub(crate) mod tests;
mod totals;
mod valid;
mod ways_out;
#[cfg(test)]
mod ways_out_tests;
mod windows;
mod without;
mod written;

pub(crate) use awardable::is_awardable;
pub use awardable::with_awards;
pub use check::check;
pub use conflict::conflict;
pub use credential::{Credential, Held, Leaf, Need, Node};
pub use loosening::{Change, Loosening, loosenings};
pub use loosening_sentence::{loosening_sentence, loosening_sentence_in};
pub use plan::{Answer, Awarded, Conflict, Counted, Plan, PlanningError, Stage, StageName, Term, Values, Watch};
pub use problem::{Clause, Course, Domain, Exam, Problem, Season};
pub use read::{InstanceError, read_instance};
pub use rule::Rule;
pub use sentence::{Units, sentence, sentence_in, tag};
pub use stages::plan;
pub use ways_out::{WayOut, ways_out};
