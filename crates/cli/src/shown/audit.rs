//! An audit in the terminal: requirement by requirement, the totals, what counts nowhere, the exceptions.

use credway_workflow::{AuditAnswer, AuditedCourse, AuditedRequirement, ProgramAudit, RequirementState};

use crate::screen::{Screen, Tone};
use crate::table::{Last, show};
use crate::words::counted;

/// What is asked of a set is shown up to so many characters: the page has it whole.
const MOST_OF_A_SET: usize = 60;

/// The whole answer.
pub(crate) fn audit(screen: &Screen, answer: &AuditAnswer) -> anyhow::Result<()> {
    for program in &answer.programs {
        head(screen, program)?;
        requirements(screen, answer, program)?;
        totals(screen, program)?;
        uncounted(screen, answer, program)?;
    }
    if answer.courses.iter().any(AuditedCourse::is_assumed) {
        screen.sentence(
            "~ The credits of this course are assumed: neither the file nor the catalogue gives any.",
            "",
            2,
        )?;
    }
    for shared in &answer.shared {
        let [one, other] = &shared.programs;
        let words = format!("{one} and {other} share {} of at most {} credits", shared.have, shared.at_most);
        screen.sentence(&words, "", 2)?;
    }
    exceptions(screen, answer)
}

fn head(screen: &Screen, program: &ProgramAudit) -> anyhow::Result<()> {
    let year = program.catalogue_year.as_ref().map_or_else(String::new, |year| format!(", catalogue {year}"));
    screen.line(screen.tone(Tone::Strong, &format!("{}{year}", program.name)))?;
    if program.met {
        return screen.line(screen.tone(Tone::Good, "  Everything is met."));
    }
    let leaf = |line: &&AuditedRequirement| line.state == RequirementState::Missing && !line.from.is_empty();
    let missing = program.requirements.iter().filter(leaf).count();
    let short = program.totals.iter().filter(|total| total.missing.is_some()).count();
    let low = program.average.as_ref().is_some_and(|average| !average.met);
    let mut parts = Vec::new();
    if missing > 0 {
        parts.push(counted(missing, "requirement"));
    }
    if short > 0 {
        parts.push(counted(short, "total"));
    }
    if low {
        parts.push("the average".to_owned());
    }
    let what = if parts.is_empty() { "parts of it".to_owned() } else { parts.join(", ") };
    screen.line(screen.tone(Tone::Warning, &format!("  Not yet met: {what}.")))
}

fn requirements(screen: &Screen, answer: &AuditAnswer, program: &ProgramAudit) -> anyhow::Result<()> {
    let mut rows = vec![["", "Requirement", "Asks", "Counts", "Missing"].map(str::to_owned).to_vec()];
    for line in &program.requirements {
        let sign = match line.state {
            RequirementState::Met => "met",
            RequirementState::Missing => "missing",
            RequirementState::Waived => "waived",
            RequirementState::NotChosen => "–",
        };
        let set: String = line.from.iter().map(|piece| piece.words.as_str()).collect();
        let name = line.name.clone().unwrap_or_default();
        rows.push(vec![
            sign.to_owned(),
            format!("{}{name}", "  ".repeat(line.depth)),
            asks(line, &set),
            counts(answer, line),
            line.missing.clone().or_else(|| line.waived.clone()).unwrap_or_default(),
        ]);
    }
    show(screen, &rows, Last::Words)
}

fn asks(line: &AuditedRequirement, set: &str) -> String {
    let grade = line.grade.as_ref().map_or_else(String::new, |grade| format!(", each {grade} or better"));
    if set.is_empty() {
        return format!("{}{grade}", line.asks);
    }
    format!("{} of {}{grade}", line.asks, crate::words::short(set, MOST_OF_A_SET))
}

fn counts(answer: &AuditAnswer, line: &AuditedRequirement) -> String {
    let one = |counted: &credway_workflow::CountedCourse| {
        let assumed = if answer.courses[counted.course].is_assumed() { "~" } else { "" };
        let shared = if counted.shared { " (shared)" } else { "" };
        let exception = if counted.exception.is_some() { " (exception)" } else { "" };
        format!("{}{assumed}{shared}{exception}", counted.code)
    };
    line.counted.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn totals(screen: &Screen, program: &ProgramAudit) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for total in &program.totals {
        let assumed = if total.assumed { "rests on assumed credits" } else { "" };
        let state = if total.missing.is_some() { "missing" } else { "met" };
        let missing = total.missing.as_ref().map_or_else(String::new, |missing| format!("{missing} missing"));
        let have = format!("{} of {}", total.have, total.wanted);
        rows.push([state, total.name, &have, &missing, assumed].map(str::to_owned).to_vec());
    }
    if let Some(average) = &program.average {
        let have = average.have.clone().unwrap_or_else(|| "nothing graded".to_owned());
        let state = if average.met { "met" } else { "missing" };
        let have = format!("{have}, at least {}", average.wanted);
        rows.push([state, "Grade point average", &have, "", ""].map(str::to_owned).to_vec());
    }
    show(screen, &rows, Last::Words)
}

fn uncounted(screen: &Screen, answer: &AuditAnswer, program: &ProgramAudit) -> anyhow::Result<()> {
    if program.uncounted.is_empty() {
        return Ok(());
    }
    screen.line(screen.tone(Tone::Quiet, "  Counts for no requirement:"))?;
    let rows: Vec<Vec<String>> = program
        .uncounted
        .iter()
        .map(|one| vec![format!("    {}", one.code), course(&answer.courses[one.course]), one.why.clone()])
        .collect();
    show(screen, &rows, Last::Words)
}

/// Credits, grade and source of a course in a few words.
fn course(course: &AuditedCourse) -> String {
    let assumed = if course.is_assumed() { " assumed" } else { "" };
    let grade = course.grade.as_ref().map_or_else(String::new, |grade| format!(", {grade}"));
    let source = if course.source == "here" { String::new() } else { format!(", {}", course.source) };
    format!("{} credits{assumed}{grade}{source}", course.credits)
}

fn exceptions(screen: &Screen, answer: &AuditAnswer) -> anyhow::Result<()> {
    for exception in &answer.exceptions {
        let what = match &exception.course {
            Some(course) => format!("{course} may count for {}", exception.requirement),
            None => format!("{} is waived", exception.requirement),
        };
        let used = if exception.used { "" } else { "; it changed nothing" };
        let words = format!("Exception: {what} ({}), by {}: {}{used}", exception.program, exception.who, exception.why);
        screen.sentence(&words, "", 2)?;
    }
    Ok(())
}
