//! A published degree: MWSU's BS in cybersecurity of 2021-2022, its courses with their requisites and its requirements taken from the files
//! that lie beside the project where the shared data is; elsewhere the tests say that they are skipped. Audited by course, and planned
//! from its real requisites with an exam.
//!
//! The catalogue gives no credits. They are assumed, never written, and said wherever they count.

#![expect(clippy::print_stderr, reason = "a skip must be seen")]

mod audit;
mod catalogue;
mod coverage;
mod pathway;
mod requisites;
