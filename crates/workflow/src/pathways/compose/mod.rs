//! A pathway as a planning problem: figures and indexes in place of names, with everything that was taken for granted said.
//!
//! A function of its arguments. Courses with the same code at two institutions of the pathway count as the same course, so that
//! transfer by a common code works; which of them is taken decides what counts for residency.

mod clauses;
mod conditions;
mod courses;
mod credentials;
mod exams;
mod held;
mod money;
mod offering;
mod open;
mod requisites;
mod sound;
mod transfer;

use credway_model::{ComponentKey, Pathway, PathwayRole};
use credway_plan::pathway::{Problem, Season};

use super::material::Material;
use super::wishes::{CalendarTerm, PlanAssumption, PlanWishes};
use crate::WorkflowError;

pub(crate) use courses::PlannedCourse;
pub(crate) use credentials::requirements;
pub(crate) use exams::{WHOLE_EXAM, cited};
pub(crate) use open::lies_within;

/// A planning problem with the names of what its indexes mean.
pub(crate) struct Composed {
    pub(crate) problem: Problem,
    /// By course of the problem.
    pub(crate) courses: Vec<PlannedCourse>,
    /// By credential of the problem: index of the component.
    pub(crate) credentials: Vec<usize>,
    /// By exam of the problem: index of the component.
    pub(crate) exams: Vec<usize>,
    /// Hundredths of a credit in one unit of the problem.
    pub(crate) credit_unit: u32,
    /// The first term.
    pub(crate) start: CalendarTerm,
    pub(crate) assumptions: Vec<PlanAssumption>,
    /// What could not be planned, as sentences.
    pub(crate) notes: Vec<String>,
}

/// What is gathered while a problem is composed.
#[derive(Default)]
pub(super) struct Said {
    assumptions: Vec<PlanAssumption>,
    notes: Vec<String>,
}

impl Said {
    fn assume(&mut self, what: impl Into<String>, value: impl Into<String>, source: impl Into<String>) {
        let one = PlanAssumption { what: what.into(), value: value.into(), source: source.into() };
        if !self.assumptions.contains(&one) {
            self.assumptions.push(one);
        }
    }

    fn note(&mut self, sentence: String) {
        if !self.notes.contains(&sentence) {
            self.notes.push(sentence);
        }
    }
}

/// The component that a person means by a destination, or the first that is one and can be planned to.
pub(super) fn destination(
    pathway: &Pathway,
    wished: Option<&ComponentKey>,
    planned: &[usize],
) -> Result<usize, WorkflowError> {
    let refuse = |message: String, hint: &str| WorkflowError::Refused { message, hint: hint.to_owned() };
    if let Some(key) = wished {
        let place = pathway.components.iter().position(|component| component.key == *key);
        let place =
            place.ok_or_else(|| refuse(format!("the pathway has no component “{key}”"), "see the pathway's table"))?;
        if !planned.contains(&place) {
            let name = &pathway.components[place].name;
            return Err(refuse(
                format!("“{name}” cannot be planned to: it stands for no program"),
                "say in the pathway which program leads to it",
            ));
        }
        return Ok(place);
    }
    let found = planned.iter().copied().find(|index| pathway.components[*index].is(PathwayRole::Destination));
    found.ok_or_else(|| {
        refuse(
            "no destination of the pathway stands for a program".to_owned(),
            "give a credential the role of destination, and say which program leads to it",
        )
    })
}

/// Composes the problem.
///
/// # Errors
/// [`WorkflowError::Refused`] where a wish names what is not there, a figure without which nothing can be planned is absent, or the
/// pathway or a program says what no plan can be made of.
pub(crate) fn compose(material: &Material, wishes: &PlanWishes, next_fall: i16) -> Result<Composed, WorkflowError> {
    wishes.check()?;
    let start = wishes.start.unwrap_or(CalendarTerm { year: next_fall, season: Season::Fall });
    let mut said = Said::default();
    let planned: Vec<usize> = material.credentials.iter().map(|one| one.component).collect();
    let target = destination(&material.pathway, wishes.destination.as_ref(), &planned)?;
    let chosen = credentials::on_the_way(material, target);
    let mut taken = courses::Taken::gather(material, &chosen, wishes, &mut said)?;
    taken.read_requisites(material, &mut said);
    let mut problem = Problem {
        horizon: wishes.terms,
        start: start.season,
        order: wishes.order.clone(),
        fees_when_enrolled: true,
        ..Problem::default()
    };
    let unit = taken.credit_unit(material, &chosen, wishes);
    problem.courses = taken.problem_courses(material, wishes, (start, unit), &mut said);
    problem.exclusions = taken.exclusions();
    problem.done = taken.done.clone();
    credentials::fill(material, &chosen, target, &taken, (unit, &mut problem, &mut said));
    exams::fill(material, target, wishes, &taken, (&mut problem, &mut said));
    let parts = conditions::Parts { material, chosen: &chosen, taken: &taken };
    held::fill(&parts, wishes, &mut problem, &mut said)?;
    conditions::fill(&parts, &mut problem, &mut said);
    sound::check(material, &chosen, &problem)?;
    transfer::fill(material, &chosen, &taken, (unit, &mut problem, &mut said));
    loads(wishes, unit, &mut problem, &mut said);
    money::fill(material, unit, &mut problem, &mut said);
    problem.wanted = taken.wanted(material, wishes);
    Ok(Composed {
        problem,
        courses: taken.courses,
        credentials: chosen.iter().map(|index| material.credentials[*index].component).collect(),
        exams: material.exams.iter().map(|exam| exam.component).collect(),
        credit_unit: unit,
        start,
        assumptions: said.assumptions,
        notes: said.notes,
    })
}

fn loads(wishes: &PlanWishes, unit: u32, problem: &mut Problem, said: &mut Said) {
    problem.most_load = wishes.loads().map(|load| load / unit);
    problem.least_load = wishes.least.map_or(0, |least| least.steps().div_ceil(unit));
    if let Some(hours) = wishes.work {
        said.assume(
            "Study beside work",
            format!(
                "{hours} hours of work, {} hours a week in all, {} a credit: at most {} credits a long term",
                super::wishes::WEEKLY_HOURS_IN_ALL,
                super::wishes::WEEKLY_HOURS_OF_A_CREDIT,
                f64::from(wishes.loads()[0]) / 100.0
            ),
            "34 CFR 600.2 for the hours of a credit; the week is an assumption",
        );
    }
    for dropped in wishes.dropped.iter().filter(|one| one.course.is_none()) {
        problem.most_load[dropped.season.index()] = 0;
    }
}
