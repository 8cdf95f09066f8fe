//! `doctor` and `codes`: looking without changing.

use credway_workflow::{CheckupLine, Workbench, finding_codes};
use serde_json::json;

use crate::Ended;
use crate::screen::{Screen, Tone};
use crate::settings::Settings;
use crate::table;

pub(super) async fn doctor(screen: &Screen, workbench: &Workbench, settings: &Settings) -> anyhow::Result<Ended> {
    let mut checkup = workbench.checkup().await?;
    checkup.lines.push(serving(settings));
    screen.line(format!("{}  {}", checkup.database, checkup.engine))?;
    for line in &checkup.lines {
        let mark = if line.well { screen.tone(Tone::Good, "well") } else { screen.tone(Tone::Error, "ill ") };
        screen.sentence(&format!("{}: {}", line.name, line.detail), &format!("{mark}  "), 6)?;
    }
    let shown = settings.shown();
    let rows: Vec<Vec<String>> = shown
        .iter()
        .map(|line| vec![line.name.to_owned(), line.value.clone().unwrap_or_else(|| "–".to_owned()), line.from.clone()])
        .collect();
    screen.line("")?;
    table::show(screen, &rows, table::Last::Words)?;
    let mut document = serde_json::to_value(&checkup)?;
    document["settings"] = json!(shown);
    screen.document(&document)?;
    Ok(if checkup.well() { Ended::Done } else { Ended::Findings })
}

pub(super) async fn audit(screen: &Screen, workbench: &Workbench, head: Option<&str>) -> anyhow::Result<Ended> {
    let report = workbench.audit(head).await?;
    let mark = |well: bool| if well { screen.tone(Tone::Good, "well") } else { screen.tone(Tone::Error, "ill ") };
    let counts = format!(
        "{} lines hold, with {} decisions and {} revisions{}",
        report.lines,
        report.decisions,
        report.revisions,
        if report.erased > 0 { format!("; the words of {} were taken away", report.erased) } else { String::new() }
    );
    screen.sentence(&format!("history: {counts}"), &format!("{}  ", mark(report.broken.is_none())), 6)?;
    if let Some(broken) = &report.broken {
        let words = format!(
            "line {} is the first that does not hold: {}. What stands before it can be trusted; compare what follows with \
             a backup.",
            broken.number, broken.why
        );
        screen.sentence(&words, &format!("{}  ", mark(false)), 6)?;
    }
    if let Some(kept) = &report.kept {
        let words = match kept.line {
            Some(line) => format!("the hash you kept is that of line {line}"),
            None => "no line has the hash you kept: the history was cut off before it, or made anew".to_owned(),
        };
        screen.sentence(&words, &format!("{}  ", mark(kept.line.is_some())), 6)?;
    }
    screen.line(format!("head  {}", report.head))?;
    screen.document(&report)?;
    Ok(if report.holds() { Ended::Done } else { Ended::Findings })
}

/// Whether the site could be served as it is configured.
fn serving(settings: &Settings) -> CheckupLine {
    let name = "serving".to_owned();
    let settings = match settings.serve() {
        Ok(settings) => settings,
        Err(error) => return CheckupLine { name, well: false, detail: error.to_string() },
    };
    if let Some(refused) = settings.refusal() {
        return CheckupLine { name, well: false, detail: refused.to_string() };
    }
    let accounts = if settings.accounts { "with accounts" } else { "without accounts" };
    let detail = format!("at {}, {accounts}; people open {}/", settings.address, settings.origin(settings.address));
    CheckupLine { name, well: true, detail }
}

pub(super) fn codes(screen: &Screen) -> anyhow::Result<Ended> {
    let codes = finding_codes();
    let widest = codes.iter().map(|(code, _)| code.len()).max().unwrap_or(0);
    for (code, words) in &codes {
        screen.sentence(words, &format!("{code:<widest$}  "), widest + 2)?;
    }
    screen.document(&codes.iter().map(|(code, words)| json!({ "code": code, "means": words })).collect::<Vec<_>>())?;
    Ok(Ended::Done)
}
