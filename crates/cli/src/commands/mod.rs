//! One function a command: open the workbench, call the use case, show the answer.

mod audit;
mod bench;
mod change;
mod demo;
mod diff;
mod explain;
mod export;
mod find;
mod import;
mod learning;
mod list;
mod look;
mod metrics;
mod model;
mod pathway;
mod people;
mod plan;
mod review;
mod signoff;
mod simulate;
mod template;

use anyhow::{Context, anyhow, bail};
use credway_model::{Person, Text};
use credway_workflow::{CollectionRequest, Limits, Options, Workbench};
use serde_json::json;

use crate::arguments::{Arguments, Command, DiffKind, Pair};
use crate::files::Readers;
use crate::progress::Bar;
use crate::screen::Screen;
use crate::words::counted;
use crate::{Ended, Serve, files, next, shown};

/// Runs the command that was typed.
pub(crate) async fn run(arguments: &Arguments, screen: &Screen, serve: Serve) -> anyhow::Result<Ended> {
    match &arguments.command {
        Command::Template { kind, format, out } => template::run(screen, kind, *format, out.as_deref()),
        Command::Restore { file } => restore(arguments, screen, file).await,
        Command::Diff { old, new, kind: DiffKind::Courses } => diff::courses(screen, old, new),
        Command::Diff { old, new, kind: DiffKind::Blueprint } if old.is_file() && new.is_file() => {
            diff::blueprint_files(screen, old, new)
        }
        Command::Bench { what } => bench::run(screen, &arguments.settings, what),
        Command::Simulate(asked) if asked.pathway.is_none() => match &asked.instance {
            Some(instance) => simulate::instance(screen, instance, asked),
            None => bail!("name a pathway with --pathway, or an instance with --instance"),
        },
        Command::Plan(asked) if asked.pathway.is_none() => match &asked.instance {
            Some(instance) => plan::run(screen, instance, asked.order.as_deref()),
            None => bail!("name a pathway with --pathway, or an instance with --instance"),
        },
        Command::Model { what } => model::run(screen, &arguments.settings.models(), what),
        Command::Metrics(asked) if asked.program.is_none() => metrics::run(screen, asked),
        Command::Codes => look::codes(screen),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut crate::command(), "credway", &mut script);
            text(screen, "script", &script)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(crate::command()).render(&mut page).context("could not write the man page")?;
            text(screen, "page", &page)
        }
        Command::Import(import) => {
            let sources = import::sources(import)?;
            let ocr = import.ocr.program()?;
            let workbench = import::database(arguments, screen, import).await?.with_ocr(ocr);
            closing(workbench, async |workbench| import::run(arguments, screen, workbench, import, sources).await).await
        }
        Command::Serve { ocr, .. } => {
            // What may not be served is refused before a database is made.
            let settings = arguments.settings.serve()?;
            settings.refusal().map_or(Ok(()), Err)?;
            let (ocr, person) = (ocr.program()?, person(arguments)?);
            let workbench = open(arguments, DEFAULT_DATABASE, true).await?.with_ocr(ocr);
            closing(workbench, async |workbench| {
                demo::serve_site(screen, serve, workbench, person, settings, true).await
            })
            .await
        }
        _ => {
            let workbench = database(arguments).await?;
            closing(workbench, async |workbench| on_database(arguments, screen, workbench, serve).await).await
        }
    }
}

/// Does the work and closes the database whatever comes of it, so that its file holds everything by itself.
async fn closing(
    workbench: Workbench,
    work: impl AsyncFnOnce(&Workbench) -> anyhow::Result<Ended>,
) -> anyhow::Result<Ended> {
    let ended = work(&workbench).await;
    let closed = workbench.close().await;
    let ended = ended?;
    closed?;
    Ok(ended)
}

/// The database a command works on, made where the command begins one.
async fn database(arguments: &Arguments) -> anyhow::Result<Workbench> {
    match &arguments.command {
        Command::Demo { .. } => open(arguments, demo::DATABASE, true).await,
        Command::New { .. } => open(arguments, DEFAULT_DATABASE, true).await,
        _ => open(arguments, DEFAULT_DATABASE, false).await,
    }
}

/// Runs a command that works on a database.
async fn on_database(
    arguments: &Arguments,
    screen: &Screen,
    workbench: &Workbench,
    serve: Serve,
) -> anyhow::Result<Ended> {
    match &arguments.command {
        Command::Demo { no_serve, address } => {
            demo::run(arguments, screen, workbench, serve, (!no_serve).then_some(*address)).await
        }
        Command::New { name } => new(arguments, screen, workbench, name).await,
        Command::Collection { title, courses, year, organization } => {
            let request = CollectionRequest {
                title: title.clone(),
                courses: courses.clone(),
                catalogue_year: year.clone(),
                organization: organization.clone(),
            };
            collection(arguments, screen, workbench, &request).await
        }
        Command::Align { pair, per_objective, per_outcome } => {
            let limits = Limits { per_target: *per_objective, per_statement: *per_outcome };
            align(arguments, screen, workbench, pair, limits).await
        }
        Command::Diff { old, new, kind: DiffKind::Blueprint } => diff::blueprints(screen, workbench, old, new).await,
        Command::Change(change) => change::run(screen, workbench, change).await,
        Command::Review(review) => review::run(arguments, screen, workbench, review).await,
        Command::Explain { pair, objective, outcome } => {
            explain::run(screen, workbench, pair, (objective, outcome)).await
        }
        Command::Learning { what } => learning::run(screen, workbench, what).await,
        Command::Signoff { what } => signoff::run(screen, workbench, what).await,
        Command::Coverage { pair, reach } => {
            if let Some(request) = reach.request() {
                return change_set(screen, workbench, pair, &request).await;
            }
            let report = workbench.coverage_of(&pair.program, &pair.blueprint).await?;
            shown::coverage(screen, &report, 10)?;
            screen.document(&report)?;
            Ok(Ended::Done)
        }
        Command::Metrics(asked) => metrics::program(screen, workbench, asked).await,
        Command::Audit(asked) => audit::run(screen, workbench, asked).await,
        Command::Plan(plan) => pathway::run(screen, workbench, plan).await,
        Command::Simulate(asked) => simulate::pathway(screen, workbench, asked).await,
        Command::Find(find) => find::run(screen, workbench, find).await,
        Command::Export { what } => export::run(screen, workbench, what).await,
        Command::List { what, search, limit } => list::run(screen, workbench, *what, search, *limit).await,
        Command::People { what } => people::run(screen, workbench, *what).await,
        Command::Doctor { audit: true, head } => look::audit(screen, workbench, head.as_deref()).await,
        Command::Doctor { .. } => look::doctor(screen, workbench, &arguments.settings).await,
        Command::Backup { file } => backup(screen, workbench, file).await,
        // The commands that need no database, or one of their own.
        _ => bail!("this command works on no database"),
    }
}

async fn align(
    arguments: &Arguments,
    screen: &Screen,
    workbench: &Workbench,
    pair: &Pair,
    limits: Limits,
) -> anyhow::Result<Ended> {
    let bar = Bar::new("Aligning");
    let summary = workbench.align(&pair.program, &pair.blueprint, limits, &bar).await?;
    drop(bar);
    shown::align(screen, &summary)?;
    screen.document(&summary)?;
    say_next(arguments, screen, workbench, DEFAULT_DATABASE).await?;
    Ok(Ended::Done)
}

/// The fewest course changes that reach what is asked; exit status 1 where they are not found.
async fn change_set(
    screen: &Screen,
    workbench: &Workbench,
    pair: &Pair,
    request: &credway_workflow::ReachRequest,
) -> anyhow::Result<Ended> {
    let answer = workbench.change_set_of(&pair.program, &pair.blueprint, request).await?;
    shown::change_set(screen, &answer)?;
    screen.document(&answer)?;
    Ok(if answer.outcome == credway_workflow::ChangeSetOutcome::Reached { Ended::Done } else { Ended::Findings })
}

/// The database used when none is named.
pub(crate) const DEFAULT_DATABASE: &str = "sqlite:credway.db";

/// Opens the database named, or `default`.
async fn open(arguments: &Arguments, default: &str, create: bool) -> anyhow::Result<Workbench> {
    let person = person(arguments)?;
    let opened = Workbench::open(&options(arguments, default, create)).await.map_err(|error| {
        if error.is_missing_database() {
            anyhow!("{error}; begin one with `credway new NAME`, or name another with --db")
        } else {
            error.into()
        }
    });
    Ok(opened?.by(&person).with_engine(arguments.settings.engine()?))
}

fn options(arguments: &Arguments, default: &str, create: bool) -> Options {
    Options { database: arguments.db.clone().unwrap_or_else(|| default.to_owned()), create }
}

/// Who acts: the name given, or the system's user name, said to be one.
fn person(arguments: &Arguments) -> anyhow::Result<Person> {
    let name = match arguments.person.as_ref().filter(|name| !name.trim().is_empty()) {
        Some(name) => name.clone(),
        None => match std::env::var("USER").or_else(|_| std::env::var("LOGNAME")) {
            Ok(user) if !user.trim().is_empty() => format!("{user} (system user)"),
            _ => "unnamed person at this machine".to_owned(),
        },
    };
    Ok(Person(Text::name(&name).context("the name given with --as cannot be taken")?))
}

async fn new(arguments: &Arguments, screen: &Screen, workbench: &Workbench, name: &str) -> anyhow::Result<Ended> {
    let institution = workbench.begin_institution(name, None).await?;
    screen.line(format!("{} is ready in {}", institution.name, workbench.database()))?;
    screen.document(&institution)?;
    say_next(arguments, screen, workbench, DEFAULT_DATABASE).await?;
    Ok(Ended::Done)
}

/// Says what to do next, as a command.
async fn say_next(arguments: &Arguments, screen: &Screen, workbench: &Workbench, default: &str) -> anyhow::Result<()> {
    if screen.json {
        return Ok(());
    }
    screen.next(&next::command(&workbench.home().await?, arguments, default, &workbench.database()));
    Ok(())
}

/// A text made for another program: as it is, or with `--json` as the member `name` of a document.
fn text(screen: &Screen, name: &str, bytes: &[u8]) -> anyhow::Result<Ended> {
    if screen.json {
        screen.document(&json!({ name: String::from_utf8_lossy(bytes) }))?;
    } else {
        screen.bytes(bytes)?;
    }
    Ok(Ended::Done)
}

async fn collection(
    arguments: &Arguments,
    screen: &Screen,
    workbench: &Workbench,
    request: &CollectionRequest,
) -> anyhow::Result<Ended> {
    let named = workbench.make_collection(request).await?;
    let courses = workbench.program(&named.id.to_string()).await?.courses.len();
    screen.line(format!("“{}” holds {} ({})", named.name, counted(courses, "course"), named.id))?;
    screen.document(&json!({ "id": named.id, "title": named.name, "courses": courses }))?;
    say_next(arguments, screen, workbench, DEFAULT_DATABASE).await?;
    Ok(Ended::Done)
}

async fn backup(screen: &Screen, workbench: &Workbench, file: &std::path::Path) -> anyhow::Result<Ended> {
    files::may_be_written(workbench, file)?;
    let mut archive = Vec::new();
    let summary = workbench.backup(&mut archive).await?;
    files::write(file, &archive, Readers::Owner)?;
    screen.line(format!("{} rows written to {}", summary.rows, file.display()))?;
    screen.line(format!("SHA-256 {}", summary.digest))?;
    screen.document(&summary)?;
    Ok(Ended::Done)
}

async fn restore(arguments: &Arguments, screen: &Screen, file: &std::path::Path) -> anyhow::Result<Ended> {
    let mut reader = std::io::BufReader::new(files::open(file)?);
    let summary = Workbench::restore(&options(arguments, DEFAULT_DATABASE, true), &mut reader).await?;
    screen.line(format!("{} rows restored from {}", summary.rows, file.display()))?;
    screen.line(format!("SHA-256 {}", summary.digest))?;
    screen.document(&summary)?;
    Ok(Ended::Done)
}
