//! Which courses a plan can take: those of the requirements, those they require, those the pathway or a person names, and electives left
//! open.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{ComponentKind, Course, CourseCode, CourseSet, Credits, Ctid, EmbeddingModel, RequiredWhen};
use credway_plan::pathway::{Clause, Course as ProblemCourse};

use super::super::material::Material;
use super::super::wishes::{CalendarTerm, PlanWishes};
use super::Said;
use super::credentials::{choices, requirements, waited_for};
use super::offering::offering;
use super::requisites::Requisites;
use crate::WorkflowError;

/// A course of a plan.
#[derive(Clone, Debug)]
pub(crate) struct PlannedCourse {
    /// The course of the catalogue; none for an elective left open.
    pub(crate) ctid: Option<Ctid>,
    /// The set of which any course will do, for an elective left open.
    pub(crate) open: Option<CourseSet>,
    pub(crate) code: String,
    pub(crate) title: String,
    /// Credits in hundredths.
    pub(crate) credits: u32,
    /// The institution that teaches it.
    pub(crate) organization: Ctid,
}

/// The courses a plan can take.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) courses: Vec<PlannedCourse>,
    pub(super) done: Vec<bool>,
    /// By code: courses with it, one an institution.
    pub(super) by_code: BTreeMap<CourseCode, Vec<usize>>,
    requisites: Vec<Requisites>,
}

impl Taken {
    /// Gathers the courses.
    pub(super) fn gather(
        material: &Material,
        chosen: &[usize],
        wishes: &PlanWishes,
        said: &mut Said,
    ) -> Result<Self, WorkflowError> {
        let mut taken = Self::default();
        let known: BTreeSet<&CourseCode> = material.catalogue.iter().map(|course| &course.code).collect();
        let mut open: Vec<CourseCode> = wishes.done.iter().chain(&wishes.wanted).cloned().collect();
        open.extend(of_components(material, chosen));
        for index in chosen {
            let credential = &material.credentials[*index];
            open.extend(credential.listed.iter().cloned());
            for choice in choices(&requirements(credential).root) {
                open.extend(named(&choice.courses).into_iter().filter(|code| known.contains(code)));
            }
        }
        taken.follow(material, open, wishes, said)?;
        taken.leave_electives_open(material, chosen, wishes, said)?;
        taken.finish(material, wishes, said);
        Ok(taken)
    }

    /// Takes courses in, with those that they require, directly or not.
    pub(super) fn follow(
        &mut self,
        material: &Material,
        mut open: Vec<CourseCode>,
        wishes: &PlanWishes,
        said: &mut Said,
    ) -> Result<(), WorkflowError> {
        while let Some(code) = open.pop() {
            if self.by_code.contains_key(&code) {
                continue;
            }
            let of_code = material.catalogue.iter().filter(|course| course.code == code);
            for course in of_code {
                let index = self.take(course, wishes, said)?;
                self.by_code.entry(code.clone()).or_default().push(index);
                let tree = course.requisites.as_ref();
                let clauses = tree.map(credway_plan::plannable_requisite).unwrap_or_default().clauses;
                open.extend(clauses.into_iter().flatten().map(|literal| literal.code));
            }
        }
        Ok(())
    }

    fn take(&mut self, course: &Course, wishes: &PlanWishes, said: &mut Said) -> Result<usize, WorkflowError> {
        let credits = match (course.credits, wishes.assumed_credits) {
            (Some(credits), _) => credits,
            (None, Some(assumed)) => {
                said.assume(
                    format!("Credits of {}", course.code),
                    assumed.to_string(),
                    "entered for this plan; the catalogue gives none",
                );
                assumed
            }
            (None, None) => {
                return Err(WorkflowError::Refused {
                    message: format!("{} has no credits in the catalogue", course.code),
                    hint: "enter them with the course, or say how many credits to assume for such courses".to_owned(),
                });
            }
        };
        self.courses.push(PlannedCourse {
            ctid: Some(course.ctid),
            open: None,
            code: course.code.to_string(),
            title: course.title.to_string(),
            credits: credits.steps(),
            organization: course.organization,
        });
        Ok(self.courses.len() - 1)
    }

    /// Marks what is passed already: of a code that several institutions have, one course.
    fn finish(&mut self, material: &Material, wishes: &PlanWishes, said: &mut Said) {
        self.done = vec![false; self.courses.len()];
        for code in &wishes.done {
            let Some(index) = self.of_code(material, code) else { continue };
            self.done[index] = true;
            if self.by_code[code].len() > 1 {
                let owner = material.organizations.get(&self.courses[index].organization);
                said.assume(
                    format!("{code}, passed already"),
                    format!("counts once, as the course of {}", owner.map_or("its institution", String::as_str)),
                    "several institutions of the pathway have a course of that code",
                );
            }
        }
    }

    /// The course of a code: that of the pathway's institution where it has one, else the first.
    fn of_code(&self, material: &Material, code: &CourseCode) -> Option<usize> {
        let same = self.by_code.get(code)?;
        let own = |index: &&usize| self.courses[**index].organization == material.pathway.organization;
        same.iter().find(own).or_else(|| same.first()).copied()
    }

    /// Reads what the courses require as clauses over them.
    pub(super) fn read_requisites(&mut self, material: &Material, said: &mut Said) {
        let by_ctid = by_ctid(material);
        self.requisites = self
            .courses
            .iter()
            .map(|course| {
                let tree = course.ctid.and_then(|ctid| by_ctid.get(&ctid)).and_then(|found| found.requisites.as_ref());
                tree.map(|tree| Requisites::read(&course.code, tree, &self.by_code, said)).unwrap_or_default()
            })
            .collect();
    }

    /// Hundredths of a credit that divide every figure of credits.
    pub(super) fn credit_unit(&self, material: &Material, chosen: &[usize], wishes: &PlanWishes) -> u32 {
        let courses = self.courses.iter().map(|course| course.credits);
        let awards = chosen.iter().flat_map(|index| {
            let all = requirements(&material.credentials[*index]);
            let own = [
                all.total,
                all.residency,
                all.upper_division,
                all.most_shared,
                all.most_transferred,
                all.most_prior_learning,
            ];
            let limits: Vec<u32> = all.limits.iter().map(|limit| limit.at_most.steps()).collect();
            let parts: Vec<u32> = choices(&all.root).iter().map(|choice| choice.credits).collect();
            own.into_iter().flatten().map(Credits::steps).chain(limits).chain(parts).collect::<Vec<_>>()
        });
        let loads = wishes.most.map(Credits::steps).into_iter().chain(wishes.least.map(Credits::steps));
        // Whole credits wherever they do, so that rules read as people say them.
        courses.chain(awards).chain(loads).fold(100, greatest_divisor).max(1)
    }

    /// The courses of the problem.
    pub(super) fn problem_courses(
        &self,
        material: &Material,
        wishes: &PlanWishes,
        (start, unit): (CalendarTerm, u32),
        said: &mut Said,
    ) -> Vec<ProblemCourse> {
        let by_ctid = by_ctid(material);
        let rate = super::money::tuition(material, unit, said);
        for code in wishes.dropped.iter().filter_map(|one| one.course.as_ref()) {
            if !self.by_code.contains_key(code) {
                said.note(format!("Nothing on the way takes {code}: that it is not offered changes nothing."));
            }
        }
        let courses = self.courses.iter().zip(&self.requisites).map(|(planned, requisites)| {
            let course = planned.ctid.and_then(|ctid| by_ctid.get(&ctid).copied());
            let (mut offered, closed) = offering(course, start, said);
            for dropped in &wishes.dropped {
                if dropped.course.as_ref().is_some_and(|code| code.as_str() == planned.code) {
                    offered[dropped.season.index()] = false;
                }
            }
            ProblemCourse {
                code: planned.code.clone(),
                credits: planned.credits / unit,
                upper: false,
                institution: 0,
                offered,
                closed,
                requisites: requisites.clauses.clone(),
                standing: 0,
                after: Vec::new(),
                rate,
            }
        });
        courses.collect()
    }

    /// Of courses with the same code at several institutions one is taken.
    pub(super) fn exclusions(&self) -> Vec<Vec<usize>> {
        self.by_code.values().filter(|same| same.len() > 1).cloned().collect()
    }

    /// The courses wanted; where several institutions have a code, that of the pathway's institution before another's.
    pub(super) fn wanted(&self, material: &Material, wishes: &PlanWishes) -> Vec<usize> {
        wishes.wanted.iter().filter_map(|code| self.of_code(material, code)).collect()
    }
}

/// The courses of a catalogue by identifier.
pub(super) fn by_ctid(material: &Material) -> BTreeMap<Ctid, &Course> {
    material.catalogue.iter().map(|course| (course.ctid, course)).collect()
}

/// Codes of the courses that components on the way to the credentials stand for, whether or not a program lists them.
fn of_components(material: &Material, chosen: &[usize]) -> Vec<CourseCode> {
    let pathway = &material.pathway;
    let by_ctid = by_ctid(material);
    let mut waited = vec![false; pathway.components.len()];
    for index in chosen {
        let of_this = waited_for(pathway, material.credentials[*index].component);
        waited.iter_mut().zip(of_this).for_each(|(known, new)| *known |= new);
    }
    let components =
        pathway.components.iter().zip(waited).filter(|(_, waited)| *waited).map(|(component, _)| component);
    components
        .filter(|one| one.kind == ComponentKind::Course && one.embedding != Some(EmbeddingModel::PriorLearning))
        .filter_map(|one| Some(by_ctid.get(&one.stands_for?)?.code.clone()))
        .collect()
}

/// The codes a set lists outright.
fn named(set: &CourseSet) -> Vec<CourseCode> {
    match set {
        CourseSet::Listed(codes) => codes.clone(),
        CourseSet::AnyOf(sets) => sets.iter().flat_map(named).collect(),
        _ => Vec::new(),
    }
}

fn greatest_divisor(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { greatest_divisor(other, one % other) }
}

/// A clause over courses of the problem.
pub(super) fn clause(literals: &[(usize, RequiredWhen)]) -> Clause {
    let of = |when: RequiredWhen| literals.iter().filter(|(_, own)| *own == when).map(|(course, _)| *course).collect();
    Clause { before: of(RequiredWhen::Before), beside: of(RequiredWhen::BeforeOrWith), with: of(RequiredWhen::With) }
}
