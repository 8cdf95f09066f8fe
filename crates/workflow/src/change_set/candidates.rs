//! Which changes could be made: outcomes added to the courses that come nearest a gap, accepted parts deepened, taught
//! statements given an assessment.
//!
//! Where additions may land: for every objective that is not fully covered, the courses of the program whose statements
//! the engine finds nearest (its proposals), the best `near` of them. An addition meets its objective in full; a deepened
//! part meets what the reviewer accepted it for in full; an assessment makes everything its outcome is accepted for
//! count as assessed. A course taken by its description has no outcome to assess, so that there only an addition counts.

use std::collections::{BTreeMap, BTreeSet};

use credway_align::{Coverage, StatementCoverage};
use credway_model::{Blueprint, Ctid, Objective, Probability, Proposal, Standing, Strength};
use credway_plan::{Change, ChangeProblem, Covered, Route, Target};

use super::request::{Counting, ReachRequest};
use crate::WorkflowError;
use crate::crosswalk_data::{CourseStatement, CrosswalkData, course_statements};

/// What a candidate change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// An outcome for this target (an index) added to the course, near this statement.
    Add { target: usize, near: Ctid, probability: Probability },
    /// What this statement is accepted for in part, deepened.
    Deepen { statement: Ctid, target: Ctid },
    /// An assessment for this outcome.
    Assess { statement: Ctid },
}

/// The candidates, as people and as the planner know them.
pub(super) struct Candidates<'a> {
    pub(super) problem: ChangeProblem,
    /// What each change of the problem is.
    pub(super) what: Vec<What>,
    /// Course statements by identifier.
    pub(super) statements: BTreeMap<Ctid, CourseStatement<'a>>,
    /// Objectives that no change could raise.
    pub(super) without: usize,
}

/// A course statement that is accepted for something.
struct Accepted {
    statement: Ctid,
    target: Ctid,
    strength: Strength,
}

impl<'a> Candidates<'a> {
    /// The candidates of a crosswalk.
    pub(super) fn new(
        data: &'a CrosswalkData,
        coverage: &Coverage,
        proposals: &[Proposal],
        request: &ReachRequest,
    ) -> Result<Self, WorkflowError> {
        let left = left_alone(data, request)?;
        let course_index: BTreeMap<Ctid, usize> =
            data.courses.iter().enumerate().map(|(index, course)| (course.ctid, index)).collect();
        let statements: BTreeMap<Ctid, CourseStatement<'a>> =
            course_statements(&data.courses).into_iter().map(|statement| (statement.id, statement)).collect();
        let targets = coverage.statements.iter().map(|one| target(one, request.counting)).collect();
        let problem = ChangeProblem {
            domains: coverage.domains.len(),
            targets,
            changes: Vec::new(),
            routes: Vec::new(),
            opening: vec![request.efforts.open; data.courses.len()],
        };
        let mut found = Self { problem, what: Vec::new(), statements, without: 0 };
        let touchable = |ctid: &Ctid| course_index.get(ctid).copied().filter(|index| !left.contains(index));
        found.accepted(data, coverage, request, &touchable);
        found.additions(coverage, proposals, request, &touchable);
        let raised: BTreeSet<usize> = found.problem.routes.iter().map(|route| route.target).collect();
        let gaps = found.problem.targets.iter().enumerate().filter(|(_, target)| target.now < Covered::Fully);
        found.without = gaps.filter(|(index, _)| !raised.contains(index)).count();
        Ok(found)
    }

    fn push(&mut self, what: What, course: usize, effort: u32, misfit: u32) -> usize {
        self.what.push(what);
        self.problem.changes.push(Change { course, effort, misfit });
        self.what.len() - 1
    }

    fn route(&mut self, target: usize, reaches: Covered, needs: Vec<usize>) {
        if reaches > self.problem.targets[target].now {
            self.problem.routes.push(Route { target, reaches, needs });
        }
    }

    /// Changes to statements that are accepted for something.
    fn accepted(
        &mut self,
        data: &CrosswalkData,
        coverage: &Coverage,
        request: &ReachRequest,
        touchable: &impl Fn(&Ctid) -> Option<usize>,
    ) {
        let below = below(&data.blueprint, &coverage.statements);
        let mut assessing: BTreeMap<Ctid, usize> = BTreeMap::new();
        for one in accepted(data) {
            let Some(statement) = self.statements.get(&one.statement).copied() else { continue };
            let Some(course) = touchable(&statement.course.ctid) else { continue };
            let leaves = below.get(&one.target).map(Vec::as_slice).unwrap_or_default();
            let open = |leaf: &&usize| self.problem.targets[**leaf].now < Covered::Fully;
            let leaves: Vec<usize> = leaves.iter().filter(open).copied().collect();
            if leaves.is_empty() {
                continue;
            }
            let mut needs = Vec::new();
            if request.counting == Counting::Assessed && !statement.assessed() {
                if statement.outcome.is_none() {
                    continue;
                }
                let assess = *assessing.entry(one.statement).or_insert_with(|| {
                    self.push(What::Assess { statement: one.statement }, course, request.efforts.assess, 0)
                });
                for leaf in &leaves {
                    self.route(*leaf, covered(one.strength), vec![assess]);
                }
                needs.push(assess);
            }
            if one.strength == Strength::Partial {
                let what = What::Deepen { statement: one.statement, target: one.target };
                needs.push(self.push(what, course, request.efforts.deepen, 0));
                for leaf in &leaves {
                    self.route(*leaf, Covered::Fully, needs.clone());
                }
            }
        }
    }

    /// Outcomes added where they fit best.
    fn additions(
        &mut self,
        coverage: &Coverage,
        proposals: &[Proposal],
        request: &ReachRequest,
        touchable: &impl Fn(&Ctid) -> Option<usize>,
    ) {
        let mut by_target: BTreeMap<Ctid, Vec<&Proposal>> = BTreeMap::new();
        for proposal in proposals {
            by_target.entry(proposal.target).or_default().push(proposal);
        }
        let effort = match request.counting {
            Counting::Taught => request.efforts.add,
            Counting::Assessed => request.efforts.add + request.efforts.assess,
        };
        for (index, statement) in coverage.statements.iter().enumerate() {
            if self.problem.targets[index].now == Covered::Fully {
                continue;
            }
            // The most probable first: the first proposal of a course is its nearest statement.
            let mut courses: Vec<(usize, &Proposal)> = Vec::new();
            for proposal in by_target.get(&statement.target).into_iter().flatten() {
                let course = self.statements.get(&proposal.statement).and_then(|near| touchable(&near.course.ctid));
                if let Some(course) = course.filter(|course| courses.iter().all(|(one, _)| one != course)) {
                    courses.push((course, proposal));
                }
            }
            for (course, proposal) in courses.into_iter().take(request.near) {
                let misfit = 1_000 - u32::from(proposal.probability.steps()) / 10;
                let what = What::Add { target: index, near: proposal.statement, probability: proposal.probability };
                let change = self.push(what, course, effort, misfit);
                self.route(index, Covered::Fully, vec![change]);
            }
        }
    }
}

fn target(statement: &StatementCoverage, counting: Counting) -> Target {
    let score = match counting {
        Counting::Taught => statement.score,
        Counting::Assessed => statement.assessed_score,
    };
    let now = if score >= 1.0 {
        Covered::Fully
    } else if score > 0.0 {
        Covered::Partly
    } else {
        Covered::Not
    };
    Target { domain: statement.domain, share: statement.share, share_of_domain: statement.share_of_domain, now }
}

fn covered(strength: Strength) -> Covered {
    match strength {
        Strength::Partial => Covered::Partly,
        Strength::Full => Covered::Fully,
    }
}

/// What is accepted, in order of statement and target.
fn accepted(data: &CrosswalkData) -> Vec<Accepted> {
    let accepted = |(pair, standing): (&(Ctid, Ctid), &Standing)| match standing {
        Standing::Accepted { strength, .. } => {
            Some(Accepted { statement: pair.0, target: pair.1, strength: *strength })
        }
        Standing::Open | Standing::Rejected | Standing::Disputed => None,
    };
    data.standings.iter().filter_map(accepted).collect()
}

/// The indexes of the courses that may not be touched.
fn left_alone(data: &CrosswalkData, request: &ReachRequest) -> Result<BTreeSet<usize>, WorkflowError> {
    let mut left = BTreeSet::new();
    for code in request.leave.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
        let is = |course: &credway_model::Course| course.code.as_str().eq_ignore_ascii_case(code);
        let found: Vec<usize> = (0..data.courses.len()).filter(|index| is(&data.courses[*index])).collect();
        if found.is_empty() {
            return Err(WorkflowError::NotFound {
                what: "course in the program",
                given: code.to_owned(),
                hint: "write its code as the program's page does".to_owned(),
            });
        }
        left.extend(found);
    }
    Ok(left)
}

/// For every statement of a blueprint the statements at the end of the outline that it stands for, as indexes.
fn below(blueprint: &Blueprint, statements: &[StatementCoverage]) -> BTreeMap<Ctid, Vec<usize>> {
    fn walk(objective: &Objective, ends: &BTreeMap<Ctid, usize>, below: &mut BTreeMap<Ctid, Vec<usize>>) -> Vec<usize> {
        let mut own: Vec<usize> = ends.get(&objective.ctid).copied().into_iter().collect();
        for child in &objective.children {
            own.extend(walk(child, ends, below));
        }
        below.insert(objective.ctid, own.clone());
        own
    }
    let ends: BTreeMap<Ctid, usize> =
        statements.iter().enumerate().map(|(index, statement)| (statement.target, index)).collect();
    let mut found = BTreeMap::new();
    for domain in &blueprint.domains {
        if domain.objectives.is_empty() {
            found.insert(domain.ctid, ends.get(&domain.ctid).copied().into_iter().collect());
        }
        for objective in &domain.objectives {
            walk(objective, &ends, &mut found);
        }
    }
    found
}
