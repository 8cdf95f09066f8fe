//! `metrics`: the structure of curricula in files, for which no database is needed, or of a program.

use std::path::Path;

use anyhow::bail;
use credway_model::{Finding, Severity};
use credway_workflow::{
    CourseStructure, CurriculumMetrics, CurriculumTotal, MetricsRequest, Named, Workbench, curriculum_metrics,
};
use serde::Serialize;
use serde_json::Value;

use crate::arguments::MetricsArguments;
use crate::screen::Screen;
use crate::{Ended, files, json, shown};

/// The document of one file.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    courses: &'a [CourseStructure],
    total: Option<&'a CurriculumTotal>,
    findings: Value,
}

impl<'a> Document<'a> {
    fn of(file: Option<&'a str>, metrics: &'a CurriculumMetrics) -> Self {
        let findings = json::findings(&metrics.findings);
        Self { file, courses: &metrics.courses, total: metrics.total.as_ref(), findings }
    }
}

/// The document of several files.
#[derive(Serialize)]
struct Documents<'a> {
    files: Vec<Document<'a>>,
}

/// The document of a program.
#[derive(Serialize)]
struct ProgramDocument<'a> {
    program: &'a Named,
    #[serde(flatten)]
    structure: Document<'a>,
    not_counted: &'a [String],
}

pub(super) fn run(screen: &Screen, arguments: &MetricsArguments) -> anyhow::Result<Ended> {
    let request = MetricsRequest { quarter: arguments.quarter, major: arguments.major.clone() };
    if let [file] = arguments.files.as_slice()
        && !file.is_dir()
    {
        let metrics = curriculum_metrics(&files::source(file)?, &request)?;
        shown::metrics(screen, &metrics)?;
        screen.document(&Document::of(None, &metrics))?;
        return Ok(ended(screen, [&metrics]));
    }
    let mut measured = Vec::new();
    for file in files::tables(&arguments.files)? {
        measured.push(one(&file, &request)?);
    }
    shown::metrics_of_files(screen, &measured)?;
    let documents = measured.iter().map(|(name, metrics)| Document::of(Some(name), metrics));
    screen.document(&Documents { files: documents.collect() })?;
    Ok(ended(screen, measured.iter().map(|(_, metrics)| metrics)))
}

pub(super) async fn program(
    screen: &Screen,
    workbench: &Workbench,
    arguments: &MetricsArguments,
) -> anyhow::Result<Ended> {
    let Some(program) = &arguments.program else { bail!("name a file, or a program with --program") };
    let found = workbench.program_structure(program, arguments.quarter).await?;
    shown::metrics(screen, &found.metrics)?;
    shown::not_counted(screen, &found.not_counted)?;
    let structure = Document::of(None, &found.metrics);
    screen.document(&ProgramDocument { program: &found.program, structure, not_counted: &found.not_counted })?;
    Ok(ended(screen, [&found.metrics]))
}

/// A file among several is called by its path, since names may repeat.
fn one(file: &Path, request: &MetricsRequest) -> anyhow::Result<(String, CurriculumMetrics)> {
    let mut source = files::source(file)?;
    source.name = file.display().to_string();
    let metrics = curriculum_metrics(&source, request)?;
    Ok((source.name, metrics))
}

fn ended<'a>(screen: &Screen, measured: impl IntoIterator<Item = &'a CurriculumMetrics>) -> Ended {
    let findings: Vec<Finding> = measured.into_iter().flat_map(|metrics| metrics.findings.clone()).collect();
    if !screen.json {
        screen.findings(&findings);
    }
    let serious = |finding: &Finding| finding.severity > Severity::Note;
    if findings.iter().any(serious) { Ended::Findings } else { Ended::Done }
}
