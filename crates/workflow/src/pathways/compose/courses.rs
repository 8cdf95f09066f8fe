//! Which courses a plan can take: those of the requirements, those they require, those wished for, and electives left open.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{
    AwardRequirements, ComponentKey, ComponentKind, Course, CourseCode, CourseFacts, CourseSet, Credits, Ctid,
    EmbeddingModel, Pathway, RequiredWhen, Text,
};
use credway_plan::pathway::{Clause, Course as ProblemCourse};

use super::super::material::Material;
use super::super::wishes::{CalendarTerm, PlanWishes};
use super::Said;
use super::credentials::{choices, requirements};
use super::offering::offering;
use super::requisites::Requisites;
use crate::WorkflowError;

/// Credits of an elective that is left open, in hundredths.
const ELECTIVE: u32 = 300;
/// The most courses one requirement is planned from; a wider set is planned from what the programs list, and left open.
const WIDEST: usize = 60;

/// A course of a plan.
#[derive(Clone, Debug)]
pub(crate) struct PlannedCourse {
    /// The course of the catalogue; none for an elective left open.
    pub(crate) ctid: Option<Ctid>,
    pub(crate) code: String,
    pub(crate) title: String,
    /// Credits in hundredths.
    pub(crate) credits: u32,
    pub(crate) organization: Option<Ctid>,
}

/// The courses a plan can take.
pub(super) struct Taken {
    pub(super) courses: Vec<PlannedCourse>,
    pub(super) done: Vec<bool>,
    /// By code: courses with it, one an institution.
    by_code: BTreeMap<CourseCode, Vec<usize>>,
    /// By name of a set: electives left open for it.
    open: BTreeMap<String, Vec<usize>>,
    requisites: Vec<Requisites>,
}

/// What of a course decides which sets hold it.
pub(super) struct Facts<'a>(pub(super) &'a Course);

impl CourseFacts for Facts<'_> {
    fn code(&self) -> &CourseCode {
        &self.0.code
    }

    fn has_attribute(&self, _: &Text) -> bool {
        false
    }

    fn teaches(&self, outcome: &Text) -> bool {
        self.0.outcomes.iter().any(|one| {
            one.ctid.to_string() == outcome.as_str() || one.code.as_ref().is_some_and(|code| code == outcome)
        })
    }
}

impl Taken {
    /// Gathers the courses.
    pub(super) fn gather(
        material: &Material,
        chosen: &[usize],
        wishes: &PlanWishes,
        said: &mut Said,
    ) -> Result<Self, WorkflowError> {
        let mut taken = Self {
            courses: Vec::new(),
            done: Vec::new(),
            by_code: BTreeMap::new(),
            open: BTreeMap::new(),
            requisites: Vec::new(),
        };
        let known: BTreeSet<&CourseCode> = material.catalogue.iter().map(|course| &course.code).collect();
        let mut open: Vec<CourseCode> = wishes.done.iter().chain(&wishes.wanted).cloned().collect();
        if let Some(code) = open.iter().find(|code| !known.contains(code)) {
            return Err(WorkflowError::Refused {
                message: format!("no institution of the pathway has a course {code}"),
                hint: "write the code as the catalogue does; `credway list courses` shows them".to_owned(),
            });
        }
        for index in chosen {
            let credential = &material.credentials[*index];
            open.extend(credential.listed.iter().cloned());
            for choice in choices(&requirements(credential).root) {
                open.extend(named(&choice.courses).into_iter().filter(|code| known.contains(code)));
            }
        }
        taken.follow(material, open, wishes, said)?;
        for index in chosen {
            let requirements = requirements(&material.credentials[*index]);
            for choice in choices(&requirements.root) {
                taken.widen(material, &choice.courses, (choice.credits, wishes), said)?;
            }
            taken.fill_up(&requirements);
        }
        Ok(taken)
    }

    /// Takes courses in, with those that they require, directly or not.
    fn follow(
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
            code: course.code.to_string(),
            title: course.title.to_string(),
            credits: credits.steps(),
            organization: Some(course.organization),
        });
        self.done.push(wishes.done.contains(&course.code));
        Ok(self.courses.len() - 1)
    }

    /// Takes in the courses of a set that is not a list; where it is too wide, electives that are left open.
    fn widen(
        &mut self,
        material: &Material,
        set: &CourseSet,
        (needed, wishes): (u32, &PlanWishes),
        said: &mut Said,
    ) -> Result<(), WorkflowError> {
        let held: Vec<&Course> = material.catalogue.iter().filter(|course| set.holds(&Facts(course))).collect();
        let is_any = matches!(set, CourseSet::Every);
        if !is_any && held.len() <= WIDEST {
            let codes = held.iter().map(|course| course.code.clone()).collect();
            return self.follow(material, codes, wishes, said);
        }
        let name = set.to_string();
        if !is_any {
            said.note(format!(
                "“{name}” holds {} courses: it is planned from those the programs list, and otherwise left open.",
                held.len()
            ));
        }
        self.leave_open(&name, needed.div_ceil(ELECTIVE));
        Ok(())
    }

    /// Electives left open under a name, so many at least.
    fn leave_open(&mut self, name: &str, number: u32) {
        let known = self.open.entry(name.to_owned()).or_default();
        while known.len() < number as usize {
            let code = if name == CourseSet::Every.to_string() {
                format!("Elective {}", known.len() + 1)
            } else {
                format!("Open choice {} of {name}", known.len() + 1)
            };
            known.push(self.courses.len());
            self.courses.push(PlannedCourse {
                ctid: None,
                title: "left open".to_owned(),
                code,
                credits: ELECTIVE,
                organization: None,
            });
            self.done.push(false);
        }
    }

    /// Electives left open, where all courses together have fewer credits than the award takes.
    fn fill_up(&mut self, requirements: &AwardRequirements) {
        let all: u32 = self.courses.iter().map(|course| course.credits).sum();
        let total = requirements.total.map_or(0, Credits::steps);
        let every = CourseSet::Every.to_string();
        let known = self.open.get(&every).map_or(0, Vec::len);
        let more = total.saturating_sub(all).div_ceil(ELECTIVE) as usize;
        self.leave_open(&every, u32::try_from(known + more).unwrap_or(u32::MAX));
    }

    /// Reads what the courses require as clauses over them.
    pub(super) fn read_requisites(&mut self, material: &Material, said: &mut Said) {
        let by_ctid: BTreeMap<Ctid, &Course> = material.catalogue.iter().map(|course| (course.ctid, course)).collect();
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
            let own = [all.total, all.residency, all.upper_division, all.most_shared, all.most_prior_learning];
            let parts: Vec<u32> = choices(&all.root).iter().map(|choice| choice.credits).collect();
            own.into_iter().flatten().map(Credits::steps).chain(parts).collect::<Vec<_>>()
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
        let by_ctid: BTreeMap<Ctid, &Course> = material.catalogue.iter().map(|course| (course.ctid, course)).collect();
        let cents = material.pathway.costs.tuition.as_ref().map_or(0, |figure| figure.value.cents());
        let rate = u32::try_from(cents * u64::from(unit) / 100).unwrap_or(u32::MAX);
        let courses = self.courses.iter().zip(&self.requisites).map(|(planned, requisites)| {
            let course = planned.ctid.and_then(|ctid| by_ctid.get(&ctid).copied());
            let (mut offered, closed) = offering(course, start, wishes.terms, said);
            for dropped in &wishes.dropped {
                if dropped.course.as_ref().is_some_and(|code| code.as_str() == planned.code) {
                    offered[dropped.season.index()] = false;
                }
            }
            ProblemCourse {
                code: planned.code.clone(),
                credits: planned.credits / unit,
                upper: false,
                home: true,
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

    /// The courses a set holds, electives left open for it included.
    pub(super) fn of_set(&self, material: &Material, set: &CourseSet) -> Vec<usize> {
        let by_ctid: BTreeMap<Ctid, &Course> = material.catalogue.iter().map(|course| (course.ctid, course)).collect();
        let open = self.open.get(&set.to_string());
        let holds = |index: &usize| match self.courses[*index].ctid {
            Some(ctid) => by_ctid.get(&ctid).is_some_and(|course| set.holds(&Facts(course))),
            None => matches!(set, CourseSet::Every) || open.is_some_and(|open| open.contains(index)),
        };
        (0..self.courses.len()).filter(holds).collect()
    }

    /// The courses of codes; every institution's where several have it.
    pub(super) fn named(&self, codes: &[CourseCode], what: &str) -> Result<Vec<usize>, WorkflowError> {
        let mut found = Vec::new();
        for code in codes {
            let of_code = self.by_code.get(code).and_then(|courses| courses.first());
            found.push(*of_code.ok_or_else(|| WorkflowError::Refused {
                message: format!("{code} is {what}, but no institution of the pathway has it"),
                hint: "write the code as the catalogue does".to_owned(),
            })?);
        }
        Ok(found)
    }

    /// By course: whether credit for it can be awarded because of what is held. A course component of model M5 says for which
    /// course, its condition by what.
    pub(super) fn prior_learning(
        &self,
        pathway: &Pathway,
        holds: &dyn Fn(&ComponentKey) -> bool,
        said: &mut Said,
    ) -> Vec<bool> {
        let mut awardable = vec![false; self.courses.len()];
        let equivalent = pathway
            .components
            .iter()
            .filter(|one| one.kind == ComponentKind::Course && one.embedding == Some(EmbeddingModel::PriorLearning));
        for component in equivalent {
            let Some(condition) = component.condition.as_ref().filter(|condition| condition.holds(holds, &|_| 0))
            else {
                continue;
            };
            let Some(index) =
                self.courses.iter().position(|course| course.ctid.is_some() && course.ctid == component.stands_for)
            else {
                said.note(format!("Credit for “{}” changes nothing: no requirement can use it.", component.name));
                continue;
            };
            awardable[index] = !self.done[index];
            said.assume(
                format!("Credit for {}", self.courses[index].code),
                format!("awarded to who holds {condition}"),
                "the pathway (M5)",
            );
        }
        awardable
    }
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
