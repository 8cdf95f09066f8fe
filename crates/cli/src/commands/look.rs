//! `review`, `doctor` and `codes`: looking without changing.

use anyhow::Context;
use credway_model::Ctid;
use credway_workflow::{ReviewFilter, ReviewShow, finding_codes};

use super::{existing, person};
use crate::arguments::{Arguments, Pair, Show};
use crate::screen::{Screen, Tone};
use crate::{Ended, shown};

pub(super) async fn review(
    arguments: &Arguments,
    screen: &Screen,
    pair: &Pair,
    show: Show,
    objective: Option<&str>,
) -> anyhow::Result<Ended> {
    let workbench = existing(arguments).await?;
    let crosswalk = workbench.find_crosswalk(&pair.program, &pair.blueprint).await?;
    let focus = match objective {
        None => None,
        Some(given) => Some(focus(&workbench, &pair.blueprint, given).await?),
    };
    let filter = ReviewFilter {
        show: match show {
            Show::Open => ReviewShow::Open,
            Show::Disputed => ReviewShow::Disputed,
            Show::Decided => ReviewShow::Decided,
            Show::All => ReviewShow::All,
        },
        focus,
        ..ReviewFilter::default()
    };
    let page = workbench.review(&crosswalk, &filter, &person(arguments)?).await?;
    shown::review(screen, &page)?;
    screen.document(&page)?;
    Ok(Ended::Done)
}

/// The blueprint statement of this number or identifier.
async fn focus(workbench: &credway_workflow::Workbench, blueprint: &str, given: &str) -> anyhow::Result<Ctid> {
    if let Ok(ctid) = given.parse() {
        return Ok(ctid);
    }
    let page = workbench.blueprint(blueprint).await?;
    let mut objectives = page.domains.iter().flat_map(|domain| &domain.objectives);
    objectives
        .find(|row| row.objective.code.as_deref() == Some(given))
        .map(|row| row.objective.id)
        .with_context(|| format!("{} has no objective {given}", page.head.name))
}

pub(super) async fn doctor(arguments: &Arguments, screen: &Screen) -> anyhow::Result<Ended> {
    let checkup = existing(arguments).await?.checkup().await?;
    screen.line(format!("{}  {}", checkup.database, checkup.engine))?;
    for line in &checkup.lines {
        let mark = if line.well { screen.tone(Tone::Good, "well") } else { screen.tone(Tone::Error, "ill ") };
        screen.line(format!("{mark}  {}: {}", line.name, line.detail))?;
    }
    screen.document(&checkup)?;
    Ok(if checkup.well() { Ended::Done } else { Ended::Findings })
}

pub(super) fn codes(screen: &Screen) -> anyhow::Result<Ended> {
    let rows: Vec<Vec<String>> =
        finding_codes().iter().map(|(code, words)| vec![(*code).to_owned(), (*words).to_owned()]).collect();
    shown::table(screen, &rows)?;
    screen.document(&finding_codes())?;
    Ok(Ended::Done)
}
