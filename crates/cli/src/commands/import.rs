//! `import` and `template`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use credway_model::{Finding, Severity, Text};
use credway_workflow::{ImportAnswer, ImportRequest, Kind, Mapping, SourceFile, Workbench, guess_mapping};
use serde_json::{Map, Value, json};

use super::{DEFAULT_DATABASE, open, person};
use crate::arguments::{Arguments, ImportArguments};
use crate::progress::Bar;
use crate::screen::Screen;
use crate::{Ended, files, shown};

pub(super) async fn run(arguments: &Arguments, screen: &Screen, import: &ImportArguments) -> anyhow::Result<Ended> {
    let kind = kind(&import.kind)?;
    let sources = import.files.iter().map(|path| files::source(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let workbench = open(arguments, DEFAULT_DATABASE, true).await?;
    let person = person(arguments)?;
    let mut answers = Vec::new();
    for file in sources {
        let name = file.name.clone();
        let request = ImportRequest {
            kind,
            mapping: mapping(&workbench, import, kind, &file).await?,
            file,
            organization: import.organization.clone(),
            into: import.into.clone(),
            accept: import.accept.clone(),
            reason: import.reason.as_deref().map(Text::new).transpose().context("the reason cannot be taken")?,
        };
        let bar = Bar::new(&format!("Importing {name}"));
        let answer = if import.preview {
            workbench.preview_import(&request, &person, &bar).await?
        } else {
            workbench.import(&request, &person, &bar).await?
        };
        drop(bar);
        if let (Some(name), Some(mapping)) = (&import.save_map, &answer.mapping) {
            workbench.save_mapping(name, mapping, &person).await?;
        }
        shown::import(screen, &name, &answer, import.preview)?;
        if !screen.json {
            screen.findings(&answer.findings);
        }
        answers.push(answer);
    }
    screen.document(&document(&answers))?;
    let serious = |finding: &Finding| finding.severity > Severity::Note;
    let any = answers.iter().flat_map(|answer| &answer.findings).any(serious);
    Ok(if any { Ended::Findings } else { Ended::Done })
}

/// Prints the template of a kind.
pub(super) fn template(screen: &Screen, word: &str) -> anyhow::Result<Ended> {
    let kind = kind(word)?;
    screen.bytes(credway_workflow::template(kind).as_ref())?;
    Ok(Ended::Done)
}

fn kind(word: &str) -> anyhow::Result<Kind> {
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
    if !import.field.is_empty() {
        let mut corrected = match mapping.take().or_else(|| guess_mapping(kind, file)) {
            Some(mapping) => mapping,
            None => bail!("{} is not a table, so --field means nothing here", file.name),
        };
        for field in &import.field {
            corrected.correct(field)?;
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
    document.insert("findings".to_owned(), findings(answers));
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
    if let [answer] = answers
        && let Some(blueprint) = &answer.blueprint
    {
        document.insert("blueprint".to_owned(), blueprint.clone());
    }
    Value::Object(document)
}

/// Findings with their place in words.
fn findings(answers: &[ImportAnswer]) -> Value {
    let all = answers.iter().flat_map(|answer| &answer.findings).map(|finding| {
        json!({
            "code": finding.code,
            "severity": finding.severity,
            "file": finding.file,
            "place": finding.place.to_string(),
            "message": finding.message,
            "hint": finding.hint,
        })
    });
    all.collect()
}
