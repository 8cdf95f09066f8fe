//! Courses taken as the audit's records: credits from the file, else the catalogue, else as assumed, each said.

use credway_model::{Course, CreditSource, Credits, Finding, Severity, TakenCourse, Text};
use credway_plan::CourseRecord;

use super::Rests;
use super::answer::AuditedCourse;
use crate::catalogue::CatalogueCourses;

/// Each course as it is told and as it is reckoned with, in the same order. What has no credits is left out, with a finding.
pub(super) fn records(rests: &mut Rests) -> (Vec<AuditedCourse>, Vec<CourseRecord>) {
    let catalogues: Vec<CatalogueCourses<'_>> =
        rests.programs.iter().map(|(program, _)| CatalogueCourses::of(program, &rests.catalogue)).collect();
    let (mut told, mut records) = (Vec::new(), Vec::new());
    let mut assumed: Vec<&str> = Vec::new();
    for taken in &rests.taken {
        let course = catalogues.iter().find_map(|catalogue| catalogue.get(&taken.code));
        let mut say = |code: &str, severity, message: String, hint: &str| {
            rests.findings.push(Finding::new(code, severity, taken.place.clone(), message, hint));
        };
        if course.is_none() && taken.from == CreditSource::Here {
            let message = format!("{} is not in the catalogue; it counts by its code alone.", taken.code);
            say("learner.not-in-catalogue", Severity::Note, message, "Correct the code, or import the course.");
        }
        let given = taken.credits.map(|credits| (credits, "file"));
        let known = || course.and_then(|course| course.credits).map(|credits| (credits, "catalogue"));
        let guessed = || rests.assume.map(|credits| (credits, "assumed"));
        let Some((credits, from)) = given.or_else(known).or_else(guessed) else {
            let message =
                format!("{} has credits neither in the file nor in the catalogue; it is left out.", taken.code);
            let hint = "Give its credits in the file, or say what to assume (--assume-credits).";
            say("learner.no-credits", Severity::Error, message, hint);
            continue;
        };
        if from == "assumed" {
            assumed.push(taken.code.as_str());
        }
        told.push(audited(taken, course, credits, from));
        records.push(record(taken, course, credits));
    }
    if let (Some(credits), Some(first)) = (rests.assume, assumed.first()) {
        let message = format!(
            "{} of {} courses have {credits} credits by assumption, {first} the first: no figure that counts credits is the catalogue’s.",
            assumed.len(),
            told.len()
        );
        let hint = "Give the credits in the file or in the catalogue to be sure.";
        let place = credway_model::Place::Whole;
        rests.findings.push(Finding::new("learner.credits-assumed", Severity::Warning, place, message, hint));
    }
    (told, records)
}

fn audited(taken: &TakenCourse, course: Option<&Course>, credits: Credits, from: &'static str) -> AuditedCourse {
    AuditedCourse {
        id: course.map(|course| course.ctid),
        code: taken.code.to_string(),
        title: course.map(|course| course.title.to_string()),
        credits: credits.to_string(),
        credits_from: from,
        grade: taken.grade.as_ref().map(Text::to_string),
        passed: taken.passed,
        source: taken.from.word(),
    }
}

fn record(taken: &TakenCourse, course: Option<&Course>, credits: Credits) -> CourseRecord {
    let outcomes = course.map(|course| course.outcomes.as_slice()).unwrap_or_default();
    let named = outcomes.iter().flat_map(|outcome| [outcome.code.clone(), Text::new(&outcome.ctid.to_string()).ok()]);
    CourseRecord {
        code: taken.code.clone(),
        credits,
        grade: taken.points,
        passed: taken.passed,
        from: taken.from,
        repeatable: taken.repeatable,
        attributes: taken.marks.clone(),
        outcomes: named.flatten().collect(),
    }
}
