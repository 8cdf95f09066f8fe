//! One function a command: open the workbench, call the use case, show the answer.

mod bench;
mod demo;
mod export;
mod import;
mod list;
mod look;
mod review;

use anyhow::{Context, anyhow};
use credway_model::{Person, Text};
use credway_workflow::{CollectionRequest, Options, Workbench};
use serde_json::json;

use crate::arguments::{Arguments, Command};
use crate::progress::Bar;
use crate::screen::Screen;
use crate::words::counted;
use crate::{Ended, Serve, files, next, shown};

/// Runs the command that was typed.
pub(crate) async fn run(arguments: &Arguments, screen: &Screen, serve: Serve) -> anyhow::Result<Ended> {
    match &arguments.command {
        Command::Demo { no_serve, address } => demo::run(arguments, screen, serve, *no_serve, *address).await,
        Command::New { name } => new(arguments, screen, name).await,
        Command::Collection { title, courses, year, organization } => {
            let request = CollectionRequest {
                title: title.clone(),
                courses: courses.clone(),
                catalogue_year: year.clone(),
                organization: organization.clone(),
            };
            collection(arguments, screen, &request).await
        }
        Command::Import(import) => import::run(arguments, screen, import).await,
        Command::Template { kind } => import::template(screen, kind),
        Command::Align { pair, per_objective, per_outcome } => {
            let limits = credway_workflow::Limits { per_target: *per_objective, per_statement: *per_outcome };
            let workbench = existing(arguments).await?;
            let person = person(arguments)?;
            let bar = Bar::new("Aligning");
            let summary = workbench.align(&pair.program, &pair.blueprint, limits, &person, &bar).await?;
            drop(bar);
            shown::align(screen, &summary)?;
            screen.document(&summary)?;
            say_next(arguments, screen, &workbench, DEFAULT_DATABASE).await?;
            Ok(Ended::Done)
        }
        Command::Review(review) => review::run(arguments, screen, review).await,
        Command::Coverage { pair } => {
            let report = existing(arguments).await?.coverage_of(&pair.program, &pair.blueprint).await?;
            shown::coverage(screen, &report, 10)?;
            screen.document(&report)?;
            Ok(Ended::Done)
        }
        Command::Export { what } => export::run(arguments, screen, what).await,
        Command::List { what, search, limit } => list::run(arguments, screen, *what, search, *limit).await,
        Command::Serve { address } => {
            let workbench = open(arguments, DEFAULT_DATABASE, true).await?;
            demo::serve_site(screen, serve, workbench, person(arguments)?, *address, true).await
        }
        Command::Doctor => look::doctor(arguments, screen).await,
        Command::Backup { file } => backup(arguments, screen, file).await,
        Command::Restore { file } => restore(arguments, screen, file).await,
        Command::Bench { what } => bench::run(screen, what),
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
    }
}

/// The database used when none is named.
pub(crate) const DEFAULT_DATABASE: &str = "sqlite:credway.db";

/// Opens the database named, or `default`.
async fn open(arguments: &Arguments, default: &str, create: bool) -> anyhow::Result<Workbench> {
    Workbench::open(&options(arguments, default, create)).await.map_err(|error| {
        if error.is_missing_database() {
            anyhow!("{error}; begin one with `credway new NAME`, or name another with --db")
        } else {
            error.into()
        }
    })
}

fn options(arguments: &Arguments, default: &str, create: bool) -> Options {
    Options { database: arguments.db.clone().unwrap_or_else(|| default.to_owned()), create }
}

/// Opens a database that must be there.
async fn existing(arguments: &Arguments) -> anyhow::Result<Workbench> {
    open(arguments, DEFAULT_DATABASE, false).await
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
    Ok(Person(Text::new(&name).context("the name given with --as cannot be taken")?))
}

async fn new(arguments: &Arguments, screen: &Screen, name: &str) -> anyhow::Result<Ended> {
    let workbench = open(arguments, DEFAULT_DATABASE, true).await?;
    let institution = workbench.begin_institution(name, None, &person(arguments)?).await?;
    screen.line(format!("{} is ready in {}", institution.name, workbench.database()))?;
    screen.document(&institution)?;
    say_next(arguments, screen, &workbench, DEFAULT_DATABASE).await?;
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

async fn collection(arguments: &Arguments, screen: &Screen, request: &CollectionRequest) -> anyhow::Result<Ended> {
    let workbench = existing(arguments).await?;
    let named = workbench.make_collection(request, &person(arguments)?).await?;
    let courses = workbench.program(&named.id.to_string()).await?.courses.len();
    screen.line(format!("“{}” holds {} ({})", named.name, counted(courses, "course"), named.id))?;
    screen.document(&json!({ "id": named.id, "title": named.name, "courses": courses }))?;
    say_next(arguments, screen, &workbench, DEFAULT_DATABASE).await?;
    Ok(Ended::Done)
}

async fn backup(arguments: &Arguments, screen: &Screen, file: &std::path::Path) -> anyhow::Result<Ended> {
    let workbench = existing(arguments).await?;
    let mut archive = Vec::new();
    let summary = workbench.backup(&mut archive).await?;
    files::write(file, &archive)?;
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
