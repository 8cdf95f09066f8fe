//! What courses nearly cover, in the terminal: the outlines by likely coverage, then the statements of the best.

use credway_workflow::{FindAnswer, FoundLine, FoundState, FoundStatement};

use crate::bars::{bar, percent};
use crate::screen::{Screen, Tone};
use crate::words::{counted, fitted, short};

/// Cells of an outline's bar.
const BAR: usize = 16;
/// Characters beside a name: margins, bar, figure, interval.
const BESIDE: usize = 2 + 2 + BAR + 2 + 7 + 2 + 17;
/// Courses named below an outline.
const COURSES: usize = 5;

/// The answer, with the first `top` statements of the first `detailed` outlines.
pub(crate) fn find(screen: &Screen, answer: &FindAnswer, detailed: usize, top: usize) -> anyhow::Result<()> {
    screen.line(screen.tone(Tone::Strong, &answer.courses_of))?;
    let read = format!(
        "{} of {} read{}, compared with {} by {}",
        counted(answer.statements, "statement"),
        counted(answer.courses, "course"),
        described(answer),
        counted(answer.found.len(), "outline"),
        answer.engine
    );
    screen.sentence(&read, "  ", 2)?;
    screen.sentence(
        "Expected coverage with the range in which it lies nine times in ten; nothing counts before a reviewer accepts it.",
        "  ",
        2,
    )?;
    if answer.found.is_empty() {
        return screen.line("  There is no blueprint or framework here; import one: credway import framework FILE");
    }
    outlines(screen, answer)?;
    for line in answer.found.iter().take(detailed) {
        statements(screen, line, top)?;
    }
    if !answer.left_out.is_empty() {
        screen.sentence(&format!("Left out because they are large: {}", answer.left_out.join("; ")), "  ", 2)?;
    }
    Ok(())
}

fn described(answer: &FindAnswer) -> String {
    let mut words = String::new();
    if answer.by_description > 0 {
        words.push_str(&format!(", {} by the course's description", answer.by_description));
    }
    if answer.by_title > 0 {
        words.push_str(&format!(", {} by its title alone", answer.by_title));
    }
    words
}

fn outlines(screen: &Screen, answer: &FindAnswer) -> anyhow::Result<()> {
    let most = screen.width.unwrap_or(110).saturating_sub(BESIDE).max(16);
    let widest = answer.found.iter().map(|line| line.name.chars().count()).max().unwrap_or(0).min(most).max(7);
    let head = format!("  {:<widest$}  {:<BAR$}  {:>7}  {:<17}", "Outline", "", "expected", "9 in 10");
    screen.line(screen.tone(Tone::Quiet, &head))?;
    for line in &answer.found {
        screen.line(format!(
            "  {:<widest$}  {}  {:>7}  {} to {}",
            short(&line.name, widest),
            bar(line.expected, BAR),
            percent(Some(line.expected)),
            percent(Some(line.low)),
            percent(Some(line.high)),
        ))?;
    }
    Ok(())
}

fn statements(screen: &Screen, line: &FoundLine, top: usize) -> anyhow::Result<()> {
    screen.line(screen.tone(Tone::Strong, &line.name))?;
    screen.sentence(&format!("{}. {}", line.counted(), line.weighting), "  ", 2)?;
    let courses: Vec<String> = line
        .courses
        .iter()
        .take(COURSES)
        .map(|course| format!("{} ({})", course.course.code, percent(Some(course.brings))))
        .collect();
    if !courses.is_empty() {
        screen.sentence(&format!("Brought by {}", courses.join(", ")), "  ", 2)?;
    }
    for one in line.statements.iter().take(top) {
        statement(screen, one)?;
    }
    if line.statements.len() > top {
        screen.line(format!("  … and {} more; see them all with --top or --json", line.statements.len() - top))?;
    }
    Ok(())
}

fn statement(screen: &Screen, one: &FoundStatement) -> anyhow::Result<()> {
    let code = one.objective.code.as_ref().map_or_else(String::new, |code| format!("{code} "));
    let chance = percent((one.state != FoundState::Accepted).then_some(one.probability * 100.0));
    let first = format!("  {:<16} {chance:>7}  {code}{}", one.state.word(), one.objective.text);
    screen.line(fitted(&first, screen.width))?;
    let (Some(course), Some(words)) = (&one.course, &one.statement) else { return Ok(()) };
    let code = one.outcome_code.as_ref().map_or_else(String::new, |code| format!("{code} "));
    let second = format!("                            {} {}: {code}{words}", course.code, course.title);
    screen.line(screen.tone(Tone::Quiet, &fitted(&second, screen.width)))
}
