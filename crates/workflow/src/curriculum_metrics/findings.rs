//! What a person should know about the structure of a curriculum, in sentences that name the courses.

use std::collections::BTreeSet;

use credway_import::{CurriculumCourse, CurriculumRecord, CurriculumRequisite, RequisiteColumn, SystemType};
use credway_model::{Finding, Place, Severity, Text};
use credway_plan::{Circle, CurriculumGraph, Order, RequisiteKind, Step};

use super::{CurriculumTotal, MetricsRequest};

/// Everything there is to say, the gravest first.
pub(super) fn of_structure(
    curriculum: &CurriculumRecord,
    graph: &CurriculumGraph,
    total: &CurriculumTotal,
    request: &MetricsRequest,
) -> Vec<Finding> {
    let teller = Teller { courses: &curriculum.courses };
    let circles = graph.circles();
    let mut found: Vec<Finding> = circles.iter().map(|circle| teller.circle(circle)).collect();
    let told: BTreeSet<Vec<Step>> = circles.iter().map(turned).collect();
    let other = graph.contradictions().into_iter().filter(|circle| !told.contains(&turned(circle)));
    found.extend(other.map(|circle| teller.contradiction(&circle)));
    found.extend(curriculum.requisites.iter().filter_map(|requisite| teller.broken_term(*requisite)));
    if circles.is_empty() && total.centrality.is_none() {
        let message = "Centralities are absent where they are larger than 2¹²⁸ − 1.";
        let hint = "So many chains are rarely meant: look for requisites that follow from others.";
        found.push(Finding::new("curriculum.too-large", Severity::Warning, Place::Whole, message, hint));
    }
    if curriculum.system == Some(SystemType::Quarter) && !request.quarter {
        let message = "The file says quarters: complexity is two thirds of delay + blocking, course by course.";
        let hint = "Change the line “System Type” if the college counts in semesters.";
        found.push(Finding::new("curriculum.quarter", Severity::Note, Place::Whole, message, hint));
    }
    for one in graph.extraneous().unwrap_or_default() {
        found.push(teller.extraneous(one.course, one.required, one.kind));
    }
    if !request.major.is_empty() {
        found.extend(graph.dead_ends(|course| teller.of_major(course, &request.major)).into_iter().map(|course| {
            let message = format!("{} ends a chain outside the major.", teller.name(course));
            let hint = "Nothing the major needs comes after it: see whether it is needed itself.";
            teller.say("curriculum.dead-end", Severity::Note, course, None, message, hint)
        }));
    }
    found
}

/// The steps from the lowest course on, so that the same circle is the same.
fn turned(circle: &Circle) -> Vec<Step> {
    let mut steps = circle.steps.clone();
    let lowest = (0..steps.len()).min_by_key(|at| steps[*at]).unwrap_or(0);
    steps.rotate_left(lowest);
    steps
}

/// Names courses and puts findings at their rows.
struct Teller<'a> {
    courses: &'a [CurriculumCourse],
}

impl Teller<'_> {
    /// Code, else name, with the identifier: several courses may bear one name.
    fn name(&self, course: usize) -> String {
        let course = &self.courses[course];
        let code = course.prefix.as_ref().zip(course.number.as_ref());
        let words = code.map(|(prefix, number)| format!("{prefix} {number}"));
        let words = words.or_else(|| course.name.as_ref().map(|name| format!("“{name}”")));
        words.map_or_else(|| format!("course {}", course.id), |words| format!("{words} ({})", course.id))
    }

    fn say(
        &self,
        code: &str,
        severity: Severity,
        course: usize,
        column: Option<&str>,
        message: String,
        hint: &str,
    ) -> Finding {
        let place = Place::Row { row: self.courses[course].row, column: column.map(str::to_owned) };
        Finding::new(code, severity, place, message, hint)
    }

    /// `A before B; B before A`.
    fn steps(&self, circle: &Circle) -> String {
        let told = circle.steps.iter().map(|step| {
            let order = match step.order {
                Order::Before => "before",
                Order::NotAfter => "before or with",
                Order::Together => "together with",
            };
            format!("{} {order} {}", self.name(step.from), self.name(step.to))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn circle(&self, circle: &Circle) -> Finding {
        let end =
            if circle.is_contradiction() { "No order of terms meets this" } else { "This can be met in one term only" };
        let message = format!(
            "The requisites go round in a circle: {}. {end}, and chains have no beginning, so that nothing is measured.",
            self.steps(circle)
        );
        let hint = "Take away one of these requisites.";
        self.say("curriculum.circle", Severity::Error, circle.steps[0].from, None, message, hint)
    }

    fn contradiction(&self, circle: &Circle) -> Finding {
        let message = format!("No order of terms meets the requisites: {}.", self.steps(circle));
        let hint = "Take away one of these requisites, or make a strict corequisite a plain one.";
        self.say("curriculum.contradiction", Severity::Error, circle.steps[0].from, None, message, hint)
    }

    fn extraneous(&self, course: usize, required: usize, kind: RequisiteKind) -> Finding {
        let column = match kind {
            RequisiteKind::Prerequisite => "Prerequisites",
            RequisiteKind::Corequisite => "Corequisites",
            RequisiteKind::StrictCorequisite => "Strict-Corequisites",
        };
        let (course_name, required) = (self.name(course), self.name(required));
        let message = format!("That {course_name} requires {required} follows from its other requisites.");
        let hint = "It can be left out; nothing changes for a learner.";
        self.say("curriculum.extraneous", Severity::Note, course, Some(column), message, hint)
    }

    fn broken_term(&self, requisite: CurriculumRequisite) -> Option<Finding> {
        let term = |course: usize| self.courses[course].term;
        let (before, after) = (term(requisite.required)?, term(requisite.course)?);
        let (met, demanded) = match requisite.column {
            RequisiteColumn::Prerequisites => (before < after, "an earlier term"),
            RequisiteColumn::Corequisites => (before <= after, "the same term or an earlier one"),
            RequisiteColumn::StrictCorequisites => (before == after, "the same term"),
        };
        let told = || {
            let (course, required) = (self.name(requisite.course), self.name(requisite.required));
            let message = format!(
                "{course} in term {after} requires {required} in {demanded}, but that stands in term {before}."
            );
            let hint = "Move one of the courses.";
            self.say("curriculum.terms-broken", Severity::Warning, requisite.course, Some("Term"), message, hint)
        };
        (!met).then(told)
    }

    /// A course without a prefix is not known to lie outside the major.
    fn of_major(&self, course: usize, prefixes: &[String]) -> bool {
        let prefix = self.courses[course].prefix.as_ref().map(Text::as_str);
        prefix.is_none_or(|prefix| prefixes.iter().any(|one| one.trim().eq_ignore_ascii_case(prefix)))
    }
}
