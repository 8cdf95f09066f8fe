//! The structure of a curriculum: how much hangs on each course, how long the chains are, and whether the requisites can
//! be met at all.
//!
//! Definitions after Heileman, Abdallah, Slim, Hickman: Curricular analytics: a framework for quantifying the impact of
//! curricular reforms and pedagogical innovations (arXiv 1811.09676). Every measure is computed in time linear in courses
//! and requisites, save the two that need a closure. Nothing is guessed: what is not known (credits, terms) makes what
//! rests on it absent, and a graph with a circle has no measures but a witness.

mod closure;
mod components;
#[cfg(test)]
mod golden;
mod graph;
mod measures;
#[cfg(test)]
mod oracle;
mod redundant;
mod terms;
mod witness;

pub use graph::{CurriculumError, CurriculumGraph, Requisite, RequisiteKind};
pub use measures::{Complexity, CourseMeasures, StructureMeasures, TermSystem};
pub use terms::{PlannedCourse, TermCredits, TermLoads, requisite_distances, term_loads};
pub use witness::{Circle, Order, Step};
