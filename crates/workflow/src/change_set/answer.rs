//! The answer in names people know: by course what to add, deepen and assess, coverage before and after, the proof.

use std::collections::{BTreeMap, BTreeSet};

use credway_align::Coverage;
use credway_model::{Ctid, Text};
use credway_plan::{Answer, ChangeSet, Levels, StageName};
use serde::Serialize;

use super::candidates::{Candidates, What};
use super::request::{Counting, ReachRequest};
use super::words;
use crate::coverage_report::tidy;
use crate::crosswalk_data::{CourseStatement, CrosswalkData};
use crate::{CourseName, Named, ObjectiveName};

/// Whether what is asked can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeSetOutcome {
    /// By the changes listed, or as it stands.
    Reached,
    /// Not by any of the candidate changes.
    OutOfReach,
    /// The time was over before it was known.
    Undecided,
}

/// What kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKindWord {
    /// An outcome is added.
    Add,
    /// What is taught in part is deepened.
    Deepen,
    /// An assessment is added.
    Assess,
}

/// One change to a course.
#[derive(Clone, Debug, Serialize)]
pub struct CourseChange {
    /// What kind.
    pub kind: ChangeKindWord,
    /// What to do, as a sentence without its objectives.
    pub sentence: String,
    /// The objectives it raises.
    pub objectives: Vec<ObjectiveName>,
    /// The course statement it is about, or, for an addition, the one nearest the objective.
    pub statement: Option<String>,
    /// That statement's identifier.
    pub statement_id: Option<Ctid>,
    /// That statement's code.
    pub outcome_code: Option<String>,
    /// For an addition: the engine's probability for that statement, 0 to 1; the higher, the nearer the course.
    pub nearness: Option<f64>,
    /// Hours of effort, opening the course not counted.
    pub effort: u32,
}

/// A course to be changed.
#[derive(Clone, Debug, Serialize)]
pub struct ChangedCourse {
    /// The course.
    pub course: CourseName,
    /// Its changes.
    pub changes: Vec<CourseChange>,
    /// Hours of effort, opening it counted.
    pub effort: u32,
}

/// Coverage of a domain before and after.
#[derive(Clone, Debug, Serialize)]
pub struct ReachedDomain {
    /// Identifier.
    pub id: Ctid,
    /// Title.
    pub title: String,
    /// Weight, per cent of the exam.
    pub weight: Option<f64>,
    /// Coverage now, per cent of the domain.
    pub before: f64,
    /// Coverage after, per cent of the domain.
    pub after: Option<f64>,
    /// What is asked of it, per cent.
    pub asked: Option<f64>,
    /// Where it cannot reach that: the most it can, per cent.
    pub most: Option<f64>,
}

/// A step of the solver.
#[derive(Clone, Debug, Serialize)]
pub struct ProofStep {
    /// What was made least: `changes`, `effort`, `misfit`.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// No set has less than this.
    pub bound: f64,
    /// Whether that proves the value.
    pub proved: bool,
}

/// The least set of changes, or why there is none.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeSetAnswer {
    /// The crosswalk.
    pub crosswalk: Ctid,
    /// The program.
    pub program: Named,
    /// The blueprint version.
    pub blueprint: Named,
    /// What was asked.
    pub asked: ReachRequest,
    /// Whether it can be reached.
    pub outcome: ChangeSetOutcome,
    /// The answer as a sentence.
    pub sentence: String,
    /// Why less will not do, as sentences.
    pub proof: String,
    /// Whether the set is proved to be the least.
    pub proved: bool,
    /// How many changes.
    pub changes: usize,
    /// Hours of effort.
    pub effort: u32,
    /// Coverage now, per cent of the exam.
    pub before: Option<f64>,
    /// Coverage after, per cent of the exam.
    pub after: Option<f64>,
    /// Where it cannot be reached: the most that can, per cent of the exam.
    pub most: Option<f64>,
    /// By domain.
    pub domains: Vec<ReachedDomain>,
    /// By course, in the program's order.
    pub courses: Vec<ChangedCourse>,
    /// The solver's steps.
    pub steps: Vec<ProofStep>,
    /// Candidate changes among which it was looked.
    pub candidates: usize,
    /// Objectives that no candidate change could raise.
    pub without_candidate: usize,
    /// What was assumed, as sentences.
    pub assumptions: Vec<String>,
}

/// What the answer is told from.
pub(super) struct Telling<'a> {
    pub(super) data: &'a CrosswalkData,
    pub(super) coverage: &'a Coverage,
    pub(super) candidates: &'a Candidates<'a>,
    pub(super) request: &'a ReachRequest,
}

impl Telling<'_> {
    /// The answer.
    pub(super) fn tell(&self, answer: &Answer) -> ChangeSetAnswer {
        let nothing = Levels { total: None, domains: Vec::new() };
        let before = self.candidates.problem.levels(&[]);
        let (outcome, after, most) = match answer {
            Answer::Reached(set) => (ChangeSetOutcome::Reached, &set.after, None),
            Answer::OutOfReach(reach) => (ChangeSetOutcome::OutOfReach, &nothing, reach.most_total),
            Answer::Undecided => (ChangeSetOutcome::Undecided, &nothing, None),
        };
        let set = match answer {
            Answer::Reached(set) => Some(set),
            Answer::OutOfReach(_) | Answer::Undecided => None,
        };
        let courses = set.map(|set| self.courses(set)).unwrap_or_default();
        let domains = self.domains(&before, after, answer);
        ChangeSetAnswer {
            crosswalk: self.data.crosswalk.ctid,
            program: Named { id: self.data.program.ctid, name: self.data.program.title.to_string() },
            blueprint: Named { id: self.data.blueprint.ctid, name: self.data.blueprint.name() },
            asked: self.request.clone(),
            outcome,
            sentence: words::sentence(answer, self.request, courses.len(), &domains),
            proof: words::proof(answer, self.request, &domains),
            proved: match answer {
                Answer::Reached(set) => set.proved(),
                Answer::OutOfReach(reach) => reach.proved,
                Answer::Undecided => false,
            },
            changes: set.map_or(0, |set| set.changes.len()),
            effort: set.map_or(0, |set| set.effort),
            before: before.total.map(tidy),
            after: after.total.map(tidy),
            most: most.map(tidy),
            domains,
            courses,
            steps: set.map(steps).unwrap_or_default(),
            candidates: self.candidates.what.len(),
            without_candidate: self.candidates.without,
            assumptions: words::assumptions(self.request),
        }
    }

    fn domains(&self, before: &Levels, after: &Levels, answer: &Answer) -> Vec<ReachedDomain> {
        let binding: BTreeMap<usize, f64> = match answer {
            Answer::OutOfReach(reach) => reach.binding.iter().map(|one| (one.domain, one.most)).collect(),
            Answer::Reached(_) | Answer::Undecided => BTreeMap::new(),
        };
        let domains = self.data.blueprint.domains.iter().zip(&self.coverage.domains).enumerate();
        domains
            .map(|(index, (domain, line))| ReachedDomain {
                id: domain.ctid,
                title: domain.title.to_string(),
                weight: line.weight.map(tidy),
                before: tidy(before.domains[index]),
                after: after.domains.get(index).copied().map(tidy),
                asked: self.request.each_domain.filter(|_| line.statements > 0),
                most: binding.get(&index).copied().map(tidy),
            })
            .collect()
    }

    fn courses(&self, set: &ChangeSet) -> Vec<ChangedCourse> {
        let items = self.data.blueprint.items();
        let names: BTreeMap<Ctid, ObjectiveName> =
            items.iter().map(|item| (item.ctid, ObjectiveName::of(item, &self.data.blueprint))).collect();
        let mut by_course: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for change in &set.changes {
            by_course.entry(self.candidates.problem.changes[*change].course).or_default().push(*change);
        }
        let course = |(course, changes): (usize, Vec<usize>)| ChangedCourse {
            course: CourseName::of(&self.data.courses[course]),
            effort: self.candidates.problem.effort(&changes),
            changes: changes.into_iter().map(|change| self.line(change, &set.changes, &names)).collect(),
        };
        by_course.into_iter().map(course).collect()
    }

    fn line(&self, change: usize, made: &[usize], names: &BTreeMap<Ctid, ObjectiveName>) -> CourseChange {
        let what = self.candidates.what[change];
        let about = |statement: &Ctid| self.candidates.statements.get(statement);
        let (kind, statement, nearness) = match what {
            What::Add { near, probability, .. } => (ChangeKindWord::Add, about(&near), Some(probability.value())),
            What::Deepen { statement, .. } => (ChangeKindWord::Deepen, about(&statement), None),
            What::Assess { statement } => (ChangeKindWord::Assess, about(&statement), None),
        };
        let code = |one: &CourseStatement<'_>| one.outcome.and_then(|own| own.code.as_ref()).map(Text::to_string);
        let objectives: BTreeSet<usize> = self.raised_by(change, made);
        CourseChange {
            kind,
            sentence: words::change(kind, self.request.counting == Counting::Assessed),
            objectives: objectives
                .into_iter()
                .filter_map(|target| names.get(&self.coverage.statements[target].target).cloned())
                .collect(),
            statement: statement.map(|one| one.text().to_owned()),
            statement_id: statement.map(|one| one.id),
            outcome_code: statement.and_then(code),
            nearness,
            effort: self.candidates.problem.changes[change].effort,
        }
    }

    /// The statements that a change raises together with the others that are made.
    fn raised_by(&self, change: usize, made: &[usize]) -> BTreeSet<usize> {
        let routes = self.candidates.problem.routes.iter();
        let enabled =
            routes.filter(|route| route.needs.contains(&change) && route.needs.iter().all(|one| made.contains(one)));
        enabled.map(|route| route.target).collect()
    }
}

fn steps(set: &ChangeSet) -> Vec<ProofStep> {
    let step = |stage: &credway_plan::Stage| ProofStep {
        name: match stage.name {
            StageName::Changes => "changes",
            StageName::Effort => "effort",
            StageName::Misfit => "misfit",
        },
        value: tidy(stage.value),
        bound: tidy(stage.bound),
        proved: stage.proved,
    };
    set.stages.iter().map(step).collect()
}
