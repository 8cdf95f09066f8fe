//! Exceptions by the places of the requirements they name. One that names nothing changes nothing, and is said.

use credway_model::{AwardRequirements, Finding, LearnerException, Program, Requirement, Severity};
use credway_plan::{AuditException, CourseRecord, ExceptionKind};

use crate::import_requirements::award_name;

/// Where a requirement of this name stands: which part of which part, with itself.
pub(super) fn find<'a>(root: &'a Requirement, name: &str) -> Option<(Vec<usize>, &'a Requirement)> {
    if root.name.as_ref().is_some_and(|own| own.as_str().to_lowercase() == name.to_lowercase()) {
        return Some((Vec::new(), root));
    }
    root.parts().iter().enumerate().find_map(|(at, part)| {
        let (mut path, found) = find(part, name)?;
        path.insert(0, at);
        Some((path, found))
    })
}

/// The exceptions of each program.
pub(super) fn resolve(
    programs: &[(Program, AwardRequirements)],
    exceptions: &[LearnerException],
    records: &[CourseRecord],
    findings: &mut Vec<Finding>,
) -> Vec<Vec<AuditException>> {
    let mut resolved = vec![Vec::new(); programs.len()];
    for exception in exceptions {
        match place(programs, exception, records) {
            Ok((program, found)) => resolved[program].push(found),
            Err((message, hint)) => findings.push(Finding::new(
                "learner.exception-unclear",
                Severity::Error,
                exception.place.clone(),
                message,
                hint,
            )),
        }
    }
    resolved
}

fn place(
    programs: &[(Program, AwardRequirements)],
    exception: &LearnerException,
    records: &[CourseRecord],
) -> Result<(usize, AuditException), (String, &'static str)> {
    let named = |program: &Program| match &exception.program {
        None => true,
        Some(wanted) => {
            let wanted = wanted.as_str().to_lowercase();
            [program.title.to_string(), award_name(program).to_string(), program.ctid.to_string()]
                .iter()
                .any(|name| name.to_lowercase() == wanted)
        }
    };
    let all = programs.iter().enumerate().filter(|(_, (program, _))| named(program));
    let found: Vec<(usize, Vec<usize>, &Requirement)> = all
        .filter_map(|(at, (_, requirements))| {
            let (path, requirement) = find(&requirements.root, exception.requirement.as_str())?;
            Some((at, path, requirement))
        })
        .collect();
    let (program, path, requirement) = match found.as_slice() {
        [(program, path, requirement)] => (*program, path.clone(), *requirement),
        [] => {
            let message =
                format!("No requirement is called “{}” here; the exception changes nothing.", exception.requirement);
            return Err((message, "Write the requirement's name, and the program's, as the audit shows them."));
        }
        _ => {
            let message =
                format!("Several programs require “{}”; the exception changes nothing.", exception.requirement);
            return Err((message, "Name the program in the column “program”."));
        }
    };
    let kind = match &exception.course {
        None => ExceptionKind::Waived,
        Some(code) if requirement.choice().is_none() => {
            let message = format!("“{}” has parts: {code} cannot count for all of it.", exception.requirement);
            return Err((message, "Name the part for which the course counts."));
        }
        Some(code) if !records.iter().any(|record| record.code == *code) => {
            let message =
                format!("{code} is to count for “{}”, but is not among the courses taken.", exception.requirement);
            return Err((message, "Correct the code, or add the course to the file of courses taken."));
        }
        Some(code) => ExceptionKind::Counts(code.clone()),
    };
    let (who, why) = (exception.who.clone(), exception.why.clone());
    Ok((program, AuditException { path, kind, who, why }))
}
