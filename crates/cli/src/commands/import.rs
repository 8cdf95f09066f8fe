//! `import`: files into the database, or a preview of it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use credway_model::{Finding, Severity, Text, has_errors};
use credway_workflow::{
    Correction, ImportAnswer, ImportRequest, Kind, Mapping, Options, SourceFile, Workbench, guess_mapping,
};
use serde_json::{Map, Value, json};

use super::{DEFAULT_DATABASE, open, options, person, say_next};
use crate::arguments::{Arguments, ImportArguments};
use crate::progress::Bar;
use crate::screen::{Partly, Screen};
use crate::{Ended, files, json, next, shown};

/// What is to be imported, looked at before any database is opened or made.
pub(super) struct Sources {
    kind: Kind,
    files: Vec<SourceFile>,
}

/// The files that were named.
pub(super) fn sources(import: &ImportArguments) -> anyhow::Result<Sources> {
    let kind = kind(&import.kind)?;
    let files = import.files.iter().map(|path| files::source(path)).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Sources { kind, files })
}

/// The database to import into, made where it is not there; or the one to preview against.
pub(super) async fn database(
    arguments: &Arguments,
    screen: &Screen,
    import: &ImportArguments,
) -> anyhow::Result<Workbench> {
    if import.preview { for_preview(arguments, screen).await } else { open(arguments, DEFAULT_DATABASE, true).await }
}

pub(super) async fn run(
    arguments: &Arguments,
    screen: &Screen,
    workbench: &Workbench,
    import: &ImportArguments,
    sources: Sources,
) -> anyhow::Result<Ended> {
    let mut answers = Vec::new();
    for file in sources.files {
        let name = file.name.clone();
        match one(screen, workbench, import, sources.kind, file).await {
            Ok(answer) => answers.push(answer),
            Err(error) if answers.is_empty() => return Err(error),
            Err(error) => return Err(error.context(Partly { failed: name, done: document(&answers) })),
        }
    }
    screen.document(&document(&answers))?;
    let serious = |finding: &Finding| finding.severity > Severity::Note;
    if answers.iter().any(|answer| has_errors(&answer.findings)) {
        screen.next("mend the file and import it again, or answer for an error with --accept CODE --reason WHY");
    } else if !import.preview {
        say_next(arguments, screen, workbench, DEFAULT_DATABASE).await?;
    }
    let any = answers.iter().flat_map(|answer| &answer.findings).any(serious);
    Ok(if any { Ended::Findings } else { Ended::Done })
}

/// Imports or previews one file and shows what came of it.
async fn one(
    screen: &Screen,
    workbench: &Workbench,
    import: &ImportArguments,
    kind: Kind,
    file: SourceFile,
) -> anyhow::Result<ImportAnswer> {
    let name = file.name.clone();
    let request = ImportRequest {
        kind,
        mapping: mapping(workbench, import, kind, &file).await?,
        file,
        organization: import.organization.clone(),
        into: import.into.clone(),
        accept: import.accept.clone(),
        reason: import.reason.as_deref().map(Text::new).transpose().context("the reason cannot be taken")?,
    };
    let bar = Bar::new(&format!("Importing {name}"));
    let answer = if import.preview {
        workbench.preview_import(&request, &bar).await?
    } else {
        workbench.import(&request, &bar).await?
    };
    drop(bar);
    shown::import(screen, &name, &answer, import.preview)?;
    if let (Some(name), Some(mapping), true) = (&import.save_map, &answer.mapping, answer.written) {
        workbench.save_mapping(name, mapping).await?;
        screen.line(format!("  mapping saved; take it for the next such file with --map {}", next::quoted(name)))?;
    }
    if !screen.json {
        screen.findings(&answer.findings);
    }
    Ok(answer)
}

/// The database to preview against. A preview writes nothing, so where there is none it takes one in memory.
async fn for_preview(arguments: &Arguments, screen: &Screen) -> anyhow::Result<Workbench> {
    match Workbench::open(&options(arguments, DEFAULT_DATABASE, false)).await {
        Ok(workbench) => Ok(workbench.by(&person(arguments)?)),
        Err(error) if error.is_missing_database() => {
            if !screen.json {
                screen.talk("There is no database yet: this is what a new one would get.");
            }
            let database = "sqlite::memory:".to_owned();
            Ok(Workbench::open(&Options { database, create: true }).await?.by(&person(arguments)?))
        }
        Err(error) => Err(error.into()),
    }
}

/// The kind of file a word names.
pub(super) fn kind(word: &str) -> anyhow::Result<Kind> {
    Kind::read(word).with_context(|| {
        let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        format!("“{word}” is no kind of file; use one of {} (catalogue means courses)", known.join(", "))
    })
}

/// The mapping asked for: a saved profile or a file, corrected by flags; guessed where there are only corrections.
async fn mapping(
    workbench: &Workbench,
    import: &ImportArguments,
    kind: Kind,
    file: &SourceFile,
) -> anyhow::Result<Option<Mapping>> {
    let mut mapping = match &import.map {
        Some(name) if Path::new(name).is_file() => {
            let text = files::text(Path::new(name))?;
            Some(toml::from_str(&text).with_context(|| format!("{name} is not a mapping profile"))?)
        }
        Some(name) => Some(workbench.mapping(name).await?),
        None => None,
    };
    if !import.field.is_empty() || !import.correct.is_empty() {
        let sheet = import.field.iter().find_map(|field| field.strip_prefix("sheet="));
        let sheet = sheet.map(|name| name.trim().trim_matches('\''));
        let bar = Bar::new(&format!("Reading {}", file.name));
        let read = workbench.recognised(file.clone(), &bar).await?;
        drop(bar);
        let mut corrected = match mapping.take().or_else(|| guess_mapping(kind, &read, sheet)) {
            Some(mapping) => mapping,
            None => bail!("{} is not a table, so --field and --correct mean nothing here", file.name),
        };
        for field in &import.field {
            corrected.correct(field)?;
        }
        for correction in &import.correct {
            corrected.put_right(Correction::parse(kind, correction)?);
        }
        mapping = Some(corrected);
    }
    Ok(mapping)
}

/// The answers of all files as one document.
fn document(answers: &[ImportAnswer]) -> Value {
    let mut records: BTreeMap<&str, usize> = BTreeMap::new();
    for (kind, count) in answers.iter().flat_map(|answer| &answer.records) {
        *records.entry(kind).or_default() += count;
    }
    let mut document = Map::new();
    document.insert("records".to_owned(), json!(records));
    document.insert("findings".to_owned(), json::findings(answers.iter().flat_map(|answer| &answer.findings)));
    document.insert("ids".to_owned(), json!(answers.iter().flat_map(|answer| &answer.ids).collect::<Vec<_>>()));
    document.insert("written".to_owned(), json!(answers.iter().all(|answer| answer.written)));
    document.insert(
        "changes".to_owned(),
        json!(
            answers
                .iter()
                .flat_map(|answer| &answer.changes)
                .filter(|line| line.written == "revised")
                .collect::<Vec<_>>()
        ),
    );
    document.insert(
        "mapping".to_owned(),
        json!(answers.iter().filter_map(|answer| answer.mapping.as_ref()).collect::<Vec<_>>()),
    );
    if let [answer] = answers {
        document.extend(answer.blueprint.clone().map(|blueprint| ("blueprint".to_owned(), blueprint)));
        document.extend(answer.edition.as_ref().map(|edition| ("edition".to_owned(), json!(edition))));
    }
    Value::Object(document)
}
