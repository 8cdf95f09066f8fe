//! Plan a pathway instance from a file: the best plan with its proof, or why there is none.

use credway_plan::pathway::{
    Answer, Conflict, Loosening, Plan, PlanningError, Problem, Rule, Stage, StageName, Values, Watch, WayOut, conflict,
    loosening_sentence, loosenings, plan, read_instance, sentence, tag, ways_out,
};
use serde::Serialize;

use crate::processor_time::processor_seconds;
use crate::{Workbench, WorkflowError};

/// Seconds a single call of the solver may take.
const PATIENCE: f64 = 600.0;

/// Seconds a single call of the solver may take where ways out are looked for: many are tried.
pub(crate) const PATIENCE_FOR_A_WAY: f64 = 10.0;

/// So many ways out are looked for.
const WAYS: usize = 5;

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
        /// Alternatives, smallest first: each would do if all its rules were given up.
        ways_out: Vec<PlanWayOut>,
        /// The least changes that would do, kind by kind.
        loosenings: Vec<PlanLoosening>,
    },
}

/// A way out where there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanWayOut {
    /// The rules to give up together.
    pub drop: Vec<PlanRule>,
}

/// A change that would let a plan exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanLoosening {
    /// The change in words, and when it brings one to the target.
    pub sentence: String,
    /// Whether less of its kind is proved not to do.
    pub least: bool,
}

/// What is heard while a plan is made.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanNews {
    /// A better plan is known, which is made better still.
    Improved {
        /// Terms that end before the target is awarded.
        terms: u32,
        /// Its cost in whole units of money.
        cost: u32,
    },
    /// A stage ended.
    Ended(PlanStage),
    /// There is no plan: why, and what would do, is looked for.
    Infeasible,
}

/// A stage of the lexicographic search.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanStage {
    /// `first`, `terms`, `cost`, `excess`, `coverage`, `balance` or `exits`.
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
    /// Whether somebody is told.
    pub(crate) listens: bool,
    pub(crate) heard: &'a mut dyn FnMut(&PlanNews),
}

impl Watch for Waiting<'_> {
    fn cpu_seconds(&mut self) -> f64 {
        processor_seconds()
    }

    fn cancelled(&self) -> bool {
        false
    }

    fn listens(&self) -> bool {
        self.listens
    }

    fn improved(&mut self, values: &Values) {
        (self.heard)(&PlanNews::Improved { terms: values.terms, cost: values.cost });
    }

    fn ended(&mut self, stage: &Stage) {
        (self.heard)(&PlanNews::Ended(shown(stage)));
    }
}

impl Workbench {
    /// Plans an instance in the JSON of the public planner benchmark. `order` names the objectives, first things first and
    /// with commas between them; absent, the usual ones. `heard` hears of each stage as it ends and, where somebody listens, of
    /// plans on the way, for which long searches are begun anew now and then.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the file is no such instance, the order names no objectives, or time was over;
    /// [`WorkflowError::Defect`] when the planner fails.
    pub fn plan_instance(
        text: &str,
        order: Option<&str>,
        (listens, heard): (bool, &mut dyn FnMut(&PlanNews)),
    ) -> Result<InstancePlan, WorkflowError> {
        let mut problem = read_instance(text).map_err(|error| {
            refuse(error.to_string(), "give the JSON of a planner instance, as the public planner benchmark writes it")
        })?;
        if let Some(order) = order {
            problem.order = read_order(order)?;
        }
        let mut waiting = Waiting { listens, heard };
        match plan(&problem, PATIENCE, &mut waiting).map_err(failed)? {
            Answer::Planned { plan, stages, .. } => Ok(planned(&problem, &plan, &stages)),
            Answer::Infeasible => {
                (waiting.heard)(&PlanNews::Infeasible);
                let found = conflict(&problem, PATIENCE, &mut waiting).map_err(failed)?.ok_or_else(late)?;
                let ways = ways_out(&problem, WAYS, PATIENCE_FOR_A_WAY, &mut waiting).map_err(failed)?;
                let changes = loosenings(&problem, PATIENCE_FOR_A_WAY, &mut waiting).map_err(failed)?;
                Ok(infeasible(&problem, &found, &ways, &changes))
            }
            Answer::Undecided => Err(late()),
        }
    }
}

fn refuse(message: String, hint: &str) -> WorkflowError {
    WorkflowError::Refused { message, hint: hint.to_owned() }
}

fn late() -> WorkflowError {
    refuse("time was over before there was an answer".to_owned(), "plan fewer terms or courses")
}

/// What the planner refuses is the file's fault; all else is a defect.
fn failed(error: PlanningError) -> WorkflowError {
    match error {
        PlanningError::Broken(fault) => refuse(fault, "mend the instance"),
        error => WorkflowError::Defect(error.to_string()),
    }
}

/// Objectives by name.
fn read_order(order: &str) -> Result<Vec<StageName>, WorkflowError> {
    let mut stages = Vec::new();
    for name in order.split(',').map(str::trim) {
        let names: Vec<&str> = StageName::ALL.iter().map(|stage| stage.name()).collect();
        let hint = format!("name each once, with commas between them: {}", names.join(","));
        let known = StageName::ALL.into_iter().find(|stage| stage.name() == name);
        let stage = known.ok_or_else(|| refuse(format!("there is no objective “{name}”"), &hint))?;
        if stages.contains(&stage) {
            return Err(refuse(format!("the objective “{name}” is named twice"), &hint));
        }
        stages.push(stage);
    }
    Ok(stages)
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

fn infeasible(problem: &Problem, found: &Conflict, ways: &[WayOut], changes: &[Loosening]) -> InstancePlan {
    let rule = |rule: &Rule| PlanRule { tag: tag(problem, *rule), sentence: sentence(problem, *rule) };
    let way = |way: &WayOut| PlanWayOut { drop: way.drop.iter().map(rule).collect() };
    let change =
        |change: &Loosening| PlanLoosening { sentence: loosening_sentence(problem, change), least: change.least };
    InstancePlan::Infeasible {
        infeasible: true,
        conflict: found.rules.iter().map(rule).collect(),
        ways_out: ways.iter().map(way).collect(),
        loosenings: changes.iter().map(change).collect(),
    }
}
