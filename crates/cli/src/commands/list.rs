//! `list`: what is in the database, as aligned tables.

use credway_workflow::{CoursesQuery, HistoryFilter, Workbench};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Ended;
use crate::arguments::ListWhat;
use crate::bars::percent;
use crate::screen::Screen;
use crate::table::{self, Last};
use crate::words::counted;

/// What is wanted of a list.
struct Wish<'a> {
    search: &'a str,
    limit: u64,
}

impl Wish<'_> {
    /// The rows that hold what is searched for, at most so many.
    fn of<T>(&self, rows: impl IntoIterator<Item = T>, texts: impl Fn(&T) -> Vec<&str>) -> Vec<T> {
        let wanted = self.search.to_lowercase();
        let most = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let holds = |row: &T| texts(row).iter().any(|text| text.to_lowercase().contains(&wanted));
        rows.into_iter().filter(holds).take(most).collect()
    }
}

pub(super) async fn run(
    screen: &Screen,
    workbench: &Workbench,
    what: ListWhat,
    search: &str,
    limit: u64,
) -> anyhow::Result<Ended> {
    let wish = Wish { search, limit };
    match what {
        ListWhat::Programs => programs(screen, workbench, &wish).await,
        ListWhat::Pathways => pathways(screen, workbench, &wish).await,
        ListWhat::Courses => courses(screen, workbench, &wish).await,
        ListWhat::Blueprints => blueprints(screen, workbench, &wish).await,
        ListWhat::Credentials => credentials(screen, workbench, &wish).await,
        ListWhat::Crosswalks => crosswalks(screen, workbench, &wish).await,
        ListWhat::Findings => findings(screen, workbench, &wish).await,
        ListWhat::History => history(screen, workbench, &wish).await,
        ListWhat::Mappings => {
            let rows = wish.of(workbench.mappings().await?, |name| vec![name]);
            show(screen, &rows, Last::Words, |name| vec![name.clone()])
        }
    }
}

async fn pathways(screen: &Screen, workbench: &Workbench, wish: &Wish<'_>) -> anyhow::Result<Ended> {
    let rows = wish.of(workbench.pathways().await?, |one| vec![&one.title]);
    show(screen, &rows, Last::Identifiers, |one| {
        let components = counted(one.components, "component");
        vec![
            one.title.clone(),
            one.destinations.join(", "),
            components,
            counted(one.findings, "finding"),
            one.id.to_string(),
        ]
    })
}

async fn programs(screen: &Screen, workbench: &Workbench, wish: &Wish<'_>) -> anyhow::Result<Ended> {
    let rows = wish.of(workbench.programs().await?, |one| vec![&one.title]);
    show(screen, &rows, Last::Identifiers, |one| {
        let courses = counted(one.courses, "course");
        vec![one.title.clone(), word(one.award.as_deref()), one.kind.clone(), courses, one.id.to_string()]
    })
}

async fn courses(screen: &Screen, workbench: &Workbench, wish: &Wish<'_>) -> anyhow::Result<Ended> {
    let query = CoursesQuery { search: wish.search.to_owned(), offset: 0, limit: wish.limit };
    if query.is_cut() {
        screen.talk(format!("The search is too long; looking for “{}” only.", query.search_taken()));
    }
    let (rows, matching) = workbench.courses(&query).await?;
    let ended = show(screen, &rows, Last::Identifiers, |one| {
        vec![
            one.course.code.clone(),
            one.course.title.clone(),
            word(one.credits.as_deref()),
            word(one.catalogue_year.as_deref()),
            counted(one.outcomes, "outcome"),
            one.course.id.to_string(),
        ]
    });
    if !screen.json && matching > rows.len() as u64 {
        screen.talk(format!("{} of {matching} courses; more with --limit.", rows.len()));
    }
    ended
}

async fn blueprints(screen: &Screen, workbench: &Workbench, wish: &Wish<'_>) -> anyhow::Result<Ended> {
    let rows = wish.of(workbench.blueprints().await?, |one| vec![&one.name]);
    show(screen, &rows, Last::Identifiers, |one| {
        let (domains, objectives) = (counted(one.domains, "domain"), counted(one.objectives, "objective"));
        vec![one.name.clone(), domains, objectives, one.id.to_string()]
    })
}

async fn credentials(screen: &Screen, workbench: &Workbench, wish: &Wish<'_>) -> anyhow::Result<Ended> {
    let rows = wish.of(workbench.credentials().await?, |one| vec![&one.title]);
    show(screen, &rows, Last::Identifiers, |one| {
        let kind = word(one.kind.as_deref()).replace('_', " ");
        vec![one.title.clone(), kind, counted(one.findings.len(), "finding"), one.id.to_string()]
    })
}

async fn crosswalks(screen: &Screen, workbench: &Workbench, wish: &Wish<'_>) -> anyhow::Result<Ended> {
    let rows = wish.of(workbench.crosswalks().await?, |one| vec![&one.program.name, &one.blueprint.name]);
    show(screen, &rows, Last::Identifiers, |one| {
        vec![
            format!("{} × {}", one.program.name, one.blueprint.name),
            format!("{:>7}", percent(one.coverage)),
            format!("{} open", one.open),
            format!("{} decided", one.decided),
            one.id.to_string(),
        ]
    })
}

async fn findings(screen: &Screen, workbench: &Workbench, wish: &Wish<'_>) -> anyhow::Result<Ended> {
    let rows = wish.of(workbench.findings().await?, |row| vec![&row.finding.message, &row.finding.code]);
    if screen.json {
        let with_source = |row: &credway_workflow::FindingRow| {
            let mut value = crate::json::finding(&row.finding);
            value["source"] = json!(row.source);
            value
        };
        screen.document(&rows.iter().map(with_source).collect::<Vec<Value>>())?;
        return Ok(Ended::Done);
    }
    nothing(screen, rows.is_empty());
    for row in &rows {
        let place = format!("{}, {}", row.finding.file.as_deref().unwrap_or("no file"), row.finding.place);
        screen.line(format!("{:<7} {}  {place}", row.finding.severity.word(), row.finding.code))?;
        screen.sentence(&row.finding.message, "        ", 8)?;
    }
    Ok(Ended::Done)
}

async fn history(screen: &Screen, workbench: &Workbench, wish: &Wish<'_>) -> anyhow::Result<Ended> {
    let filter = HistoryFilter { limit: wish.limit, ..HistoryFilter::default() };
    let rows = wish.of(workbench.history(&filter).await?, |line| vec![&line.summary, &line.person]);
    nothing(screen, rows.is_empty());
    for line in &rows {
        let words = format!("{:<10} {} — {}", line.kind, line.summary, line.person);
        screen.sentence(&words, &format!("{}  ", moment(&line.at)), 18)?;
    }
    screen.document(&rows)?;
    Ok(Ended::Done)
}

/// A moment to the minute, in UTC.
fn moment(at: &str) -> String {
    at.get(..16).map_or_else(|| at.to_owned(), |at| at.replace('T', " "))
}

/// Says that a list is empty.
fn nothing(screen: &Screen, empty: bool) {
    if empty && !screen.json {
        screen.talk("Nothing here yet, or nothing that holds what you search for.");
    }
}

fn word(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn show<T: Serialize>(
    screen: &Screen,
    rows: &[T],
    last: Last,
    cells: impl Fn(&T) -> Vec<String>,
) -> anyhow::Result<Ended> {
    nothing(screen, rows.is_empty());
    table::show(screen, &rows.iter().map(cells).collect::<Vec<_>>(), last)?;
    screen.document(&rows)?;
    Ok(Ended::Done)
}
