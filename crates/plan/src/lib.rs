//! Planning: the smallest or cheapest set of course changes that reaches a coverage, and the best plan of courses, terms,
//! credentials and exams, solved exactly, with the proof that nothing better will do.
//!
//! Everything here is a function of its arguments: statements, candidate changes and wishes come in as figures, so that
//! this crate knows neither how coverage is weighted nor how a change is worded. One solver (HiGHS) stands behind it, one
//! thread, one seed: the same input gives the same answer. It refuses to call an answer proved that is not.

mod audit;
pub mod bacp;
mod changes;
mod curriculum;
pub mod pathway;
mod patient;
pub mod simulation;
mod solver;

pub use audit::{
    AuditError, AuditException, AuditLine, AuditedAward, Average, AwardAudit, CREDITS_OF_A_COURSE, CourseRecord,
    CreditSource, ExceptionKind, LineState, Placed, SharedBetween, Total, TotalKind, Unplaced, WhyNot, audit,
    audit_together,
};
pub use changes::{
    Answer, Change, ChangeProblem, ChangeSet, Covered, DomainReach, Fewer, First, Levels, OutOfReach, PlanError, Route,
    Stage, StageName, Target, Wishes, least_changes,
};
pub use curriculum::{
    Circle, Complexity, CourseMeasures, CurriculumError, CurriculumGraph, Order, PlannedCourse, Requisite,
    RequisiteKind, Step, StructureMeasures, TermCredits, TermLoads, TermSystem, requisite_distances, term_loads,
};
pub use solver::SolverFailed;
