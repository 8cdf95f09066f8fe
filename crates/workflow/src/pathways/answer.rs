//! What planning a pathway came to, in names people know: terms with courses, exams and awards; exits with what they are worth; how it was
//! proved; or why there is no plan.

use credway_model::Ctid;
use serde::Serialize;

use super::wishes::PlanAssumption;
use crate::Named;

/// What a stage of the search came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathwayStage {
    /// `first`, `terms`, `exits`, `cost`, `excess`, `coverage` or `balance`.
    pub name: &'static str,
    /// What it makes best, in words.
    pub words: &'static str,
    /// Its value: terms, dollars, credits, or per cent of all exams together.
    pub value: f64,
    /// No plan that is as good in the stages before is better than this.
    pub bound: f64,
    /// Whether the two meet.
    pub proved: bool,
    /// Seconds of processor time.
    pub cpu_seconds: f64,
}

/// A course in a term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedCourseLine {
    /// The course of the catalogue; absent for an elective left open.
    pub id: Option<Ctid>,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Credits.
    pub credits: f64,
    /// The institution that teaches it, where it is not that of the pathway.
    pub at: Option<String>,
    /// Requirements it counts for: credential and requirement.
    pub counts_for: Vec<String>,
}

/// An exam in a term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedExam {
    /// Key of its component.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Coverage of its blueprint by what is finished before, in per cent.
    pub coverage: f64,
    /// Coverage from which a learner is ready.
    pub ready_from: f64,
    /// What sitting it costs, in dollars; absent where it is not known.
    pub fee: Option<f64>,
}

/// A term of the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedTerm {
    /// Counted from 1.
    pub number: usize,
    /// `fall 2026`.
    pub name: String,
    /// Courses taken.
    pub courses: Vec<PlannedCourseLine>,
    /// Credits taken.
    pub credits: f64,
    /// Exams sat.
    pub exams: Vec<PlannedExam>,
    /// Credentials awarded at its end.
    pub awards: Vec<String>,
    /// What it costs, in dollars.
    pub cost: f64,
}

/// A place where somebody can get off with something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedExit {
    /// Key of its component.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether it is the destination.
    pub destination: bool,
    /// The term at whose end it is reached, counted from 1; absent where the plan never reaches it.
    pub term: Option<usize>,
    /// The term's name.
    pub term_name: Option<String>,
    /// Months from the beginning of the first term.
    pub months: Option<usize>,
    /// Credits held by then.
    pub credits: Option<f64>,
    /// Cost by then, in dollars.
    pub cost: Option<f64>,
    /// Coverage of each exam's blueprint by then: name, per cent.
    pub coverage: Vec<(String, f64)>,
    /// What who leaves here can earn a year, in dollars, where it is known.
    pub wage: Option<f64>,
    /// Where the wage is from.
    pub wage_source: Option<String>,
    /// For an exam that the plan does not place: the term from which it could be sat, by coverage; absent where it never can.
    pub could_be_sat: Option<String>,
    /// Whether a degree audit of the courses held then finds every requirement met; absent for an exam.
    pub audited: Option<bool>,
}

/// A rule in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathwayRule {
    /// The rule in data.
    pub tag: String,
    /// The rule in words.
    pub sentence: String,
}

/// Why there is no plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoPlan {
    /// Rules that cannot hold together; without any one of them the others can.
    pub conflict: Vec<PathwayRule>,
    /// Alternatives: each a least set of rules without which there is a plan.
    pub ways_out: Vec<Vec<PathwayRule>>,
    /// The least that would have to give, each with a plan behind it.
    pub loosenings: Vec<String>,
}

/// What planning a pathway came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathwayPlan {
    /// The pathway.
    pub pathway: Named,
    /// Key of the destination.
    pub destination: String,
    /// Its name.
    pub destination_name: String,
    /// Whether there is a plan.
    pub found: bool,
    /// How each stage ended, in order.
    pub stages: Vec<PathwayStage>,
    /// Courses passed already.
    pub done: Vec<PlannedCourseLine>,
    /// Courses that credit is awarded for, before the first term.
    pub prior_learning: Vec<PlannedCourseLine>,
    /// Terms in which something happens.
    pub terms: Vec<PlannedTerm>,
    /// Where somebody can get off, in the order they are reached.
    pub exits: Vec<PlannedExit>,
    /// Months from the beginning of the first term to the destination.
    pub months: Option<usize>,
    /// Credits taken in the plan.
    pub credits: Option<f64>,
    /// What it costs, in dollars.
    pub cost: Option<f64>,
    /// Why there is no plan.
    pub no_plan: Option<NoPlan>,
    /// What was taken for granted.
    pub assumptions: Vec<PlanAssumption>,
    /// What could not be planned.
    pub notes: Vec<String>,
}

impl PathwayPlan {
    /// Whether it is proved that no other plan is better, by every objective in its turn.
    #[must_use]
    pub fn proved(&self) -> bool {
        self.found && self.stages.iter().all(|stage| stage.proved)
    }
}
