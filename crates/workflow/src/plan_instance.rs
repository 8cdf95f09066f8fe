//! Plan a pathway instance from a file: the best plan with its proof, or why there is none.

use credway_plan::pathway::{
    Answer, Conflict, Plan, Problem, Stage, Watch, conflict, plan, read_instance, sentence, tag,
};
use serde::Serialize;

use crate::processor_time::processor_seconds;
use crate::{Workbench, WorkflowError};

/// Seconds a single call of the solver may take.
const PATIENCE: f64 = 600.0;

/// What planning an instance came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum InstancePlan {
    /// A plan.
    Planned {
        /// How each stage ended, in the order they come.
        stages: Vec<PlanStage>,
        /// Courses whose credits are awarded for prior learning, before the first term.
        prior_learning: Vec<String>,
        /// The terms in which something happens.
        plan: Vec<PlanTerm>,
    },
    /// There is no plan.
    Infeasible {
        /// Always true.
        infeasible: bool,
        /// Rules that cannot hold together; without any one of them the others can.
        conflict: Vec<PlanRule>,
    },
}

/// A stage of the lexicographic search.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanStage {
    /// `first`, `terms`, `cost`, `excess` or `coverage`.
    pub name: &'static str,
    /// Its value in the plan.
    pub value: i64,
    /// No plan that is as good in the stages before is better than this.
    pub bound: i64,
    /// Whether the two meet.
    pub proved: bool,
    /// Seconds of processor time.
    pub cpu_seconds: f64,
}

/// A term of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanTerm {
    /// The term, counted from 0.
    pub term: usize,
    /// Codes of the courses taken.
    pub courses: Vec<String>,
    /// Names of the exams sat.
    pub exams: Vec<String>,
    /// Names of the credentials awarded at its end.
    pub awards: Vec<String>,
}

/// A rule in a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanRule {
    /// The rule in data.
    pub tag: String,
    /// The rule in words.
    pub sentence: String,
}

/// Whoever waits at the command line.
pub(crate) struct Waiting<'a> {
    pub(crate) ended: &'a mut dyn FnMut(&PlanStage),
}

impl Watch for Waiting<'_> {
    fn cpu_seconds(&mut self) -> f64 {
        processor_seconds()
    }

    fn cancelled(&self) -> bool {
        false
    }

    fn ended(&mut self, stage: &Stage) {
        (self.ended)(&shown(stage));
    }
}

impl Workbench {
    /// Plans an instance in the JSON of the public planner benchmark. `ended` hears of each stage as it ends.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the file is no such instance, or time was over; [`WorkflowError::Defect`] when the
    /// planner fails.
    pub fn plan_instance(text: &str, ended: &mut dyn FnMut(&PlanStage)) -> Result<InstancePlan, WorkflowError> {
        let refuse = |message: String, hint: &str| WorkflowError::Refused { message, hint: hint.to_owned() };
        let problem = read_instance(text).map_err(|error| {
            refuse(error.to_string(), "give the JSON of a planner instance, as the public planner benchmark writes it")
        })?;
        let defect = |error: credway_plan::pathway::PlanningError| WorkflowError::Defect(error.to_string());
        let mut waiting = Waiting { ended };
        let late = || refuse("time was over before there was an answer".to_owned(), "plan fewer terms or courses");
        match plan(&problem, PATIENCE, &mut waiting).map_err(defect)? {
            Answer::Planned { plan, stages, .. } => Ok(planned(&problem, &plan, &stages)),
            Answer::Infeasible => {
                let found = conflict(&problem, PATIENCE, &mut waiting).map_err(defect)?;
                Ok(infeasible(&problem, &found.ok_or_else(late)?))
            }
            Answer::Undecided => Err(late()),
        }
    }
}

fn shown(stage: &Stage) -> PlanStage {
    let Stage { name, value, bound, cpu_seconds } = *stage;
    PlanStage { name: name.name(), value, bound, proved: stage.proved(), cpu_seconds }
}

fn planned(problem: &Problem, plan: &Plan, stages: &[Stage]) -> InstancePlan {
    let codes = |courses: &[usize]| courses.iter().map(|course| problem.courses[*course].code.clone()).collect();
    let terms = plan.terms.iter().enumerate().map(|(term, happens)| PlanTerm {
        term,
        courses: codes(&happens.courses),
        exams: happens.exams.iter().map(|exam| problem.exams[*exam].name.clone()).collect(),
        awards: happens.awards.iter().map(|award| problem.credentials[award.credential].name.clone()).collect(),
    });
    let happens = |term: &PlanTerm| !(term.courses.is_empty() && term.exams.is_empty() && term.awards.is_empty());
    InstancePlan::Planned {
        stages: stages.iter().map(shown).collect(),
        prior_learning: codes(&plan.prior_learning),
        plan: terms.filter(happens).collect(),
    }
}

fn infeasible(problem: &Problem, found: &Conflict) -> InstancePlan {
    let rule = |rule: &_| PlanRule { tag: tag(problem, *rule), sentence: sentence(problem, *rule) };
    InstancePlan::Infeasible { infeasible: true, conflict: found.rules.iter().map(rule).collect() }
}
