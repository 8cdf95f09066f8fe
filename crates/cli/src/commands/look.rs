//! `doctor` and `codes`: looking without changing.

use credway_workflow::{Workbench, finding_codes};
use serde_json::json;

use crate::Ended;
use crate::screen::{Screen, Tone};

pub(super) async fn doctor(screen: &Screen, workbench: &Workbench) -> anyhow::Result<Ended> {
    let checkup = workbench.checkup().await?;
    screen.line(format!("{}  {}", checkup.database, checkup.engine))?;
    for line in &checkup.lines {
        let mark = if line.well { screen.tone(Tone::Good, "well") } else { screen.tone(Tone::Error, "ill ") };
        screen.sentence(&format!("{}: {}", line.name, line.detail), &format!("{mark}  "), 6)?;
    }
    screen.document(&checkup)?;
    Ok(if checkup.well() { Ended::Done } else { Ended::Findings })
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
