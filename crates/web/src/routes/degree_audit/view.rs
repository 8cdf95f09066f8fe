//! The answer of an audit in the order in which it is read: what is met, the requirements, the totals, the courses one by one.

use credway_model::Finding;
use credway_workflow::{AuditAnswer, AuditedCourse, AuditedException, AuditedRequirement, ProgramAudit, SharedCredits};

use crate::nesting::{Step, steps};

/// A requirement as a line of a nested list.
pub(super) struct LineView {
    pub(super) step: Step,
    pub(super) line: AuditedRequirement,
    /// The courses that count, in words.
    pub(super) counted: Vec<String>,
}

/// A program's answer.
pub(super) struct ProgramView {
    pub(super) audit: ProgramAudit,
    pub(super) lines: Vec<LineView>,
    /// How many lists end behind the last line.
    pub(super) open_lists: usize,
    /// What is missing, in one sentence each.
    pub(super) missing: Vec<String>,
}

/// Where a course counts, or why it does not.
pub(super) struct CourseView {
    pub(super) course: AuditedCourse,
    pub(super) says: Vec<String>,
}

/// The whole answer.
pub(super) struct AuditView {
    pub(super) programs: Vec<ProgramView>,
    pub(super) courses: Vec<CourseView>,
    pub(super) exceptions: Vec<AuditedException>,
    pub(super) shared: Vec<SharedCredits>,
    pub(super) findings: Vec<Finding>,
}

impl AuditView {
    pub(super) fn new(answer: AuditAnswer) -> Self {
        let courses = answer
            .courses
            .iter()
            .enumerate()
            .map(|(at, course)| CourseView { course: course.clone(), says: says(&answer, at) });
        let courses = courses.collect();
        let programs = answer.programs.iter().map(|audit| program(audit, &answer.courses)).collect();
        Self { programs, courses, exceptions: answer.exceptions, shared: answer.shared, findings: answer.findings }
    }
}

fn program(audit: &ProgramAudit, courses: &[AuditedCourse]) -> ProgramView {
    let (steps, open_lists) = steps(audit.requirements.iter().map(|line| line.depth));
    let lines = steps.into_iter().zip(&audit.requirements).map(|(step, line)| LineView {
        step,
        line: line.clone(),
        counted: line.counted.iter().map(|one| counted(one, &courses[one.course])).collect(),
    });
    ProgramView { lines: lines.collect(), open_lists, missing: missing(audit), audit: audit.clone() }
}

fn counted(one: &credway_workflow::CountedCourse, course: &AuditedCourse) -> String {
    let mut words = format!("{} ({}", one.code, credits(course));
    if let Some(grade) = &course.grade {
        words.push_str(&format!(", {grade}"));
    }
    if course.source != "here" {
        words.push_str(&format!(", {}", course.source));
    }
    words.push(')');
    if one.shared {
        words.push_str(", counts for another requirement, too");
    }
    if let Some(exception) = &one.exception {
        words.push_str(&format!(", by exception of {exception}"));
    }
    words
}

/// Credits with their unit, and that they are assumed where they are.
fn credits(course: &AuditedCourse) -> String {
    let assumed = if course.is_assumed() { ", assumed" } else { "" };
    let unit = if course.credits == "1" { "credit" } else { "credits" };
    format!("{} {unit}{assumed}", course.credits)
}

/// What is missing: of requirements that name courses, of totals, of the average.
fn missing(audit: &ProgramAudit) -> Vec<String> {
    let mut said = Vec::new();
    for line in audit.requirements.iter().filter(|line| !line.from.is_empty()) {
        if let Some(missing) = &line.missing {
            let name = line.name.clone().unwrap_or_else(|| "a requirement".to_owned());
            let set: String = line.from.iter().map(|piece| piece.words.as_str()).collect();
            said.push(format!("{name}: {missing} of {set}"));
        }
    }
    for total in &audit.totals {
        said.extend(total.missing.as_ref().map(|missing| format!("{}: {missing} of {}", total.name, total.wanted)));
    }
    if let Some(average) = audit.average.as_ref().filter(|average| !average.met) {
        let have = average.have.clone().unwrap_or_else(|| "nothing graded".to_owned());
        said.push(format!("Grade point average: {have}, at least {} is needed", average.wanted));
    }
    said
}

/// Where a course counts, program by program, or why it does not.
fn says(answer: &AuditAnswer, course: usize) -> Vec<String> {
    let several = answer.programs.len() > 1;
    let mut said = Vec::new();
    for audit in &answer.programs {
        let named = |words: String| if several { format!("{}: {words}", audit.name) } else { words };
        let counts = audit.requirements.iter().filter(|line| line.counted.iter().any(|one| one.course == course));
        said.extend(counts.map(|line| {
            let name = line.name.clone().unwrap_or_else(|| line.asks.clone());
            named(format!("Counts for {name}."))
        }));
        let not = audit.uncounted.iter().filter(|one| one.course == course);
        said.extend(not.map(|one| named(one.why.clone())));
    }
    said
}
