//! `list`: what is in the database, as aligned tables.

use credway_workflow::{CoursesQuery, HistoryFilter};
use serde::Serialize;

use super::existing;
use crate::Ended;
use crate::arguments::{Arguments, ListWhat};
use crate::bars::percent;
use crate::screen::Screen;
use crate::shown::{short, table};

pub(super) async fn run(
    arguments: &Arguments,
    screen: &Screen,
    what: ListWhat,
    search: &str,
    limit: u64,
) -> anyhow::Result<Ended> {
    let workbench = existing(arguments).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let wanted = |text: &str| text.to_lowercase().contains(&search.to_lowercase());
    let word = |value: &Option<String>| value.clone().unwrap_or_default();
    match what {
        ListWhat::Programs => {
            let rows = workbench.programs().await?.into_iter().filter(|one| wanted(&one.title)).take(most).collect();
            show(screen, rows, |one| {
                vec![
                    one.title.clone(),
                    word(&one.award),
                    one.kind.clone(),
                    format!("{} courses", one.courses),
                    one.id.to_string(),
                ]
            })
        }
        ListWhat::Courses => {
            let query = CoursesQuery { search: search.to_owned(), offset: 0, limit };
            let (rows, matching) = workbench.courses(&query).await?;
            screen.line(format!("{matching} courses"))?;
            show(screen, rows, |one| {
                vec![
                    one.course.code.clone(),
                    short(&one.course.title, 48),
                    word(&one.credits),
                    word(&one.catalogue_year),
                    format!("{} outcomes", one.outcomes),
                    one.course.id.to_string(),
                ]
            })
        }
        ListWhat::Blueprints => {
            let rows = workbench.blueprints().await?.into_iter().filter(|one| wanted(&one.name)).take(most).collect();
            show(screen, rows, |one| {
                vec![
                    one.name.clone(),
                    format!("{} domains", one.domains),
                    format!("{} objectives", one.objectives),
                    one.id.to_string(),
                ]
            })
        }
        ListWhat::Credentials => {
            let rows = workbench.credentials().await?.into_iter().filter(|one| wanted(&one.title)).take(most).collect();
            show(screen, rows, |one| {
                vec![one.title.clone(), word(&one.kind), format!("{} findings", one.findings.len()), one.id.to_string()]
            })
        }
        ListWhat::Crosswalks => {
            let rows = workbench
                .crosswalks()
                .await?
                .into_iter()
                .filter(|one| wanted(&one.program.name) || wanted(&one.blueprint.name))
                .take(most)
                .collect();
            show(screen, rows, |one| {
                vec![
                    format!("{} × {}", one.program.name, one.blueprint.name),
                    percent(one.coverage),
                    format!("{} open", one.open),
                    format!("{} decided", one.decided),
                    one.id.to_string(),
                ]
            })
        }
        ListWhat::Findings => {
            let rows = workbench
                .findings()
                .await?
                .into_iter()
                .filter(|row| wanted(&row.finding.message) || wanted(&row.finding.code))
                .take(most)
                .collect();
            show(screen, rows, |row| {
                vec![
                    row.finding.severity.word().to_owned(),
                    row.finding.code.clone(),
                    row.finding.file.clone().unwrap_or_default(),
                    row.finding.place.to_string(),
                    short(&row.finding.message, 80),
                ]
            })
        }
        ListWhat::History => {
            let rows = workbench
                .history(&HistoryFilter { limit, ..HistoryFilter::default() })
                .await?
                .into_iter()
                .filter(|line| wanted(&line.summary))
                .collect();
            show(screen, rows, |line| {
                vec![line.at.clone(), line.person.clone(), line.kind.clone(), short(&line.summary, 90)]
            })
        }
        ListWhat::Mappings => {
            let rows: Vec<String> =
                workbench.mappings().await?.into_iter().filter(|name| wanted(name)).take(most).collect();
            show(screen, rows, |name| vec![name.clone()])
        }
    }
}

fn show<T: Serialize>(screen: &Screen, rows: Vec<T>, cells: impl Fn(&T) -> Vec<String>) -> anyhow::Result<Ended> {
    if rows.is_empty() {
        screen.line("Nothing here yet.")?;
    }
    table(screen, &rows.iter().map(cells).collect::<Vec<_>>())?;
    screen.document(&rows)?;
    Ok(Ended::Done)
}
